"""The sheets of readings and periods. Who wrote and who decided is personal data and stays."""

from django.utils.translation import gettext_lazy as _

from actionplan.excel.sheet_fields import ChoiceWidget, SheetField
from actionplan.excel.sheet_resource import ScopedResource
from followup.models import IndicatorReading, ReadingState, ReadingStatus, ReportingPeriod


class ReadingResource(ScopedResource):
    """How indicators stood on a day, drafts included."""

    plan = SheetField("indicator__sub_goal__goal__plan__slug", _("Plan"), 30, "code")
    number = SheetField("indicator__number", _("Indicator no."), 12)
    indicator = SheetField("indicator__text", _("Indicator"), 60)
    organisation = SheetField("organisation__name", _("Organisation"), 24)
    as_of = SheetField("as_of", _("As of"), 12, "date")
    status = SheetField("status", _("Status"), 16, widget=ChoiceWidget(ReadingStatus))
    value = SheetField("value", _("Value"), 12, "number")
    unit = SheetField("indicator__unit", _("Unit"), 12)
    comment = SheetField("comment", _("Comment"), 60)
    evidence_url = SheetField("evidence_url", _("Evidence"), 40)
    state = SheetField("state", _("State"), 14, widget=ChoiceWidget(ReadingState))

    class Meta:
        model = IndicatorReading
        name = _("Readings")


class PeriodResource(ScopedResource):
    """The periods that are reported on, and which of them are locked."""

    plan = SheetField("plan__slug", _("Plan"), 30, "code")
    name = SheetField("name", _("Name"), 30)
    first_day = SheetField("first_day", _("First day"), 12, "date")
    last_day = SheetField("last_day", _("Last day"), 12, "date")
    locked_at = SheetField("locked_at", _("Locked"), 18, "date")

    class Meta:
        model = ReportingPeriod
        name = _("Reporting periods")
