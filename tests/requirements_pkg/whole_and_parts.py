"""What the parts of a version say, against the whole content: whoever compares finds nothing."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404

from requirements_pkg.document.coverage import CoverageState, coverage
from requirements_pkg.document.facts import Choices, facts_of
from requirements_pkg.document.schema import Document, Requirement
from requirements_pkg.models import PackageVersion
from requirements_pkg.published import catalogue, page_cache, version_parts
from requirements_pkg.published.version_info import VersionInfo


def differences(version: PackageVersion) -> list[str]:
    """Return which parts of a version say something else than its content."""
    page_cache.forget()
    info = catalogue.versions_of(version.package.slug).get(version.number)
    content = version.content
    sides = {**dict(_plain_parts(info, content)), **dict(_requirements(info, content))}
    return [name for name, (part, whole) in sides.items() if part != whole]


def _plain_parts(info: VersionInfo, content: Document) -> Iterator[tuple[str, tuple[Any, Any]]]:
    facts, covered = facts_of(content), coverage(content)
    yield "listing", (info.listing, facts.listing)
    yield "choices", (version_parts.choices_of(info), Choices.of(content))
    yield "overview", (version_parts.overview_of(info), (facts.overview, content.lessons))
    yield "states", (_states(facts.overview.cells), _states_of(covered.states))
    if content.plan is None:
        return
    yield "covered", (version_parts.covered_of(info), facts.covered)
    yield "goals", (version_parts.goals_of(info), content.plan.goals)
    for area, stored, drawn in zip(content.areas, facts.covered, covered.areas, strict=True):
        name = f"area {area.number}"
        yield name, (version_parts.area_of(info, number=area.number), (area, stored))
        counts = [
            (cell.stage, cell.dimension, cell.state, cell.requirements) for cell in stored.cells
        ]
        cells = [cell for _stage, row in drawn.rows for cell in row]
        whole = [
            (cell.stage, cell.dimension, cell.state, len(cell.requirements)) for cell in cells
        ]
        yield f"{name}, covered", (counts, whole)


def _states(figures: Any) -> tuple[int, ...]:
    return figures.all, figures.assessed, figures.to_treat, figures.covered


def _states_of(states: Any) -> tuple[int, ...]:
    if not states:
        return 0, 0, 0, 0
    rest = {CoverageState.NOT_ASSESSED, CoverageState.NO_LEVERAGE, CoverageState.ELSEWHERE}
    treat = sum(number for state, number in states.items() if state not in rest)
    whole = sum(states.values())
    return (
        whole,
        whole - states[CoverageState.NOT_ASSESSED],
        treat,
        treat - states[CoverageState.UNTREATED],
    )


def _requirements(info: VersionInfo, content: Document) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for code in [requirement.code for requirement in content.requirements]:
        part = version_parts.requirement_of(info, code)
        assert part is not None
        links = part.links
        named = (
            *(links.before, links.after, links.replaces, *links.replaced_by),
            links.successor,
        )
        mine = (
            part.requirement,
            [entry and (entry.uid, entry.code, entry.title) for entry in named],
            part.lessons,
        )
        yield code, (mine, _expected(content, content.requirement(code)))


def _expected(content: Document, requirement: Requirement | None) -> tuple[Any, ...]:
    assert requirement is not None
    every = content.requirements
    at = every.index(requirement)
    by_uid = {other.uid: other for other in every}
    replacing = [other for other in every if other.replaces == requirement.uid and other.is_active]
    instead, seen = requirement, set()
    while instead and instead.withdrawn and instead.uid not in seen:
        seen.add(instead.uid)
        instead = by_uid.get(instead.withdrawn.successor)
    is_other = instead and not instead.withdrawn and instead is not requirement
    named = (
        every[at - 1] if at else None,
        every[at + 1] if at + 1 < len(every) else None,
        by_uid.get(requirement.replaces),
        *replacing,
        instead if is_other else None,
    )
    lessons = tuple(
        lesson
        for lesson in content.lessons
        if requirement.uid in [change.uid for change in lesson.changes]
    )
    return (
        requirement,
        [other and (other.uid, other.code, other.title) for other in named],
        lessons,
    )


def is_missing(ask: Any, *args: Any, **kwargs: Any) -> bool:
    """Tell whether a version has no such part."""
    try:
        return ask(*args, **kwargs) is None
    except Http404:
        return True
