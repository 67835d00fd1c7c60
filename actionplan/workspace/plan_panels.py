"""What the tabs of a plan show of the plan itself: its head and its goals."""

from collections.abc import Iterator

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.backoffice.plan_page import once, panel_goals
from actionplan.extension_points import (
    Button,
    Gap,
    Panel,
    PlanTab,
    Urgency,
    plan_gaps,
    plan_panels,
)
from actionplan.models import ActionPlan
from actionplan.workspace.tabs import tab_address


def head_address(plan: ActionPlan, anchor: str = "") -> str:
    """Return where the head facts and the contacts of a plan are written."""
    address = reverse("admin:actionplan_actionplan_change", args=[plan.pk])
    return f"{address}#{anchor}" if anchor else address


@plan_panels
def head_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show what the plan is: its introduction, and whom one asks."""
    # Read once: the rules of quality ask for them too.
    prefetch_related_objects([plan], "contacts")
    buttons: tuple[Button, ...] = ()
    if permissions.may_edit(request.user, plan):
        buttons = (Button(_("Edit facts and contacts"), head_address(plan)),)
    return [
        Panel(
            title=_("About the plan"),
            template="actionplan/admin/panels/head.html",
            context={"plan": plan, "contacts": list(plan.contacts.all())},
            buttons=buttons,
        )
    ]


@plan_gaps
def head_gaps(request: HttpRequest, plan: ActionPlan) -> Iterator[Gap]:
    """Yield that the plan does not say what it is about."""
    if not plan.introduction:
        yield Gap(_("The plan has no introduction."), head_address(plan, "id_introduction"))


@plan_panels.on(PlanTab.GOALS)
def goals_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show goals with their sub-goals and indicators."""
    buttons: tuple[Button, ...] = ()
    if permissions.may_edit(request.user, plan):
        address = reverse("admin:actionplan_goal_add")
        buttons = (Button(_("Add goal"), f"{address}?plan={plan.pk}"),)
    return [
        Panel(
            title=_("Goals, sub-goals and indicators"),
            template="actionplan/admin/panels/goals.html",
            context={"goals": once(plan, panel_goals)},
            buttons=buttons,
        )
    ]


@plan_gaps.on(PlanTab.GOALS)
def goal_gaps(request: HttpRequest, plan: ActionPlan) -> Iterator[Gap]:
    """Yield that there is no goal, and the sub-goals without an indicator."""
    goals = once(plan, panel_goals)
    if not goals:
        yield Gap(_("The plan has no goal."), tab_address(plan.pk, PlanTab.GOALS))
    for sub_goal in (sub_goal for goal in goals for sub_goal in goal.sub_goals):
        if not sub_goal.indicators:
            yield Gap(
                _("Sub-goal %(number)s has no indicator.") % {"number": sub_goal.number},
                reverse("admin:actionplan_subgoal_change", args=[sub_goal.pk]),
                Urgency.SOME_TIME,
            )
