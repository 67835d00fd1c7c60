"""What is told of single follow-ups: published summaries, and what happened when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from actionplan.models import EventKind
from followup.models import ClauseLevel, DeviationState, Method, Sanction, Summary
from followup.models.secrecy import checksum
from followup.published.plans import PlanWithGoals
from followup.published.published_readings import PublishedReading
from followup.published.status_page import StatusLight, status_light
from requirements_pkg.published.catalogue import PackageVersions

MOST_EVENTS: Final = 60


@dataclass(frozen=True, slots=True)
class PublishedFollowUp:
    """The published words of one follow-up, and what else may be told of it."""

    pk: int
    area: int
    text: str
    # "" unless the secrecy review lets the supplier be named.
    supplier: str
    method: str
    done_on: date | None
    published_at: datetime
    open: int
    late: int
    is_sanctioned: bool
    reused: tuple[str, str, date] | None

    @property
    def light(self) -> StatusLight:
        """What was found, in words."""
        return status_light(done=1, open_=self.open, late=self.late + self.is_sanctioned)

    @property
    def method_name(self) -> str:
        """How it was followed up, in the reader's language."""
        return str(Method(self.method).label)

    @property
    def reused_words(self) -> tuple[str, str]:
        """The level of the terms and the method of another's audit."""
        level, method, _on = self.reused or ("", "", None)
        return str(ClauseLevel(level).label), str(Method(method).label)


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


def summaries(slug: str, on: date) -> tuple[PublishedFollowUp, ...]:
    """Return the published summaries of a plan's follow-ups, newest first: one query."""
    opened = Q(follow_up__deviations__isnull=False) & ~Q(
        follow_up__deviations__state=DeviationState.CLOSED
    )
    late = Q(follow_up__deviations__state=DeviationState.ESCALATED) | (
        opened & Q(follow_up__deviations__due_on__lt=on)
    )
    sanctions = Sanction.objects.in_force(on).filter(follow_up=OuterRef("follow_up"))
    rows = (
        Summary.objects.public()
        .filter(follow_up__product_area__plan__package__slug=slug)
        .annotate(
            open=Count("follow_up__deviations", filter=opened),
            late=Count("follow_up__deviations", filter=late),
            is_sanctioned=Exists(sanctions),
        )
        .order_by("-published_at", "-pk")
        .values_list(
            "pk",
            "follow_up__product_area__number",
            "text",
            "supplier",
            "review__may_name_supplier",
            "review__text_sha256",
            "follow_up__method",
            "follow_up__done_on",
            "published_at",
            "open",
            "late",
            "is_sanctioned",
            "follow_up__reused__clause_level",
            "follow_up__reused__method",
            "follow_up__reused__audited_on",
        )
    )
    return tuple(_published(*row) for row in rows if checksum(row[2], row[3]) == row[5])


def _published(*row: Any) -> PublishedFollowUp:
    pk, area, text, supplier, may_name, _sha256, method, done_on, at, *findings = row
    opened, late, is_sanctioned, *reused = findings
    return PublishedFollowUp(
        pk=pk,
        area=area,
        text=text,
        supplier=supplier if may_name else "",
        method=method,
        done_on=done_on,
        published_at=at,
        open=opened,
        late=late,
        is_sanctioned=is_sanctioned,
        reused=tuple(reused) if reused[0] else None,
    )


def timeline(
    plan: PlanWithGoals,
    versions: PackageVersions,
    follow_ups: Sequence[PublishedFollowUp],
    readings: Sequence[PublishedReading],
) -> list[TimelineEvent]:
    """Return what happened with a plan, newest first, at most `MOST_EVENTS`."""
    published = {version.number: version.published_at for version in versions.all}
    # Of what happened at one time the first here stands on top: a version, then what is in it.
    events = [
        *_closings(plan),
        *_versions(versions),
        *_lessons(plan, published),
        *_summaries(plan, follow_ups),
        *_readings(plan, readings),
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


def _closings(plan: PlanWithGoals) -> Iterator[TimelineEvent]:
    for kind, at in plan.closings:
        is_closed = kind == EventKind.CLOSED
        name = (
            gettext("The plan was closed") if is_closed else gettext("The plan was opened again")
        )
        yield TimelineEvent(at, kind, name, "", "")


def _lessons(plan: PlanWithGoals, published: Mapping[int, datetime]) -> Iterator[TimelineEvent]:
    for lesson in plan.lessons:
        codes = ", ".join(f"{change.code}:{change.revision}" for change in lesson.changes)
        name = gettext("Lesson incorporated in %(codes)s") % {"codes": codes}
        numbers = [change.version for change in lesson.changes if change.version in published]
        first = lesson.changes[0].code if lesson.changes else ""
        if numbers and first:
            href = reverse("requirement", args=[plan.slug, first])
            yield TimelineEvent(published[max(numbers)], "lesson", name, lesson.text, href)


def _summaries(
    plan: PlanWithGoals, follow_ups: Sequence[PublishedFollowUp]
) -> Iterator[TimelineEvent]:
    names, says = dict(plan.areas), gettext("Follow-up summarised: %(light)s")
    for follow_up in follow_ups:
        name = says % {"light": follow_up.light.words}
        text = names.get(follow_up.area, "")
        yield TimelineEvent(
            follow_up.published_at, "summary", name, text, f"#sammanfattning-{follow_up.pk}"
        )


def _readings(
    plan: PlanWithGoals, readings: Sequence[PublishedReading]
) -> Iterator[TimelineEvent]:
    """Make one event of all that was approved on a day."""
    known = {indicator.id: indicator.number for indicator in plan.indicators}
    # Of hundreds many were approved together.
    together: dict[datetime, set[str]] = {}
    for reading in readings:
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
