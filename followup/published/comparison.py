"""What has changed between two follow-up reports of a plan, in reading order."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from django.utils.translation import gettext

from actionplan.text import figure
from followup.published.status_page import StatusMark, light_of, status_light
from followup.report.schema import Counts, Report
from followup.status import progress
from followup.status.progress import IndicatorProgress

PageValues = dict[str, object]


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A goal or an indicator whose status is another; None where a report does not have it."""

    number: str
    title: str
    before: StatusMark | None
    after: StatusMark | None


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A number in two reports, in words; "withheld" where it is."""

    name: str
    before: str
    after: str


def report_differences(earlier: Report, later: Report) -> PageValues:
    """Return what has changed from one report to another, as a page shows it."""
    known = {summary.id for summary in earlier.summaries}
    kept = {summary.id for summary in later.summaries}
    changes = {
        "statuses": (*_goals(earlier, later), *_indicators(earlier, later)),
        "figures": (*_figures(earlier, later), *_areas(earlier, later)),
        "new_summaries": _summaries(later, but=known),
        "removed_summaries": _summaries(earlier, but=kept),
    }
    return {**changes, "is_empty": not any(changes.values())}


def _goals(earlier: Report, later: Report) -> Iterator[StatusChange]:
    before, after = ({goal.number: goal for goal in _goals_of(row)} for row in (earlier, later))
    for number in sorted(before.keys() | after.keys()):
        marks = tuple(
            StatusMark(goals[number].status) if number in goals else None
            for goals in (before, after)
        )
        if marks[0] != marks[1]:
            yield StatusChange(str(number), (after.get(number) or before[number]).text, *marks)


def _goals_of(report: Report) -> Sequence[progress.GoalProgress]:
    return progress.progress(
        report.goals, report.indicators, report.readings, on=report.as_of
    ).goals


def _indicators(earlier: Report, later: Report) -> Iterator[StatusChange]:
    before, after = _indicators_of(earlier), _indicators_of(later)
    for pk in dict.fromkeys((*after, *before)):
        marks = tuple(
            StatusMark(indicators[pk].status) if pk in indicators else None
            for indicators in (before, after)
        )
        if marks[0] != marks[1]:
            indicator = after.get(pk) or before[pk]
            yield StatusChange(indicator.number, indicator.text, *marks)


def _indicators_of(report: Report) -> Mapping[int, IndicatorProgress]:
    return {
        indicator.id: indicator
        for goal in _goals_of(report)
        for indicator in goal.indicators
        if indicator.id is not None
    }


def _figures(earlier: Report, later: Report) -> Iterator[FigureChange]:
    names = (
        gettext("Readings"),
        gettext("Follow-ups planned"),
        gettext("Follow-ups done"),
        gettext("Open deviations"),
        gettext("Closed deviations"),
    )
    for name, before, after in zip(names, _numbers(earlier), _numbers(later), strict=True):
        if before != after:
            yield FigureChange(name, before, after)


def _numbers(report: Report) -> Sequence[str]:
    readings, counts = figure(len(report.readings)), report.whole
    if counts is None:
        return [readings, *[gettext("withheld")] * 4]
    opened, closed = sum(counts.open.values()), sum(counts.closed.values())
    return [readings, *map(figure, (counts.planned, counts.done, opened, closed))]


def _areas(earlier: Report, later: Report) -> Iterator[FigureChange]:
    """Yield the product areas whose traffic light is another."""
    before = {area.number: area.counts for area in earlier.areas}
    for area in later.areas:
        words = tuple(_light_words(counts) for counts in (before.get(area.number), area.counts))
        if words[0] != words[1]:
            yield FigureChange(area.name, *words)


def _light_words(counts: Counts | None) -> str:
    return gettext("withheld") if counts is None else status_light(light_of(counts)).words


def _summaries(report: Report, *, but: Set[int]) -> Sequence[PageValues]:
    """Return the summaries of a report without those that another has."""
    names = {area.number: area.name for area in report.areas}
    return [
        {
            "id": summary.id,
            "area": names.get(summary.area, ""),
            "traffic_light": status_light(summary.light),
            "done_on": summary.done_on,
        }
        for summary in report.summaries
        if summary.id not in but
    ]
