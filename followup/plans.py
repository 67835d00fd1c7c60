"""What the status pages need of the plans in force, as they were published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actionplan.text import swedish_key
from actionplan.word.document import NO_LEVERAGE
from requirements_pkg import catalogue, pages
from requirements_pkg.catalogue import Edition
from requirements_pkg.coverage import coverage, only_refers
from requirements_pkg.models import PackageVersion
from requirements_pkg.snapshot import ACTIVE, Plain, indicators_of, lessons_of, requirements_of

Cell = tuple[str, str]


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
    # As `progress` takes them.
    goals: Sequence[Plain]
    indicators: Sequence[Plain]
    lessons: int
    matrix: Mapping[Cell, Risks]
    stages: tuple[tuple[str, str], ...]
    dimensions: tuple[tuple[str, str], ...]

    @property
    def keys(self) -> list[int]:
        """The keys of the indicators that readings are told of."""
        return [one["id"] for one in self.indicators]


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


def of(slug: str, edition: Edition) -> Plan | None:
    """The plan of a version, kept beside its content; a shared module has none."""
    content = catalogue.content_of(edition)
    if content["plan"] is None:
        return None
    made = (slug, edition.number, edition.published_at, content)
    return pages.content(("plan", edition.pk, edition.sha256), lambda: plan_of(*made))


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
        goals=plan["goals"],
        indicators=indicators_of(content),
        lessons=len(lessons_of(content)),
        matrix=_matrix(content),
        stages=_labels(content["stages"]),
        dimensions=_labels(content["dimensions"]),
    )


def _labels(labels: list[dict[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label["code"], label["name"]) for label in labels)


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
