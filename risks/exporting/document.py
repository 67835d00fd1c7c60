"""From rows to a `PlanDocument`, and from there to a file."""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, TypedDict

from django.utils.translation import gettext as _

from actionplan.database.prepared_queries import Row, Steps, in_step, prepared, together
from actionplan.django_edges import TupleRows
from actionplan.models import ActionPlan, Contact, Goal, Indicator, ProductArea, SubGoal
from actionplan.word.document import (
    Area,
    CellReference,
    ContactText,
    GoalText,
    IndicatorText,
    PlanCell,
    PlanDocument,
    PlanStatement,
    SubGoalText,
)
from actionplan.word.writing.writer import write_docx, write_text
from risks.exporting.workbook import plan_workbook
from risks.models import Dimension, LifecycleStage, RiskCell, RiskStatement

FORMATS: Final = ("docx", "json", "xlsx", "txt")

AREA = "product_area__number"
KEPT = "former_number"
# Tuples, not instances: publishing and previews read whole plans.
Rows = TupleRows


class HeadingNames(TypedDict):
    """What stages and dimensions are called, by code, in the order of the grid."""

    stage_names: dict[str, str]
    dimension_names: dict[str, str]


def plan_document(plan: ActionPlan, *, has_contacts: bool = True) -> PlanDocument:
    """Return the plan as a document; see `document_and_names`."""
    return document_and_names(plan, has_contacts=has_contacts)[0]


def document_and_names(
    plan: ActionPlan, *, has_contacts: bool = True
) -> tuple[PlanDocument, HeadingNames]:
    """Return the plan as a document and the names of the grid: one query, and one for contacts.

    Args:
        has_contacts: whether it names the people who answer for it; what is published does not.
    """
    contacts = tuple(plan.contacts.all()) if has_contacts else ()
    (made,) = in_step(document_steps(plan, contacts))
    return made


def document_steps(
    plan: ActionPlan, contacts: Sequence[Contact] = ()
) -> Steps[tuple[PlanDocument, HeadingNames]]:
    """Make the document and the names of the grid in steps that yield the queries to ask."""
    whole = (query.of(plan.pk) for query in WHOLE)
    stages, dimensions, areas, cells, statements, *aims = yield (*GRID, *whole)
    document = PlanDocument(
        category=plan.category.name,
        first_year=plan.first_year,
        last_year=plan.last_year,
        procurement_region=plan.procurement_region.code,
        coordinator=plan.coordinator.name,
        contacts=tuple(ContactText(contact.name, contact.email) for contact in contacts),
        introduction=plan.introduction,
        areas=_areas(areas, cells, statements),
        goals=_goals(*aims),
    )
    return document, _names(stages, dimensions)


def grid_names() -> HeadingNames:
    """Return the names of stages and dimensions by code, as the writers of a plan ask for them."""
    return _names(*together(*GRID))


def grid_steps() -> Steps[HeadingNames]:
    """Make the names of stages and dimensions in steps that yield the queries to ask."""
    return _names(*(yield GRID))


def _names(stages: Iterable[Row], dimensions: Iterable[Row]) -> HeadingNames:
    return {"stage_names": dict(stages), "dimension_names": dict(dimensions)}


@prepared
def _stages() -> Rows:
    return LifecycleStage.objects.values_list("code", "name")


@prepared
def _dimensions() -> Rows:
    return Dimension.objects.values_list("code", "name")


def _areas(
    areas: Sequence[Row], cells: Sequence[Row], statements: Sequence[Row]
) -> tuple[Area, ...]:
    texts = {
        cell: tuple(PlanStatement(*values) for _cell, *values in group)
        for cell, group in groupby(statements, key=itemgetter(0))
    }
    by_area = {
        number: tuple(_cell(row[1:], texts) for row in group)
        for number, group in groupby(cells, key=itemgetter(0))
    }
    return tuple(
        Area(number, name, tuple(c for c in by_area.get(number, ()) if c.is_given), bool(former))
        for number, name, former in areas
    )


@prepared
def _product_areas(plan: int) -> Rows:
    rows = ProductArea.objects.filter(plan=plan).order_by("number")
    return rows.values_list("number", "name", KEPT)


@prepared
def _cells(plan: int) -> Rows:
    rows = RiskCell.objects.filter(product_area__plan=plan).in_grid_order()
    return rows.values_list(
        AREA,
        "pk",
        "stage__code",
        "dimension__code",
        "assessment",
        "level",
        f"same_as_cell__{AREA}",
        "same_as_cell__stage__code",
        "same_as_cell__dimension__code",
        "same_as_category__name",
    )


@prepared
def _statements(plan: int) -> Rows:
    rows = RiskStatement.objects.filter(cell__product_area__plan=plan)
    ordered = rows.order_by("cell_id", "position", "id")
    return ordered.values_list("cell_id", "kind", "text", "is_kept")


def _cell(row: Row, statements: dict[int, tuple[PlanStatement, ...]]) -> PlanCell:
    pk, stage, dimension, assessment, level, area, to_stage, to_dimension, category = row
    same_as = None
    if category:
        same_as = CellReference(category=category)
    elif area:
        same_as = CellReference(area, to_stage, to_dimension)
    return PlanCell(stage, dimension, assessment, level, statements.get(pk, ()), same_as)


def _goals(
    goals: Sequence[Row], sub_goals: Sequence[Row], indicators: Sequence[Row]
) -> tuple[GoalText, ...]:
    by_goal, by_sub_goal = _group(sub_goals), _group(indicators)
    return tuple(
        GoalText(
            number,
            text,
            tuple(
                SubGoalText(
                    of,
                    words,
                    tuple(
                        IndicatorText(which, says, bool(was))
                        for which, says, was in by_sub_goal.get(sub_goal, ())
                    ),
                    bool(once),
                )
                for sub_goal, of, words, once in by_goal.get(goal, ())
            ),
            bool(former),
        )
        for goal, number, text, former in goals
    )


@prepared
def _whole_goals(plan: int) -> Rows:
    rows = Goal.objects.filter(plan=plan).order_by("number")
    return rows.values_list("pk", "number", "text", KEPT)


@prepared
def _sub_goals(plan: int) -> Rows:
    rows = SubGoal.objects.filter(goal__plan=plan).order_by("position", "id")
    return rows.values_list("goal_id", "pk", "number", "text", KEPT)


@prepared
def _indicators(plan: int) -> Rows:
    rows = Indicator.objects.filter(sub_goal__goal__plan=plan).order_by("position", "id")
    return rows.values_list("sub_goal_id", "number", "text", KEPT)


GRID: Final = (_stages.of(), _dimensions.of())
# All of a plan, in the order in which it is put together.
WHOLE: Final = (
    *(_product_areas, _cells, _statements),
    *(_whole_goals, _sub_goals, _indicators),
)


def _group(rows: Iterable[Row]) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = {}
    for owner, *rest in rows:
        grouped.setdefault(owner, []).append(tuple(rest))
    return grouped


def plan_file(plan: ActionPlan, form: str) -> bytes:
    """Write a plan as it stands, as a file.

    Args:
        form: one of FORMATS.
    """
    document, names = document_and_names(plan)
    match form:
        case "docx":
            return write_docx(document, **names)
        case "txt":
            return write_text(document, **names).encode()
        case "xlsx":
            about = [(_("Plan"), str(plan)), (_("Status"), plan.get_status_display())]
            return plan_workbook(document, about=about, **names)
        case "json":
            return json.dumps(document.to_json(), ensure_ascii=False, indent=2).encode()
    raise ValueError(form)
