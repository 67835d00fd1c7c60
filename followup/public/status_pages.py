"""The public pages of follow-up: what is published and counted, and nothing of a contract."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplan.public.sections import ListSection
from actionplan.text import figure
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from followup.published import comparison, plans, reports, status_page, timeline
from followup.published import overview as matrix
from followup.published.plans import PlanHead
from followup.published.reports import ReportInfo
from followup.published.status_page import ALL, EVENTS
from followup.published.status_rules import explained
from followup.rendering import pieces
from followup.rendering.report_page import WHOLE, html, published_context, wanted_whole
from requirements_pkg.cards import cell_words
from requirements_pkg.choosing.filters import NAMES
from requirements_pkg.public import responses
from requirements_pkg.published import page_cache
from requirements_pkg.rendering.templates import languages

# As the address of a package's requirements has it.
DIMENSION: Final = NAMES["dimension"]
PERIODS = "perioder"
# How many plans the overview has on a page: a phone shows their cells below each other.
PLANS: Final = 12
# As the comparison of versions has them.
FROM, TO = "fran", "till"
MOST_DIGITS: Final = 7


@require_safe
def status(request: HttpRequest) -> HttpResponseBase:
    """Tell how it goes with every plan in force."""
    heads, periods = _of_periods(request, timezone.localdate())
    section = ListSection.of(heads, request.GET)
    reported = page_cache.remembered(
        ("reports of plans", _slugs(section)), lambda: reports.listings(_slugs(section))
    )

    def make() -> str:
        listed = status_page.listed(section.rows, reported)
        rows = pieces.PlanRows(languages()["lang"]).html(listed)
        context = {"rows": rows, "part": section, **periods.context}
        context["pager"] = f"{periods.query}&" if periods.query else ""
        context["query"] = "&".join(filter(None, (periods.query, section.query)))
        return html("followup/status.html", context)

    newest = tuple(sorted((slug, report.key) for slug, report in reported.items()))
    key = ("status", heads, periods, section.number, newest)
    return responses.answer(request, page_cache.page(key, make))


@require_safe
def status_of_package(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Tell how it goes with one plan, as its newest report says.

    Raises:
        Http404: no version of the package is in force, or it has no plan.
    """
    (versions, plan), today = plans.of(slug), timezone.localdate()
    if plan is None:
        raise Http404
    ended = versions.ended(today)
    published = reports.reports_of(slug)
    whole = wanted_whole(request, *WHOLE, EVENTS)

    def make() -> str:
        lang, report = languages()["lang"], None
        context: dict[str, object] = {"plan": plan, "ended": ended, "reports": published}
        if published:
            report = reports.report(published[0])
            context |= published_context(published, published[0], report, whole)
        latest = None if EVENTS in whole else timeline.LATEST
        events, count = timeline.timeline(plan, versions, published, report, latest)
        context["events"] = pieces.events(events, lang)
        if len(events) < count:
            says = gettext("All %(count)s events")
            context["more_events"] = says % {"count": figure(count)}
        context["query"] = urlencode(dict.fromkeys(sorted(whole), ALL))
        return html("followup/status_of_package.html", context)

    state = versions.key, ended, plan.closings, published
    key = ("status of", slug, state, whole)
    return responses.answer(request, page_cache.page(key, make))


@require_safe
def report(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show a follow-up report as it was published.

    Raises:
        Http404: the plan has no such report.
    """
    published = reports.reports_of(slug)
    info, whole = reports.numbered(published, number), wanted_whole(request, *WHOLE)

    def make() -> str:
        content = reports.report(info)
        context = published_context(published, info, content, whole)
        return html(
            "followup/report.html", {**context, "plan": content.plan, "reports": published}
        )

    key = ("report page", slug, published, number, whole)
    return responses.answer(request, page_cache.page(key, make))


@bounded(AllowanceKind.SEARCHES)
@require_safe
def compare_reports(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what has changed between two reports of a plan; the last two unless told.

    Raises:
        Http404: the plan has no such reports.
    """
    published = reports.reports_of(slug)
    if not published:
        raise Http404
    later = _report_of(request, TO, published, published[0])
    before = [info for info in published if info.number < later.number]
    earlier = _report_of(request, FROM, published, before[0] if before else later)

    def make() -> str:
        older, newer = reports.report(earlier), reports.report(later)
        context = {
            "plan": newer.plan,
            "reports": published,
            "earlier": earlier,
            "later": later,
            "difference": comparison.report_differences(older, newer),
        }
        return html("followup/report_compare.html", context)

    key = ("reports compared", slug, published, earlier.number, later.number)
    return responses.answer(request, page_cache.page(key, make))


def _report_of(
    request: HttpRequest, name: str, published: tuple[ReportInfo, ...], otherwise: ReportInfo
) -> ReportInfo:
    number = request.GET.get(name, "")
    if not number:
        return otherwise
    # Nobody writes a number of so many digits.
    if not (number.isascii() and number.isdecimal() and len(number) < MOST_DIGITS):
        raise Http404
    return reports.numbered(published, int(number))


@require_safe
def overview(request: HttpRequest) -> HttpResponseBase:
    """Tell where risks, requirements and follow-ups are, and where they are missing.

    Raises:
        Http404: no plan has the dimension that the address names.
    """
    heads, periods = _of_periods(request, timezone.localdate())
    names = matrix.dimensions(heads)
    dimension = request.GET.get(DIMENSION) or next(iter(names), "")
    if dimension and dimension not in names:
        raise Http404
    section = ListSection.of(heads, request.GET, per_page=PLANS)
    mapped = plans.with_matrix(section.rows)
    reported = page_cache.remembered(
        ("reports of cells", _slugs(section)), lambda: reports.cells(_slugs(section))
    )
    is_first = dimension == next(iter(names), "")
    carried = "&".join(
        filter(None, ("" if is_first else f"{DIMENSION}={dimension}", periods.query))
    )

    def make() -> str:
        context = {
            "matrix": matrix.Overview(mapped, reported).table(dimension, names[dimension])
            if names
            else None,
            "key": cell_words.key(),
            "dimensions": names,
            "dimension": dimension,
            "parameter": DIMENSION,
            "part": section,
            **periods.context,
            "carried": f"{carried}&" if carried else "",
            "query": "&".join(filter(None, (carried, section.query))),
        }
        return html("followup/status_overview.html", context)

    newest = tuple(sorted((slug, of_plan.key) for slug, of_plan in reported.items()))
    key = ("overview", heads, periods, section.number, newest, dimension)
    return responses.answer(request, page_cache.page(key, make))


@dataclass(frozen=True, slots=True)
class Periods:
    """Which periods a list shows, and how many plans of earlier ones there are."""

    is_all: bool
    earlier: int

    @property
    def query(self) -> str:
        """What the address of the list says."""
        return f"{PERIODS}={ALL}" if self.is_all else ""

    @property
    def context(self) -> dict[str, object]:
        """What the template needs for the link to the others."""
        return {"periods": self, "all_periods": f"{PERIODS}={ALL}"}


def _of_periods(request: HttpRequest, on: date) -> tuple[tuple[PlanHead, ...], Periods]:
    """Return the plans in force, the latest of each category or all, and the `Periods` shown."""
    heads = plans.in_force()
    latest = plans.latest(heads, on)
    is_all = request.GET.get(PERIODS) == ALL
    return (heads if is_all else latest), Periods(is_all, len(heads) - len(latest))


def _slugs(section: ListSection[Any]) -> tuple[str, ...]:
    """Return the slugs of the plans of a page."""
    return tuple(plan.slug for plan in section.rows)


@require_safe
def status_rules(request: HttpRequest) -> HttpResponseBase:
    """Tell how a status follows from what is reported, for who reads it."""

    def make() -> str:
        return html("followup/status_rules.html", {"statuses": explained()})

    return responses.answer(request, page_cache.page("status rules", make))
