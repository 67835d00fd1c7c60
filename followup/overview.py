"""The national matrix: risks, requirements and follow-ups, category by category, and the gaps."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from followup import disclosure
from followup.counting import Asked
from followup.plans import Cell, Plan, Risks
from followup.status import Counts

Shown = dict[str, Any]
NOTHING = Risks(0, 0, frozenset())
NOT_ASKED = Asked(0, 0, 0)


def dimensions(plans: Sequence[Plan]) -> dict[str, str]:
    """The dimensions of all plans in their order, as the first plan calls them."""
    found: dict[str, str] = {}
    for plan in plans:
        for code, name in plan.dimensions:
            found.setdefault(code, name)
    return found


def matrices(
    plans: Sequence[Plan],
    counts: Mapping[str, Counts],
    asked: Mapping[tuple[str, Cell], Asked],
    chosen: str,
) -> list[Shown]:
    """One table for each dimension, or for the chosen one."""
    stages: dict[str, str] = {}
    for plan in plans:
        for code, name in plan.stages:
            stages.setdefault(code, name)
    return [
        _matrix(plans, stages, code, name, counts, asked)
        for code, name in dimensions(plans).items()
        if chosen in ("", code)
    ]


def _matrix(plans, stages, code, name, counts, asked) -> Shown:
    rows = [
        {
            "plan": plan,
            "cells": [
                _cell(plan, (stage, code), stages[stage], counts[plan.slug], asked)
                for stage in stages
            ],
        }
        for plan in plans
    ]
    cells = [cell for row in rows for cell in row["cells"]]
    gaps = sum(cell["state"] in ("untreated", "partly") for cell in cells)
    return {
        "code": code,
        "name": name,
        "stages": list(stages.values()),
        "rows": rows,
        "gaps": gaps,
        "with_risks": sum(cell["state"] != "none" for cell in cells),
    }


def _cell(
    plan: Plan, at: Cell, label: str, counts: Counts, asked: Mapping[tuple[str, Cell], Asked]
) -> Shown:
    found = plan.matrix.get(at, NOTHING)
    requirements = len(found.uids)
    told = asked.get((plan.slug, at), NOT_ASKED)
    # Where an area is without counts, those of a cell could give them away.
    is_told = not counts.withheld.parts and disclosure.shown(0, told.contracts) is not None
    return {
        "label": label,
        "state": _state(found),
        "risks": found.risks,
        "requirements": requirements,
        "follow_ups": told.follow_ups if is_told else None,
        "gaps": list(_gaps(found, told if is_told else None)),
    }


def _state(found: Risks) -> str:
    if not found.risks:
        return "none" if not found.uids else "treated"
    if not found.uids:
        return "untreated"
    return "partly" if found.untreated else "treated"


def _gaps(found: Risks, told: Asked | None) -> list[str]:
    """What is missing in a cell, in words."""
    gaps = []
    if found.risks and not found.uids:
        gaps.append(gettext("no requirement yet"))
    elif found.untreated:
        says = ngettext(
            "%(number)d risk without requirement",
            "%(number)d risks without requirement",
            found.untreated,
        )
        gaps.append(says % {"number": found.untreated})
    if told is not None and (never := len(found.uids) - told.requirements) > 0:
        says = ngettext(
            "%(number)d requirement never followed up",
            "%(number)d requirements never followed up",
            never,
        )
        gaps.append(says % {"number": never})
    return gaps
