"""What lists need of a version, taken from its content once, when it is stored. Pure.

A table of their own (`stored_facts.py`) holds them, so that no list reads whole documents for a
title. Whoever changes what is told here empties that table in a migration: it fills again.

title    of the package
listing  {"period", "region", "coordinator", "areas": [[number, name]], "is_shared",
          "stages", "dimensions": [[code, name]], "requirements": how many are in force,
          "lessons": how many are taken in}
requirements  {uid: [place in the content, code, mark]} of all, the withdrawn too; the mark is
         another where anything in the requirement is
outline  {"goals", "indicators"} as in the content
lessons  as in the content
matrix   {"uids": of the requirements that treat something, "cells": [[stage, dimension, state,
          risks, untreated risks, untreated opportunities, [places in uids]]]}, the coverage of
          all areas together; {} of a shared module
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from requirements_pkg.coverage import CellCoverage, State, coverage, together
from requirements_pkg.snapshot import (
    ACTIVE,
    Plain,
    indicators_of,
    lessons_of,
    pieces,
    requirements_of,
)

Cell = tuple[str, str]
# So many signs of a checksum tell the versions of a requirement apart.
MARK: Final = 16


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a version; each field is a column of `VersionFacts` of the same name."""

    title: str = ""
    listing: Plain = field(default_factory=dict)
    requirements: Plain = field(default_factory=dict)
    outline: Plain = field(default_factory=dict)
    lessons: list[Plain] = field(default_factory=list)
    matrix: Plain = field(default_factory=dict)


def facts_of(content: Mapping[str, Any], written: Sequence[bytes] | None = None) -> Facts:
    """The facts of a published content, whatever its schema.

    Args:
        written: its requirements as `snapshot.pieces`, where the caller has them already.
    """
    if "package" not in content:
        # No document: there is nothing to tell of it.
        return Facts()
    plan = content["plan"]
    return Facts(
        title=content["package"]["title"],
        listing=_listing(content),
        requirements=_marks(content, pieces(content) if written is None else written),
        outline={"goals": plan["goals"], "indicators": indicators_of(content)} if plan else {},
        lessons=lessons_of(content),
        matrix=_matrix(content) if plan else {},
    )


def period_of(plan: Mapping[str, Any]) -> str:
    """The years of a plan as Swedish writes them: 2023–2025."""
    first, last = plan["period"]["first_year"], plan["period"]["last_year"]
    return str(first) if first == last else f"{first}–{last}"


def _listing(content: Mapping[str, Any]) -> Plain:
    plan, region = content["plan"], content["region_name"]
    return {
        "period": period_of(plan) if plan else "",
        "region": region,
        "coordinator": plan["coordinator"] if plan else region,
        "areas": [[area["number"], area["name"]] for area in plan["product_areas"]]
        if plan
        else [],
        "is_shared": plan is None,
        **{
            name: [[label["code"], label["name"]] for label in content[name]] if plan else []
            for name in ("stages", "dimensions")
        },
        "requirements": sum(one["state"] == ACTIVE for one in requirements_of(content)),
        "lessons": len(lessons_of(content)),
    }


def _marks(content: Mapping[str, Any], written: Sequence[bytes]) -> Plain:
    return {
        one["uid"]: [place, one["code"], sha256(piece).hexdigest()[:MARK]]
        for place, (one, piece) in enumerate(zip(requirements_of(content), written, strict=True))
    }


def _matrix(content: Mapping[str, Any]) -> Plain:
    cells: dict[Cell, list[CellCoverage]] = {}
    for area in coverage(content).areas:
        for _stage, row in area.rows:
            for cell in row:
                cells.setdefault((cell.stage, cell.dimension), []).append(cell)
    told = [together(found) for found in cells.values()]
    # A requirement treats many cells: its uid is written once.
    uids = list(dict.fromkeys(uid for cell in told for uid in cell.uids))
    places = {uid: place for place, uid in enumerate(uids)}
    return {
        "uids": uids,
        "cells": [
            [
                *(cell.stage, cell.dimension, cell.state.value),
                *(cell.risks, cell.untreated, cell.untreated_chances),
                [places[uid] for uid in cell.uids],
            ]
            for cell in told
            if cell.state is not State.NOT_ASSESSED or cell.uids
        ],
    }
