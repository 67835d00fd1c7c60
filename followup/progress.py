"""How it goes with indicators, sub-goals, goals and a plan, on any day. Pure.

Nothing stores a share or a status of a goal: both follow from the readings up to that day, so the
same rule answers for today and for last year.

An indicator:

    its readings up to the day                       status
    none                                             no report
    one for the whole country                        the latest such
    only organisations'                              the worst of each one's latest
    any of these, the day it was due has passed,
    and it is neither met nor given up as not met    delayed

Of readings from the same day the one that comes last in the list is the latest. Worst comes
first: not met, delayed, not started, on track, met.

A sub-goal, a goal and a plan, each of all the indicators in it, the first row that fits:

    its indicators                                   status
    there are none, or none has a report             no report
    all are met                                      met
    one is not met                                   not met
    one is delayed                                   delayed
    none of those with a report is begun             not started
    otherwise                                        on track

A share is always a numerator and a denominator: of a group how many of its indicators are met, of
an indicator how many of the organisations that report have met it (0 of 0 where the country's
own reading counts).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

NOT_STARTED: Final = "not_started"
ON_TRACK: Final = "on_track"
DELAYED: Final = "delayed"
MET: Final = "met"
NOT_MET: Final = "not_met"
NO_REPORT: Final = "no_report"
WORST_FIRST: Final = (NOT_MET, DELAYED, NOT_STARTED, ON_TRACK, MET)

COUNTRY: Final = ""
Plain = Mapping[str, Any]
Share = tuple[int, int]
NONE: Final[Share] = (0, 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """How an indicator stood on a day, for an organisation or ("") for the whole country."""

    indicator: int
    organisation: str
    as_of: date
    status: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class IndicatorProgress:
    """An indicator on a day; `id` is None in a content that is older than readings."""

    id: int | None
    number: str
    text: str
    unit: str
    target: str
    due_on: date | None
    status: str
    # Of the latest reading that counts.
    as_of: date | None
    # The country's; organisations' values are not added up.
    value: Decimal | None
    met: Share


@dataclass(frozen=True, slots=True)
class SubGoalProgress:
    """A sub-goal on a day."""

    number: str
    text: str
    status: str
    met: Share
    as_of: date | None
    indicators: tuple[IndicatorProgress, ...]


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """An overall goal on a day."""

    number: int
    text: str
    status: str
    met: Share
    as_of: date | None
    sub_goals: tuple[SubGoalProgress, ...]

    @property
    def indicators(self) -> tuple[IndicatorProgress, ...]:
        """The indicators of all its sub-goals."""
        return tuple(one for sub in self.sub_goals for one in sub.indicators)


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """A plan on a day."""

    status: str
    # Of its indicators, and of its goals.
    met: Share
    goals_met: Share
    as_of: date | None
    goals: tuple[GoalProgress, ...]


def progress(
    goals: Sequence[Plain], indicators: Iterable[Plain], readings: Iterable[Reading], *, on: date
) -> PlanProgress:
    """How a plan stood on a day.

    Args:
        goals: as in the plan's JSON: number, title, sub_goals, and in those indicators.
        indicators: as `snapshot.indicators_of` gives them, in the plan's order.
        readings: those that count, in the order in which they were made.
    """
    latest = _latest(readings, on)
    facts: dict[tuple[int, str], list[Plain]] = defaultdict(list)
    for one in indicators:
        facts[one["goal"], one["sub_goal"]].append(one)
    told = tuple(_goal(goal, facts, latest, on) for goal in goals)
    every = tuple(one for goal in told for one in goal.indicators)
    status, met, as_of = _together(every)
    goals_met = (sum(goal.status == MET for goal in told), len(told))
    return PlanProgress(status, met, goals_met, as_of, told)


def status_of(statuses: Sequence[str]) -> str:
    """The status of a group whose indicators have these; the table above says how."""
    known = [status for status in statuses if status != NO_REPORT]
    if not known:
        return NO_REPORT
    if all(status == MET for status in statuses):
        return MET
    for bad in (NOT_MET, DELAYED):
        if bad in known:
            return bad
    return NOT_STARTED if set(known) == {NOT_STARTED} else ON_TRACK


def status_name(status: str) -> str:
    """What a status is called."""
    names = {
        NOT_STARTED: _("not started"),
        ON_TRACK: _("on track"),
        DELAYED: _("delayed"),
        MET: _("met"),
        NOT_MET: _("not met"),
        NO_REPORT: _("no report"),
    }
    return str(names[status])


# For each indicator the latest reading of each organisation, and of the country.
Latest = Mapping[int, Mapping[str, Reading]]


def _latest(readings: Iterable[Reading], on: date) -> Latest:
    found: dict[int, dict[str, Reading]] = defaultdict(dict)
    for reading in readings:
        if reading.as_of <= on:
            of_one = found[reading.indicator]
            before = of_one.get(reading.organisation)
            if before is None or before.as_of <= reading.as_of:
                of_one[reading.organisation] = reading
    return found


def _goal(
    goal: Plain, facts: Mapping[tuple[int, str], list[Plain]], latest: Latest, on: date
) -> GoalProgress:
    sub_goals = []
    for sub in goal["sub_goals"]:
        known = facts.get((goal["number"], sub["number"]), [])
        told = tuple(
            # Both lists are in the plan's order; a number need not be there, nor only once.
            _indicator(one["title"], one["number"], fact, latest, on)
            for one, fact in zip(sub["indicators"], _filled(known, sub), strict=True)
        )
        status, met, as_of = _together(told)
        sub_goals.append(SubGoalProgress(sub["number"], sub["title"], status, met, as_of, told))
    every = [one for sub_goal in sub_goals for one in sub_goal.indicators]
    status, met, as_of = _together(every)
    return GoalProgress(goal["number"], goal["title"], status, met, as_of, tuple(sub_goals))


def _filled(known: Sequence[Plain], sub: Plain) -> list[Plain]:
    """What is known of each indicator of a sub-goal: nothing, in a content of an old schema."""
    number = len(sub["indicators"])
    return list(known) if len(known) == number else [{}] * number


def _indicator(text: str, number: str, fact: Plain, latest: Latest, on: date) -> IndicatorProgress:
    pk = fact.get("id")
    due_on = date.fromisoformat(fact["due_on"]) if fact.get("due_on") else None
    found = latest.get(pk, {}) if pk is not None else {}
    country = found.get(COUNTRY)
    counted = [country] if country is not None else list(found.values())
    status = min((one.status for one in counted), key=WORST_FIRST.index, default=NO_REPORT)
    if due_on is not None and due_on < on and status not in (MET, NOT_MET):
        status = DELAYED
    met = NONE
    if country is None:
        met = (sum(one.status == MET for one in counted), len(counted))
    return IndicatorProgress(
        id=pk,
        number=number,
        text=text,
        unit=fact.get("unit", ""),
        target=fact.get("target", ""),
        due_on=due_on,
        status=status,
        as_of=max((one.as_of for one in counted), default=None),
        value=country.value if country is not None else None,
        met=met,
    )


def _together(indicators: Sequence[IndicatorProgress]) -> tuple[str, Share, date | None]:
    """The status of a group, how many of its indicators are met, and its last report."""
    met = sum(one.status == MET for one in indicators)
    days = [one.as_of for one in indicators if one.as_of is not None]
    status = status_of([one.status for one in indicators])
    return status, (met, len(indicators)), max(days, default=None)
