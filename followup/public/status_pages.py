"""The public pages of follow-up: what is published and counted, and nothing of a contract."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplan.public.sections import ListSection
from followup.public import pieces
from followup.published import counting, follow_up_findings, plans, status_page, timeline
from followup.published import overview as matrix
from followup.published.follow_up_findings import FollowedPlans
from followup.published.plans import MappedPlan, PlanHead, PlanWithGoals
from followup.published.published_readings import (
    PublishedReading,
    latest_readings,
    published_readings,
)
from followup.published.status_page import PublicCounts, ReportedProgress
from followup.published.status_rules import explained
from followup.status.progress import ReportedReading
from requirements_pkg.cards import cell_words
from requirements_pkg.choosing.filters import NAMES
from requirements_pkg.published import page_cache
from requirements_pkg.rendering.templates import languages

# As the address of a package's requirements has it.
DIMENSION: Final = NAMES["dimension"]
# A plan's page with every reading; a nation's plan has hundreds of them.
READINGS, PERIODS, ALL = "lagesrapporter", "perioder", "alla"
# How many plans the overview has on a page: a phone shows their cells below each other.
PLANS: Final = 12
Answer = TypeVar("Answer", bound=Hashable)


@require_safe
def status(request: HttpRequest) -> HttpResponseBase:
    """Tell how it goes with every plan in force."""
    today = timezone.localdate()
    heads, periods = _of_periods(request, today)
    section = ListSection.of(heads, request.GET)
    counts_key, counts = _known(
        ("counts of plans", _slugs(section)), lambda: counting.plan_counts(_slugs(section))
    )
    listed = plans.with_goals(section.rows)
    readings_key, readings = _known(
        ("latest readings", _slugs(section), today), lambda: _latest(listed, today)
    )

    def make() -> str:
        rows = status_page.listed(listed, counts, ReportedProgress(readings, today))
        html = pieces.PlanRows(languages()["lang"]).html(rows)
        context = {"rows": html, "part": section, **periods.context}
        context["pager"] = f"{periods.query}&" if periods.query else ""
        context["query"] = "&".join(filter(None, (periods.query, section.query)))
        return _html("status", context)

    key = (
        "status",
        plans.keys_of(heads),
        periods,
        section.number,
        counts_key,
        readings_key,
        today,
    )
    return page_cache.answer(request, page_cache.page(key, make))


@require_safe
def status_of_package(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Tell how it goes with one plan.

    Raises:
        Http404: no version of the package is in force, or it has no plan.
    """
    (versions, plan), today = plans.of(slug), timezone.localdate()
    if plan is None:
        raise Http404
    ended = versions.ended(today)
    counts_key, counts = _known(
        ("counts", slug, today), lambda: counting.area_counts(today, slug), about=slug
    )
    summaries_key, summaries = _known(
        ("summaries", slug, today), lambda: timeline.summaries(slug, today), about=slug
    )
    readings_key, readings = _known(("readings", plan.key), lambda: _readings(plan), about=slug)
    is_whole = request.GET.get(READINGS) == ALL
    latest = None if is_whole else status_page.LATEST

    def make() -> str:
        may_tell, lang = PublicCounts(plan, counts), languages()["lang"]
        goals = status_page.goals(plan, ReportedProgress(readings, today), latest)
        pieces.drawn(goals, lang)
        context = {
            "plan": plan,
            "ended": ended,
            "goals": goals,
            "all_readings": f"{READINGS}={ALL}",
            "query": f"{READINGS}={ALL}" if is_whole else "",
            "areas": may_tell.areas(plan),
            "whole": may_tell.whole,
            "summaries": pieces.summaries(summaries, dict(plan.areas), lang),
            "events": pieces.events(timeline.timeline(plan, versions, summaries, readings), lang),
        }
        return _html("status_of_package", context)

    state = versions.key, ended, plan.closings
    key = ("status of", state, counts_key, summaries_key, readings_key, today, is_whole)
    return page_cache.answer(request, page_cache.page(key, make))


@require_safe
def overview(request: HttpRequest) -> HttpResponseBase:
    """Tell where risks, requirements and follow-ups are, and where they are missing.

    Raises:
        Http404: no plan has the dimension that the address names.
    """
    heads, periods = _of_periods(request, timezone.localdate())
    names = matrix.dimensions(heads)
    chosen = request.GET.get(DIMENSION) or next(iter(names), "")
    if chosen and chosen not in names:
        raise Http404
    section = ListSection.of(heads, request.GET, per_page=PLANS)
    mapped = plans.with_matrix(section.rows)
    followed_key, followed_up = _known(
        ("followed up", plans.keys_of(mapped), chosen), lambda: _followed_up(mapped, chosen)
    )
    is_first = chosen == next(iter(names), "")
    carried = "&".join(filter(None, ("" if is_first else f"{DIMENSION}={chosen}", periods.query)))

    def make() -> str:
        context = {
            "matrix": matrix.Overview(mapped, followed_up).table(chosen, names[chosen])
            if names
            else None,
            "key": cell_words.key(),
            "dimensions": names,
            "chosen": chosen,
            "parameter": DIMENSION,
            "part": section,
            **periods.context,
            "carried": f"{carried}&" if carried else "",
            "query": "&".join(filter(None, (carried, section.query))),
        }
        return _html("status_overview", context)

    key = ("overview", plans.keys_of(heads), periods, section.number, followed_key, chosen)
    return page_cache.answer(request, page_cache.page(key, make))


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
    def context(self) -> dict[str, Any]:
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
        return _html("status_rules", {"statuses": explained()})

    return page_cache.answer(request, page_cache.page("status rules", make))


def _known(key: Hashable, ask: Callable[[], Answer], *, about: str = "") -> tuple[int, Answer]:
    """Return an answer of the database and its fingerprint: taken once, needed at each visit."""

    def stamped() -> tuple[int, Answer]:
        answer = ask()
        return hash(answer), answer

    return page_cache.remembered(key, stamped, about=about)


def _readings(plan: PlanWithGoals) -> tuple[PublishedReading, ...]:
    return tuple(published_readings(plan.keys))


def _latest(listed: tuple[PlanWithGoals, ...], today: date) -> tuple[ReportedReading, ...]:
    keys = [pk for plan in listed for pk in plan.keys]
    return tuple(latest_readings(keys, today))


def _followed_up(mapped: tuple[MappedPlan, ...], dimension: str) -> FollowedPlans:
    treating = {
        plan.slug: {
            (cell.stage, cell.dimension): [plan.uids[at] for at in cell.places]
            for cell in plan.cells
            if cell.dimension == dimension
        }
        for plan in mapped
    }
    return follow_up_findings.followed_up(treating)


def _html(page: str, context: dict[str, Any]) -> str:
    # Without the request: a page that is kept for everybody cannot depend on anybody.
    context = {"section": "status", **languages(), **context}
    return render_to_string(f"followup/{page}.html", context)
