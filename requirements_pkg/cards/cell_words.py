"""What is said of the coverage of a cell, in the same words wherever it is told. Pure."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy, ngettext

from actionplan.public.cached_words import cached_by_language
from actionplan.text import figure
from requirements_pkg.document.coverage import CellCoverage, CoverageState
from requirements_pkg.document.facts import CoveredCell

# What stands before the words, so that the states differ without their colours too.
MARKS: Final[Mapping[CoverageState, str]] = {
    CoverageState.TREATED: "●",
    CoverageState.PARTLY: "◐",
    CoverageState.UNTREATED: "○",
    CoverageState.ELSEWHERE: "↗",
    CoverageState.NO_LEVERAGE: "–",
    CoverageState.NOT_ASSESSED: "?",
}


# What a cell's state is called; translated where one is shown.
NAMES: Final[Mapping[CoverageState, object]] = {
    CoverageState.NOT_ASSESSED: gettext_lazy("not assessed"),
    CoverageState.NO_LEVERAGE: gettext_lazy("no leverage"),
    CoverageState.ELSEWHERE: gettext_lazy("addressed in another category"),
    CoverageState.UNTREATED: gettext_lazy("no requirement yet"),
    CoverageState.PARTLY: gettext_lazy("partly addressed"),
    CoverageState.TREATED: gettext_lazy("addressed"),
}


def state_names() -> dict[CoverageState, str]:
    """Return the name of each state of a cell, in the reader's language."""
    return {state: str(name) for state, name in NAMES.items()}


def key() -> list[tuple[CoverageState, str, str]]:
    """Return each state with its mark and its name, in the reader's language."""
    return [(state, mark, str(NAMES[state])) for state, mark in MARKS.items()]


@cached_by_language
def head(state: CoverageState, requirements: int) -> str:
    """Tell how many requirements treat a cell, or what is so where none does."""
    if not requirements:
        return str(NAMES[state])
    says = ngettext("%(number)s requirement", "%(number)s requirements", requirements)
    return str(says % {"number": figure(requirements)})


def lacking(untreated: int, chances: int) -> list[str]:
    """Say how many risks, and how many opportunities, no requirement treats."""
    counts = ((_risks, untreated), (_chances, chances))
    return [says(number) for says, number in counts if number]


@cached_by_language
def _risks(number: int) -> str:
    says = ngettext(
        "%(number)s risk without requirement", "%(number)s risks without requirement", number
    )
    return str(says % {"number": figure(number)})


@cached_by_language
def _chances(number: int) -> str:
    says = ngettext(
        "%(number)s opportunity without requirement",
        "%(number)s opportunities without requirement",
        number,
    )
    return str(says % {"number": figure(number)})


def rest(cell: CellCoverage | CoveredCell) -> list[str]:
    """Say what a cell lacks that something treats; where nothing does, its head says so."""
    return lacking(cell.untreated, cell.untreated_chances) if cell.requirements else []
