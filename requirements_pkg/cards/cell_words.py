"""What is said of the coverage of a cell, in the same words wherever it is told. Pure."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.text import figure
from requirements_pkg.document.coverage import CellCoverage, State

# What stands before the words, so that the states differ without their colours too.
MARKS: Final[Mapping[State, str]] = {
    State.TREATED: "●",
    State.PARTLY: "◐",
    State.UNTREATED: "○",
    State.ELSEWHERE: "↗",
    State.NO_LEVERAGE: "–",
    State.NOT_ASSESSED: "?",
}


def state_names() -> dict[State, str]:
    """What a cell's state is called, in the reader's language."""
    return {
        State.NOT_ASSESSED: _("not assessed"),
        State.NO_LEVERAGE: _("no leverage"),
        State.ELSEWHERE: _("addressed in another category"),
        State.UNTREATED: _("no requirement yet"),
        State.PARTLY: _("partly addressed"),
        State.TREATED: _("addressed"),
    }


def key() -> list[tuple[State, str, str]]:
    """Each state with its mark and its name."""
    names = state_names()
    return [(state, mark, names[state]) for state, mark in MARKS.items()]


def head(state: State, requirements: int) -> str:
    """How many requirements treat a cell, or what is so where none does."""
    says = ngettext("%(number)s requirement", "%(number)s requirements", requirements)
    return says % {"number": figure(requirements)} if requirements else state_names()[state]


def lacking(untreated: int, chances: int) -> list[str]:
    """What no requirement treats, risks and opportunities each by themselves."""
    risks = ngettext(
        "%(number)s risk without requirement", "%(number)s risks without requirement", untreated
    )
    others = ngettext(
        "%(number)s opportunity without requirement",
        "%(number)s opportunities without requirement",
        chances,
    )
    told = ((risks, untreated), (others, chances))
    return [says % {"number": figure(number)} for says, number in told if number]


def rest(cell: CellCoverage) -> list[str]:
    """What is lacking in a cell that something treats; where nothing does, its head says so."""
    return lacking(cell.untreated, cell.untreated_chances) if cell.requirements else []
