"""What lists need of a version, taken from its content once, when it is stored. Pure.

A table of their own (`stored_facts.py`) holds them, so that no list reads whole documents for a
title. Whoever changes what is told here empties that table in a migration: it fills again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from requirements_pkg.document.coverage import (
    AreaCoverage,
    CellCoverage,
    CoverageState,
    coverage,
    together,
)
from requirements_pkg.document.reading import digest, written_requirements
from requirements_pkg.document.schema import Document, Goal, Indicator, Label, Lesson, Part, Plan

Cell = tuple[str, str]
# So many signs of a checksum tell the versions of a requirement apart.
MARK: Final = 16
# Of a requirement: its place in the content, its code, and what is another where anything in the
# requirement is.
Mark = tuple[int, str, str]
# The code and the name of a stage or a dimension.
Named = tuple[str, str]


class Listing(Part, frozen=True):
    """A version as lists tell of it; a shared module has neither period nor areas."""

    period: str
    region: str
    coordinator: str
    areas: tuple[tuple[int, str], ...]
    is_shared: bool
    stages: tuple[Named, ...]
    dimensions: tuple[Named, ...]
    # How many are in force, and how many are taken in.
    requirements: int
    lessons: int


class Outline(Part, frozen=True):
    """The goals of a plan, and the figures of their indicators, as in the content."""

    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()


class MatrixCell(Part, frozen=True, array_like=True):
    """The coverage of a cell of all areas together."""

    stage: str
    dimension: str
    state: CoverageState
    risks: int
    untreated: int
    untreated_chances: int
    # Of what treats it, in the uids of its matrix.
    places: tuple[int, ...]


class Matrix(Part, frozen=True):
    """The cells that say something; the uid of each requirement that treats any stands once."""

    uids: tuple[str, ...] = ()
    cells: tuple[MatrixCell, ...] = ()


class CoveredCell(Part, frozen=True, array_like=True):
    """How many risks a cell has, and how many of them nothing treats."""

    stage: str
    dimension: str
    risks: int
    untreated: int


class CoveredArea(Part, frozen=True):
    """The cells of a product area that have risks."""

    number: int
    name: str
    cells: tuple[CoveredCell, ...]


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The facts of a version; each field is a column of `VersionFacts` of the same name."""

    title: str
    listing: Listing
    # By uid, of all requirements, the withdrawn too.
    requirements: dict[str, Mark]
    outline: Outline
    lessons: tuple[Lesson, ...]
    matrix: Matrix
    # Area by area.
    covered: tuple[CoveredArea, ...]


def facts_of(content: Document, written: Sequence[bytes] | None = None) -> DocumentFacts:
    """Return the facts of a published content, whatever its schema.

    Args:
        written: its requirements as they are written down, where the caller has them already.
    """
    plan, areas = content.plan, coverage(content).areas
    pieces = written_requirements(content) if written is None else written
    return DocumentFacts(
        title=content.package.title,
        listing=_listing(content),
        requirements=_marks(content, pieces),
        outline=Outline(plan.goals, content.indicators) if plan else Outline(),
        lessons=content.lessons,
        matrix=_matrix(areas),
        covered=_covered(areas),
    )


def period_of(plan: Plan) -> str:
    """Return the years of a plan as Swedish writes them: 2023–2025."""
    first, last = plan.period.first_year, plan.period.last_year
    return str(first) if first == last else f"{first}–{last}"


def _listing(content: Document) -> Listing:
    plan, region = content.plan, content.region_name
    return Listing(
        period=period_of(plan) if plan else "",
        region=region,
        coordinator=plan.coordinator if plan else region,
        areas=tuple((area.number, area.name) for area in content.areas),
        is_shared=plan is None,
        stages=_named(content.stages) if plan else (),
        dimensions=_named(content.dimensions) if plan else (),
        requirements=len(content.active),
        lessons=len(content.lessons),
    )


def _named(labels: Sequence[Label]) -> tuple[Named, ...]:
    return tuple((label.code, label.name) for label in labels)


def _marks(content: Document, written: Sequence[bytes]) -> dict[str, Mark]:
    return {
        requirement.uid: (place, requirement.code, digest(piece)[:MARK])
        for place, (requirement, piece) in enumerate(
            zip(content.requirements, written, strict=True)
        )
    }


def _covered(areas: Sequence[AreaCoverage]) -> tuple[CoveredArea, ...]:
    return tuple(
        CoveredArea(
            area.number,
            area.name,
            tuple(
                CoveredCell(cell.stage, cell.dimension, cell.risks, cell.untreated)
                for _stage, row in area.rows
                for cell in row
                if cell.risks
            ),
        )
        for area in areas
    )


def _matrix(areas: Sequence[AreaCoverage]) -> Matrix:
    cells: dict[Cell, list[CellCoverage]] = {}
    for area in areas:
        for _stage, row in area.rows:
            for cell in row:
                cells.setdefault((cell.stage, cell.dimension), []).append(cell)
    combined = [together(group) for group in cells.values()]
    uids = tuple(dict.fromkeys(uid for cell in combined for uid in cell.uids))
    places = {uid: place for place, uid in enumerate(uids)}
    return Matrix(
        uids,
        tuple(
            MatrixCell(
                *(cell.stage, cell.dimension, cell.state),
                *(cell.risks, cell.untreated, cell.untreated_chances),
                tuple(places[uid] for uid in cell.uids),
            )
            for cell in combined
            if cell.state is not CoverageState.NOT_ASSESSED or cell.uids
        ),
    )
