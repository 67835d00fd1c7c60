"""All facts of a published content, taken from it at once. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from requirements_pkg.document.coverage import coverage
from requirements_pkg.document.facts.choices import Choices
from requirements_pkg.document.facts.covered import CoveredArea
from requirements_pkg.document.facts.index import RequirementEntry, entries_of
from requirements_pkg.document.facts.listing import Listing
from requirements_pkg.document.facts.matrix import Matrix, matrix_of
from requirements_pkg.document.facts.overview import OverviewFacts
from requirements_pkg.document.reading import digest, written_requirements
from requirements_pkg.document.schema import Document, Goal, Indicator, Lesson, Part

# So many signs of a checksum tell the versions of a requirement apart.
MARK: Final = 16
# Of a requirement: its place in the content, its code, and what is another where anything in the
# requirement is.
Mark = tuple[int, str, str]


class Outline(Part, frozen=True):
    """The goals of a plan, and the figures of their indicators, as in the content."""

    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The facts of a version; each field is a column of `VersionFacts` of the same name."""

    title: str
    listing: Listing
    # By uid, of all requirements, the withdrawn too.
    requirements: dict[str, Mark]
    # Of the same, in their order.
    entries: tuple[RequirementEntry, ...]
    choices: Choices
    overview: OverviewFacts
    outline: Outline
    lessons: tuple[Lesson, ...]
    matrix: Matrix
    # Area by area.
    covered: tuple[CoveredArea, ...]


def facts_of(content: Document, written: Sequence[bytes] | None = None) -> DocumentFacts:
    """Return the facts of a published content, whatever its schema.

    Args:
        content: the whole.
        written: its requirements as they are written down, where the caller has them already.
    """
    plan, areas = content.plan, coverage(content).areas
    covered = tuple(map(CoveredArea.of, areas))
    pieces = written_requirements(content) if written is None else written
    return DocumentFacts(
        title=content.package.title,
        listing=Listing.of(content),
        requirements=_marks(content, pieces),
        entries=entries_of(content),
        choices=Choices.of(content),
        overview=OverviewFacts.of(content, covered),
        outline=Outline(plan.goals, content.indicators) if plan else Outline(),
        lessons=content.lessons,
        matrix=matrix_of(areas),
        covered=covered,
    )


def _marks(content: Document, written: Sequence[bytes]) -> dict[str, Mark]:
    return {
        requirement.uid: (place, requirement.code, digest(piece)[:MARK])
        for place, (requirement, piece) in enumerate(
            zip(content.requirements, written, strict=True)
        )
    }
