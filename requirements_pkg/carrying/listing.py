"""The parts that were carried over as a page lists them: in the plan's order, with their place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from actionplan.django_edges import AnyRows, Handed
from actionplan.models import ActionPlan
from requirements_pkg.carrying.parts import KINDS, CarriedState, PartState
from requirements_pkg.models import CarriedKind, CarriedPart

MATRIX: Final = "admin:risks_riskmatrix_change"


@dataclass(frozen=True, slots=True)
class ListedPart:
    """A part that was carried over: what it said and says, where it stands, what was decided."""

    part: CarriedPart
    state: PartState
    now: str
    place: str
    address: str

    @property
    def is_there(self) -> bool:
        """Whether somebody can still decide on it."""
        return self.state is not PartState.DROPPED

    @property
    def is_decided(self) -> bool:
        """Whether anything was decided, by whomever."""
        return self.state is not PartState.UNDECIDED

    @property
    def former_words(self) -> str:
        """What it said before, where that is something else."""
        return "" if self.now in ("", self.part.words) else self.part.words


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parts of a kind stand: their order, and the columns that tell the place."""

    order: tuple[str, ...]
    columns: tuple[str, ...]
    words: Callable[..., str]
    address: Callable[..., str]


def _page(name: str) -> Callable[..., str]:
    def address(pk: int, *_columns: Handed) -> str:
        return reverse(name, args=[pk])

    return address


def _cell(area: str, stage: str, dimension: str, *_keys: int) -> str:
    return f"{area}: {stage} / {dimension}"


def _cell_address(_pk: int, *columns: Handed) -> str:
    *_names, area, cell = columns
    return f"{reverse(MATRIX, args=[area])}#cell-{cell}"


def _nowhere() -> str:
    return ""


PLACES: Final[Mapping[CarriedKind, Place]] = {
    CarriedKind.AREA: Place(("number",), (), _nowhere, _page(MATRIX)),
    CarriedKind.STATEMENT: Place(
        (
            "cell__product_area__number",
            "cell__stage__position",
            "cell__dimension__position",
            "position",
        ),
        (
            "cell__product_area__name",
            "cell__stage__name",
            "cell__dimension__name",
            "cell__product_area",
            "cell",
        ),
        _cell,
        _cell_address,
    ),
    CarriedKind.GOAL: Place(("number",), (), _nowhere, _page("admin:actionplan_goal_change")),
    CarriedKind.SUB_GOAL: Place(
        ("goal__number", "position"),
        (),
        _nowhere,
        _page("admin:actionplan_subgoal_change"),
    ),
    CarriedKind.INDICATOR: Place(
        ("sub_goal__goal__number", "sub_goal__position", "position"),
        (),
        _nowhere,
        _page("admin:actionplan_indicator_change"),
    ),
    CarriedKind.REQUIREMENT: Place(
        ("position", "code"), (), _nowhere, _page("admin:requirements_pkg_requirement_change")
    ),
}


def listed(
    plan: ActionPlan, kind: CarriedKind, state: CarriedState, *, only_undecided: bool
) -> list[ListedPart]:
    """Return the parts of a kind: those that are there in the plan's order, then the dropped.

    Two queries, however many they are.
    """
    place = PLACES[kind]
    rows: AnyRows = KINDS[kind].rows(plan.pk).order_by(*place.order, "pk")
    places = {pk: columns for pk, *columns in rows.values_list("pk", *place.columns)}
    positions = {key: number for number, key in enumerate(places)}
    parts = CarriedPart.objects.filter(plan=plan.pk, kind=kind).select_related("decided_by")
    of_kind, now = state.parts.get(kind, {}), state.now.get(kind, {})
    return [
        ListedPart(
            part,
            of_kind[part.key],
            now[part.key].text if part.key in now else "",
            place.words(*places[part.key]) if part.key in places else "",
            place.address(part.key, *places[part.key]) if part.key in places else "",
        )
        for part in sorted(
            parts, key=lambda part: (positions.get(part.key, len(positions)), part.pk)
        )
        if part.key in of_kind
        and not (only_undecided and of_kind[part.key] is not PartState.UNDECIDED)
    ]
