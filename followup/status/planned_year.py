"""A year of follow-ups as a table: a row for each product area, a column for each month. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from followup.models import FollowUp
from followup.models.following import ENDED

MONTHS: Final = range(1, 13)


@dataclass(frozen=True, slots=True)
class PlannedFollowUp:
    """A follow-up in the month that it is planned for, and how it stands to a day."""

    follow_up: FollowUp
    is_open: bool
    is_done: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class PlannedArea:
    """A product area, and what is planned for it in each of the twelve months."""

    area: str
    months: Sequence[tuple[date, Sequence[PlannedFollowUp]]] = field(default_factory=list)


def entry(follow_up: FollowUp, on: date) -> PlannedFollowUp:
    """Tell how a follow-up stands to a day."""
    is_done = follow_up.done_on is not None
    is_open = follow_up.status not in ENDED
    is_late = is_open and not is_done and follow_up.planned_for < on
    return PlannedFollowUp(follow_up, is_open, is_done, is_late)


def years(first: int, last: int, follow_ups: Iterable[FollowUp]) -> list[int]:
    """Return the years of a plan's period, and those that something is planned for besides."""
    return sorted({*range(first, last + 1), *(one.planned_for.year for one in follow_ups)})


def nearest(year: int, among: Sequence[int]) -> int:
    """Return a year if it is among some, else the one that is nearest."""
    return min(among, key=lambda one: (abs(one - year), one))


def rows(
    areas: Sequence[tuple[int, str]], follow_ups: Iterable[FollowUp], *, year: int, on: date
) -> list[PlannedArea]:
    """Return the table of a year.

    Args:
        areas: the rows, as keys and names of product areas.
        on: the day that overdue is counted from.
    """
    found: dict[tuple[int, int], list[PlannedFollowUp]] = defaultdict(list)
    for one in follow_ups:
        if one.planned_for.year == year:
            found[one.product_area_id, one.planned_for.month].append(entry(one, on))
    return [
        PlannedArea(name, [(date(year, month, 1), found[pk, month]) for month in MONTHS])
        for pk, name in areas
    ]
