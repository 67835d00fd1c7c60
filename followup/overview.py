"""The national matrix: risks, requirements and follow-ups, category by category, and the gaps."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from followup import disclosure
from followup.counting import AreaCounts, Asked
from followup.plans import Cell, Mapped, Risks
from followup.status import Counts
from requirements_pkg.layout import breakable

Shown = dict[str, Any]
NOTHING = Risks(0, 0, frozenset())
NOT_ASKED = Asked(0, 0, 0)


def dimensions(plans: Sequence[Mapped]) -> dict[str, str]:
    """The dimensions of all plans in their order, as the first plan calls them."""
    found: dict[str, str] = {}
    for plan in plans:
        for code, name in plan.dimensions:
            found.setdefault(code, name)
    return found


class Overview:
    """Makes the tables; holds what all of them need."""

    def __init__(
        self,
        plans: Sequence[Mapped],
        counts: Sequence[AreaCounts],
        asked: Mapping[tuple[str, Cell], Asked],
    ) -> None:
        self.plans, self.asked = plans, asked
        self.stages: dict[str, str] = {}
        for plan in plans:
            for code, name in plan.stages:
                self.stages.setdefault(code, name)
        # Where an area is without counts, those of a cell could give them away.
        self.is_open = {plan.slug: not Counts(plan, counts).withheld.parts for plan in plans}

    def tables(self, chosen: str) -> list[Shown]:
        """One table for each dimension, or for the chosen one."""
        return [
            self._table(code, name)
            for code, name in dimensions(self.plans).items()
            if chosen in ("", code)
        ]

    def _table(self, code: str, name: str) -> Shown:
        rows = [
            {
                "plan": plan,
                "is_open": self.is_open[plan.slug],
                "cells": [self._cell(plan, (stage, code)) for stage in self.stages],
            }
            for plan in self.plans
        ]
        states = [cell["state"] for row in rows for cell in row["cells"]]
        return {
            "code": code,
            "name": name,
            "stages": [breakable(stage) for stage in self.stages.values()],
            "rows": rows,
            "gaps": sum(state in ("untreated", "partly") for state in states),
            "with_risks": sum(state != "none" for state in states),
        }

    def _cell(self, plan: Mapped, at: Cell) -> Shown:
        found = plan.matrix.get(at, NOTHING)
        told: Asked | None = self.asked.get((plan.slug, at), NOT_ASKED)
        if not self.is_open[plan.slug] or disclosure.shown(0, told.contracts) is None:
            told = None
        return {
            "label": self.stages[at[0]],
            "state": _state(found),
            "risks": _risks(found.risks),
            "requirements": _requirements(len(found.uids)),
            "follow_ups": _follow_ups(told.follow_ups) if told and found.uids else "",
            "is_withheld": self.is_open[plan.slug] and not told and found.uids,
            "gaps": _gaps(found, told),
        }


def _state(found: Risks) -> str:
    if not found.risks:
        return "none" if not found.uids else "treated"
    if not found.uids:
        return "untreated"
    return "partly" if found.untreated else "treated"


# A nation has thousands of these: in a template each would cost ten times as much.
def _risks(number: int) -> str:
    said: str = ngettext("%(number)s risk", "%(number)s risks", number)
    return said % {"number": number}


def _requirements(number: int) -> str:
    said: str = ngettext("%(number)s requirement", "%(number)s requirements", number)
    return said % {"number": number}


def _follow_ups(number: int) -> str:
    said: str = ngettext("%(number)s follow-up", "%(number)s follow-ups", number)
    return said % {"number": number}


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
