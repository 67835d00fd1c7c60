"""How many rows point at each row of a list, without a join that multiplies them."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def number_of(rows: QuerySet, path: str) -> Coalesce:
    """The number of rows whose `path` leads to the row that is asked about.

    To be annotated: it is worked out for the rows that are shown, where counting over a join is
    done for all of them before the first is shown.
    """
    counted = rows.filter(**{path: OuterRef("pk")}).order_by().values(path)
    number = counted.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
