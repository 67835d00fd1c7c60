"""The sheets of readings and periods. Who wrote and who decided is personal data and stays."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from actionplan.excel.columns import CODE, Column
from actionplan.excel.columns.kinds import DATE, WHOLE, ChoiceKind
from actionplan.excel.lists import ExcelList, ListColumn
from followup.models import IndicatorReading, ReadingState, ReadingStatus, ReportingPeriod

# How indicators stood on a day, drafts included.
READINGS: Final = ExcelList(
    IndicatorReading,
    _("Readings"),
    (
        ListColumn(Column("plan", _("Plan"), 30, CODE), "indicator__sub_goal__goal__plan__slug"),
        ListColumn(Column("number", _("Indicator no."), 12), "indicator__number"),
        ListColumn(Column("indicator", _("Indicator"), 60), "indicator__text"),
        ListColumn(Column("organisation", _("Organisation"), 24), "organisation__name"),
        ListColumn(Column("as_of", _("As of"), 12, DATE), "as_of"),
        ListColumn(Column("status", _("Status"), 16, ChoiceKind(ReadingStatus)), "status"),
        ListColumn(Column("value", _("Value"), 12, WHOLE), "value"),
        ListColumn(Column("unit", _("Unit"), 12), "indicator__unit"),
        ListColumn(Column("comment", _("Comment"), 60), "comment"),
        ListColumn(Column("evidence_url", _("Evidence"), 40), "evidence_url"),
        ListColumn(Column("state", _("State"), 14, ChoiceKind(ReadingState)), "state"),
    ),
)


# The periods that are reported on, and which of them are locked.
PERIODS: Final = ExcelList(
    ReportingPeriod,
    _("Reporting periods"),
    (
        ListColumn(Column("plan", _("Plan"), 30, CODE), "plan__slug"),
        ListColumn(Column("name", _("Name"), 30), "name"),
        ListColumn(Column("first_day", _("First day"), 12, DATE), "first_day"),
        ListColumn(Column("last_day", _("Last day"), 12, DATE), "last_day"),
        ListColumn(Column("locked_at", _("Locked"), 18, DATE), "locked_at"),
    ),
)
