"""Sheets of what we want, and how far it is: goals and readings."""

from typing import Final

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from actionplan.excel.columns import TEXT, Column
from actionplan.excel.columns.kinds import DATE, NUMBER, YES_NO, ChoiceKind
from actionplan.models import Goal, IndicatorKind
from followup.models import IndicatorReading, ReadingState, ReadingStatus
from followup.workbook.columns import QueryColumn, WorkbookTable, of_plan
from followup.workbook.columns import Value as Asked
from followup.workbook.filters import WorkbookFilters

# What both sheets say of an indicator.
GOAL: Final = Column("goal", _("Goal"), 8, NUMBER, _("The number of the overall goal."))
SUB_GOAL: Final = Column("sub_goal", _("Sub-goal"), 10, TEXT, _("The number of the sub-goal."))
INDICATOR: Final = Column("indicator", _("Indicator"), 10, TEXT, _("The number of the indicator."))
INDICATOR_TEXT: Final = Column(
    "indicator_text", _("Indicator's text"), 50, TEXT, _("The indicator's text.")
)
INDICATOR_KIND: Final = Column(
    "type_of_indicator",
    _("Type of indicator"),
    16,
    ChoiceKind(IndicatorKind),
    _("A milestone is done or not; a measure has a unit and a target."),
)
UNIT: Final = Column("unit", _("Unit"), 12, TEXT, _("For measures only."))
TARGET: Final = Column("target", _("Target"), 12, NUMBER, _("The target value."))

OF_INDICATOR: Final = "indicator__sub_goal"
CORRECTED: Final = Exists(IndicatorReading.objects.approved().filter(corrects=OuterRef("pk")))


def _latest(field: str) -> Asked:
    """Ask the newest reading for the country that nobody corrected, in the period."""

    def reading(filters: WorkbookFilters) -> Subquery:
        current = IndicatorReading.objects.current().filter(filters.within("as_of"))
        mine = current.filter(indicator=OuterRef("sub_goals__indicators"), organisation=None)
        return Subquery(mine.order_by("-as_of", "-pk").values(field)[:1])

    return reading


GOALS: Final = WorkbookTable(
    _("Goals"),
    _("One row for each indicator; goals and sub-goals without one have a row too."),
    lambda filters: Goal.objects.filter(filters.of_plans("plan")),
    (
        *of_plan("plan"),
        QueryColumn(GOAL, "number"),
        QueryColumn(
            Column("overall_goal", _("Overall goal"), 50, TEXT, _("The goal's text.")), "text"
        ),
        QueryColumn(SUB_GOAL, "sub_goals__number"),
        QueryColumn(
            Column("sub_goal_text", _("Sub-goal's text"), 50, TEXT, _("The sub-goal's text.")),
            "sub_goals__text",
        ),
        QueryColumn(INDICATOR, "sub_goals__indicators__number"),
        QueryColumn(INDICATOR_TEXT, "sub_goals__indicators__text"),
        QueryColumn(INDICATOR_KIND, "sub_goals__indicators__kind"),
        QueryColumn(UNIT, "sub_goals__indicators__unit"),
        QueryColumn(
            Column("baseline", _("Baseline"), 12, NUMBER, _("The baseline value.")),
            "sub_goals__indicators__baseline",
        ),
        QueryColumn(TARGET, "sub_goals__indicators__target"),
        QueryColumn(
            Column("due_on", _("Due on"), 12, DATE, _("By when.")), "sub_goals__indicators__due_on"
        ),
        QueryColumn(
            Column(
                "latest_status",
                _("Latest status"),
                16,
                ChoiceKind(ReadingStatus),
                _("Of the newest approved reading for the whole country in the period."),
            ),
            _latest("status"),
        ),
        QueryColumn(
            Column("latest_value", _("Latest value"), 12, NUMBER, _("Of the same reading.")),
            _latest("value"),
        ),
        QueryColumn(
            Column("as_of", _("As of"), 12, DATE, _("The day of the same reading.")),
            _latest("as_of"),
        ),
    ),
    (
        "plan__category__name",
        "plan__first_year",
        "number",
        "sub_goals__position",
        "sub_goals__number",
        "sub_goals__indicators__position",
        "sub_goals__indicators__pk",
    ),
    joined="sub_goals__indicators",
)

READINGS: Final = WorkbookTable(
    _("Indicator readings"),
    _("One row for each reading, drafts too; those that count are approved and not corrected."),
    lambda filters: filters.readings,
    (
        QueryColumn(
            Column("reading_no", _("Reading no."), 10, NUMBER, _("The number of the reading.")),
            "pk",
        ),
        *of_plan(f"{OF_INDICATOR}__goal__plan"),
        QueryColumn(GOAL, f"{OF_INDICATOR}__goal__number"),
        QueryColumn(SUB_GOAL, f"{OF_INDICATOR}__number"),
        QueryColumn(INDICATOR, "indicator__number"),
        QueryColumn(INDICATOR_TEXT, "indicator__text"),
        QueryColumn(INDICATOR_KIND, "indicator__kind"),
        QueryColumn(
            Column(
                "organisation",
                _("Organisation"),
                24,
                TEXT,
                _("Which organisation it is for; empty for the whole country."),
            ),
            "organisation__name",
        ),
        QueryColumn(
            Column("as_of", _("As of"), 12, DATE, _("The day that it concerns.")), "as_of"
        ),
        QueryColumn(
            Column(
                "status",
                _("Status"),
                16,
                ChoiceKind(ReadingStatus),
                _("The status of the indicator."),
            ),
            "status",
        ),
        QueryColumn(
            Column("value", _("Value"), 12, NUMBER, _("In the unit of the indicator.")), "value"
        ),
        QueryColumn(TARGET, "indicator__target"),
        QueryColumn(UNIT, "indicator__unit"),
        QueryColumn(
            Column("comment", _("Comment"), 50, TEXT, _("The comment on the reading.")), "comment"
        ),
        QueryColumn(
            Column("evidence", _("Evidence"), 30, TEXT, _("A public page or document.")),
            "evidence_url",
        ),
        QueryColumn(
            Column(
                "state", _("State"), 16, ChoiceKind(ReadingState), _("Whether it is approved.")
            ),
            "state",
        ),
        QueryColumn(
            Column("decided", _("Decided"), 12, DATE, _("When it was approved or returned.")),
            TruncDate("decided_at"),
        ),
        QueryColumn(
            Column(
                "corrects",
                _("Corrects"),
                10,
                NUMBER,
                _("The number of the reading that it corrects."),
            ),
            "corrects_id",
        ),
        QueryColumn(
            Column(
                "corrected",
                _("Corrected"),
                10,
                YES_NO,
                _("Whether an approved reading corrects it."),
            ),
            CORRECTED,
        ),
    ),
    ("as_of", "pk"),
)
