"""From rows to a `PlanDocument`, and from there to a file."""

import json
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Final

from django.utils.translation import gettext as _

from actionplan.models import ActionPlan, Indicator, SubGoal
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
from actionplan.word.writer import write_docx, write_text
from risks.models import Dimension, LifecycleStage, RiskCell, RiskStatement
from risks.workbook import plan_workbook

FORMATS: Final = ("docx", "json", "xlsx", "txt")

AREA = "product_area__number"
KEPT = "former_number"


def plan_document(plan: ActionPlan) -> PlanDocument:
    """The plan as a document: seven queries, however large it is."""
    return PlanDocument(
        category=plan.category.name,
        first_year=plan.first_year,
        last_year=plan.last_year,
        procurement_region=plan.procurement_region.code,
        coordinator=plan.coordinator.name,
        contacts=tuple(ContactText(c.name, c.email) for c in plan.contacts.all()),
        introduction=plan.introduction,
        areas=_areas(plan),
        goals=_goals(plan),
    )


def stage_names() -> dict[str, str]:
    """The names of the stages by code, in the order of the grid."""
    return dict(LifecycleStage.objects.values_list("code", "name"))


def dimension_names() -> dict[str, str]:
    """The names of the dimensions by code, in the order of the grid."""
    return dict(Dimension.objects.values_list("code", "name"))


def _areas(plan: ActionPlan) -> tuple[Area, ...]:
    statements = _statements(plan)
    rows = RiskCell.objects.filter(product_area__plan=plan).in_grid_order()
    # Tuples, not instances: publishing and previews read whole plans.
    cells = rows.values_list(
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
    by_area = {
        number: tuple(_cell(row[1:], statements) for row in group)
        for number, group in groupby(cells, key=itemgetter(0))
    }
    areas = plan.product_areas.order_by("number").values_list("number", "name", "former_number")
    return tuple(
        Area(number, name, tuple(c for c in by_area.get(number, ()) if c.is_given), bool(former))
        for number, name, former in areas
    )


def _statements(plan: ActionPlan) -> dict[int, tuple[Statement, ...]]:
    rows = (
        RiskStatement.objects.filter(cell__product_area__plan=plan)
        .order_by("cell_id", "position", "id")
        .values_list("cell_id", "kind", "text", "is_kept")
    )
    return {
        cell: tuple(Statement(*told) for _cell, *told in group)
        for cell, group in groupby(rows, key=itemgetter(0))
    }


def _cell(row: tuple, statements: dict[int, tuple[Statement, ...]]) -> Cell:
    pk, stage, dimension, assessment, level, area, to_stage, to_dimension, category = row
    same_as = None
    if category:
        same_as = Reference(category=category)
    elif area:
        same_as = Reference(area, to_stage, to_dimension)
    return Cell(stage, dimension, assessment, level, statements.get(pk, ()), same_as)


def _goals(plan: ActionPlan) -> tuple[GoalText, ...]:
    sub_goals = SubGoal.objects.filter(goal__plan=plan).order_by("position", "id")
    indicators = Indicator.objects.filter(sub_goal__goal__plan=plan).order_by("position", "id")
    by_goal = _group(sub_goals.values_list("goal_id", "pk", "number", "text", KEPT))
    by_sub_goal = _group(indicators.values_list("sub_goal_id", "number", "text", KEPT))
    return tuple(
        GoalText(
            goal.number,
            goal.text,
            tuple(
                SubGoalText(
                    number,
                    text,
                    tuple(
                        IndicatorText(of, words, bool(was))
                        for of, words, was in by_sub_goal.get(pk, ())
                    ),
                    bool(former),
                )
                for pk, number, text, former in by_goal.get(goal.pk, ())
            ),
            bool(goal.former_number),
        )
        for goal in plan.goals.order_by("number")
    )


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
