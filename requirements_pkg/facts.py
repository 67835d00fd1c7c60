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
covered  [{"number", "name", "cells": [[stage, dimension, risks, untreated risks]]}], area by area
          the cells that have risks
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from requirements_pkg.coverage import AreaCoverage, CellCoverage, State, coverage, together
from requirements_pkg.document.reading import digest, written
from requirements_pkg.document.schema import Document, Lesson, Plan

Plain = dict[str, Any]
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
    lessons: tuple[Lesson, ...] = ()
    matrix: Plain = field(default_factory=dict)
    covered: list[Plain] = field(default_factory=list)


def facts_of(content: Document) -> Facts:
    """The facts of a published content, whatever its schema."""
    plan, areas = content.plan, coverage(content).areas
    return Facts(
        title=content.package.title,
        listing=_listing(content),
        requirements=_marks(content),
        outline={"goals": plan.goals, "indicators": content.indicators} if plan else {},
        lessons=content.lessons,
        matrix=_matrix(areas) if plan else {},
        covered=_covered(areas),
    )


def period_of(plan: Plan) -> str:
    """The years of a plan as Swedish writes them: 2023–2025."""
    first, last = plan.period.first_year, plan.period.last_year
    return str(first) if first == last else f"{first}–{last}"


def _listing(content: Document) -> Plain:
    plan, region = content.plan, content.region_name
    return {
        "period": period_of(plan) if plan else "",
        "region": region,
        "coordinator": plan.coordinator if plan else region,
        "areas": [[area.number, area.name] for area in content.areas],
        "is_shared": plan is None,
        "stages": [[one.code, one.name] for one in content.stages] if plan else [],
        "dimensions": [[one.code, one.name] for one in content.dimensions] if plan else [],
        "requirements": len(content.active),
        "lessons": len(content.lessons),
    }


def _marks(content: Document) -> Plain:
    return {
        one.uid: [place, one.code, digest(written(one))[:MARK]]
        for place, one in enumerate(content.requirements)
    }


def _covered(areas: Sequence[AreaCoverage]) -> list[Plain]:
    """Area by area the cells that have risks: how many, and how many that nothing treats."""
    return [
        {
            "number": area.number,
            "name": area.name,
            "cells": [
                [cell.stage, cell.dimension, cell.risks, cell.untreated]
                for _stage, row in area.rows
                for cell in row
                if cell.risks
            ],
        }
        for area in areas
    ]


def _matrix(areas: Sequence[AreaCoverage]) -> Plain:
    cells: dict[Cell, list[CellCoverage]] = {}
    for area in areas:
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
