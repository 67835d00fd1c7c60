"""A content as its page reads it: plain lists in reading order, for a lean template."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from actionplan.text import fold
from actionplan.word.document import NO_LEVERAGE, NOT_ASSESSED, OPPORTUNITY
from actionplan.word.reading.statements import NO_LEVERAGE_WORDS
from requirements_pkg.cards.page_values import (
    AreaMap,
    AreaMatrix,
    CellPage,
    PointValues,
    RowValues,
)
from requirements_pkg.document.facts import Listing
from requirements_pkg.document.schema import Cell, ProductArea, Reference, Statement
from requirements_pkg.language.breaking import breakable

Names = Mapping[str, str]
EMPTY_CELL: Final[CellPage] = {
    "id": "",
    "label": "",
    "level": "",
    "level_name": "",
    "blank": True,
    "no_leverage": False,
    "points": (),
    "same": "",
    "href": "",
    "resolved": (),
    "covered": None,
}
LEVELS: Final = ("high", "medium", "low", "insufficient")


def paragraphs(text: str) -> list[str]:
    """Split a text into its paragraphs, which blank lines part."""
    return [part for part in map(str.strip, text.split("\n\n")) if part]


def anchor(area: int, stage: str, dimension: str) -> SafeString:
    """Return the anchor of a cell within its page."""
    return escape(f"o{area}-{stage}-{dimension}")


def whole_areas(listing: Listing, areas: Iterable[ProductArea]) -> list[AreaMatrix]:
    """Return product areas on one page, each with its whole grid, whatever was left out."""
    maker = _Cells(listing, "#{}".format)
    return [maker.area(area) for area in areas]


def area_with_coverage(
    listing: Listing, area: ProductArea, covered: AreaMap, place: Callable[[str], str]
) -> AreaMatrix:
    """Return one product area with its whole grid, each cell with what is covered of it.

    Args:
        listing: of what the area is of.
        area: the product area.
        covered: its coverage, as `coverage_map` makes it.
        place: tells where a cell of another area stands, by its anchor.
    """
    made = _Cells(listing, place).area(area)
    for row, states in zip(made["rows"], covered["rows"], strict=True):
        for cell, state in zip(row["cells"], states["cells"], strict=True):
            cell["covered"] = state
    return made


def level_names() -> dict[str, str]:
    """Return what the chip of each risk level says, in the visitor's language."""
    names = (
        gettext("High risk"),
        gettext("Medium risk"),
        gettext("Low risk"),
        gettext("Insufficient information"),
    )
    return dict(zip(LEVELS, names, strict=True))


class _Cells:
    """Makes the cells of one page; holds the names that all of them need."""

    def __init__(self, listing: Listing, place: Callable[[str], str]) -> None:
        stages, dimensions = listing.stage_names, listing.dimension_names
        self.known, self.place_of = set(listing.area_names), place
        # Escaped once instead of once a cell.
        self.labels = {code: escape(name) for code, name in dimensions.items()}
        self.stages, self.dimensions = stages, dimensions
        self.names = {code: breakable(name) for code, name in stages.items()}
        self.levels = level_names()
        self.place = gettext("%(stage)s, product area %(number)s")

    def area(self, area: ProductArea) -> AreaMatrix:
        number = area.number
        given = {(cell.stage, cell.dimension): cell for cell in area.cells}
        rows = [self.row(number, stage, given) for stage in self.stages]
        cells = [cell for row in rows for cell in row["cells"]]
        return {
            "id": f"o{number}",
            "number": number,
            "name": area.name,
            "kept": area.is_kept,
            "rows": rows,
            "cell_count": len(cells),
            "assessed": sum(not cell["blank"] for cell in cells),
        }

    def row(
        self, number: int, stage: str, given: Mapping[tuple[str, str], Cell]
    ) -> RowValues[CellPage]:
        cells = [
            self.cell(number, stage, dimension, given.get((stage, dimension)))
            for dimension in self.dimensions
        ]
        return {
            "name": self.names[stage],
            "cells": cells,
            "blank": all(cell["blank"] for cell in cells),
        }

    def cell(self, number: int, stage: str, dimension: str, given: Cell | None) -> CellPage:
        # Every key is there in every cell: to a template a missing one costs more than ten read.
        cell: CellPage = {
            **EMPTY_CELL,
            "id": anchor(number, stage, dimension),
            "label": self.labels[dimension],
        }
        if given is None:
            return cell
        points = _points(given.statements)
        cell["level"] = given.level
        cell["level_name"] = self.levels.get(given.level, "")
        # A cell may have a level and no words yet; then it is not blank.
        cell["blank"] = given.assessment == NOT_ASSESSED and not given.level
        if given.assessment == NO_LEVERAGE:
            cell["no_leverage"] = True
            points = [point for point in points if not _says_only_that(point["text"])]
        cell["points"] = points
        if to := given.same_as:
            cell["same"], cell["href"] = self.reference(to, number, dimension)
            cell["resolved"] = _points(given.resolved or ())
        return cell

    def reference(self, to: Reference, area: int, seen_from: str) -> tuple[str, str]:
        """Return what a cell of an area says it is the same as, and where that stands."""
        number, stage, dimension = to.product_area, to.stage, to.dimension
        if number is None:
            return to.category, ""
        place = self.stages.get(stage, stage)
        if dimension != seen_from:
            place = f"{place}/{self.dimensions.get(dimension, dimension)}"
        there = number in self.known and stage in self.stages and dimension in self.dimensions
        words = breakable(self.place % {"stage": place, "number": number})
        return words, self.way(area, number, stage, dimension) if there else ""

    def way(self, here: int, area: int, stage: str, dimension: str) -> str:
        there = anchor(area, stage, dimension)
        return f"#{there}" if area == here else self.place_of(there)


def _points(statements: Iterable[Statement]) -> list[PointValues]:
    return [
        {
            "text": statement.text,
            "chance": statement.kind == OPPORTUNITY,
            "kept": statement.is_kept,
        }
        for statement in statements
    ]


def _says_only_that(text: str) -> bool:
    """Tell whether the words are those of the badge itself."""
    return NO_LEVERAGE_WORDS.fullmatch(fold(text)) is not None
