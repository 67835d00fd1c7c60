"""The national matrix: risks, requirements and follow-ups, category by category, and the gaps."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from followup.asking import Asked, Cell, FollowedUp
from followup.counting import Contracts
from followup.plans import Head, Mapped
from followup.status import disclosed
from requirements_pkg.layout import breakable

Shown = dict[str, Any]
# A piece of a cell: what writes it, and the number that it tells.
Said = tuple[Callable[[int], str], int]


@dataclass(frozen=True, slots=True)
class Risks:
    """One cell of the national matrix: all product areas of a plan, in a stage and dimension."""

    risks: int
    untreated: int
    requirements: int


NOTHING = Risks(0, 0, 0)
NOT_ASKED = Asked(0, 0, withheld=False)


def dimensions(plans: Sequence[Head]) -> dict[str, str]:
    """The dimensions of all plans in their order, as the first plan calls them."""
    found: dict[str, str] = {}
    for plan in plans:
        for code, name in plan.dimensions:
            found.setdefault(code, name)
    return found


class Overview:
    """Makes the tables; holds what all of them need."""

    def __init__(self, plans: Sequence[Mapped], followed_up: FollowedUp) -> None:
        self.plans, self.asked = plans, dict(followed_up.cells)
        self.stages: dict[str, str] = {}
        for plan in plans:
            for code, name in plan.stages:
                self.stages.setdefault(code, name)
        self.labels = {code: escape(name) for code, name in self.stages.items()}
        self.risks = {plan.slug: _risks_of(plan) for plan in plans}
        self.pieces: dict[Said, str] = {}
        contracts: dict[str, list[Contracts]] = {plan.slug: [] for plan in plans}
        for one in followed_up.contracts:
            contracts[one.slug].append(one)
        self.is_open = {plan.slug: disclosed(contracts[plan.slug]).whole for plan in plans}

    def tables(self, chosen: str) -> list[Shown]:
        """One table for each dimension, or for the chosen one."""
        return [
            self._table(code, name)
            for code, name in dimensions(self.plans).items()
            if chosen in ("", code)
        ]

    def _table(self, code: str, name: str) -> Shown:
        rows, states = [], list[str]()
        for plan in self.plans:
            cells = [self._cell(plan, (stage, code)) for stage in self.stages]
            states += (state for state, _html in cells)
            html = "".join(html for _state, html in cells)
            # A nation has thousands of cells: in a template each would cost ten times as much.
            # They are made of pieces that are escaped.
            row = {"plan": plan, "is_open": self.is_open[plan.slug], "cells": mark_safe(html)}  # noqa: S308
            rows.append(row)
        return {
            "code": code,
            "name": name,
            "stages": [breakable(stage) for stage in self.stages.values()],
            "rows": rows,
            "gaps": sum(state in ("untreated", "partly") for state in states),
            "with_risks": sum(state != "none" for state in states),
        }

    def _cell(self, plan: Mapped, at: Cell) -> tuple[str, str]:
        """The state of a cell, and the cell as the table has it."""
        found, is_open = self.risks[plan.slug].get(at, NOTHING), self.is_open[plan.slug]
        told: Asked | None = self.asked.get((plan.slug, at), NOT_ASKED)
        if not is_open or told.withheld:
            told = None
        state = _state(found)
        said = [] if state == "none" else list(_said(found, told, is_open=is_open))
        pieces = [self._piece(*one) for one in said or [(_no_risk, 0)]]
        label = self.labels[at[0]]
        html = f'<td role="cell" class="{state}" data-label="{label}">{"".join(pieces)}</td>'
        return state, html

    def _piece(self, write: Callable[[int], str], number: int) -> str:
        """A piece of a cell: the same is said a thousand times."""
        if (write, number) not in self.pieces:
            self.pieces[write, number] = write(number)
        return self.pieces[write, number]


def _risks_of(plan: Mapped) -> dict[Cell, Risks]:
    return {
        (stage, dimension): Risks(risks, untreated, len(places))
        for stage, dimension, risks, untreated, places in plan.cells
    }


def _state(found: Risks) -> str:
    if not found.risks:
        return "none" if not found.requirements else "treated"
    if not found.requirements:
        return "untreated"
    return "partly" if found.untreated else "treated"


def _said(found: Risks, told: Asked | None, *, is_open: bool) -> Iterator[Said]:
    """What a cell says: each piece by what writes it, and its number."""
    yield _risks, found.risks
    yield _requirements, found.requirements
    if found.requirements and told is not None:
        yield _follow_ups, told.follow_ups
    elif found.requirements and is_open:
        yield _withheld, 0
    if found.risks and not found.requirements:
        yield _missing, 0
    elif found.untreated:
        yield _untreated, found.untreated
    if told is not None and (never := found.requirements - told.requirements) > 0:
        yield _never, never


def _no_risk(_number: int) -> str:
    return format_html('<span class="mark">{}</span>', gettext("no risk described"))


def _risks(number: int) -> str:
    says = ngettext("%(number)s risk", "%(number)s risks", number)
    return format_html('<span class="mark">{}</span>', says % {"number": number})


def _requirements(number: int) -> str:
    says = ngettext("%(number)s requirement", "%(number)s requirements", number)
    return format_html("<span>{}</span>", says % {"number": number})


def _follow_ups(number: int) -> str:
    says = ngettext("%(number)s follow-up", "%(number)s follow-ups", number)
    return format_html("<span>{}</span>", says % {"number": number})


def _withheld(_number: int) -> str:
    return format_html('<span class="withheld">{}</span>', gettext("follow-ups not given"))


def _missing(_number: int) -> str:
    return format_html("<b>{}</b>", gettext("no requirement yet"))


def _untreated(number: int) -> str:
    says = ngettext(
        "%(number)d risk without requirement", "%(number)d risks without requirement", number
    )
    return format_html("<b>{}</b>", says % {"number": number})


def _never(number: int) -> str:
    says = ngettext(
        "%(number)d requirement never followed up",
        "%(number)d requirements never followed up",
        number,
    )
    return format_html("<b>{}</b>", says % {"number": number})
