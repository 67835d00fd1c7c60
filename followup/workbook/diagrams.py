"""The two charts of the workbook, and the few numbers they are drawn from."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Count, Q, Subquery
from django.db.models import Value as Constant
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from actionplan.excel.streaming import BarChart, Series
from followup.models import DeviationState, Severity
from followup.report.schema import Counts
from followup.workbook.columns import number_of
from followup.workbook.filters import WorkbookFilters

CLOSED: Final = Q(state=DeviationState.CLOSED)


def charts(filters: WorkbookFilters) -> list[BarChart]:
    """Count follow-ups done of those planned, and deviations open and closed: one query."""
    path = "product_area__plan"
    severities = [
        _deviations(filters, severity, is_closed)
        for is_closed in (~CLOSED, CLOSED)
        for severity in Severity.values
    ]
    rows = filters.plans.order_by("category__name", "first_year", "pk")
    done, planned = number_of(filters.planned.done(), path), number_of(filters.planned, path)
    counts = list(rows.values_list("slug", done, planned, *severities))
    # The deviations are those of all plans, and stand in every row.
    deviations = counts[0][3:] if counts else (0,) * len(severities)
    half = len(Severity)
    return [
        _of_follow_ups([row[:3] for row in counts]),
        _of_deviations(deviations[:half], deviations[half:]),
    ]


def published_charts(totals: Sequence[tuple[str, Counts]]) -> list[BarChart]:
    """Draw the same of what the newest reports of plans tell, for who does not see contracts."""
    opened = [
        sum(counts.open.get(severity, 0) for _slug, counts in totals) for severity in Severity
    ]
    closed = [
        sum(counts.closed.get(severity, 0) for _slug, counts in totals) for severity in Severity
    ]
    return [
        _of_follow_ups([(slug, counts.done, counts.planned) for slug, counts in totals]),
        _of_deviations(opened, closed),
    ]


def _deviations(filters: WorkbookFilters, severity: str, state: Q) -> Combinable:
    rows = filters.deviations.order_by().filter(state, severity=severity)
    counted = rows.annotate(of_all=Constant(1)).values("of_all").annotate(row_count=Count("pk"))
    return Coalesce(Subquery(counted.values("row_count")), 0)


def _of_follow_ups(plans: list[tuple[str, int, int]]) -> BarChart:
    return BarChart(
        _("Follow-ups done of those planned, by plan"),
        [slug for slug, _done, _planned in plans],
        [
            Series(_("done"), [done for _slug, done, _planned in plans]),
            Series(_("not yet done"), [planned - done for _slug, done, planned in plans]),
        ],
    )


def _of_deviations(still: Sequence[int], closed: Sequence[int]) -> BarChart:
    return BarChart(
        _("Open and closed deviations, by severity"),
        [str(label) for label in Severity.labels],
        [Series(_("open"), list(still)), Series(_("closed"), list(closed))],
    )
