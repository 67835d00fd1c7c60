"""The workspace of a plan: a page for each of its tabs, made of what the apps have added to it."""

from collections.abc import Collection, Iterable
from typing import Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from actionplan import permissions
from actionplan.backoffice.panels import tell_notices
from actionplan.extension_points import (
    Figure,
    Gap,
    Panel,
    PlanTab,
    Urgency,
    plan_figures,
    plan_gaps,
    plan_panels,
)
from actionplan.models import ActionPlan
from actionplan.text import figure

TITLES: Final = {
    PlanTab.OVERVIEW: _("Overview"),
    PlanTab.MATRIX: _("Matrix"),
    PlanTab.REQUIREMENTS: _("Requirements"),
    PlanTab.GOALS: _("Goals"),
    PlanTab.FOLLOW_UP: _("Follow-up"),
    PlanTab.REVIEW: _("Review and publish"),
    PlanTab.HISTORY: _("History"),
}
URGENCIES: Final = {
    Urgency.NOW: _("See to this now"),
    Urgency.SOON: _("Remains to be done"),
    Urgency.SOME_TIME: _("Could be better"),
}
# Where somebody changes what waits for approval, or is about to.
OF_DRAFT: Final = {PlanTab.OVERVIEW, PlanTab.MATRIX, PlanTab.REQUIREMENTS, PlanTab.GOALS}


def tab_address(plan: int, tab: PlanTab = PlanTab.OVERVIEW, anchor: str = "") -> str:
    """Return where a tab of a plan is, or a place on it."""
    address = reverse(f"admin:{_name(tab)}", args=[plan])
    return f"{address}#{anchor}" if anchor else address


def tab_urls() -> list[URLPattern]:
    """Return the addresses of the tabs; the history has Django's own."""
    return [
        path(
            f"<int:pk>/{tab.value}/",
            admin.site.admin_view(tab_page),
            {"tab": tab},
            name=_name(tab),
        )
        for tab in PlanTab
        if tab is not PlanTab.HISTORY
    ]


@require_safe
def tab_page(request: HttpRequest, pk: int, tab: PlanTab) -> HttpResponse:
    """Show one tab of a plan: its panels, and what is missing there."""
    rows = ActionPlan.objects.with_head().filter(permissions.readable(request.user))
    plan = get_object_or_404(rows, pk=pk)
    tab_panels = panels(request, plan, tab)
    if tab in OF_DRAFT and permissions.may_edit(request.user, plan):
        tell_notices(request, plan)
    gap_points = plan_gaps if tab is PlanTab.OVERVIEW else plan_gaps.of(tab)
    gaps = [gap for provide in gap_points for gap in provide(request, plan)]
    context = {
        **admin.site.each_context(request),
        **frame(plan, tab),
        "title": plan,
        "subtitle": TITLES[tab],
        "panels": tab_panels,
        "missing": by_urgency(gaps),
        "figures": figures([pk])[pk] if tab is PlanTab.OVERVIEW else [],
    }
    return TemplateResponse(request, "actionplan/admin/workspace/tab.html", context)


def frame(plan: ActionPlan, tab: PlanTab) -> dict[str, object]:
    """Return what stands around every tab: the plan, and the row of tabs."""
    tabs = [
        {"title": title, "address": tab_address(plan.pk, other), "is_current": other is tab}
        for other, title in TITLES.items()
    ]
    return {"plan": plan, "tabs": tabs, "tab": tab.name.lower()}


def panels(request: HttpRequest, plan: ActionPlan, tab: PlanTab) -> list[Panel]:
    """Return the panels of one tab of a plan."""
    return [panel for provide in plan_panels.of(tab) for panel in provide(request, plan)]


def figures(plans: Collection[int]) -> dict[int, list[tuple[Figure, str]]]:
    """Return how far plans have come, each part with where more of it stands."""
    parts = [provide(plans) for provide in plan_figures]
    return {
        plan: [(part[plan], tab_address(plan, part[plan].tab)) for part in parts if plan in part]
        for plan in plans
    }


def so_much(label: str, tab: PlanTab, done: int, total: int) -> Figure:
    """Return a figure of so much out of so much."""
    words = _("%(done)s of %(total)s") % {"done": figure(done), "total": figure(total)}
    return Figure(label, str(words), tab, done, total)


def by_urgency(gaps: Iterable[Gap]) -> list[tuple[object, list[Gap]]]:
    """Return what is missing under headings, the most urgent first."""
    listed = list(gaps)
    groups = [
        (title, [gap for gap in listed if gap.urgency is urgency])
        for urgency, title in URGENCIES.items()
    ]
    return [(title, of_urgency) for title, of_urgency in groups if of_urgency]


def _name(tab: PlanTab) -> str:
    return f"actionplan_actionplan_{tab.name.lower()}"
