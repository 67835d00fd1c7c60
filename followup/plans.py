"""What the status pages need of the plans in force, as they were published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from actionplan.text import swedish_key
from actionplan.word.document import NO_LEVERAGE
from requirements_pkg import catalogue, pages
from requirements_pkg.coverage import coverage, only_refers
from requirements_pkg.models import PackageVersion
from requirements_pkg.snapshot import ACTIVE, Plain, indicators_of, lessons_of, requirements_of

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a published plan; without a key in contents from before schema 3."""

    pk: int | None
    number: str
    title: str
    kind: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class SubGoal:
    number: str
    title: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    number: int
    title: str
    sub_goals: tuple[SubGoal, ...]


@dataclass(frozen=True, slots=True)
class Risks:
    """One cell of the national matrix: all product areas of a plan, in a stage and dimension."""

    risks: int
    untreated: int
    uids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan in force, without its words."""

    slug: str
    version: int
    published_at: datetime
    title: str
    period: str
    region: str
    areas: tuple[tuple[int, str], ...]
    goals: tuple[Goal, ...]
    lessons: int
    matrix: Mapping[Cell, Risks]
    stages: tuple[tuple[str, str], ...]
    dimensions: tuple[tuple[str, str], ...]

    @property
    def all_indicators(self) -> list[Indicator]:
        """The indicators of all goals, in the order of the plan."""
        sub_goals = [sub_goal for goal in self.goals for sub_goal in goal.sub_goals]
        return [one for sub_goal in sub_goals for one in sub_goal.indicators]

    @property
    def keys(self) -> list[int]:
        """The keys of the indicators that readings are told of."""
        return [one.pk for one in self.all_indicators if one.pk is not None]


def in_force(keys: tuple[int, ...]) -> tuple[Plan, ...]:
    """The plans of these versions in Swedish order, kept for as long as they are in force."""

    def ask() -> tuple[Plan, ...]:
        rows = PackageVersion.objects.filter(pk__in=keys).values_list(
            "package__slug", "number", "published_at", "content"
        )
        # One at a time: a plan that is read through is a fraction of its content.
        found = [plan_of(*row) for row in rows.iterator(chunk_size=1) if row[-1]["plan"]]
        return tuple(sorted(found, key=lambda one: (swedish_key(one.title), one.slug)))

    return pages.content(("plans in force", keys), ask)


def plan_of(slug: str, version: int, published_at: datetime, content: Plain) -> Plan:
    """What the status pages need of a published content that has a plan."""
    plan = content["plan"]
    return Plan(
        slug=slug,
        version=version,
        published_at=published_at,
        title=content["package"]["title"],
        period=catalogue.period_of(plan),
        region=content["region_name"],
        areas=tuple((area["number"], area["name"]) for area in plan["product_areas"]),
        goals=_goals(content),
        lessons=len(lessons_of(content)),
        matrix=_matrix(content),
        stages=_labels(content["stages"]),
        dimensions=_labels(content["dimensions"]),
    )


def _labels(labels: list[dict[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label["code"], label["name"]) for label in labels)


def _goals(content: Plain) -> tuple[Goal, ...]:
    known: dict[tuple[Any, str], list[Plain]] = {}
    for one in indicators_of(content):
        known.setdefault((one["goal"], one["sub_goal"]), []).append(one)
    return tuple(
        Goal(
            goal["number"],
            goal["title"],
            tuple(
                SubGoal(
                    sub_goal["number"],
                    sub_goal["title"],
                    _indicators(sub_goal, known.get((goal["number"], sub_goal["number"]), [])),
                )
                for sub_goal in goal["sub_goals"]
            ),
        )
        for goal in content["plan"]["goals"]
    )


def _indicators(sub_goal: Plain, known: list[Plain]) -> tuple[Indicator, ...]:
    """Both lists are in the plan's order; an older content has only the one."""
    given = sub_goal["indicators"]
    if len(known) != len(given):
        return tuple(Indicator(None, one["number"], one["title"]) for one in given)
    return tuple(
        Indicator(
            more["id"],
            one["number"],
            one["title"],
            more["kind"],
            more["unit"],
            _figure(more["baseline"]),
            _figure(more["target"]),
            date.fromisoformat(more["due_on"]) if more["due_on"] else None,
        )
        for one, more in zip(given, known, strict=True)
    )


def _figure(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _matrix(content: Plain) -> dict[Cell, Risks]:
    risks: dict[Cell, int] = {}
    for area in content["plan"]["product_areas"]:
        for cell in area["cells"]:
            at = (cell["stage"], cell["dimension"])
            here = [
                one
                for one in cell["statements"]
                if one["kind"] == "risk" and not only_refers(cell["assessment"], one["text"])
            ]
            if cell["assessment"] != NO_LEVERAGE:
                risks[at] = risks.get(at, 0) + len(here)
    untreated: dict[Cell, int] = {}
    for missing in coverage(content).untreated:
        if missing.kind == "risk":
            at = (missing.stage, missing.dimension)
            untreated[at] = untreated.get(at, 0) + 1
    uids: dict[Cell, set[str]] = {}
    for one in requirements_of(content):
        for to in one["treats"] if one["state"] == ACTIVE else ():
            if to["kind"] == "risk":
                uids.setdefault((to["stage"], to["dimension"]), set()).add(one["uid"])
    return {
        at: Risks(risks.get(at, 0), untreated.get(at, 0), frozenset(uids.get(at, ())))
        for at in {*risks, *uids}
    }
