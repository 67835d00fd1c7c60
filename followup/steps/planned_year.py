"""A year of follow-ups as a table: a row for each product area, a column for each month. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from followup.models import FollowUp
from followup.models.follow_ups import ENDED

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
    return sorted(
        {*range(first, last + 1), *(follow_up.planned_for.year for follow_up in follow_ups)}
    )


def nearest(year: int, among: Sequence[int]) -> int:
    """Return a year if it is among some, else the one that is nearest."""
    return min(among, key=lambda candidate: (abs(candidate - year), candidate))


def rows(
    areas: Sequence[tuple[int, str]], follow_ups: Iterable[FollowUp], *, year: int, on: date
) -> list[PlannedArea]:
    """Return the table of a year.

    Args:
        areas: the rows, as keys and names of product areas.
        on: the day that overdue is counted from.
    """
    entries: dict[tuple[int, int], list[PlannedFollowUp]] = defaultdict(list)
    for follow_up in follow_ups:
        if follow_up.planned_for.year == year:
            entries[follow_up.product_area_id, follow_up.planned_for.month].append(
                entry(follow_up, on)
            )
    return [
        PlannedArea(name, [(date(year, month, 1), entries[pk, month]) for month in MONTHS])
        for pk, name in areas
    ]
