"""From rows to a `PlanDocument`, and from there to a file."""

import json
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from actionplan.database.written_once import written_once
from actionplan.models import ActionPlan, Goal, Indicator, ProductArea, SubGoal
from actionplan.word.document import (
    Area,
    Cell,
    ContactText,
    GoalText,
    IndicatorText,
    PlanDocument,
    Reference,
    Statement,
    SubGoalText,
)
from actionplan.word.writing.writer import write_docx, write_text
from risks.exporting.workbook import plan_workbook
from risks.models import Dimension, LifecycleStage, RiskCell, RiskStatement

FORMATS: Final = ("docx", "json", "xlsx", "txt")

AREA = "product_area__number"
KEPT = "former_number"
# Tuples, not instances: publishing and previews read whole plans.
Rows = QuerySet[Any, tuple[Any, ...]]


def plan_document(plan: ActionPlan, *, has_contacts: bool = True) -> PlanDocument:
    """The plan as a document: seven queries, however large it is.

    Args:
        has_contacts: whether it names the people who answer for it; what is published does not.
    """
    contacts = plan.contacts.all() if has_contacts else ()
    return PlanDocument(
        category=plan.category.name,
        first_year=plan.first_year,
        last_year=plan.last_year,
        procurement_region=plan.procurement_region.code,
        coordinator=plan.coordinator.name,
        contacts=tuple(ContactText(contact.name, contact.email) for contact in contacts),
        introduction=plan.introduction,
        areas=_areas(plan.pk),
        goals=_goals(plan.pk),
    )


def stage_names() -> dict[str, str]:
    """The names of the stages by code, in the order of the grid."""
    return dict(_stages())


def dimension_names() -> dict[str, str]:
    """The names of the dimensions by code, in the order of the grid."""
    return dict(_dimensions())


@written_once
def _stages() -> Rows:
    return LifecycleStage.objects.values_list("code", "name")


@written_once
def _dimensions() -> Rows:
    return Dimension.objects.values_list("code", "name")


def _areas(plan: int) -> tuple[Area, ...]:
    statements = {
        cell: tuple(Statement(*told) for _cell, *told in group)
        for cell, group in groupby(_statements(plan), key=itemgetter(0))
    }
    by_area = {
        number: tuple(_cell(row[1:], statements) for row in group)
        for number, group in groupby(_cells(plan), key=itemgetter(0))
    }
    return tuple(
        Area(number, name, tuple(c for c in by_area.get(number, ()) if c.is_given), bool(former))
        for number, name, former in _product_areas(plan)
    )


@written_once
def _product_areas(plan: int) -> Rows:
    rows = ProductArea.objects.filter(plan=plan).order_by("number")
    return rows.values_list("number", "name", KEPT)


@written_once
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


@written_once
def _statements(plan: int) -> Rows:
    rows = RiskStatement.objects.filter(cell__product_area__plan=plan)
    ordered = rows.order_by("cell_id", "position", "id")
    return ordered.values_list("cell_id", "kind", "text", "is_kept")


def _cell(row: tuple, statements: dict[int, tuple[Statement, ...]]) -> Cell:
    pk, stage, dimension, assessment, level, area, to_stage, to_dimension, category = row
    same_as = None
    if category:
        same_as = Reference(category=category)
    elif area:
        same_as = Reference(area, to_stage, to_dimension)
    return Cell(stage, dimension, assessment, level, statements.get(pk, ()), same_as)


def _goals(plan: int) -> tuple[GoalText, ...]:
    by_goal, by_sub_goal = _group(_sub_goals(plan)), _group(_indicators(plan))
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
        for goal, number, text, former in _whole_goals(plan)
    )


@written_once
def _whole_goals(plan: int) -> Rows:
    rows = Goal.objects.filter(plan=plan).order_by("number")
    return rows.values_list("pk", "number", "text", KEPT)


@written_once
def _sub_goals(plan: int) -> Rows:
    rows = SubGoal.objects.filter(goal__plan=plan).order_by("position", "id")
    return rows.values_list("goal_id", "pk", "number", "text", KEPT)


@written_once
def _indicators(plan: int) -> Rows:
    rows = Indicator.objects.filter(sub_goal__goal__plan=plan).order_by("position", "id")
    return rows.values_list("sub_goal_id", "number", "text", KEPT)


def _group(rows: Iterable[tuple]) -> dict[int, list[tuple]]:
    grouped: dict[int, list[tuple]] = {}
    for owner, *rest in rows:
        grouped.setdefault(owner, []).append(tuple(rest))
    return grouped


def plan_file(plan: ActionPlan, form: str) -> bytes:
    """A plan as it stands, as a file.

    Args:
        form: one of FORMATS.
    """
    document = plan_document(plan)
    names = {"stage_names": stage_names(), "dimension_names": dimension_names()}
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
