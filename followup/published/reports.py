"""Published follow-up reports, as pages read them: nothing here asks a live row of follow-up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.translation import override

from followup.models import FollowUpReport, Masking
from followup.models.secrecy import LegalGround
from followup.report.facts import ReportedCells, ReportedRequirements, ReportListing
from followup.report.masking import masked
from followup.report.reading import read
from followup.report.schema import Report
from requirements_pkg.document.masking import MaskedWords, masked_text, own_words
from requirements_pkg.published import page_cache
from requirements_pkg.published.masking import masked_words
from requirements_pkg.published.news import (
    NewsKind,
    PublicationNews,
    masked_lately,
    published_news,
)


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """A report without its content."""

    pk: int
    number: int
    as_of: date
    published_at: datetime
    note: str
    sha256: str
    masked: tuple[MaskedWords, ...] = ()


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
    """Return the reports of a plan, newest first: two queries, or none while remembered."""

    def ask() -> tuple[ReportInfo, ...]:
        rows = FollowUpReport.objects.filter(package__slug=slug).order_by("-number")
        columns = list(rows.values_list(*COLUMNS))
        of_plan = tuple(masking for _slug, masking in masked_in([slug])) if columns else ()
        words = own_words(of_plan)
        return tuple(
            ReportInfo(pk, number, as_of, at, masked_text(note, words), sha256, of_plan)
            for pk, number, as_of, at, note, sha256 in columns
        )

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
    """Return a report as it may be read: one query, or none while it is kept."""

    def ask() -> str:
        rows = FollowUpReport.objects.filter(pk=info.pk)
        return rows.values_list("content", flat=True).get()

    # It never changes; what is masked in it may.
    content = page_cache.stored(("report", info.pk, info.sha256), ask, read)
    return masked(content, info.masked)


@masked_words
def masked_in(slugs: Collection[str]) -> list[tuple[str, MaskedWords]]:
    """Return the words that are masked in what these packages published, by slug: one query."""
    rows = Masking.objects.approved().filter(package__slug__in=slugs).order_by("decided_at", "pk")
    columns = ("package__slug", "words", "ground", "other_ground", "decided_at")
    # Kept for readers of either language; the provisions are Swedish.
    with override("sv"):
        return [
            (slug, MaskedWords(words, other or str(LegalGround(ground).label), at))
            for slug, words, ground, other, at in rows.values_list(*columns)
        ]


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


@published_news
def report_news(slug: str, most: int) -> list[PublicationNews]:
    """Return the reports that were published lately, of one package or all: one query."""
    rows = FollowUpReport.objects.order_by("-published_at", "-pk")
    if slug:
        rows = rows.filter(package__slug=slug)
    columns = ("package__slug", "title", "number", "published_at", "note", "period")
    # Seldom are any words masked: only then is it asked which.
    is_masked = Exists(Masking.objects.approved().filter(package=OuterRef("package")))
    entries = list(rows.values_list(*columns, is_masked)[:most])
    words = dict[str, list[str]]()
    if named := {entry[0] for entry in entries if entry[-1]}:
        for package, masking in masked_in(named):
            words.setdefault(package, []).append(masking.words)
    return [
        PublicationNews(
            *(package, masked_text(title, words.get(package, ())), number, at),
            *(masked_text(note, words.get(package, ())), period, NewsKind.REPORT),
        )
        for package, title, number, at, note, period, _is_masked in entries
    ]


@published_news
def masking_news(slug: str, most: int) -> list[PublicationNews]:
    """Return when words of any package were masked lately: at most two queries.

    The news of one package tell of its own, and of modules that it includes.
    """
    if slug:
        return []
    rows = Masking.objects.approved().order_by("-decided_at", "-pk")
    slugs = set(rows.values_list("package__slug", flat=True)[:most])
    return masked_lately(slugs, most=most) if slugs else []
