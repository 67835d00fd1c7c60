"""Pages of long lists: the rows of one are looked up by their keys, and not all are counted."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, F, Window
from django.db.models.lookups import In
from django.db.models.sql.where import WhereNode
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from actionplan.django_edges import AnyRows, Handed
from actionplan.text import GroupedNumber, figure


class AnyOf(In):
    """Whether a key is one of those that a query gives, which is asked first and once.

    PostgreSQL joins all tables of a list before it looks which keys a page has, where they are
    more than it cares to order.
    """

    def get_rhs_op(self, connection: BaseDatabaseWrapper, rhs: str) -> str:
        is_array = connection.vendor == "postgresql"
        return f"= ANY(ARRAY{rhs})" if is_array else super().get_rhs_op(connection, rhs)


class KeyPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose rows are looked up by the keys of the page.

    What is shown beside a row, over joins and by counts, is worked out for fifty rows then, and
    not for all that come before the page. The last pages are counted from the end.

    Args:
        page: the page that is looked at. Its keys are asked for with the count, which is
            for a search, where whatever is asked looks at every row that is found, and for
            filters that are like one.
        most: how many rows are counted of a list that is no search, and paged through; 0 is all.
    """

    object_list: AnyRows

    def __init__(self, *args: Handed, page: int = 0, most: int = 0, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        self._page, self._most = page, most
        # Whether there are more rows than those that were counted.
        self.is_cut = False
        self._keys: list[object] = []

    @cached_property
    def count(self) -> int:
        """Count the rows; of a search, read the keys of the page asked for in the same query."""
        if self._page:
            first = (self._page - 1) * self.per_page
            rows = self.object_list.annotate(number_of_rows=Window(Count("*")))
            # PostgreSQL reckons that it may stop after a page, but for the number it looks at all:
            # ordered by that first, it looks at all by the way that is best for all.
            rows = rows.order_by("number_of_rows", *rows.query.order_by)
            rows = rows.values_list("pk", "number_of_rows")
            numbered = list(rows[first : first + self.per_page])
            self._keys = [pk for pk, _number in numbered]
            if numbered or self._page == 1:
                return int(numbered[0][1]) if numbered else 0
        if not self._most:
            return self.object_list.count()
        number = self.object_list.order_by()[: self._most + 1].count()
        self.is_cut = number > self._most
        return min(number, self._most)

    def page(self, number: int | str) -> "Page[Any]":
        number = self.validate_number(number)
        # What is of the list was looked at for its keys.
        rows = self.object_list.all()
        rows.query.where = WhereNode()
        if not self.count:
            return Page(rows.none(), number, self)
        if self._keys and number == self._page:
            return Page(rows.filter(pk__in=self._keys), number, self)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        keys = self.object_list.values("pk")
        if first > self.count // 2 and not self.is_cut:
            keys = keys.reverse()[self.count - last : self.count - first]
        else:
            keys = keys[first:last]
        return Page(rows.filter(AnyOf(F("pk"), keys)), number, self)


class MoreThan(GroupedNumber):
    """A number of rows of which there are more, that nobody counted."""

    def __str__(self) -> str:
        return _("more than %(number)s") % {"number": figure(int(self))}
