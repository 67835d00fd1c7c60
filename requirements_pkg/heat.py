"""The coverage of a version as its page shows it: numbers and words, then colour. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from requirements_pkg import cell_words
from requirements_pkg.breaking import breakable
from requirements_pkg.coverage import AreaCoverage, CellCoverage, Coverage
from requirements_pkg.filters import NAMES
from requirements_pkg.snapshot import Plain, names_of


def heat_key(covered: Coverage) -> list[Plain]:
    """What the marks mean, and how many cells each has."""
    return [
        {"code": state, "mark": mark, "name": name, "count": covered.states.get(state, 0)}
        for state, mark, name in cell_words.key()
    ]


def heat_map(
    covered: Coverage,
    content: Mapping[str, Any],
    page: str,
    kept: Sequence[tuple[str, str]] = (),
) -> list[Plain]:
    """The matrix of each area as rows of cells; `page` lists requirements, with `kept` ticked."""
    stages, dimensions = (names_of(content, name) for name in ("stages", "dimensions"))

    def cell(area: AreaCoverage, one: CellCoverage) -> Plain:
        count = len(one.requirements)
        pairs = {"area": area.number, "stage": one.stage, "dimension": one.dimension}
        query = urlencode([*((NAMES[field], value) for field, value in pairs.items()), *kept])
        return {
            "state": one.state,
            "label": dimensions[one.dimension],
            "count": count,
            "says": cell_words.head(one.state, count),
            "rest": cell_words.rest(one),
            "href": f"{page}?{query}#krav",
        }

    return [
        {
            "number": area.number,
            "name": area.name,
            "rows": [
                {
                    "name": breakable(stages[stage]),
                    "cells": [cell(area, one) for one in cells],
                }
                for stage, cells in area.rows
            ],
        }
        for area in covered.areas
    ]
