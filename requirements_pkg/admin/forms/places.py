"""What a requirement of a plan's package can be tied to: areas, risks, sub-goals, as choices."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actionplan.models import ActionPlan, SubGoal
from requirements_pkg.document.coverage import only_refers
from risks.models import RiskLevel, RiskStatement, StatementKind

Choice = tuple[int, str]


@dataclass(frozen=True, slots=True)
class CellName:
    """Where some of the choices stand."""

    area: str
    cell: str

    def __str__(self) -> str:
        return f"{self.area}: {self.cell}"


def area_choices(plan: ActionPlan) -> list[Choice]:
    """Return the product areas of a plan as choices."""
    rows = plan.product_areas.order_by("number").values_list("pk", "number", "name")
    return [(pk, f"{number}. {name}") for pk, number, name in rows]


def statement_choices(
    plan: ActionPlan, *, kept: Collection[int] = ()
) -> list[tuple[CellName, list[Choice]]]:
    """Return the risks and opportunities of a plan as choices, cell by cell: one query.

    Args:
        kept: those that stay on offer also where they only refer to another cell.
    """
    rows = (
        RiskStatement.objects.filter(cell__product_area__plan=plan)
        .substantive()
        .in_grid_order()
        .values_list(
            "cell__product_area__number",
            "cell__product_area__name",
            "cell__stage__name",
            "cell__dimension__name",
            "cell__level",
            "cell__assessment",
            "pk",
            "kind",
            "text",
        )
    )
    kinds = dict(StatementKind.choices)
    cells: dict[CellName, list[Choice]] = {}
    for number, area, stage, dimension, level, assessment, pk, kind, text in rows:
        if pk in kept or not only_refers(assessment, text):
            choices = cells.setdefault(_cell_name(number, area, stage, dimension, level), [])
            choices.append((pk, f"{capfirst(kinds[kind])}: {text}"))
    return list(cells.items())


def sub_goal_choices(plan: ActionPlan) -> list[Choice]:
    """Return the sub-goals of a plan as choices."""
    rows = SubGoal.objects.filter(goal__plan=plan).order_by("goal__number", "position", "pk")
    return [
        (pk, f"{number} {text}") for pk, number, text in rows.values_list("pk", "number", "text")
    ]


def _cell_name(number: int, area: str, stage: str, dimension: str, level: str) -> CellName:
    cell = f"{stage} / {dimension}"
    if level:
        cell = _("%(cell)s (risk level: %(level)s)") % {
            "cell": cell,
            "level": dict(RiskLevel.choices)[level],
        }
    return CellName(f"{number}. {area}", cell)
