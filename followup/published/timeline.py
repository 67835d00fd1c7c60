"""What is told of single follow-ups: published summaries, and what happened when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from actionplan.models import EventKind
from followup.published.plans import PlanInForce
from followup.published.reports import ReportInfo
from followup.published.status_page import ALL, LATEST_SUMMARIES, SUMMARIES, status_light
from followup.report.schema import Report
from requirements_pkg.published.catalogue import PackageVersions

# How many events stand on a plan's page; the rest is one link away.
LATEST: Final = 20


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing that happened."""

    at: datetime
    kind: str
    name: str
    text: str
    href: str

    @property
    def day(self) -> date:
        """The day on which it happened."""
        return timezone.localdate(self.at)


def timeline(
    plan: PlanInForce,
    versions: PackageVersions,
    reports: Sequence[ReportInfo],
    report: Report | None,
    latest: int | None,
) -> tuple[list[TimelineEvent], int]:
    """Return what happened with a plan, newest first, and how many events there are in all.

    Args:
        latest: how many events are wanted; None for all of them.
    """
    published = {version.number: version.published_at for version in versions.all}
    # Of what happened at one time the first here stands on top: a version, then what is in it.
    rest = [
        *_closings(plan),
        *_versions(versions),
        *_lessons(plan, published),
        *_reports(plan, reports),
    ]
    of_report, count = _of_report(report, latest) if report else ([], 0)
    newest = sorted([*rest, *of_report], key=lambda event: event.at, reverse=True)
    return newest[:latest], len(rest) + count


def _of_report(report: Report, latest: int | None) -> tuple[list[TimelineEvent], int]:
    """Return the latest events of a report, and how many it has.

    Only those are put in words: a nation reports on hundreds of days.
    """
    days = _days_of_readings(report)
    # Newest first, as the report has them.
    events = [*_summaries(report, latest), *_readings(report, days[:latest])]
    return events, len(report.summaries) + len(days)


def _versions(versions: PackageVersions) -> Iterator[TimelineEvent]:
    for version in versions.all:
        name = gettext("Version %(number)s published") % {"number": version.number}
        href = reverse("version", args=[versions.slug, version.number])
        yield TimelineEvent(version.published_at, "version", name, version.note, href)
        if version.withdrawn is not None:
            name = gettext("Version %(number)s withdrawn") % {"number": version.number}
            yield TimelineEvent(
                version.withdrawn.at, "withdrawal", name, version.withdrawn.reason, href
            )


def _closings(plan: PlanInForce) -> Iterator[TimelineEvent]:
    for kind, at in plan.closings:
        is_closed = kind == EventKind.CLOSED
        name = (
            gettext("The plan was closed") if is_closed else gettext("The plan was opened again")
        )
        yield TimelineEvent(at, kind, name, "", "")


def _lessons(plan: PlanInForce, published: Mapping[int, datetime]) -> Iterator[TimelineEvent]:
    for lesson in plan.lessons:
        codes = ", ".join(f"{change.code}:{change.revision}" for change in lesson.changes)
        name = gettext("Lesson incorporated in %(codes)s") % {"codes": codes}
        numbers = [change.version for change in lesson.changes if change.version in published]
        first = lesson.changes[0].code if lesson.changes else ""
        if numbers and first:
            href = reverse("requirement", args=[plan.slug, first])
            yield TimelineEvent(published[max(numbers)], "lesson", name, lesson.text, href)


def _reports(plan: PlanInForce, reports: Sequence[ReportInfo]) -> Iterator[TimelineEvent]:
    for report in reports:
        name = gettext("Follow-up report %(number)s published") % {"number": report.number}
        href = reverse("report", args=[plan.slug, report.number])
        yield TimelineEvent(report.published_at, "report", name, report.note, href)


def _summaries(report: Report, latest: int | None) -> Iterator[TimelineEvent]:
    names, says = (
        {area.number: area.name for area in report.areas},
        gettext("Follow-up summarised: %(light)s"),
    )
    for place, summary in enumerate(report.summaries[:latest]):
        name = says % {"light": status_light(summary.light).words}
        text = names.get(summary.area, "")
        # The page has the latest ones only.
        query = "" if place < LATEST_SUMMARIES else f"?{SUMMARIES}={ALL}"
        href = f"{query}#sammanfattning-{summary.id}"
        yield TimelineEvent(summary.published_at, "summary", name, text, href)


@dataclass(frozen=True, slots=True)
class _DayOfReadings:
    """The readings that were approved on a day: the last moment, and their indicators."""

    at: datetime
    indicators: set[int]


def _days_of_readings(report: Report) -> list[_DayOfReadings]:
    """Return the days on which readings were approved, the newest first."""
    # Of hundreds many were approved together.
    together: dict[datetime, set[int]] = {}
    for reading in report.readings:
        together.setdefault(reading.approved_at, set()).add(reading.indicator)
    # Asked for once.
    here = timezone.get_current_timezone()
    days: dict[date, _DayOfReadings] = {}
    for at, indicators in sorted(together.items(), reverse=True):
        day = days.setdefault(at.astimezone(here).date(), _DayOfReadings(at, set()))
        day.indicators.update(indicators)
    return list(days.values())


def _readings(report: Report, days: Iterable[_DayOfReadings]) -> Iterator[TimelineEvent]:
    """Make one event of all that was approved on a day."""
    for day in days:
        says = ngettext(
            "Reported on indicator %(numbers)s",
            "Reported on indicators %(numbers)s",
            len(day.indicators),
        )
        # In the order of the plan: 1.10 comes after 1.9.
        numbers = ", ".join(
            indicator.number for indicator in report.indicators if indicator.id in day.indicators
        )
        yield TimelineEvent(day.at, "reading", says % {"numbers": numbers}, "", "#mal")
