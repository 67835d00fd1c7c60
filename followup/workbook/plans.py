"""Sheets of what we buy, what may go wrong, and what we want."""

from dataclasses import replace
from typing import Final

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from actionplan.excel.columns import TEXT, Column
from actionplan.excel.columns.kinds import DATE, NUMBER, ChoiceKind
from actionplan.models import PlanStatus, ProductArea
from followup.models import ChangeState, ProposedChange
from followup.workbook.columns import (
    QueryColumn,
    WorkbookTable,
    count,
    deviations_closed,
    number_of,
    of_area,
    of_cell,
    of_plan,
    secret,
    share,
)
from followup.workbook.columns import Value as Asked
from followup.workbook.filters import WorkbookFilters
from followup.workbook.reported import published_counts
from requirements_pkg.models import Requirement, RequirementArea
from risks.models import Assessment, RiskCell, RiskLevel, RiskStatement, StatementKind

NONE: Final = Value(None, IntegerField())
ASSESSED: Final = ~Q(assessment=Assessment.NOT_ASSESSED)


def _cells(path: str) -> tuple[QueryColumn, ...]:
    """Tell how much of the matrix says something; `path` leads from a cell to the sheet's row."""
    return share(
        count(
            "assessed_cells",
            _("Assessed cells"),
            _("Number of cells in the risk matrix that are assessed, including “no leverage”."),
            lambda filters: number_of(RiskCell.objects.filter(ASSESSED), path),
        ),
        count(
            "cells",
            _("Cells"),
            _("Number of cells in the risk matrix."),
            lambda filters: number_of(RiskCell.objects.all(), path),
        ),
        _("Share assessed"),
    )


def _risks(stage: Asked = NONE, dimension: Asked = NONE) -> tuple[QueryColumn, ...]:
    """Tell how many of the risks a requirement treats, as `covered` fills it in.

    Asked for is only where in the matrix the row is, if it is of one cell.
    """
    in_force = _("Number of risks in the version in force; empty if there is none.")
    treated = _(
        "Those of the risks that a requirement addresses, also through a cell that is the same."
    )
    return share(
        replace(count("risks_addressed", _("Risks addressed"), treated, stage), is_covered=True),
        replace(count("risks", _("Risks"), in_force, dimension), is_covered=True),
        _("Share addressed"),
    )


def _went(path: str) -> tuple[QueryColumn, ...]:
    """Tell how follow-ups and deviations go; `path` leads from a follow-up to the sheet's row."""
    return (
        *share(
            count(
                "follow_ups_done",
                _("Follow-ups done"),
                _("Number of follow-ups in the period that were carried out."),
                lambda filters: number_of(filters.planned.done(), path),
            ),
            count(
                "follow_ups_planned",
                _("Follow-ups planned"),
                _(
                    "Number of follow-ups in the period, including those carried out; "
                    "cancelled ones are not counted."
                ),
                lambda filters: number_of(filters.planned, path),
            ),
            _("Share done"),
        ),
        *deviations_closed(f"follow_up__{path}"),
    )


def _taken_in(filters: WorkbookFilters) -> Combinable:
    changes = ProposedChange.objects.filter(state=ChangeState.TAKEN_IN)
    return number_of(
        changes.filter(lesson__in=filters.lessons), "lesson__follow_up__product_area__plan"
    )


PLANS: Final = WorkbookTable(
    _("Plans"),
    _("One row for each action plan."),
    lambda filters: filters.plans,
    (
        *of_plan(),
        QueryColumn(
            Column(
                "coordinator", _("Coordinator"), 24, TEXT, _("The organisation that coordinates.")
            ),
            "coordinator__name",
        ),
        QueryColumn(
            Column("first_year", _("First year"), 10, NUMBER, _("The plan's first year.")),
            "first_year",
        ),
        QueryColumn(
            Column("last_year", _("Last year"), 10, NUMBER, _("The plan's last year.")),
            "last_year",
        ),
        QueryColumn(
            Column(
                "status", _("Status"), 16, ChoiceKind(PlanStatus), _("The status of the plan.")
            ),
            "status",
        ),
        count(
            "product_areas",
            _("Product areas"),
            _("Number of product areas in the plan."),
            lambda filters: number_of(ProductArea.objects.all(), "plan"),
        ),
        *_cells("product_area__plan"),
        *_risks(),
        count(
            "requirements",
            _("Requirements"),
            _("Number of requirements in force in the plan's own package."),
            lambda filters: number_of(Requirement.objects.active(), "package__plan"),
        ),
        count(
            "versions",
            _("Versions"),
            _("Number of versions published in the period."),
            lambda filters: number_of(filters.versions, "package__plan"),
        ),
        *published_counts(),
        *map(secret, _went("product_area__plan")),
        *map(
            secret,
            share(
                count(
                    "changes_incorporated",
                    _("Changes incorporated"),
                    _("Changes that lessons have led to."),
                    _taken_in,
                ),
                count(
                    "changes_proposed",
                    _("Changes proposed"),
                    _("Changes that lessons of the period propose, including those incorporated."),
                    lambda filters: number_of(
                        ProposedChange.objects.filter(lesson__in=filters.lessons),
                        "lesson__follow_up__product_area__plan",
                    ),
                ),
                _("Share incorporated"),
            ),
        ),
    ),
    ("category__name", "first_year", "pk"),
    covered="plan",
    reported="plan",
)

AREAS: Final = WorkbookTable(
    _("Product areas"),
    _("One row for each product area of each plan."),
    lambda filters: ProductArea.objects.filter(filters.of_plans("plan")),
    (
        *of_plan("plan"),
        *of_area(),
        *_cells("product_area"),
        count(
            "high_cells",
            _("High cells"),
            _("Number of cells with a high risk level."),
            lambda filters: number_of(
                RiskCell.objects.filter(level=RiskLevel.HIGH), "product_area"
            ),
        ),
        *_risks(),
        count(
            "requirements",
            _("Requirements"),
            _(
                "Requirements in force that apply to the area by name; those for every "
                "area are not counted."
            ),
            lambda filters: number_of(
                RequirementArea.objects.filter(requirement__state="active"), "product_area"
            ),
        ),
        *published_counts(),
        *map(secret, _went("product_area")),
    ),
    ("plan__category__name", "plan__first_year", "number", "pk"),
    covered="area",
    reported="area",
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

CELLS: Final = WorkbookTable(
    _("Risk matrix"),
    _("One row for each cell of each product area's risk matrix."),
    lambda filters: RiskCell.objects.filter(filters.of_plans("product_area__plan")),
    (
        *of_plan("product_area__plan"),
        *of_area("product_area"),
        *of_cell(),
        QueryColumn(
            Column(
                "assessment",
                _("Assessment"),
                20,
                ChoiceKind(Assessment),
                _("Not assessed is neither “no risk” nor “no leverage”."),
            ),
            "assessment",
        ),
        QueryColumn(
            Column(
                "risk_level",
                _("Risk level"),
                16,
                ChoiceKind(RiskLevel),
                _("An editor's judgement, never computed; empty where nobody has made one."),
            ),
            "level",
        ),
        QueryColumn(
            Column(
                "source_of_the_level",
                _("Source of the level"),
                30,
                TEXT,
                _("The analysis that gives the level."),
            ),
            "level_source",
        ),
        QueryColumn(
            Column(
                "source_dated",
                _("Source dated"),
                12,
                DATE,
                _("When the analysis was made or read."),
            ),
            "level_source_dated",
        ),
        QueryColumn(
            Column(
                "same_as",
                _("Same as"),
                40,
                TEXT,
                _("The cell or the category whose risks also apply here."),
            ),
            SAME_AS,
        ),
        *_risks("stage__code", "dimension__code"),
    ),
    ("product_area__plan__category__name", "product_area_id", *IN_GRID, "pk"),
    covered="cell",
)

STATEMENTS: Final = WorkbookTable(
    _("Risks"),
    _("One row for each risk and each opportunity, word for word."),
    lambda filters: RiskStatement.objects.filter(filters.of_plans("cell__product_area__plan")),
    (
        QueryColumn(
            Column(
                "risk_no",
                _("Risk no."),
                10,
                NUMBER,
                _("The number of the risk; the same in every sheet."),
            ),
            "pk",
        ),
        *of_plan("cell__product_area__plan"),
        *of_area("cell__product_area"),
        *of_cell("cell"),
        QueryColumn(
            Column(
                "risk_or_opportunity",
                _("Risk or opportunity"),
                16,
                ChoiceKind(StatementKind),
                _("A risk or an opportunity."),
            ),
            "kind",
        ),
        QueryColumn(Column("text", _("Text"), 70, TEXT, _("As it stands in the plan.")), "text"),
        QueryColumn(
            Column(
                "assessment",
                _("Assessment"),
                20,
                ChoiceKind(Assessment),
                _("Not assessed is neither “no risk” nor “no leverage”."),
            ),
            "cell__assessment",
        ),
        QueryColumn(
            Column(
                "risk_level",
                _("Risk level"),
                16,
                ChoiceKind(RiskLevel),
                _("The risk level of the cell."),
            ),
            "cell__level",
        ),
        count(
            "requirements",
            _("Requirements"),
            _("Requirements in force that address it."),
            lambda filters: number_of(Requirement.objects.active(), "treatments__statement"),
        ),
    ),
    (
        "cell__product_area__plan__category__name",
        "cell__product_area_id",
        *(f"cell__{name}" for name in IN_GRID),
        "position",
        "pk",
    ),
)
