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
    met, and the first reading that said so (and has
    not been taken back since) is of a later day
    than the one it was due                          met late

Of readings from the same day the one that comes last in the list is the latest. Worst comes
first: not met, delayed, not started, on track, met. The day it was due is its own, or the one that
its words or those of its sub-goal set ("senast i december 2023", `followup.status.deadline`).

A sub-goal, a goal and a plan, each of all the indicators in it, the first row that fits:

    its indicators                                   status
    there are none, or none has a report             no report
    all are met, one of them late                    met late
    all are met                                      met
    one is not met                                   not met
    one is delayed                                   delayed
    none of those with a report is begun             not started
    otherwise                                        on track

A share is always a numerator and a denominator: of a group how many of its indicators are met
(late or not) and how many have a report, of an indicator how many of the organisations that report
have met it (0 of 0 where the country's own reading counts).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import Annotated, Final, TypedDict

import msgspec
from django.utils.translation import gettext_lazy

from actionplan.public.cached_words import cached_by_language
from followup.status.deadline import deadline_in
from requirements_pkg.document.schema import AimIndicator, Goal, Indicator, SubGoal, says

NOT_STARTED: Final = "not_started"
ON_TRACK: Final = "on_track"
DELAYED: Final = "delayed"
MET: Final = "met"
# Never said by a reading: it follows from when one said that it is met.
MET_LATE: Final = "met_late"
NOT_MET: Final = "not_met"
NO_REPORT: Final = "no_report"
REACHED: Final = (MET, MET_LATE)
WORST_FIRST: Final = (NOT_MET, DELAYED, NOT_STARTED, ON_TRACK, MET)

COUNTRY: Final = ""
Share = tuple[int, int]
NONE: Final[Share] = (0, 0)


class ReportedReading(msgspec.Struct, frozen=True):
    """How an indicator stood on a day, for an organisation or ("") for the whole country."""

    indicator: Annotated[int, says("The key of the indicator.")]
    organisation: Annotated[str, says("Whose it is by name; empty for the whole country.")]
    as_of: Annotated[date, says("The day that it is of.")]
    status: Annotated[str, says("`not_started`, `on_track`, `delayed`, `met` or `not_met`.")]
    value: Annotated[Decimal | None, says("Its figure, if it has one.")]


@dataclass(frozen=True, slots=True)
class IndicatorProgress:
    """An indicator on a day; `id` is None in a content that is older than readings."""

    id: int | None
    number: str
    text: str
    unit: str
    target: str
    due_on: date | None
    # Whether that day stands in the plan's words only.
    due_in_words: bool
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
    reported: Share
    as_of: date | None
    indicators: tuple[IndicatorProgress, ...]


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """An overall goal on a day."""

    number: int
    text: str
    status: str
    met: Share
    reported: Share
    as_of: date | None
    sub_goals: tuple[SubGoalProgress, ...]

    @property
    def indicators(self) -> tuple[IndicatorProgress, ...]:
        """The indicators of all its sub-goals."""
        return tuple(indicator for sub in self.sub_goals for indicator in sub.indicators)


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """A plan on a day."""

    status: str
    # Of its indicators, and of its goals.
    met: Share
    reported: Share
    goals_met: Share
    as_of: date | None
    goals: tuple[GoalProgress, ...]


def progress(
    goals: Sequence[Goal],
    indicators: Iterable[Indicator],
    readings: Iterable[ReportedReading],
    *,
    on: date,
) -> PlanProgress:
    """Tell how a plan stood on a day.

    Args:
        goals: in the plan's words and order.
        indicators: what else is known of their indicators, in the same order.
        readings: those that count, in the order in which they were made.
    """
    known = _series(readings, on)
    facts: dict[tuple[int, str], list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        facts[indicator.goal, indicator.sub_goal].append(indicator)
    goal_progress = tuple(_goal(goal, facts, known, on) for goal in goals)
    every = tuple(indicator for goal in goal_progress for indicator in goal.indicators)
    goals_met = (sum(goal.status in REACHED for goal in goal_progress), len(goal_progress))
    return PlanProgress(**_together(every), goals_met=goals_met, goals=goal_progress)


def status_of(statuses: Sequence[str]) -> str:
    """Return the status of a group whose indicators have these; the table above says how."""
    known = [status for status in statuses if status != NO_REPORT]
    if not known:
        return NO_REPORT
    if all(status in REACHED for status in statuses):
        return MET_LATE if MET_LATE in statuses else MET
    for bad in (NOT_MET, DELAYED):
        if bad in known:
            return bad
    return NOT_STARTED if set(known) == {NOT_STARTED} else ON_TRACK


# What each status is called; translated where one is shown.
STATUS_NAMES: Final = {
    NOT_STARTED: gettext_lazy("not started"),
    ON_TRACK: gettext_lazy("on track"),
    DELAYED: gettext_lazy("delayed"),
    MET: gettext_lazy("met"),
    MET_LATE: gettext_lazy("met late"),
    NOT_MET: gettext_lazy("not met"),
    NO_REPORT: gettext_lazy("no report"),
}


@cached_by_language
def status_name(status: str) -> str:
    """Return what a status is called."""
    return str(STATUS_NAMES[status])


# For each indicator the readings of each organisation, and of the country, oldest first.
Series = Mapping[int, Mapping[str, Sequence[ReportedReading]]]


def _series(readings: Iterable[ReportedReading], on: date) -> Series:
    series: dict[int, dict[str, list[ReportedReading]]] = defaultdict(lambda: defaultdict(list))
    # Stable: of one day the one that was made last stays last.
    for reading in sorted(readings, key=lambda reading: reading.as_of):
        if reading.as_of <= on:
            series[reading.indicator][reading.organisation].append(reading)
    return series


def _goal(
    goal: Goal, facts: Mapping[tuple[int, str], list[Indicator]], series: Series, on: date
) -> GoalProgress:
    sub_goals = []
    for sub in goal.sub_goals:
        known = facts.get((goal.number, sub.number), [])
        indicators = tuple(
            # Both lists are in the plan's order; a number need not be there, nor only once.
            _indicator(indicator, fact, sub.title, series, on)
            for indicator, fact in zip(sub.indicators, _filled(known, sub), strict=True)
        )
        sub_goals.append(
            SubGoalProgress(sub.number, sub.title, **_together(indicators), indicators=indicators)
        )
    every = [indicator for sub_goal in sub_goals for indicator in sub_goal.indicators]
    return GoalProgress(goal.number, goal.title, **_together(every), sub_goals=tuple(sub_goals))


def _filled(known: Sequence[Indicator], sub: SubGoal) -> Sequence[Indicator | None]:
    """Return what is known of a sub-goal's indicators: nothing, in a content of an old schema."""
    number = len(sub.indicators)
    return known if len(known) == number else [None] * number


def _indicator(
    indicator: AimIndicator, fact: Indicator | None, sub_goal: str, series: Series, on: date
) -> IndicatorProgress:
    pk = None if fact is None else fact.id
    stored = date.fromisoformat(fact.due_on) if fact and fact.due_on else None
    due_on = stored or deadline_in(indicator.title, sub_goal)
    by_organisation = series.get(pk, {}) if pk is not None else {}
    country = by_organisation.get(COUNTRY)
    counted = [country] if country else list(by_organisation.values())
    latest = [readings[-1] for readings in counted]
    return IndicatorProgress(
        id=pk,
        number=indicator.number,
        text=indicator.title,
        unit=fact.unit if fact else "",
        target=fact.target if fact else "",
        due_on=due_on,
        due_in_words=stored is None and due_on is not None,
        status=_status(counted, due_on, on),
        as_of=max((reading.as_of for reading in latest), default=None),
        value=country[-1].value if country else None,
        met=NONE if country else (sum(reading.status == MET for reading in latest), len(latest)),
    )


def _status(counted: Sequence[Sequence[ReportedReading]], due_on: date | None, on: date) -> str:
    """Return the status of an indicator by the readings that count; the first table says how."""
    statuses = [readings[-1].status for readings in counted]
    status = min(statuses, key=WORST_FIRST.index, default=NO_REPORT)
    if due_on is None or status == NOT_MET:
        return status
    if status == MET:
        return MET_LATE if max(map(_met_since, counted)) > due_on else MET
    return DELAYED if due_on < on else status


def _met_since(readings: Sequence[ReportedReading]) -> date:
    """Return the day from which on every reading up to the last says that it is met."""
    met = takewhile(lambda reading: reading.status == MET, reversed(readings))
    return min(reading.as_of for reading in met)


class GroupProgress(TypedDict):
    """What is said of a group of indicators, by the names of its fields."""

    status: str
    met: Share
    reported: Share
    as_of: date | None


def _together(indicators: Sequence[IndicatorProgress]) -> GroupProgress:
    """Return what is said of a group: its status, its shares and the day of its last report."""
    days = [indicator.as_of for indicator in indicators if indicator.as_of is not None]
    return {
        "status": status_of([indicator.status for indicator in indicators]),
        "met": (sum(indicator.status in REACHED for indicator in indicators), len(indicators)),
        "reported": (len(days), len(indicators)),
        "as_of": max(days, default=None),
    }
