"""The two charts of the workbook, and the few numbers they are drawn from."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from actionplan.streaming import Chart, Series
from followup.models import DeviationState, Severity
from followup.sheets.chosen import Chosen
from followup.sheets.columns import number_of


def charts(chosen: Chosen) -> list[Chart]:
    """Follow-ups done of those planned, and deviations open and closed: two queries."""
    return [_follow_ups(chosen), _deviations(chosen)]


def _follow_ups(chosen: Chosen) -> Chart:
    path = "product_area__plan"
    done, planned = number_of(chosen.planned.done(), path), number_of(chosen.planned, path)
    rows = chosen.plans.order_by("category__name", "first_year", "pk")
    found = list(rows.values_list("slug", done, planned))
    return Chart(
        _("Follow-ups done of those planned, by plan"),
        [slug for slug, _done, _planned in found],
        [
            Series(_("done"), [done for _slug, done, _planned in found]),
            Series(_("not yet done"), [planned - done for _slug, done, planned in found]),
        ],
    )


def _deviations(chosen: Chosen) -> Chart:
    is_closed = Q(state=DeviationState.CLOSED)
    rows = chosen.deviations.order_by().values_list("severity")
    rows = rows.annotate(
        still=Count("pk", filter=~is_closed), closed=Count("pk", filter=is_closed)
    )
    found = {severity: (still, closed) for severity, still, closed in rows}
    counts = [found.get(severity, (0, 0)) for severity in Severity.values]
    return Chart(
        _("Open and closed deviations, by severity"),
        [str(label) for label in Severity.labels],
        [
            Series(_("open"), [still for still, _closed in counts]),
            Series(_("closed"), [closed for _still, closed in counts]),
        ],
    )
