"""The national matrix: risks, requirements and follow-ups, category by category, and the gaps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from actionplan.public.cached_words import cached_by_language
from actionplan.text import figure
from followup.published.plans import MappedPlan, PlanHead
from followup.published.reports import ListedCells
from followup.report.schema import CellCounts
from requirements_pkg.cards import cell_words
from requirements_pkg.document.coverage import TO_TREAT, CoverageState
from requirements_pkg.language.breaking import breakable

PageValues = dict[str, object]
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NationalCell:
    """One cell of the national matrix: all product areas of a plan, in a stage and dimension."""

    state: CoverageState
    risks: int = 0
    untreated: int = 0
    untreated_chances: int = 0
    requirements: int = 0


# What a plan's newest report tells of cells: there is none, nothing, or counts.
UNREPORTED, WITHHELD, COUNTED = "unreported", "withheld", "counted"
NOTHING = NationalCell(CoverageState.NOT_ASSESSED)


def dimensions(plans: Sequence[PlanHead]) -> dict[str, str]:
    """Return the dimensions of all plans in their order, as the first plan calls them."""
    names: dict[str, str] = {}
    for plan in plans:
        for code, name in plan.dimensions:
            names.setdefault(code, name)
    return names


class Overview:
    """Makes the table of a dimension, plan by plan and stage by stage."""

    def __init__(self, plans: Sequence[MappedPlan], reported: Mapping[str, ListedCells]) -> None:
        self.plans = plans
        self.counts = {
            (slug, (cell.stage, cell.dimension)): cell
            for slug, of_plan in reported.items()
            for cell in of_plan.reported.cells or ()
        }
        self.stages: dict[str, str] = {}
        for plan in plans:
            for code, name in plan.stages:
                self.stages.setdefault(code, name)
        # In an attribute no tag can say where a name may break.
        self.labels = {
            code: escape(name.replace("/", "/\u200b")) for code, name in self.stages.items()
        }
        self.covered = {plan.slug: _covered(plan) for plan in plans}
        self.pieces: dict[tuple[NationalCell, int | None, int | None, str], str] = {}
        self.states = {plan.slug: _state(reported.get(plan.slug)) for plan in plans}

    def table(self, code: str, name: str) -> PageValues:
        """Return the table of a dimension."""
        rows, states = [], list[CoverageState]()
        for plan in self.plans:
            cells = [self._cell(plan, (stage, code)) for stage in self.stages]
            states += (state for state, _html in cells)
            html = "".join(html for _state, html in cells)
            # A nation has thousands of cells: in a template each would cost ten times as much.
            # They are made of pieces that are escaped.
            row = {"plan": plan, "state": self.states[plan.slug], "cells": mark_safe(html)}  # noqa: S308
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
        cell, state = self.covered[plan.slug].get(at, NOTHING), self.states[plan.slug]
        counts = self.counts.get((plan.slug, at)) or CellCounts(*at, 0, 0)
        key = cell, counts.follow_ups, counts.requirements, state
        if key not in self.pieces:
            # The same is said a thousand times.
            self.pieces[key] = "".join(_cell_words(cell, counts, is_public=state == COUNTED))
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


def _state(listed: ListedCells | None) -> str:
    """Tell whether a plan has no report, one that tells nothing of cells, or one that does."""
    if listed is None:
        return UNREPORTED
    return WITHHELD if listed.reported.cells is None else COUNTED


def _cell_words(cell: NationalCell, counts: CellCounts, *, is_public: bool) -> Iterator[str]:
    """Yield what a cell says, as on the package's page, and how often it was asked about."""
    yield f"<b>{escape(cell_words.head(cell.state, cell.requirements))}</b>"
    if cell.risks:
        yield _span(_risks(cell.risks))
    if not cell.requirements:
        return
    yield from map(_span, cell_words.lacking(cell.untreated, cell.untreated_chances))
    if not is_public:
        return
    if counts.follow_ups is None or counts.requirements is None:
        words = gettext("follow-ups withheld")
        yield f'<span class="withheld">{escape(words)}</span>'
        return
    if counts.follow_ups:
        yield _span(_follow_ups(counts.follow_ups))
    if (never := cell.requirements - counts.requirements) > 0:
        yield _span(_never(never))


def _span(words: str) -> str:
    return f"<span>{escape(words)}</span>"


@cached_by_language
def _risks(number: int) -> str:
    return ngettext("%(number)s risk", "%(number)s risks", number) % {"number": figure(number)}


@cached_by_language
def _follow_ups(number: int) -> str:
    says = ngettext("%(number)s follow-up", "%(number)s follow-ups", number)
    return says % {"number": figure(number)}


@cached_by_language
def _never(number: int) -> str:
    says = ngettext(
        "%(number)s requirement never followed up",
        "%(number)s requirements never followed up",
        number,
    )
    return says % {"number": figure(number)}
