"""How the lists of the admin are searched: each table by itself, so that its own index is used.

Over an OR of the columns of several tables a database joins them all, and looks at every row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Final, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.text import smart_split, unescape_string_literal

Row = TypeVar("Row", bound=Model)
BETWEEN: Final = "__"
QUOTES: Final = ("'", '"')
# More than any table has.
MOST: Final = 1_000_000_000


def matching(rows: QuerySet[Row], fields: Iterable[str], question: str) -> QuerySet[Row]:
    """Return the rows that have each word of a question in one of their fields.

    Args:
        fields: paths of texts; none of them leads to several rows.
    """
    by_table: dict[str, list[str]] = defaultdict(list)
    for field in fields:
        by_table[field.rpartition(BETWEEN)[0]].append(field)
    whole = rows.model._base_manager.order_by().values("pk")
    for word in _words(question):
        first, *others = (
            whole.filter(reduce(or_, (Q(**{f"{path}__icontains": word}) for path in paths)))
            for paths in by_table.values()
        )
        # A union is looked up first and once; what has a bound is so as well.
        rows = rows.filter(pk__in=first.union(*others, all=True) if others else first[:MOST])
    return rows


def _words(question: str) -> Iterator[str]:
    """Split into words, or several between quotes, as Django's own search takes them."""
    for word in smart_split(question):
        is_quoted = word.startswith(QUOTES) and word[0] == word[-1]
        yield unescape_string_literal(word) if is_quoted else word
