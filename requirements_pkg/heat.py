"""The coverage of a version as its page shows it: numbers and words, then colour. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import ngettext

from requirements_pkg import layout
from requirements_pkg.coverage import AreaCoverage, CellCoverage, Coverage, State, state_names
from requirements_pkg.filters import NAMES
from requirements_pkg.snapshot import Plain, names_of

# What stands before the words, so that the states differ without their colours too.
MARKS: Final[Mapping[State, str]] = {
    State.TREATED: "●",
    State.PARTLY: "◐",
    State.UNTREATED: "○",
    State.ELSEWHERE: "↗",
    State.NO_LEVERAGE: "–",
    State.NOT_ASSESSED: "?",
}


def heat_key(covered: Coverage) -> list[Plain]:
    """What the marks mean, and how many cells each has."""
    names = state_names()
    return [
        {"code": state, "mark": mark, "name": names[state], "count": covered.states.get(state, 0)}
        for state, mark in MARKS.items()
    ]


def heat_map(
    covered: Coverage,
    content: Mapping[str, Any],
    page: str,
    kept: Sequence[tuple[str, str]] = (),
) -> list[Plain]:
    """The matrix of each area as rows of cells; `page` lists requirements, with `kept` ticked."""
    stages, dimensions = (names_of(content, name) for name in ("stages", "dimensions"))
    names = state_names()

    def cell(area: AreaCoverage, one: CellCoverage) -> Plain:
        count = len(one.requirements)
        pairs = {"area": area.number, "stage": one.stage, "dimension": one.dimension}
        query = urlencode([*((NAMES[field], value) for field, value in pairs.items()), *kept])
        says = ngettext("%(number)d requirement", "%(number)d requirements", count)
        rest = ngettext("%(number)d risk untreated", "%(number)d risks untreated", one.untreated)
        return {
            "state": one.state,
            "label": dimensions[one.dimension],
            "count": count,
            "says": says % {"number": count} if count else names[one.state],
            "rest": rest % {"number": one.untreated} if count and one.untreated else "",
            "href": f"{page}?{query}#krav",
        }

    return [
        {
            "number": area.number,
            "name": area.name,
            "rows": [
                {
                    "name": layout.breakable(stages[stage]),
                    "cells": [cell(area, one) for one in cells],
                }
                for stage, cells in area.rows
            ],
        }
        for area in covered.areas
    ]
