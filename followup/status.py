"""What the status pages show: numbers and words in reading order, for lean templates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext, ngettext

from followup import chart, disclosure
from followup.counting import AreaCounts
from followup.disclosure import Withheld
from followup.going import Going, Standing
from followup.models import ReadingStatus, Severity
from followup.plans import Indicator, Plan
from followup.reported import Reading

Shown = dict[str, Any]
# The best on top, as the chart has them.
STATUSES: Final = (
    ReadingStatus.MET,
    ReadingStatus.ON_TRACK,
    ReadingStatus.DELAYED,
    ReadingStatus.NOT_MET,
    ReadingStatus.NOT_STARTED,
)


@dataclass(frozen=True, slots=True)
class Light:
    """A traffic light in words, with a mark of its own."""

    code: str
    mark: str

    @property
    def words(self) -> str:
        """What the light says, in the reader's language."""
        return {
            "none": gettext("not followed up yet"),
            "green": gettext("green: no deviations, or remedied"),
            "yellow": gettext("yellow: deviations are being handled"),
            "red": gettext("red: deviations not remedied in time"),
        }[self.code]


def light(*, done: int, open_: int, late: int) -> Light:
    """What deviations say of a product area or of one follow-up (domain.md 4.2)."""
    if late:
        return Light("red", "▲")
    if open_:
        return Light("yellow", "◆")
    return Light("green", "●") if done else Light("none", "–")


class Counts:
    """What may be told of the counts of one plan."""

    def __init__(self, plan: Plan, counts: Iterable[AreaCounts]) -> None:
        known = {number for number, _name in plan.areas}
        # An area that is not published yet is not counted either.
        self.by_area = {
            one.area: one for one in counts if one.slug == plan.slug and one.area in known
        }
        self.withheld: Withheld[int] = disclosure.withheld(
            {number: one.contracts for number, one in self.by_area.items()},
            max((one.plan_contracts for one in self.by_area.values()), default=0),
        )

    @property
    def whole(self) -> Shown | None:
        """The counts of the whole plan, or None where they are withheld."""
        return None if self.withheld.total else _counts(list(self.by_area.values()))

    @property
    def last_done(self) -> date | None:
        """When something was last followed up, if that may be told."""
        days = [one.last_done for one in self.by_area.values() if one.last_done]
        return None if self.withheld.total else max(days, default=None)

    def areas(self, plan: Plan) -> list[Shown]:
        """Each product area with its counts, or without them where they are withheld."""
        return [
            {
                "number": number,
                "name": name,
                "counts": None
                if number in self.withheld.parts
                else _counts([self.by_area[number]] if number in self.by_area else []),
            }
            for number, name in plan.areas
        ]


def _counts(areas: Sequence[AreaCounts]) -> Shown:
    opened = [sum(column) for column in zip(*(one.open for one in areas), strict=True)]
    closed = [sum(column) for column in zip(*(one.closed for one in areas), strict=True)]
    done, late = sum(one.done for one in areas), sum(one.late for one in areas)
    return {
        "planned": sum(one.planned for one in areas),
        "done": done,
        "open": sum(opened),
        "closed": sum(closed),
        "open_words": _severities(opened),
        "closed_words": _severities(closed),
        "light": light(done=done, open_=sum(opened), late=late),
    }


def _severities(numbers: Sequence[int]) -> list[str]:
    """The counts by severity, gravest first, without those that are nought."""
    return [
        f"{severity.label}: {number}"
        for severity, number in zip(Severity, numbers, strict=bool(numbers))
        if number
    ]


def listed(
    plans: Sequence[Plan], counts: Sequence[AreaCounts], readings: Iterable[Reading]
) -> list[Shown]:
    """Every plan in one row."""
    by_slug: dict[str, list[AreaCounts]] = {}
    for one in counts:
        by_slug.setdefault(one.slug, []).append(one)
    going = Going(readings)
    return [_row(plan, Counts(plan, by_slug.get(plan.slug, ())), going) for plan in plans]


def _row(plan: Plan, counts: Counts, going: Going) -> Shown:
    goals = [going.goal(goal).code for goal in plan.goals]
    reported = [one.as_of for pk in plan.keys for one in going.readings.get(pk, ())]
    days = [*reported, *([counts.last_done] if counts.last_done else [])]
    return {
        "plan": plan,
        "met": goals.count(ReadingStatus.MET),
        "goals": len(goals),
        "statuses": [
            (Standing(status), goals.count(status)) for status in STATUSES[1:] if status in goals
        ],
        "counts": counts.whole,
        "last": max(days, default=None),
    }


def goals(plan: Plan, going: Going) -> list[Shown]:
    """The goals of a plan with how it goes, down to each reading."""
    return [
        {
            "number": goal.number,
            "title": goal.title,
            "standing": going.goal(goal),
            "sub_goals": [
                {
                    "number": sub_goal.number,
                    "title": sub_goal.title,
                    "standing": going.sub_goal(sub_goal),
                    "indicators": [
                        _indicator(one, going, f"{goal.number}-{at}-{place}")
                        for place, one in enumerate(sub_goal.indicators)
                    ],
                }
                for at, sub_goal in enumerate(goal.sub_goals)
            ],
        }
        for goal in plan.goals
    ]


def _indicator(one: Indicator, going: Going, place: str) -> Shown:
    readings = going.of(one)
    return {
        "id": f"matt-{place}",
        "number": one.number,
        "title": one.title,
        "unit": one.unit,
        "due_on": one.due_on,
        "baseline": "" if one.baseline is None else chart.figure(one.baseline),
        "target": "" if one.target is None else chart.figure(one.target),
        "standing": going.indicator(one),
        "chart": _chart(one, readings),
        "says": _in_words(one, readings),
        "readings": [
            {
                "reading": reading,
                "standing": Standing(reading.status),
                "value": "" if reading.value is None else chart.figure(reading.value),
            }
            for reading in reversed(readings)
        ],
    }


def _chart(one: Indicator, readings: Sequence[Reading]) -> chart.Chart | None:
    series: dict[str, list[chart.Point]] = {}
    for reading in readings:
        value = reading.value if one.unit else _place(reading.status)
        if value is not None:
            points = series.setdefault(reading.organisation, [])
            points.append(chart.Point(reading.as_of, value))
    if one.unit:
        return chart.of_figures(series, baseline=one.baseline, target=one.target, due=one.due_on)
    return chart.of_statuses(series, [str(status.label) for status in STATUSES], one.due_on)


def _place(status: str) -> chart.Decimal:
    return chart.Decimal(STATUSES.index(ReadingStatus(status)))


def _in_words(one: Indicator, readings: Sequence[Reading]) -> str:
    """What the picture shows, for who does not see it; the table beside it says the rest."""
    if not readings:
        return ""
    count = len(readings)
    said = ngettext("%(count)d reading", "%(count)d readings", count) % {"count": count}
    told = "; ".join(
        f"{reading.as_of.isoformat()}: {_told(one, reading)}" for reading in readings[-12:]
    )
    return f"{said}. {told}."


def _told(one: Indicator, reading: Reading) -> str:
    what = [str(ReadingStatus(reading.status).label)]
    if reading.value is not None and one.unit:
        what.insert(0, f"{chart.figure(reading.value)} {one.unit}")
    return ", ".join([*what, *([reading.organisation] if reading.organisation else [])])
