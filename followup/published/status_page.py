"""What the status pages show: numbers and words in reading order, for lean templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from typing import Final, NotRequired, TypedDict

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy, ngettext

from actionplan.text import figure
from followup.models import Severity
from followup.published import pictures
from followup.published.plans import PlanHead
from followup.published.reports import ListedReport
from followup.report.facts import Totals
from followup.report.schema import Counts, PublishedReading, Report
from followup.status import progress
from followup.status.chart import ReadingsChart
from followup.status.progress import IndicatorProgress

# What is said of those goals of a plan that are not simply met.
IN_ORDER: Final = (progress.MET_LATE, *pictures.STATUSES[1:])
# How many readings of an indicator stand on a plan's page; the rest is one link away.
LATEST: Final = 3
# And how many published summaries.
LATEST_SUMMARIES: Final = 10
# The parts of which the address may ask for all that they have, as "handelser=alla".
READINGS, SUMMARIES, EVENTS, ALL = "lagesrapporter", "sammanfattningar", "handelser", "alla"
# What a traffic light says; translated where one is shown.
LIGHTS: Final = {
    "none": gettext_lazy("not followed up yet"),
    "green": gettext_lazy("green: no deviations, or remedied"),
    "yellow": gettext_lazy("yellow: deviations are being handled"),
    "red": gettext_lazy("red: deviations not remedied in time, or a sanction"),
}
# What stands before the words of a light.
LIGHT_MARKS: Final = {"none": "–", "green": "●", "yellow": "◆", "red": "▲"}
# What stands before the words, so that the statuses differ without their colours too.
MARKS: Final = {
    progress.MET: "●",
    progress.MET_LATE: "◉",
    progress.ON_TRACK: "◐",
    progress.DELAYED: "▲",
    progress.NOT_MET: "✕",
    progress.NOT_STARTED: "○",
    progress.NO_REPORT: "–",
}


@dataclass(frozen=True, slots=True)
class StatusMark:
    """How something goes: a code, its words and its mark."""

    code: str

    @property
    def words(self) -> str:
        """The status in the reader's language."""
        return progress.status_name(self.code)

    @property
    def mark(self) -> str:
        """What stands before the words."""
        return MARKS[self.code]

    @property
    def html(self) -> SafeString:
        """Mark and words; a page shows hundreds, and a template would look at each anew."""
        # Only the words are not ours.
        return mark_safe(  # noqa: S308
            f'<span class="status-mark {self.code}"><span aria-hidden="true">{self.mark}</span> '
            f"{escape(self.words)}</span>"
        )


@dataclass(frozen=True, slots=True)
class StatusLight:
    """A traffic light in words, with a mark of its own."""

    code: str
    mark: str

    @property
    def words(self) -> str:
        """What the light says, in the reader's language."""
        return str(LIGHTS[self.code])


class CountValues(TypedDict):
    """Counts as a table tells of them."""

    planned: int
    done: int
    open: int
    closed: int
    open_words: list[str]
    closed_words: list[str]
    traffic_light: StatusLight


class AreaCounts(TypedDict):
    """A product area with its counts, None where they are withheld."""

    number: int
    name: str
    counts: CountValues | None


class PlanRow(TypedDict):
    """A plan among the others; the rest is there if a report of it is."""

    plan: PlanHead
    report: ListedReport | None
    met: NotRequired[int]
    goals: NotRequired[int]
    statuses: NotRequired[list[tuple[StatusMark, int]]]
    counts: NotRequired[Totals | None]


class ReadingRow(TypedDict):
    """A reading in the table of its indicator."""

    reading: PublishedReading
    status_mark: StatusMark
    value: str


class IndicatorPart(TypedDict):
    """An indicator with its readings, as a picture, in words and as rows."""

    id: str
    number: str
    title: str
    unit: str
    due_on: date | None
    due_in_words: bool
    # What an old version does not tell is not missing.
    lacks_due_on: bool
    baseline: str
    target: str
    status_mark: StatusMark
    met: str
    chart: ReadingsChart | None
    says: str
    caption: str
    readings: list[ReadingRow]
    more: str


class SubGoalPart(TypedDict):
    """A sub-goal with how it goes, and its indicators."""

    number: str
    title: str
    status_mark: StatusMark
    reported: str
    indicators: list[IndicatorPart]


class GoalPart(TypedDict):
    """A goal with how it goes, and its sub-goals."""

    number: int
    title: str
    status_mark: StatusMark
    reported: str
    sub_goals: list[SubGoalPart]


def status_light(code: str) -> StatusLight:
    """Return the traffic light of a product area or of one follow-up."""
    return StatusLight(code, LIGHT_MARKS[code])


def light_of(counts: Counts) -> str:
    """Return the light that what was done and found gives."""
    if counts.late or counts.sanctioned:
        return "red"
    if counts.open:
        return "yellow"
    return "green" if counts.done else "none"


def areas(report: Report) -> list[AreaCounts]:
    """Return each product area with its counts, or without them where they are withheld."""
    return [
        {"number": area.number, "name": area.name, "counts": whole(area.counts)}
        for area in report.areas
    ]


def whole(counts: Counts | None) -> CountValues | None:
    """Return counts as a table tells of them, None where they are withheld."""
    if counts is None:
        return None
    return {
        "planned": counts.planned,
        "done": counts.done,
        "open": sum(counts.open.values()),
        "closed": sum(counts.closed.values()),
        "open_words": _severities(counts.open),
        "closed_words": _severities(counts.closed),
        "traffic_light": status_light(light_of(counts)),
    }


def _severities(numbers: Mapping[str, int]) -> list[str]:
    """Return the counts by severity, gravest first, without those that are nought."""
    return [
        f"{severity.label}: {numbers[severity]}"
        for severity in Severity
        if numbers.get(severity, 0)
    ]


def listed(plans: Sequence[PlanHead], reported: Mapping[str, ListedReport]) -> list[PlanRow]:
    """Return every plan in one row, as its newest report says."""
    return [_row(plan, reported.get(plan.slug)) for plan in plans]


def _row(plan: PlanHead, report: ListedReport | None) -> PlanRow:
    if report is None:
        return {"plan": plan, "report": None}
    listing = report.listing
    return {
        "plan": plan,
        "report": report,
        "met": listing.met,
        "goals": listing.goals,
        "statuses": [
            (StatusMark(status), listing.statuses[status])
            for status in IN_ORDER
            if status in listing.statuses
        ],
        "counts": listing.totals,
    }


def goals(report: Report, latest: int | None = None) -> list[GoalPart]:
    """Return a plan's goals with how it goes, down to each reading or to the latest of them."""
    baselines: dict[int | None, str] = {fact.id: fact.baseline for fact in report.indicators}
    readings: dict[int | None, list[PublishedReading]] = {}
    for reading in report.readings:
        readings.setdefault(reading.indicator, []).append(reading)
    reported = progress.progress(report.goals, report.indicators, report.readings, on=report.as_of)
    return [
        {
            "number": goal.number,
            "title": goal.text,
            "status_mark": StatusMark(goal.status),
            "reported": _reported(*goal.reported),
            "sub_goals": [
                {
                    "number": sub_goal.number,
                    "title": sub_goal.text,
                    "status_mark": StatusMark(sub_goal.status),
                    "reported": _reported(*sub_goal.reported),
                    "indicators": [
                        indicator(
                            f"matt-{goal.number}-{at}-{place}",
                            indicator_progress,
                            baselines.get(indicator_progress.id, ""),
                            readings.get(indicator_progress.id, ()),
                            latest,
                        )
                        for place, indicator_progress in enumerate(sub_goal.indicators)
                    ],
                }
                for at, sub_goal in enumerate(goal.sub_goals)
            ],
        }
        for goal in reported.goals
    ]


def indicator(
    key: str,
    indicator_progress: IndicatorProgress,
    baseline: str,
    readings: Sequence[PublishedReading],
    latest: int | None = None,
) -> IndicatorPart:
    """Return an indicator with its readings, as a picture, in words and as rows, newest first.

    Args:
        key: the id of its part of the page.
        indicator_progress: how it goes with the indicator.
        baseline: where it started.
        readings: all that are published, oldest first.
        latest: how many rows are shown; all, unless said.
    """
    count = len(readings)
    more = gettext("All %(count)s readings of indicator %(number)s")
    return {
        "id": key,
        "number": indicator_progress.number,
        "title": indicator_progress.text,
        "unit": indicator_progress.unit,
        "due_on": indicator_progress.due_on,
        "due_in_words": indicator_progress.due_in_words,
        "lacks_due_on": indicator_progress.due_on is None and indicator_progress.id is not None,
        "baseline": _figure(baseline),
        "target": _figure(indicator_progress.target),
        "status_mark": StatusMark(indicator_progress.status),
        "met": _met(*indicator_progress.met),
        "chart": pictures.chart_of(indicator_progress, baseline, readings),
        "says": pictures.in_words(indicator_progress, readings),
        "caption": gettext("Readings of indicator %(number)s")
        % {"number": indicator_progress.number},
        "readings": [_reading(reading) for reading in readings[::-1][:latest]],
        "more": more % {"count": figure(count), "number": indicator_progress.number}
        if latest is not None and count > latest
        else "",
    }


def _reported(number: int, total: int) -> str:
    """Tell how many indicators of a group have a report; "" where it has none."""
    says = ngettext(
        "%(number)s of %(total)s indicator reported",
        "%(number)s of %(total)s indicators reported",
        total,
    )
    return says % {"number": figure(number), "total": figure(total)} if total else ""


def _met(met: int, total: int) -> str:
    """Tell how many organisations have met an indicator; "" where none reports for itself."""
    says = ngettext(
        "%(met)s of %(total)s organisation has met it",
        "%(met)s of %(total)s organisations have met it",
        total,
    )
    return says % {"met": figure(met), "total": figure(total)} if total else ""


def _reading(reading: PublishedReading) -> ReadingRow:
    return {
        "reading": reading,
        "status_mark": StatusMark(reading.status),
        "value": "" if reading.value is None else figure(reading.value),
    }


def _figure(text: str) -> str:
    return figure(Decimal(text)) if text else ""
