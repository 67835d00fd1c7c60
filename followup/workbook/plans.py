"""Sheets of what we buy, what may go wrong, and what we want."""

from dataclasses import replace
from typing import Final

from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from actionplan.models import Goal, IndicatorKind, PlanStatus, ProductArea
from followup.models import ChangeState, IndicatorReading, ProposedChange, ReadingStatus
from followup.workbook.chosen import Chosen
from followup.workbook.columns import (
    Field,
    Sheet,
    count,
    number_of,
    of_area,
    of_cell,
    of_plan,
    share,
)
from followup.workbook.columns import Value as Asked
from requirements_pkg.models import Requirement, RequirementArea
from risks.models import Assessment, RiskCell, RiskLevel, RiskStatement, StatementKind

NONE: Final = Value(None, IntegerField())
ASSESSED: Final = ~Q(assessment=Assessment.NOT_ASSESSED)


def _cells(path: str) -> tuple[Field, ...]:
    """How much of the matrix says something; `path` leads from a cell to the sheet's row."""
    return share(
        count(
            _("Assessed cells"),
            _("Number of cells in the risk matrix that are assessed, including “no leverage”."),
            lambda chosen: number_of(RiskCell.objects.filter(ASSESSED), path),
        ),
        count(
            _("Cells"),
            _("Number of cells in the risk matrix."),
            lambda chosen: number_of(RiskCell.objects.all(), path),
        ),
        _("Share assessed"),
    )


def _risks(stage: Asked = NONE, dimension: Asked = NONE) -> tuple[Field, ...]:
    """How many of the risks a requirement treats, as `covered` fills it in.

    Asked for is only where in the matrix the row is, if it is of one cell.
    """
    in_force = _("Number of risks in the version in force; empty if there is none.")
    treated = _(
        "Those of the risks that a requirement addresses, also through a cell that is the same."
    )
    return share(
        replace(count(_("Risks addressed"), treated, stage), is_covered=True),
        replace(count(_("Risks"), in_force, dimension), is_covered=True),
        _("Share addressed"),
    )


def _went(path: str) -> tuple[Field, ...]:
    """How follow-ups and deviations go; `path` leads from a follow-up to the sheet's row."""
    return (
        *share(
            count(
                _("Follow-ups done"),
                _("Number of follow-ups in the period that were carried out."),
                lambda chosen: number_of(chosen.planned.done(), path),
            ),
            count(
                _("Follow-ups planned"),
                _(
                    "Number of follow-ups in the period, including those carried out; "
                    "cancelled ones are not counted."
                ),
                lambda chosen: number_of(chosen.planned, path),
            ),
            _("Share done"),
        ),
        *share(
            count(
                _("Deviations closed"),
                _("Number of deviations found in the period that are closed."),
                lambda chosen: number_of(chosen.deviations.closed(), f"follow_up__{path}"),
            ),
            count(
                _("Deviations found"),
                _("Number of deviations found in the period."),
                lambda chosen: number_of(chosen.deviations, f"follow_up__{path}"),
            ),
            _("Share closed"),
        ),
    )


def _taken_in(chosen: Chosen) -> Asked:
    changes = ProposedChange.objects.filter(state=ChangeState.TAKEN_IN)
    return number_of(
        changes.filter(lesson__in=chosen.lessons), "lesson__follow_up__product_area__plan"
    )


PLANS: Final = Sheet(
    _("Plans"),
    _("One row for each action plan."),
    lambda chosen: chosen.plans,
    (
        *of_plan(),
        Field(
            _("Coordinator"),
            _("The organisation that coordinates."),
            "coordinator__name",
            width=24,
        ),
        Field(_("First year"), _("The plan's first year."), "first_year", "number", 10),
        Field(_("Last year"), _("The plan's last year."), "last_year", "number", 10),
        Field(_("Status"), _("The status of the plan."), "status", choices=PlanStatus),
        count(
            _("Product areas"),
            _("Number of product areas in the plan."),
            lambda chosen: number_of(ProductArea.objects.all(), "plan"),
        ),
        *_cells("product_area__plan"),
        *_risks(),
        count(
            _("Requirements"),
            _("Number of requirements in force in the plan's own package."),
            lambda chosen: number_of(Requirement.objects.active(), "package__plan"),
        ),
        count(
            _("Versions"),
            _("Number of versions published in the period."),
            lambda chosen: number_of(chosen.versions, "package__plan"),
        ),
        *_went("product_area__plan"),
        *share(
            count(_("Changes incorporated"), _("Changes that lessons have led to."), _taken_in),
            count(
                _("Changes proposed"),
                _("Changes that lessons of the period propose, including those incorporated."),
                lambda chosen: number_of(
                    ProposedChange.objects.filter(lesson__in=chosen.lessons),
                    "lesson__follow_up__product_area__plan",
                ),
            ),
            _("Share incorporated"),
        ),
    ),
    ("category__name", "first_year", "pk"),
    covered="plan",
)

AREAS: Final = Sheet(
    _("Product areas"),
    _("One row for each product area of each plan."),
    lambda chosen: ProductArea.objects.filter(chosen.of_plans("plan")),
    (
        *of_plan("plan"),
        Field(_("Area"), _("The number of the product area in the plan."), "number", "number", 8),
        Field(_("Product area"), _("The product area's name."), "name", width=28),
        *_cells("product_area"),
        count(
            _("High cells"),
            _("Number of cells with a high risk level."),
            lambda chosen: number_of(
                RiskCell.objects.filter(level=RiskLevel.HIGH), "product_area"
            ),
        ),
        *_risks(),
        count(
            _("Requirements"),
            _(
                "Requirements in force that apply to the area by name; those for every "
                "area are not counted."
            ),
            lambda chosen: number_of(
                RequirementArea.objects.filter(requirement__state="active"), "product_area"
            ),
        ),
        *_went("product_area"),
    ),
    ("plan__category__name", "plan__first_year", "number", "pk"),
    covered="area",
)

SAME_AS: Final = Case(
    When(
        same_as_cell__isnull=False,
        then=Concat(
            "same_as_cell__product_area__name",
            Value(" / "),
            "same_as_cell__stage__name",
            Value(" / "),
            "same_as_cell__dimension__name",
        ),
    ),
    default=F("same_as_category__name"),
)
IN_GRID: Final = ("stage__position", "dimension__position")

CELLS: Final = Sheet(
    _("Risk matrix"),
    _("One row for each cell of each product area's risk matrix."),
    lambda chosen: RiskCell.objects.filter(chosen.of_plans("product_area__plan")),
    (
        *of_plan("product_area__plan"),
        *of_area("product_area"),
        *of_cell(),
        Field(
            _("Assessment"),
            _("Not assessed is neither “no risk” nor “no leverage”."),
            "assessment",
            choices=Assessment,
            width=20,
        ),
        Field(
            _("Risk level"),
            _("An editor's judgement, never computed; empty where nobody has made one."),
            "level",
            choices=RiskLevel,
        ),
        Field(
            _("Source of the level"),
            _("The analysis that gives the level."),
            "level_source",
            width=30,
        ),
        Field(
            _("Source dated"),
            _("When the analysis was made or read."),
            "level_source_dated",
            "date",
            12,
        ),
        Field(
            _("Same as"),
            _("The cell or the category whose risks also apply here."),
            SAME_AS,
            width=40,
        ),
        *_risks("stage__code", "dimension__code"),
    ),
    ("product_area__plan__category__name", "product_area_id", *IN_GRID, "pk"),
    covered="cell",
)

STATEMENTS: Final = Sheet(
    _("Risks"),
    _("One row for each risk and each opportunity, word for word."),
    lambda chosen: RiskStatement.objects.filter(chosen.of_plans("cell__product_area__plan")),
    (
        Field(
            _("Risk no."),
            _("The number of the risk; the same in every sheet."),
            "pk",
            "number",
            10,
        ),
        *of_plan("cell__product_area__plan"),
        *of_area("cell__product_area"),
        *of_cell("cell"),
        Field(
            _("Risk or opportunity"), _("A risk or an opportunity."), "kind", choices=StatementKind
        ),
        Field(_("Text"), _("As it stands in the plan."), "text", width=70),
        Field(
            _("Assessment"),
            _("Not assessed is neither “no risk” nor “no leverage”."),
            "cell__assessment",
            choices=Assessment,
            width=20,
        ),
        Field(_("Risk level"), _("The risk level of the cell."), "cell__level", choices=RiskLevel),
        count(
            _("Requirements"),
            _("Requirements in force that address it."),
            lambda chosen: number_of(Requirement.objects.active(), "treatments__statement"),
        ),
    ),
    (
        "cell__product_area__plan__category__name",
        "cell__product_area_id",
        *(f"cell__{one}" for one in IN_GRID),
        "position",
        "pk",
    ),
)


def _latest(field: str) -> Asked:
    """Of the newest approved reading for the country that nobody corrected, in the period."""

    def asked(chosen: Chosen) -> Subquery:
        standing = IndicatorReading.objects.standing().filter(chosen.within("as_of"))
        mine = standing.filter(indicator=OuterRef("sub_goals__indicators"), organisation=None)
        return Subquery(mine.order_by("-as_of", "-pk").values(field)[:1])

    return asked


GOALS: Final = Sheet(
    _("Goals"),
    _("One row for each indicator; goals and sub-goals without one have a row too."),
    lambda chosen: Goal.objects.filter(chosen.of_plans("plan")),
    (
        *of_plan("plan"),
        Field(_("Goal"), _("The number of the overall goal."), "number", "number", 8),
        Field(_("Overall goal"), _("The goal's text."), "text", width=50),
        Field(_("Sub-goal"), _("The number of the sub-goal."), "sub_goals__number", width=10),
        Field(_("Sub-goal's text"), _("The sub-goal's text."), "sub_goals__text", width=50),
        Field(
            _("Indicator"),
            _("The number of the indicator."),
            "sub_goals__indicators__number",
            width=10,
        ),
        Field(
            _("Indicator's text"),
            _("The indicator's text."),
            "sub_goals__indicators__text",
            width=50,
        ),
        Field(
            _("Type of indicator"),
            _("A milestone is done or not; a measure has a unit and a target."),
            "sub_goals__indicators__kind",
            choices=IndicatorKind,
        ),
        Field(_("Unit"), _("For measures only."), "sub_goals__indicators__unit", width=12),
        Field(
            _("Baseline"),
            _("The baseline value."),
            "sub_goals__indicators__baseline",
            "number",
            12,
        ),
        Field(_("Target"), _("The target value."), "sub_goals__indicators__target", "number", 12),
        Field(_("Due on"), _("By when."), "sub_goals__indicators__due_on", "date", 12),
        Field(
            _("Latest status"),
            _("Of the newest approved reading for the whole country in the period."),
            _latest("status"),
            choices=ReadingStatus,
        ),
        Field(_("Latest value"), _("Of the same reading."), _latest("value"), "number", 12),
        Field(_("As of"), _("The day of the same reading."), _latest("as_of"), "date", 12),
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
