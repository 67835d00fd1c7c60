"""The national matrix: risks, requirements and follow-ups, category by category, and the gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from actionplan.public.cached_words import said_once
from actionplan.text import figure
from followup.published.counting import Contracts
from followup.published.follow_up_findings import Cell, CellCount, FollowedPlans
from followup.published.plans import MappedPlan, PlanHead
from followup.published.status_page import disclosed
from requirements_pkg.cards import cell_words
from requirements_pkg.document.coverage import TO_TREAT, CoverageState
from requirements_pkg.language.breaking import breakable

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NationalCell:
    """One cell of the national matrix: all product areas of a plan, in a stage and dimension."""

    state: CoverageState
    risks: int = 0
    untreated: int = 0
    untreated_chances: int = 0
    requirements: int = 0


NOTHING = NationalCell(CoverageState.NOT_ASSESSED)
NOT_ASKED = CellCount(0, 0, withheld=False)


def dimensions(plans: Sequence[PlanHead]) -> dict[str, str]:
    """Return the dimensions of all plans in their order, as the first plan calls them."""
    names: dict[str, str] = {}
    for plan in plans:
        for code, name in plan.dimensions:
            names.setdefault(code, name)
    return names


class Overview:
    """Makes the table of a dimension, plan by plan and stage by stage."""

    def __init__(self, plans: Sequence[MappedPlan], followed_up: FollowedPlans) -> None:
        self.plans, self.asked = plans, dict(followed_up.cells)
        self.stages: dict[str, str] = {}
        for plan in plans:
            for code, name in plan.stages:
                self.stages.setdefault(code, name)
        # In an attribute no tag can say where a name may break.
        self.labels = {
            code: escape(name.replace("/", "/\u200b")) for code, name in self.stages.items()
        }
        self.covered = {plan.slug: _covered(plan) for plan in plans}
        self.pieces: dict[tuple[NationalCell, CellCount | None, bool], str] = {}
        contracts: dict[str, list[Contracts]] = {plan.slug: [] for plan in plans}
        for area_contracts in followed_up.contracts:
            contracts[area_contracts.slug].append(area_contracts)
        self.is_open = {plan.slug: disclosed(contracts[plan.slug]).whole for plan in plans}

    def table(self, code: str, name: str) -> Shown:
        """Return the table of a dimension."""
        rows, states = [], list[CoverageState]()
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
            "gaps": sum(
                state in (CoverageState.UNTREATED, CoverageState.PARTLY) for state in states
            ),
            "with_risks": sum(state in TO_TREAT for state in states),
        }

    def _cell(self, plan: MappedPlan, at: Cell) -> tuple[CoverageState, str]:
        """Return the state of a cell, and the cell as the table has it."""
        cell, is_open = self.covered[plan.slug].get(at, NOTHING), self.is_open[plan.slug]
        asked = self.asked.get((plan.slug, at), NOT_ASKED)
        count = None if asked.withheld or not is_open else asked
        key = cell, count, is_open
        if key not in self.pieces:
            # The same is said a thousand times.
            self.pieces[key] = "".join(_said(cell, count, is_open=is_open))
        label = self.labels[at[0]]
        return cell.state, (
            f'<td role="cell" class="coverage-cell {cell.state}" data-label="{label}">'
            f"{self.pieces[key]}</td>"
        )


def _covered(plan: MappedPlan) -> dict[Cell, NationalCell]:
    return {
        (cell.stage, cell.dimension): NationalCell(
            cell.state, cell.risks, cell.untreated, cell.untreated_chances, len(cell.places)
        )
        for cell in plan.cells
    }


def _said(cell: NationalCell, count: CellCount | None, *, is_open: bool) -> Iterator[str]:
    """Yield what a cell says, as on the package's page, and how often it was asked about."""
    yield f"<b>{escape(cell_words.head(cell.state, cell.requirements))}</b>"
    if cell.risks:
        yield _span(_risks(cell.risks))
    if not cell.requirements:
        return
    yield from map(_span, cell_words.lacking(cell.untreated, cell.untreated_chances))
    if count is None:
        if is_open:
            words = gettext("follow-ups withheld")
            yield f'<span class="withheld">{escape(words)}</span>'
        return
    if count.follow_ups:
        yield _span(_follow_ups(count.follow_ups))
    if (never := cell.requirements - count.requirements) > 0:
        yield _span(_never(never))


def _span(words: str) -> str:
    return f"<span>{escape(words)}</span>"


@said_once
def _risks(number: int) -> str:
    return ngettext("%(number)s risk", "%(number)s risks", number) % {"number": figure(number)}


@said_once
def _follow_ups(number: int) -> str:
    says = ngettext("%(number)s follow-up", "%(number)s follow-ups", number)
    return says % {"number": figure(number)}


@said_once
def _never(number: int) -> str:
    says = ngettext(
        "%(number)s requirement never followed up",
        "%(number)s requirements never followed up",
        number,
    )
    return says % {"number": figure(number)}
