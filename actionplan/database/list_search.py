"""How the lists of the admin are searched: each table by itself, so that its own index is used.

Over an OR of the columns of several tables a database joins them all, and looks at every row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice
from operator import or_
from typing import Final, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.text import smart_split, unescape_string_literal

from actionplan.django_edges import AnyRows

Row = TypeVar("Row", bound=Model)
BETWEEN: Final = "__"
QUOTES: Final = ("'", '"')
# More than any table has.
MOST: Final = 1_000_000_000
# Each word is a condition of its own, and of some lists several questions.
MOST_WORDS: Final = 20


def matching(rows: QuerySet[Row], fields: Iterable[str], question: str) -> QuerySet[Row]:
    """Return the rows that have each word of a question in one of their fields.

    Args:
        fields: paths of texts; none of them leads to several rows.
    """
    by_table: dict[str, list[str]] = defaultdict(list)
    for field in fields:
        by_table[field.rpartition(BETWEEN)[0]].append(field)
    for word in words_of(question):
        rows = rows.filter(_has(rows.model, by_table, word))
    return rows


def _has(model: type[Model], by_table: Mapping[str, Sequence[str]], word: str) -> Q:
    """Return the rows with a word in a table; what has a bound is looked up first and once."""
    if len(by_table) == 1:
        ((path, fields),) = by_table.items()
        names = [field.removeprefix(f"{path}{BETWEEN}") for field in fields]
        keys = _keys(_related(model, path), names, word)[:MOST]
        return Q(**{f"{path or 'pk'}__in": keys})
    first, *others = (_keys(model, fields, word) for fields in by_table.values())
    # A union is looked up first and once, too.
    return Q(pk__in=first.union(*others, all=True).order_by())


def _keys(model: type[Model], fields: Iterable[str], word: str) -> AnyRows:
    anywhere = reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields))
    return model._base_manager.order_by().filter(anywhere).values("pk")


def _related(model: type[Model], path: str) -> type[Model]:
    """Return the model that a path leads to."""
    for name in path.split(BETWEEN) if path else ():
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return model


def words_of(question: str) -> Iterator[str]:
    """Split into words, or several between quotes, as Django's own search takes them.

    Only the first ones: somebody may paste a whole text, and finds it by how it begins.
    """
    for word in islice(smart_split(question), MOST_WORDS):
        is_quoted = word.startswith(QUOTES) and word[0] == word[-1]
        yield unescape_string_literal(word) if is_quoted else word


def shortened(question: str) -> str:
    """Return the question that is asked: as it was written, without what is beyond the bound."""
    return " ".join(islice(smart_split(question), MOST_WORDS))


def is_too_long(question: str) -> bool:
    """Tell whether a question has more words than are looked for."""
    return any(True for _word in islice(smart_split(question), MOST_WORDS, None))
