"""What lists tell of many rows without looking at each: counts beside a row, years, values."""

from datetime import UTC, date, datetime
from typing import Any, Literal, TypeVar

from django.db import connection, models
from django.db.models import Count, IntegerField, Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property

from actionplan.django_edges import AnyRows, Handed
from actionplan.models.columns import column_of

Row = TypeVar("Row", bound=models.Model, covariant=True)


def number_of(rows: AnyRows, path: str) -> Coalesce:
    """Count the rows whose `path` leads to the row that is asked about.

    To be annotated: it is worked out for the rows that are shown, where counting over a join is
    done for all of them before the first is shown. Not the keys are counted but the rows, so that
    an index that begins with the path tells it: a list in order of the number counts for all.
    """
    counted = rows.filter(**{path: OuterRef("pk")}).order_by().values(path)
    number = counted.annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


class YearsQuerySet(QuerySet[Row]):
    """Rows whose years are those from the first of them to the last.

    A list of half a million leads on to its years, and an index gives the first day and the last.
    """

    def dates(
        self,
        field_name: str,
        kind: Literal["year", "month", "week", "day"],
        order: Literal["ASC", "DESC"] = "ASC",
    ) -> Any:
        """Return the days that there are; of years, the first day of each."""
        if kind != "year":
            return super().dates(field_name, kind, order)
        return [date(year, 1, 1) for year in self._years(field_name)]

    def datetimes(self, field_name: str, kind: Any, *args: Handed, **kwargs: Handed) -> Any:
        """Return the moments that there are; of years, the first of each."""
        if kind != "year":
            return super().datetimes(field_name, kind, *args, **kwargs)
        return [datetime(year, 1, 1, tzinfo=UTC) for year in self._years(field_name)]

    def aggregate(self, *args: Handed, **kwargs: Handed) -> dict[str, Any]:
        """Return the first and the last day of all rows, as Django's admin asks for them.

        Those of one plan would be looked for from either end, among a million. They are asked for
        once: the admin asks again.
        """
        if args or kwargs.keys() != {"first", "last"} or self.query.is_sliced:
            return super().aggregate(*args, **kwargs)
        bounds = tuple(kwargs.values())
        if bounds not in self._ends:
            all_rows: QuerySet[Row] = QuerySet(self.model, using=self.db)
            self._ends[bounds] = all_rows.aggregate(**kwargs)
        return dict(self._ends[bounds])

    @cached_property
    def _ends(self) -> dict[tuple[object, ...], dict[str, object]]:
        return {}

    def _years(self, field_name: str) -> range:
        ends = self.aggregate(first=Min(field_name), last=Max(field_name))
        if ends["first"] is None:
            return range(0)
        days = (timezone.localdate(o) if isinstance(o, datetime) else o for o in ends.values())
        first, last = days
        return range(first.year, last.year + 1)


def values_of(model: type[models.Model], name: str) -> list[str]:
    """Return the values of a text that an index begins with, looking each up after the last."""
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(column_of(model, name))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE told (value) AS (SELECT MIN({column}) FROM {table} UNION ALL "  # noqa: S608
            f"SELECT (SELECT MIN({column}) FROM {table} WHERE {column} > told.value) FROM told "
            "WHERE told.value IS NOT NULL) SELECT value FROM told WHERE value IS NOT NULL"
        )
        return [value for (value,) in cursor.fetchall()]
