"""The parts of a plan on which somebody decides when a period begins, and how each stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from django.db.models import QuerySet

from actionplan.models import ActionPlan, Goal, Indicator, ProductArea, SubGoal
from requirements_pkg.document.requirement_fields import STORED
from requirements_pkg.models import CarriedDecision, CarriedKind, CarriedPart, Requirement
from risks.models import RiskStatement


@dataclass(frozen=True, slots=True)
class PartKind:
    """How the parts of one kind are read: their rows, and the columns that are their words."""

    model: Any
    plan_path: str
    words: tuple[str, ...]
    # The column that people read it by.
    text: str

    def rows(self, plan: int) -> "QuerySet[Any]":
        """Return the parts of a plan."""
        rows: QuerySet[Any] = self.model.objects.filter(**{self.plan_path: plan})
        return rows


KINDS: Final[Mapping[CarriedKind, PartKind]] = {
    CarriedKind.AREA: PartKind(ProductArea, "plan", ("name",), "name"),
    CarriedKind.STATEMENT: PartKind(
        RiskStatement, "cell__product_area__plan", ("kind", "text"), "text"
    ),
    CarriedKind.GOAL: PartKind(Goal, "plan", ("text",), "text"),
    CarriedKind.SUB_GOAL: PartKind(SubGoal, "goal__plan", ("text",), "text"),
    CarriedKind.INDICATOR: PartKind(
        Indicator, "sub_goal__goal__plan", ("text", "kind", "unit", "target", "due_on"), "text"
    ),
    CarriedKind.REQUIREMENT: PartKind(
        Requirement, "package__plan", tuple(name for name in STORED if name != "code"), "title"
    ),
}


def digest(words: Iterable[Any]) -> str:
    """Return the checksum of the words of a part."""
    plain = ("" if word is None else str(word) for word in words)
    return sha256("\x1f".join(plain).encode()).hexdigest()


def digests(plan: int, kind: CarriedKind) -> dict[int, str]:
    """Return the checksums of what the parts of one kind say now, by their keys: one query."""
    how = KINDS[kind]
    rows = how.rows(plan).values_list("pk", *how.words)
    return {pk: digest(words) for pk, *words in rows}


class PartState(StrEnum):
    """How a part that was carried over stands, whoever did it where."""

    UNDECIDED = "undecided"
    KEPT = "kept"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class CarriedState:
    """What was carried over into a plan, and how each part of it stands."""

    # By kind, the keys of the parts.
    parts: Mapping[CarriedKind, Mapping[int, PartState]]

    def undecided(self, kind: CarriedKind) -> list[int]:
        """Return the keys of the parts of a kind that nobody has decided on."""
        parts = self.parts.get(kind, {})
        return [key for key, state in parts.items() if state is PartState.UNDECIDED]

    def counts(self, *kinds: CarriedKind) -> Counter[PartState]:
        """Tell how many parts there are of each state: of these kinds, or of all."""
        wanted = kinds or tuple(self.parts)
        return Counter(state for kind in wanted for state in self.parts.get(kind, {}).values())

    @property
    def left(self) -> int:
        """How many parts nobody has decided on."""
        return self.counts()[PartState.UNDECIDED]


def state_of(plan: ActionPlan) -> CarriedState:
    """Tell how each part that was carried over into a plan stands.

    A part whose words are others than they were is changed, and one that is gone was dropped. One
    query, and one for each kind that was carried over.
    """
    parts: dict[CarriedKind, dict[int, PartState]] = defaultdict(dict)
    now: dict[CarriedKind, Mapping[int, str]] = {}
    rows = CarriedPart.objects.filter(plan=plan.pk).order_by("pk")
    for name, key, carried, decision in rows.values_list("kind", "key", "digest", "decision"):
        kind = CarriedKind(name)
        if kind not in now:
            now[kind] = digests(plan.pk, kind)
        parts[kind][key] = _state(decision, carried, now[kind].get(key))
    return CarriedState(parts)


def _state(decision: str, carried: str, now: str | None) -> PartState:
    if decision == CarriedDecision.DROPPED or now is None:
        return PartState.DROPPED
    if now != carried:
        return PartState.CHANGED
    return PartState.KEPT if decision == CarriedDecision.KEPT else PartState.UNDECIDED
