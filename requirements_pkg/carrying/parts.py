"""The parts of a plan on which somebody decides when a period begins, and how each stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.db import models
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from actionplan.django_edges import AnyRows
from actionplan.models import ActionPlan, Goal, Indicator, ProductArea, SubGoal
from requirements_pkg.document.requirement_fields import STORED
from requirements_pkg.models import CarriedDecision, CarriedKind, CarriedPart, Requirement
from risks.models import RiskStatement


@dataclass(frozen=True, slots=True)
class PartKind:
    """How the parts of one kind are read: their rows, and the columns that are their words."""

    model: type[Model]
    plan_path: str
    words: tuple[str, ...]
    # The columns that people read it by.
    text: tuple[str, ...]

    def rows(self, plan: int) -> "QuerySet[Any]":
        """Return the parts of a plan."""
        rows: AnyRows = self.model._default_manager.filter(**{self.plan_path: plan})
        return rows


KINDS: Final[Mapping[CarriedKind, PartKind]] = {
    CarriedKind.AREA: PartKind(ProductArea, "plan", ("name",), ("number", "name")),
    CarriedKind.STATEMENT: PartKind(
        RiskStatement, "cell__product_area__plan", ("kind", "text"), ("text",)
    ),
    CarriedKind.GOAL: PartKind(Goal, "plan", ("text",), ("number", "text")),
    CarriedKind.SUB_GOAL: PartKind(SubGoal, "goal__plan", ("text",), ("number", "text")),
    CarriedKind.INDICATOR: PartKind(
        Indicator,
        "sub_goal__goal__plan",
        ("text", "kind", "unit", "target", "due_on"),
        ("number", "text"),
    ),
    CarriedKind.REQUIREMENT: PartKind(
        Requirement,
        "package__plan",
        tuple(name for name in STORED if name != "code"),
        ("code", "title"),
    ),
}


def digest(words: Iterable[object]) -> str:
    """Return the checksum of the words of a part."""
    plain = ("" if word is None else str(word) for word in words)
    return sha256("\x1f".join(plain).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PartNow:
    """What a part says now, and the checksum of that."""

    text: str
    digest: str


def parts_now(plan: int, kind: CarriedKind) -> dict[int, PartNow]:
    """Return what the parts of one kind say now, by their keys: one query."""
    how = KINDS[kind]
    rows = how.rows(plan).values_list("pk", *how.text, *how.words)
    count = len(how.text)
    return {
        pk: PartNow(" ".join(map(str, columns[:count])), digest(columns[count:]))
        for pk, *columns in rows
    }


class PartState(models.TextChoices):
    """How a part that was carried over stands, whoever did it where."""

    UNDECIDED = "undecided", _("not decided")
    KEPT = "kept", _("kept")
    CHANGED = "changed", _("changed")
    DROPPED = "dropped", _("dropped")


@dataclass(frozen=True, slots=True)
class CarriedState:
    """What was carried over into a plan, and how each part of it stands."""

    # By kind, the keys of the parts.
    parts: Mapping[CarriedKind, Mapping[int, PartState]]
    # What those that are still there say, by the same.
    now: Mapping[CarriedKind, Mapping[int, PartNow]]

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
    now: dict[CarriedKind, Mapping[int, PartNow]] = {}
    rows = CarriedPart.objects.filter(plan=plan.pk).order_by("pk")
    for name, key, carried, decision in rows.values_list("kind", "key", "digest", "decision"):
        kind = CarriedKind(name)
        if kind not in now:
            now[kind] = parts_now(plan.pk, kind)
        parts[kind][key] = _state(decision, carried, now[kind].get(key))
    return CarriedState(parts, now)


def _state(decision: str, carried: str, now: PartNow | None) -> PartState:
    if decision == CarriedDecision.DROPPED or now is None:
        return PartState.DROPPED
    if now.digest != carried:
        return PartState.CHANGED
    return PartState.KEPT if decision == CarriedDecision.KEPT else PartState.UNDECIDED
