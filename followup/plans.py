"""What the status pages need of the plans in force, as they were published: facts of versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actionplan.text import swedish_key
from requirements_pkg import pages, stored_facts
from requirements_pkg.catalogue import Edition
from requirements_pkg.models import PackageVersion
from requirements_pkg.snapshot import Plain

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Risks:
    """One cell of the national matrix: all product areas of a plan, in a stage and dimension."""

    risks: int
    untreated: int
    uids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A plan in force as lists tell of it."""

    slug: str
    version: int
    title: str
    period: str
    region: str
    areas: tuple[tuple[int, str], ...]
    # How many its requirements have taken in.
    lesson_count: int

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Where it stands in Swedish order."""
        return swedish_key(self.title), self.slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Head):
    """A plan with its goals, as `progress` takes them."""

    goals: Sequence[Plain]
    indicators: Sequence[Plain]
    # Of a plan that is read for itself.
    lessons: Sequence[Plain] = ()

    @property
    def keys(self) -> list[int]:
        """The keys of the indicators that readings are told of."""
        return [one["id"] for one in self.indicators]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped(Head):
    """A plan with its risks and what treats them."""

    matrix: Mapping[Cell, Risks]
    stages: tuple[tuple[str, str], ...]
    dimensions: tuple[tuple[str, str], ...]


HEAD = ("package__slug", "number", "facts__title", "facts__listing")


def in_force(keys: tuple[int, ...]) -> tuple[Plan, ...]:
    """The plans of these versions in Swedish order, kept for as long as they are in force."""

    def ask() -> tuple[Plan, ...]:
        versions = PackageVersion.objects.filter(pk__in=keys)
        rows = stored_facts.rows(versions, *HEAD, "facts__outline")
        found = [Plan(**_head(*head), **outline) for *head, outline in rows if outline]
        return tuple(sorted(found, key=lambda one: one.sort_key))

    return pages.content(("plans in force", keys), ask)


def mapped(keys: tuple[int, ...]) -> tuple[Mapped, ...]:
    """The matrices of these versions, in the same order."""

    def ask() -> tuple[Mapped, ...]:
        versions = PackageVersion.objects.filter(pk__in=keys)
        rows = stored_facts.rows(versions, *HEAD, "facts__matrix")
        found = [Mapped(**_head(*head), **_matrix(matrix)) for *head, matrix in rows if matrix]
        return tuple(sorted(found, key=lambda one: one.sort_key))

    return pages.content(("matrices in force", keys), ask)


def of(edition: Edition) -> Plan | None:
    """The plan of a version; a shared module has none."""

    def ask() -> tuple[Plan | None]:
        versions = PackageVersion.objects.filter(pk=edition.pk)
        ((*head, outline, lessons),) = stored_facts.rows(
            versions, *HEAD, "facts__outline", "facts__lessons"
        )
        return (Plan(**_head(*head), **outline, lessons=lessons) if outline else None,)

    return pages.content(("plan", edition.pk, edition.sha256), ask)[0]


def _head(slug: str, version: int, title: str, listing: Plain) -> dict[str, Any]:
    return {
        "slug": slug,
        "version": version,
        "title": title,
        "period": listing["period"],
        "region": listing["region"],
        "areas": _pairs(listing["areas"]),
        "lesson_count": listing["lessons"],
    }


def _matrix(matrix: Plain) -> dict[str, Any]:
    uids = matrix["uids"]
    return {
        "matrix": {
            (stage, dimension): Risks(risks, untreated, frozenset(uids[at] for at in places))
            for stage, dimension, risks, untreated, places in matrix["cells"]
        },
        "stages": _pairs(matrix["stages"]),
        "dimensions": _pairs(matrix["dimensions"]),
    }


def _pairs(pairs: list[list[Any]]) -> tuple[tuple[Any, Any], ...]:
    return tuple((first, second) for first, second in pairs)
