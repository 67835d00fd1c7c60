"""The parts of a version that pages show: what is kept beside it, and pieces of its content.

No page that shows a part reads the whole: one product area, or one requirement, is read where it
stands in the content, and what is told of the others stands among the facts. Facts are taken from
what may be read; in pieces of the content itself, words are masked here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from actionplan.database.prepared_queries import Row, prepared
from requirements_pkg.document.facts import (
    Choices,
    CoveredArea,
    OverviewFacts,
    RequirementIndex,
    RequirementLinks,
)
from requirements_pkg.document.masking import masked
from requirements_pkg.document.schema import Goal, Lesson, ProductArea, Requirement
from requirements_pkg.models import VersionFacts
from requirements_pkg.models.fields import FirstMember
from requirements_pkg.published import page_cache
from requirements_pkg.published.version_info import VersionInfo

PartValue = TypeVar("PartValue")
KnownRequirements = tuple[RequirementIndex, tuple[Lesson, ...]]


@dataclass(frozen=True, slots=True)
class RequirementPart:
    """A requirement, and what its page says beside it."""

    requirement: Requirement
    links: RequirementLinks
    # Those that changed it.
    lessons: tuple[Lesson, ...]


def choices_of(version: VersionInfo) -> Choices:
    """Return what can be chosen of a version."""

    def ask() -> Choices:
        ((choices,),) = _choices_question(version.pk)
        known: Choices = choices
        return known

    return _kept(version, "choices", ask)


def overview_of(version: VersionInfo) -> tuple[OverviewFacts, tuple[Lesson, ...]]:
    """Return what the overview of a version tells, and its lessons."""

    def ask() -> tuple[OverviewFacts, tuple[Lesson, ...]]:
        ((overview, lessons),) = _overview_question(version.pk)
        return overview, lessons

    return _kept(version, "overview", ask)


def covered_of(version: VersionInfo) -> tuple[CoveredArea, ...]:
    """Return what the requirements of a version cover, area by area.

    Raises:
        Http404: the version is of a shared module, which has no risks of its own.
    """
    if version.listing.is_shared:
        raise Http404

    def ask() -> tuple[CoveredArea, ...]:
        ((covered,),) = _covered_question(version.pk)
        areas: tuple[CoveredArea, ...] = covered
        return areas

    return _kept(version, "covered", ask)


def area_of(version: VersionInfo, *, number: int) -> tuple[ProductArea, CoveredArea]:
    """Return one product area of a version with its matrix, and what is covered of it.

    Raises:
        Http404: the version has no product area of this number.
    """

    def ask() -> tuple[ProductArea, CoveredArea]:
        ((area, covered),) = _area_question(version.pk, number)
        if area is None:
            raise Http404
        matrix = next(known for known in covered if known.number == number)
        return masked(area, version.masked), matrix

    return _kept(version, ("area", number), ask)


def goals_of(version: VersionInfo) -> tuple[Goal, ...]:
    """Return the goals of a version's plan.

    Raises:
        Http404: the version is of a shared module, which has no goals.
    """
    if version.listing.is_shared:
        raise Http404

    def ask() -> tuple[Goal, ...]:
        ((outline,),) = _outline_question(version.pk)
        goals: tuple[Goal, ...] = outline.goals
        return goals

    return _kept(version, "goals", ask)


def requirement_of(version: VersionInfo, code: str) -> RequirementPart | None:
    """Return a requirement of a version with what its page says beside it, if it has any."""
    requirements: list[Requirement] = []

    def ask_index() -> KnownRequirements:
        # Nothing is known of the version yet: the requirement comes along.
        ((requirement, entries, lessons),) = _index_question(version.pk, code)
        if requirement is not None:
            requirements.append(masked(requirement, version.masked))
        return RequirementIndex(entries), lessons

    index, lessons = _kept(version, "index", ask_index)
    uid = index.uid(code)
    if not uid:
        return None

    def ask() -> Requirement:
        if not requirements:
            ((requirement,),) = _requirement_question(version.pk, code)
            requirements.append(masked(requirement, version.masked))
        return requirements[0]

    requirement = _kept(version, ("requirement", code), ask)
    learnt = (lesson for lesson in lessons if any(change.uid == uid for change in lesson.changes))
    return RequirementPart(requirement, index.links(uid), tuple(learnt))


def requirement_with(version: VersionInfo, uid: str) -> Requirement:
    """Return the requirement of a version that has an identity, which its index names."""

    def ask() -> Requirement:
        ((requirement,),) = _identity_question(version.pk, uid)
        known: Requirement = masked(requirement, version.masked)
        return known

    return _kept(version, ("requirement with", uid), ask)


def index_of(version: VersionInfo) -> RequirementIndex:
    """Return the names of all requirements of a version."""

    def ask() -> KnownRequirements:
        ((entries, lessons),) = _entries_question(version.pk)
        return RequirementIndex(entries), lessons

    index, _lessons = _kept(version, "index", ask)
    return index


def _kept(version: VersionInfo, name: object, ask: Callable[[], PartValue]) -> PartValue:
    """Return a part as it may be read, asked for once; no caller may change it."""
    return page_cache.content(("part", name, *version.content_key), ask)


@prepared
def _choices_question(version: int) -> QuerySet[Model, Row]:
    return VersionFacts.objects.filter(pk=version).values_list("choices")


@prepared
def _overview_question(version: int) -> QuerySet[Model, Row]:
    return VersionFacts.objects.filter(pk=version).values_list("overview", "lessons")


@prepared
def _covered_question(version: int) -> QuerySet[Model, Row]:
    return VersionFacts.objects.filter(pk=version).values_list("covered")


@prepared
def _outline_question(version: int) -> QuerySet[Model, Row]:
    return VersionFacts.objects.filter(pk=version).values_list("outline")


@prepared
def _area_question(version: int, number: int) -> QuerySet[Model, Row]:
    area = FirstMember("version__content", "plan.product_areas.number", number, of=ProductArea)
    return VersionFacts.objects.filter(pk=version).values_list(area, "covered")


@prepared
def _index_question(version: int, code: str) -> QuerySet[Model, Row]:
    rows = VersionFacts.objects.filter(pk=version)
    return rows.values_list(_requirement(code), "entries", "lessons")


@prepared
def _entries_question(version: int) -> QuerySet[Model, Row]:
    return VersionFacts.objects.filter(pk=version).values_list("entries", "lessons")


@prepared
def _requirement_question(version: int, code: str) -> QuerySet[Model, Row]:
    return VersionFacts.objects.filter(pk=version).values_list(_requirement(code))


@prepared
def _identity_question(version: int, uid: str) -> QuerySet[Model, Row]:
    requirement = FirstMember("version__content", "requirements.uid", uid, of=Requirement)
    return VersionFacts.objects.filter(pk=version).values_list(requirement)


def _requirement(code: str) -> FirstMember:
    return FirstMember("version__content", "requirements.code", code, of=Requirement)
