"""What a page of a plan reads once: for all of its panels, and for the menus of its form."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeVar

from django.forms import ModelChoiceField, ModelForm

from actionplan.database.prepared_queries import Row, prepared, together
from actionplan.django_edges import TupleRows
from actionplan.django_edges.form_fields import form_field
from actionplan.models import (
    ActionPlan,
    Goal,
    Indicator,
    Organisation,
    ProcurementRegion,
    PurchasingCategory,
    SubGoal,
)

Read = TypeVar("Read")
Rows = TupleRows
Grouped = Mapping[int, list[Row]]


class PanelIndicator(NamedTuple):
    """An indicator as panels tell of it."""

    pk: int
    number: str
    text: str
    former_number: str
    kind: str
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    due_on: date | None


class PanelSubGoal(NamedTuple):
    """A sub-goal with its indicators, in order."""

    pk: int
    number: str
    text: str
    former_number: str
    indicators: list[PanelIndicator]


class PanelGoal(NamedTuple):
    """A goal with its sub-goals, in order."""

    pk: int
    number: int
    text: str
    former_number: str
    sub_goals: list[PanelSubGoal]


def once(plan: ActionPlan, read: Callable[[ActionPlan], Read]) -> Read:
    """Return what `read` reads of a plan: several parts of its page tell of it, and one asks."""
    kept: dict[object, Any] = vars(plan).setdefault("read_once", {})
    if read not in kept:
        kept[read] = read(plan)
    known: Read = kept[read]
    return known


def panel_goals(plan: ActionPlan) -> list[PanelGoal]:
    """Read the goals of a plan with all that is below them, in one query."""
    goals, *below = together(_goals.of(plan.pk), _sub_goals.of(plan.pk), _indicators.of(plan.pk))
    sub_goals, indicators = map(_by_owner, below)

    def whole(sub_goal: Row) -> PanelSubGoal:
        below = [PanelIndicator(*indicator) for indicator in indicators[sub_goal[0]]]
        return PanelSubGoal._make((*sub_goal, below))

    return [PanelGoal._make((*goal, list(map(whole, sub_goals[goal[0]])))) for goal in goals]


def offer(form: "ModelForm[ActionPlan]", regions: Collection[int] | None) -> None:
    """Read what the menus of a plan's form offer by one query, and not by one each.

    What a menu takes is decided by its own rows all the same, when it is sent.

    Args:
        regions: the procurement regions that are offered with their organisations, None for all.
    """
    if not MENUS.keys() <= form.fields.keys():
        # Who may not change the plan has no menus.
        return
    menus = dict(zip(MENUS, together(*MENUS.values()), strict=True))
    if regions is not None:
        menus["procurement_region"] = [r for r in menus["procurement_region"] if r[0] in regions]
        menus["coordinator"] = [r for r in menus["coordinator"] if r[-1] in regions]
    labels: dict[str, Callable[..., str]] = {
        "category": lambda name: name,
        "procurement_region": lambda code, name: str(ProcurementRegion(code=code, name=name)),
        "coordinator": lambda name, _region: name,
        "predecessor": lambda name, *years: str(_plan(name, *years)),
    }
    for name, rows in menus.items():
        menu = form_field(form, name, ModelChoiceField)
        empty = [] if menu.empty_label is None else [("", menu.empty_label)]
        menu.choices = [*empty, *((pk, labels[name](*texts)) for pk, *texts in rows)]


def _plan(category: str, first_year: int, last_year: int) -> ActionPlan:
    named = PurchasingCategory(name=category)
    return ActionPlan(category=named, first_year=first_year, last_year=last_year)


def _by_owner(rows: Iterable[Row]) -> Grouped:
    grouped: Grouped = defaultdict(list)
    for owner, *row in rows:
        grouped[owner].append(tuple(row))
    return grouped


@prepared
def _goals(plan: int) -> Rows:
    rows = Goal.objects.filter(plan=plan).order_by("number")
    return rows.values_list(*PanelGoal._fields[:-1])


@prepared
def _sub_goals(plan: int) -> Rows:
    rows = SubGoal.objects.filter(goal__plan=plan).order_by("position", "id")
    return rows.values_list("goal_id", *PanelSubGoal._fields[:-1])


@prepared
def _indicators(plan: int) -> Rows:
    rows = Indicator.objects.filter(sub_goal__goal__plan=plan).order_by("position", "id")
    return rows.values_list("sub_goal_id", *PanelIndicator._fields)


@prepared
def _categories() -> Rows:
    return PurchasingCategory.objects.order_by("name").values_list("pk", "name")


@prepared
def _regions() -> Rows:
    return ProcurementRegion.objects.values_list("pk", "code", "name")


@prepared
def _organisations() -> Rows:
    return Organisation.objects.values_list("pk", "name", "procurement_region_id")


@prepared
def _plans() -> Rows:
    return ActionPlan.objects.values_list("pk", "category__name", "first_year", "last_year")


# By the field of the form.
MENUS: Final = {
    "category": _categories.of(),
    "procurement_region": _regions.of(),
    "coordinator": _organisations.of(),
    "predecessor": _plans.of(),
}
