"""The coverage of each product area as pages and sheets tell it: how many requirements. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from requirements_pkg.document.coverage import AreaCoverage, CoverageState
from requirements_pkg.document.schema import Part


class CoveredCell(Part, frozen=True, array_like=True):
    """A cell: how far it is covered, by how many requirements, and what none treats."""

    stage: str
    dimension: str
    state: CoverageState
    requirements: int
    # How many risks it has, and how many of them no requirement treats.
    risks: int
    untreated: int
    # How many opportunities no requirement treats.
    untreated_chances: int


class CoveredArea(Part, frozen=True):
    """All cells of a product area, in reading order."""

    number: int
    name: str
    cells: tuple[CoveredCell, ...]

    @classmethod
    def of(cls, area: AreaCoverage) -> "CoveredArea":
        """Return what is told of the coverage of a product area."""
        return cls(
            area.number,
            area.name,
            tuple(
                CoveredCell(
                    *(cell.stage, cell.dimension, cell.state, len(cell.requirements)),
                    *(cell.risks, cell.untreated, cell.untreated_chances),
                )
                for _stage, cells in area.rows
                for cell in cells
            ),
        )

    @property
    def rows(self) -> Iterator[tuple[str, Sequence[CoveredCell]]]:
        """Its cells by life-cycle stage."""
        for stage, cells in groupby(self.cells, key=lambda cell: cell.stage):
            yield stage, tuple(cells)


def states_of(areas: Iterable[CoveredArea]) -> Counter[CoverageState]:
    """Count the cells of each state."""
    return Counter(cell.state for area in areas for cell in area.cells)
