"""The coverage of a version as its page shows it: numbers and words, then colour. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from requirements_pkg.cards import cell_words
from requirements_pkg.choosing.filters import NAMES
from requirements_pkg.document.coverage import AreaCoverage, CellCoverage, Coverage
from requirements_pkg.document.schema import Document
from requirements_pkg.language.breaking import breakable

Plain = dict[str, Any]


def coverage_key(covered: Coverage) -> list[Plain]:
    """Return what the marks mean, and how many cells each has."""
    return [
        {"code": state, "mark": mark, "name": name, "count": covered.states.get(state, 0)}
        for state, mark, name in cell_words.key()
    ]


def coverage_map(
    covered: Coverage,
    content: Document,
    page: str,
    kept: Sequence[tuple[str, str]] = (),
) -> list[Plain]:
    """Return each area's matrix; its cells lead to requirements on `page`, with `kept` ticked."""
    stages, dimensions = content.stage_names, content.dimension_names

    # Encoded once, not once a cell.
    rows, columns = _encoded("stage", stages), _encoded("dimension", dimensions)
    names = {code: breakable(name) for code, name in stages.items()}
    rest = "".join(f"&{pair}" for pair in (urlencode(kept),) if pair)

    def cell(area: AreaCoverage, one: CellCoverage) -> Plain:
        count = len(one.requirements)
        place = f"{rows[one.stage]}&{columns[one.dimension]}"
        return {
            "state": one.state,
            "label": dimensions[one.dimension],
            "count": count,
            "says": cell_words.head(one.state, count),
            "rest": cell_words.rest(one),
            "href": f"{page}?{NAMES['area']}={area.number}&{place}{rest}#krav",
        }

    return [
        {
            "number": area.number,
            "name": area.name,
            "rows": [
                {
                    "name": names[stage],
                    "cells": [cell(area, one) for one in cells],
                }
                for stage, cells in area.rows
            ],
        }
        for area in covered.areas
    ]


def _encoded(field: str, codes: Iterable[str]) -> dict[str, str]:
    """Return what an address says to filter by each code."""
    return {code: urlencode({NAMES[field]: code}) for code in codes}
