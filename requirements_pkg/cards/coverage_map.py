"""The coverage of a version as its page shows it: numbers and words, then colour. Pure."""

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlencode

from requirements_pkg.cards import cell_words
from requirements_pkg.cards.matrix_page import anchor
from requirements_pkg.cards.page_values import AreaMap, CoverageMark, CoverageValues
from requirements_pkg.choosing.filters import NAMES
from requirements_pkg.document.coverage import CoverageState
from requirements_pkg.document.facts import CoveredArea, CoveredCell, Listing
from requirements_pkg.document.facts.covered import states_of
from requirements_pkg.language.breaking import breakable


def coverage_key(areas: Iterable[CoveredArea]) -> list[CoverageMark]:
    """Return what the marks mean, and how many cells of some areas each has."""
    states = states_of(areas)
    return [
        {"code": state, "mark": mark, "name": name, "count": states[state]}
        for state, mark, name in cell_words.key()
    ]


class CellWays:
    """Where the cells of a coverage map lead, with what goes along as names and values.

    Args:
        listing: of what the map is of.
        requirements: the address of the list, which is filtered by the cell.
        area: the address of a product area's page by its number, where the plan's words stand;
            on that page itself there is none.
        kept: what goes along.
    """

    def __init__(
        self,
        listing: Listing,
        requirements: str,
        area: Callable[[int], str] | None = None,
        kept: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.requirements, self.area = requirements, area
        # Encoded once, not once a cell.
        self.kept = urlencode(kept)
        self.stages = _encoded("stage", listing.stage_names)
        self.dimensions = _encoded("dimension", listing.dimension_names)

    def to_area(self, number: int) -> str:
        """Return where a product area stands, or nothing on its own page."""
        if self.area is None:
            return ""
        return f"{self.area(number)}{'?' if self.kept else ''}{self.kept}"

    def to_cell(self, number: int, cell: CoveredCell) -> str:
        """Return where the requirements of a cell stand; without any, where its risks do."""
        if cell.requirements:
            where = self.stages[cell.stage], self.dimensions[cell.dimension]
            pairs = (f"{NAMES['area']}={number}", *where, self.kept)
            return f"{self.requirements}?{'&'.join(filter(None, pairs))}"
        place = "" if cell.state == CoverageState.NOT_ASSESSED else self.to_area(number)
        return place and f"{place}#{anchor(number, cell.stage, cell.dimension)}"


def coverage_map(
    areas: Iterable[CoveredArea], listing: Listing, ways: CellWays | None = None
) -> list[AreaMap]:
    """Return the matrix of each area; its cells lead to requirements, or to the plan's words.

    Args:
        areas: those of the map.
        listing: of what they are of.
        ways: where the cells lead; those of a draft lead nowhere.
    """
    dimensions = listing.dimension_names
    names = {code: breakable(name) for code, name in listing.stage_names.items()}

    def drawn(area: int, cell: CoveredCell) -> CoverageValues:
        return {
            "state": cell.state,
            "label": dimensions[cell.dimension],
            "count": cell.requirements,
            "says": cell_words.head(cell.state, cell.requirements),
            "rest": cell_words.rest(cell),
            "href": ways.to_cell(area, cell) if ways else "",
        }

    return [
        {
            "number": area.number,
            "name": area.name,
            "href": ways.to_area(area.number) if ways else "",
            "rows": [
                {
                    "name": names[stage],
                    "cells": [drawn(area.number, cell) for cell in cells],
                }
                for stage, cells in area.rows
            ],
        }
        for area in areas
    ]


def _encoded(field: str, codes: Iterable[str]) -> dict[str, str]:
    """Return what an address says to filter by each code."""
    return {code: urlencode({NAMES[field]: code}) for code in codes}
