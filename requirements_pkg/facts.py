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
matrix   {"uids": of the requirements that treat risks, "cells": [[stage, dimension, risks, how
          many are untreated, [places in uids]]]}, all areas together; {} of a shared module
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from actionplan.word.document import NO_LEVERAGE
from requirements_pkg.coverage import only_refers, untreated
from requirements_pkg.snapshot import (
    ACTIVE,
    Plain,
    canonical,
    indicators_of,
    lessons_of,
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


def facts_of(content: Mapping[str, Any]) -> Facts:
    """The facts of a published content, whatever its schema."""
    if "package" not in content:
        # No document: there is nothing to tell of it.
        return Facts()
    plan = content["plan"]
    return Facts(
        title=content["package"]["title"],
        listing=_listing(content),
        requirements=_marks(content),
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


def _marks(content: Mapping[str, Any]) -> Plain:
    return {
        one["uid"]: [place, one["code"], sha256(canonical(one)).hexdigest()[:MARK]]
        for place, one in enumerate(requirements_of(content))
    }


def _matrix(content: Mapping[str, Any]) -> Plain:
    risks, treating = _risks(content), _treating(content)
    missing: dict[Cell, int] = {}
    for one in untreated(content):
        if one.kind == "risk":
            at = (one.stage, one.dimension)
            missing[at] = missing.get(at, 0) + 1
    # A requirement treats many cells: its uid is written once.
    uids = list(dict.fromkeys(uid for found in treating.values() for uid in found))
    places = {uid: place for place, uid in enumerate(uids)}
    return {
        "uids": uids,
        "cells": [
            [
                *at,
                risks.get(at, 0),
                missing.get(at, 0),
                [places[uid] for uid in treating.get(at, ())],
            ]
            for at in dict.fromkeys((*risks, *treating))
        ],
    }


def _risks(content: Mapping[str, Any]) -> dict[Cell, int]:
    """How many risks there are in each cell, where there is leverage."""
    risks: dict[Cell, int] = {}
    for area in content["plan"]["product_areas"]:
        for cell in area["cells"]:
            at = (cell["stage"], cell["dimension"])
            here = [
                one
                for one in cell["statements"]
                if one["kind"] == "risk" and not only_refers(cell["assessment"], one["text"])
            ]
            if cell["assessment"] != NO_LEVERAGE:
                risks[at] = risks.get(at, 0) + len(here)
    return risks


def _treating(content: Mapping[str, Any]) -> dict[Cell, dict[str, None]]:
    """The requirements in force that treat a risk in each cell, by their uids."""
    uids: dict[Cell, dict[str, None]] = {}
    for one in requirements_of(content):
        for to in one["treats"] if one["state"] == ACTIVE else ():
            if to["kind"] == "risk":
                uids.setdefault((to["stage"], to["dimension"]), {})[one["uid"]] = None
    return uids
