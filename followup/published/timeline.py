"""What is told of single follow-ups: published summaries, and what happened when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from actionplan.models import EventKind
from followup.published.plans import PlanInForce
from followup.published.reports import ReportInfo
from followup.published.status_page import status_light
from followup.report.schema import Report
from requirements_pkg.published.catalogue import PackageVersions

MOST_EVENTS: Final = 60


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
) -> list[TimelineEvent]:
    """Return what happened with a plan, newest first, at most `MOST_EVENTS`."""
    published = {version.number: version.published_at for version in versions.all}
    # Of what happened at one time the first here stands on top: a version, then what is in it.
    events = [
        *_closings(plan),
        *_versions(versions),
        *_lessons(plan, published),
        *_reports(plan, reports),
        *(_summaries(report) if report else ()),
        *(_readings(report) if report else ()),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)[:MOST_EVENTS]


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


def _summaries(report: Report) -> Iterator[TimelineEvent]:
    names, says = (
        {area.number: area.name for area in report.areas},
        gettext("Follow-up summarised: %(light)s"),
    )
    for summary in report.summaries:
        name = says % {"light": status_light(summary.light).words}
        text = names.get(summary.area, "")
        yield TimelineEvent(
            summary.published_at, "summary", name, text, f"#sammanfattning-{summary.id}"
        )


def _readings(report: Report) -> Iterator[TimelineEvent]:
    """Make one event of all that was approved on a day."""
    known = {indicator.id: indicator.number for indicator in report.indicators}
    # Of hundreds many were approved together.
    together: dict[datetime, set[str]] = {}
    for reading in report.readings:
        together.setdefault(reading.approved_at, set()).add(known[reading.indicator])
    numbers: dict[date, set[str]] = {}
    last: dict[date, datetime] = {}
    # Asked for once.
    here = timezone.get_current_timezone()
    for at, of_moment in sorted(together.items()):
        day = at.astimezone(here).date()
        numbers.setdefault(day, set()).update(of_moment)
        last[day] = at
    # Newest first, and no more than are shown.
    for day, of_day in list(numbers.items())[: -MOST_EVENTS - 1 : -1]:
        says = ngettext(
            "Reported on indicator %(numbers)s", "Reported on indicators %(numbers)s", len(of_day)
        )
        # In the order of the plan: 1.10 comes after 1.9.
        number_list = ", ".join(number for number in known.values() if number in of_day)
        yield TimelineEvent(last[day], "reading", says % {"numbers": number_list}, "", "#mal")
