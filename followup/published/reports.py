"""Published follow-up reports, as pages read them: nothing here asks a live row of follow-up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from followup.models import FollowUpReport
from followup.report.facts import ReportedCells, ReportedRequirements, ReportListing
from followup.report.reading import read
from followup.report.schema import Report
from requirements_pkg.published import page_cache


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """A report without its content."""

    pk: int
    number: int
    as_of: date
    published_at: datetime
    note: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ListedReport:
    """The newest report of a plan as lists tell of it."""

    number: int
    as_of: date
    listing: ReportListing

    @property
    def key(self) -> tuple[int, date]:
        """What a page that lists it depends on, beside its plan."""
        return self.number, self.as_of


@dataclass(frozen=True, slots=True)
class ListedCells:
    """What the newest report of a plan tells of cells; the report's key says which it is."""

    key: int
    reported: ReportedCells


COLUMNS = ("pk", "number", "as_of", "published_at", "note", "sha256")


def reports_of(slug: str) -> tuple[ReportInfo, ...]:
    """Return the reports of a plan, newest first: one query, or none while remembered."""

    def ask() -> tuple[ReportInfo, ...]:
        rows = FollowUpReport.objects.filter(package__slug=slug).order_by("-number")
        return tuple(ReportInfo(*row) for row in rows.values_list(*COLUMNS))

    return page_cache.remembered(("reports", slug), ask, about=slug)


def numbered(reports: Collection[ReportInfo], number: int) -> ReportInfo:
    """Return the report with a number.

    Raises:
        Http404: there is none.
    """
    for report in reports:
        if report.number == number:
            return report
    raise Http404


def report(info: ReportInfo) -> Report:
    """Return a report: one query, or none while it is kept. It never changes."""

    def ask() -> str:
        rows = FollowUpReport.objects.filter(pk=info.pk)
        return rows.values_list("content", flat=True).get()

    return page_cache.stored(("report", info.pk, info.sha256), ask, read)


def listings(slugs: Collection[str]) -> dict[str, ListedReport]:
    """Return the newest report of each of these plans that has any: one query."""
    rows = FollowUpReport.objects.newest().filter(package__slug__in=slugs)
    return {
        slug: ListedReport(number, as_of, listing)
        for slug, number, as_of, listing in rows.values_list(
            "package__slug", "number", "as_of", "listing"
        )
    }


def cells(slugs: Collection[str]) -> dict[str, ListedCells]:
    """Return what the newest report of each of these plans tells of cells: one query."""
    rows = FollowUpReport.objects.newest().filter(package__slug__in=slugs)
    return {
        slug: ListedCells(key, cells)
        for slug, key, cells in rows.values_list("package__slug", "pk", "cells")
    }


def requirements(slug: str) -> ReportedRequirements | None:
    """Return what the newest report of a plan tells of requirements; None where there is none."""
    rows = FollowUpReport.objects.filter(package__slug=slug).order_by("-number")
    return rows.values_list("requirements", flat=True).first()


def shared_requirements() -> list[ReportedRequirements]:
    """Return what the newest report of each plan tells of shared modules' requirements."""
    rows = FollowUpReport.objects.newest()
    return list(rows.values_list("shared_requirements", flat=True))
