"""The report of a plan as it would be published now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from followup.drafting.follow_up_rows import basis_of
from followup.drafting.readings import published_readings
from followup.drafting.summaries import public_summaries
from followup.drafting.uses import uses_of
from followup.models import FollowUpReport
from followup.report.basis import ReportBasis, WithheldNote
from followup.report.composing import EarlierReport, PublicWords, PublishedPlan, compose
from followup.report.reading import read, read_basis
from followup.report.schema import Report, ReportedPlan, ReportedSummary, UseFigures
from followup.report.use_figures import with_use
from followup.report.withheld_counts import SUMMARY, tells_too_much
from followup.status.screening import supplier_key
from requirements_pkg.models import PackageVersion, Requirement, RequirementsPackage
from requirements_pkg.published import stored_facts

COLUMNS: Final = ("number", "facts__title", "facts__listing", "facts__outline", "facts__lessons")


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """A report as it would be published, and what it rests on."""

    report: Report
    basis: ReportBasis


def report_draft(package: RequirementsPackage, *, as_of: date, on: date) -> ReportDraft:
    """Return the report of a package's plan, counted today.

    Args:
        as_of: the last day of the readings in it.
        on: today.

    Raises:
        ValidationError: the package has no plan, or nothing of it is in force; or the last day
            lies in the future, or before that of the report before.
    """
    plan, published = package.plan, _published(package)
    if plan is None or published is None:
        raise ValidationError(
            _("Publish the requirements package first: a report is about what is in force.")
        )
    earlier = earlier_reports(package)
    _refuse_day(as_of, on, earlier)
    keys = [indicator.id for indicator in published.outline.indicators]
    summaries = public_summaries(plan, on)
    waiting = _waiting(summaries, earlier)
    included = [row for row in summaries if row[2].id not in waiting]
    followed_up = frozenset(follow_up for follow_up, _supplier, _summary in included)
    basis = basis_of(plan, on, followed_up)
    words = PublicWords(
        tuple(published_readings(keys, until=as_of)),
        tuple(summary for _follow_up, _supplier, summary in included),
    )
    report, rests_on = compose(published, words, basis, earlier, as_of=as_of, counted_on=on)
    notes = tuple(_note(published, row[2]) for row in summaries if row[2].id in waiting)
    stored = ReportBasis(rests_on.follow_ups, rests_on.disclosure, (*rests_on.notes, *notes))
    before = [(past.report, past.basis) for past in earlier]
    return ReportDraft(*with_use(report, stored, uses_of(package, on), before, on))


def earlier_reports(package: RequirementsPackage) -> list[EarlierReport]:
    """Return the reports of a package with counts of their own, oldest first: one query."""
    rows = FollowUpReport.objects.filter(package=package).order_by("number")
    reports = [
        EarlierReport(read(content), read_basis(basis))
        for content, basis in rows.values_list("content", "basis__content")
    ]
    days: set[tuple[date, UseFigures | None]] = set()
    # One that repeats another's counts tells nothing of its own; the last stands for them.
    kept = []
    for report in reversed(reports):
        counted = report.report.counted_on, report.report.use
        if counted not in days:
            kept.append(report)
            days.add(counted)
    return kept[::-1]


def _published(package: RequirementsPackage) -> PublishedPlan | None:
    """Return the plan of the version in force, None where none is."""
    versions = PackageVersion.objects.in_force().filter(package=package)
    rows = stored_facts.rows(versions, *COLUMNS, "facts__matrix", "facts__requirements")
    for number, title, listing, outline, lessons, matrix, requirements in rows:
        return PublishedPlan(
            head=ReportedPlan(package.slug, title, listing.period, listing.region, number),
            areas=listing.areas,
            outline=outline,
            lessons=lessons,
            matrix=matrix,
            codes={uid: mark[1] for uid, mark in requirements.items()},
            shared=_shared(),
        )
    return None


def _shared() -> set[str]:
    """Return the uids of all shared modules' requirements."""
    rows = Requirement.objects.filter(package__plan__isnull=True)
    return {str(uid) for uid in rows.values_list("uid", flat=True)}


def _refuse_day(as_of: date, on: date, earlier: Sequence[EarlierReport]) -> None:
    if as_of > on:
        raise ValidationError({"as_of": _("Choose a day that is not in the future.")})
    if earlier and as_of < earlier[-1].report.as_of:
        raise ValidationError(
            {
                "as_of": _("The last report is as of %(day)s. Choose that day or a later one.")
                % {"day": earlier[-1].report.as_of.isoformat()}
            }
        )


def _waiting(
    summaries: Sequence[tuple[int, str, ReportedSummary]], earlier: Sequence[EarlierReport]
) -> set[int]:
    """Return the keys of summaries that would tell the rest of an earlier report's counts.

    The oldest come first: each may be the one that leaves too few unknown.
    """
    counts = [report.counts for report in earlier]
    public = {summary.id for report in earlier for summary in report.report.summaries}
    known, waiting = set[str](), set[int]()
    for _follow_up, supplier, summary in reversed(summaries):
        key = supplier_key(supplier)
        if summary.id not in public and tells_too_much({*known, key}, counts):
            waiting.add(summary.id)
        else:
            known.add(key)
    return waiting


def _note(plan: PublishedPlan, summary: ReportedSummary) -> WithheldNote:
    area = dict(plan.areas).get(summary.area, "")
    day = summary.done_on.isoformat() if summary.done_on else ""
    return WithheldNote(SUMMARY, f"{area} {day}".strip())
