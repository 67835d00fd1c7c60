"""The traffic light of a follow-up, as Adda shows it. Pure.

Green: no deviations, or all remedied. Yellow: deviations are being handled in time, or an answer
deviates and nobody has decided what comes of it. Red: one was not remedied in time or is
escalated, or a sanction is in force. A light never stands without its words.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.text import figure

# As `DeviationState.ESCALATED`; a test holds them equal.
ESCALATED: Final = "escalated"


class CountedDeviation(Protocol):
    """What the light asks of a deviation."""

    @property
    def state(self) -> str: ...
    @property
    def found_on(self) -> date: ...
    @property
    def due_on(self) -> date: ...
    @property
    def closed_on(self) -> date | None: ...


class CountedSanction(Protocol):
    """What the light asks of a sanction."""

    @property
    def decided_on(self) -> date: ...
    @property
    def lifted_on(self) -> date | None: ...


class Colour(Enum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class TrafficLight:
    """What a light shows, and the numbers that it is of."""

    colour: Colour
    open: int = 0
    overdue: int = 0
    escalated: int = 0
    sanctions: int = 0
    undecided: int = 0

    @property
    def name(self) -> str:
        """The colour as a word."""
        names = {
            Colour.GREEN: _("Green"),
            Colour.YELLOW: _("Yellow"),
            Colour.RED: _("Red"),
        }
        return str(names[self.colour])

    @property
    def why(self) -> list[str]:
        """Each reason for the colour, in words."""
        if self.colour is Colour.GREEN:
            return [_("no open deviations")]
        numbers: tuple[tuple[Callable[[int], str], int], ...]
        if self.colour is Colour.YELLOW:
            numbers = ((_handled, self.open), (_undecided, self.undecided))
        else:
            numbers = (
                (_overdue, self.overdue),
                (_escalated, self.escalated),
                (_sanctions, self.sanctions),
            )
        return [in_words(number) for in_words, number in numbers if number]

    @property
    def words(self) -> str:
        """The colour and why, in one line."""
        return f"{self.name}: {', '.join(self.why)}"


def traffic_light(
    deviations: Iterable[CountedDeviation],
    imposed: Iterable[CountedSanction],
    *,
    on: date,
    undecided: int = 0,
) -> TrafficLight:
    """Return the traffic light on a day.

    Args:
        deviations: the deviations. Their state is today's: only days tell what was open earlier.
        imposed: the sanctions.
        undecided: how many answers deviate without a deviation or an explanation.
    """
    rows = [deviation for deviation in deviations if is_open(deviation, on)]
    overdue = sum(deviation.due_on < on for deviation in rows)
    escalated = sum(deviation.state == ESCALATED for deviation in rows)
    sanctions = sum(is_in_force(sanction, on) for sanction in imposed)
    colour = Colour.GREEN
    if overdue or escalated or sanctions:
        colour = Colour.RED
    elif rows or undecided:
        colour = Colour.YELLOW
    return TrafficLight(colour, len(rows), overdue, escalated, sanctions, undecided)


def is_open(deviation: CountedDeviation, on: date) -> bool:
    """Tell whether a deviation was found by a day and not closed by then."""
    return deviation.found_on <= on and (deviation.closed_on is None or deviation.closed_on > on)


def is_in_force(sanction: CountedSanction, on: date) -> bool:
    """Tell whether a sanction was decided by a day and not lifted by then."""
    return sanction.decided_on <= on and (sanction.lifted_on is None or sanction.lifted_on > on)


def _handled(number: int) -> str:
    text: str = ngettext(
        "%(number)s open deviation, handled in time",
        "%(number)s open deviations, handled in time",
        number,
    )
    return text % {"number": figure(number)}


def _undecided(number: int) -> str:
    text: str = ngettext(
        "%(number)s answer deviates and is not decided",
        "%(number)s answers deviate and are not decided",
        number,
    )
    return text % {"number": figure(number)}


def _overdue(number: int) -> str:
    text: str = ngettext("%(number)s overdue deviation", "%(number)s overdue deviations", number)
    return text % {"number": figure(number)}


def _escalated(number: int) -> str:
    text: str = ngettext(
        "%(number)s escalated deviation", "%(number)s escalated deviations", number
    )
    return text % {"number": figure(number)}


def _sanctions(number: int) -> str:
    text: str = ngettext("%(number)s sanction in force", "%(number)s sanctions in force", number)
    return text % {"number": figure(number)}
