"""The chain that a requirement stands in, from the risk to what was learnt, with numbers. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from actionplan.text import figure
from actionplan.word.document import OPPORTUNITY
from requirements_pkg.cards.follow_up_counts import FollowUpCounts
from requirements_pkg.cards.lessons import LessonCard
from requirements_pkg.cards.package_parts import PackagePart, part_address
from requirements_pkg.cards.requirement_cards import citation
from requirements_pkg.document.schema import Requirement

TraceLink = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One link of the chain: its name, and what is said of it with an address or none."""

    name: str
    links: tuple[TraceLink, ...]


@dataclass(frozen=True, slots=True)
class TracePlace:
    """Where the requirement is read: of which package and version, and where it goes on."""

    slug: str
    number: int
    has_plan: bool
    # Whether how it goes with the plan has a page.
    has_status: bool


def steps(
    requirement: Requirement,
    place: TracePlace,
    counts: FollowUpCounts,
    lessons: Sequence[LessonCard],
) -> list[TraceStep]:
    """Return the chain of one requirement of a published version.

    Args:
        requirement: as the content has it.
        place: where it is read.
        counts: how often it was followed up.
        lessons: as `lessons.of_requirement` tells them.
    """
    history = reverse("requirement_history", args=[place.slug, requirement.code])
    wordings = ngettext(
        "%(number)s wording so far", "%(number)s wordings so far", requirement.revision
    )
    has = wordings % {"number": figure(requirement.revision)}
    return [
        TraceStep(pgettext("chain", "Risk"), tuple(_risks(requirement, place))),
        TraceStep(
            pgettext("chain", "Requirement"), ((f"{citation(requirement)}, {has}", history),)
        ),
        *_followed(counts, place),
        *_learnt(requirement, place, lessons),
    ]


def _risks(requirement: Requirement, place: TracePlace) -> Iterator[TraceLink]:
    chances = sum(treated.kind == OPPORTUNITY for treated in requirement.treats)
    risks = len(requirement.treats) - chances
    href = part_address(PackagePart.RISKS, place.slug, place.number) if place.has_plan else ""
    if risks:
        yield ngettext("%(n)s risk", "%(n)s risks", risks) % {"n": figure(risks)}, href
    if chances:
        words = ngettext("%(n)s opportunity", "%(n)s opportunities", chances)
        yield words % {"n": figure(chances)}, href
    if not requirement.treats:
        yield (
            _("No risk is linked yet")
            if place.has_plan
            else _("The packages that include the module say which risks it addresses"),
            "",
        )


def _followed(counts: FollowUpCounts, place: TracePlace) -> Iterator[TraceStep]:
    """Yield the steps of what was asked and what was found, as far as they may be told."""
    href = reverse("status_of_package", args=[place.slug]) if place.has_status else ""
    yield from _used(counts, href and f"{href}#anvandning")
    href = href and f"{href}#uppfoljningar"
    if counts.is_unreported:
        unreported = ((_("No follow-up report is published yet"), ""),)
        yield TraceStep(pgettext("chain", "Follow-up"), unreported)
        yield TraceStep(pgettext("chain", "Deviations"), unreported)
        return
    not_given = _("The number is withheld"), ""
    done = ngettext(
        "Asked about in %(n)s follow-up", "Asked about in %(n)s follow-ups", counts.done
    )
    words = (
        done % {"n": figure(counts.done)}
        if counts.done
        else _("Not asked about in any follow-up yet")
    )
    yield TraceStep(
        pgettext("chain", "Follow-up"), (not_given if counts.withheld else (words, href),)
    )
    numbers = [
        ngettext("%(n)s open", "%(n)s open", counts.open) % {"n": figure(counts.open)},
        ngettext("%(n)s closed", "%(n)s closed", counts.closed) % {"n": figure(counts.closed)},
    ]
    has_deviations = counts.open or counts.closed
    deviations = (", ".join(numbers), href) if has_deviations else (_("None found"), "")
    yield TraceStep(
        pgettext("chain", "Deviations"), (not_given if counts.findings_withheld else deviations,)
    )


def _used(counts: FollowUpCounts, href: str) -> Iterator[TraceStep]:
    """Yield how many authorities have used it, where a report tells of use."""
    if counts.use_withheld:
        yield TraceStep(pgettext("chain", "Use"), ((_("The number is withheld"), ""),))
    elif counts.used is not None:
        used = ngettext("%(n)s authority", "%(n)s authorities", counts.used)
        words = used % {"n": figure(counts.used)} if counts.used else _("None known yet")
        yield TraceStep(pgettext("chain", "Use"), ((words, href if counts.used else ""),))


def _learnt(
    requirement: Requirement, place: TracePlace, lessons: Sequence[LessonCard]
) -> Iterator[TraceStep]:
    names = pgettext("chain", "Lessons"), pgettext("chain", "New wording")
    if requirement.module:
        slug, number = requirement.module.slug, requirement.module.version
        href = reverse("requirement_version", args=[slug, number, requirement.code])
        yield TraceStep(names[0], ((_("The lessons are on the page of the shared module"), href),))
        return
    if not lessons:
        yield TraceStep(names[0], ((_("None so far"), ""),))
        yield TraceStep(names[1], ((_("No lesson has led to a new wording yet"), ""),))
        return
    words = ngettext("%(n)s lesson", "%(n)s lessons", len(lessons)) % {"n": figure(len(lessons))}
    yield TraceStep(names[0], ((words, "#lardomar"),))
    wordings = {
        (change.revision, change.version): change.cite
        for lesson in lessons
        for change in lesson.changes
    }
    in_version = _("%(cite)s, in version %(number)s")
    yield TraceStep(
        names[1],
        tuple(
            (
                in_version % {"cite": cite, "number": number},
                reverse("version", args=[place.slug, number]),
            )
            for (_revision, number), cite in sorted(wordings.items())
        ),
    )
