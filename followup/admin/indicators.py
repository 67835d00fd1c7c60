"""What a plan's page shows of its goals: how each indicator stands, and what waits."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.backoffice.plan_page import PanelGoal, once, panel_goals
from actionplan.extension_points import (
    Button,
    Gap,
    Panel,
    PlanTab,
    plan_gaps,
    plan_panels,
)
from actionplan.models import ActionPlan
from actionplan.permissions import may_follow_up_in, may_follow_up_something
from actionplan.text import figure
from actionplan.workspace.tabs import tab_address
from followup import permissions
from followup.drafting.readings import published_readings
from followup.models import IndicatorReading
from followup.status.progress import GoalProgress, PlanProgress, progress, status_name
from requirements_pkg.document import schema

MOST_WAITING = 20


@plan_panels.on(PlanTab.FOLLOW_UP)
def indicators_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show the goals of the plan as they stand now, whether they are published yet or not."""
    plan_progress = once(plan, _progress)
    # Others report too, but only for organisations of their own regions.
    may_report = may_follow_up_something(request.user)
    context = {
        "goals": [_goal_in_words(goal) for goal in plan_progress.goals],
        "met": plan_progress.met,
        "may_report": may_report,
        "waiting": _waiting(request, plan),
    }
    return [
        Panel(
            title=_("How the goals are going"),
            template="followup/admin/panels/indicators.html",
            context=context,
            buttons=_buttons(request, plan),
            anchor="malen",
        )
    ]


@plan_gaps.on(PlanTab.FOLLOW_UP)
def indicator_gaps(request: HttpRequest, plan: ActionPlan) -> Iterator[Gap]:
    """Yield the indicators without a report; none where nothing is reported yet."""
    goals = once(plan, _progress).goals
    unread = [
        indicator for goal in goals for indicator in goal.indicators if indicator.as_of is None
    ]
    if len(unread) == sum(len(goal.indicators) for goal in goals):
        # Said once, by the status of the plan itself.
        return
    for indicator in unread:
        text = _("Indicator %(number)s has no report.") % {"number": indicator.number}
        yield Gap(text, tab_address(plan.pk, PlanTab.FOLLOW_UP, "malen"))


def _progress(plan: ActionPlan) -> PlanProgress:
    goals = once(plan, panel_goals)
    facts = [fact for goal in goals for fact in _facts(goal)]
    readings = published_readings([fact.id for fact in facts])
    return progress([_plain(goal) for goal in goals], facts, readings, on=timezone.localdate())


def _facts(goal: PanelGoal) -> list[schema.Indicator]:
    """Return the indicators of a goal in the shape in which they are published."""
    return [
        schema.Indicator(
            id=indicator.pk,
            goal=goal.number,
            sub_goal=sub_goal.number,
            number=indicator.number,
            kind=indicator.kind,
            unit=indicator.unit,
            baseline=_figure(indicator.baseline),
            target=_figure(indicator.target),
            due_on=indicator.due_on.isoformat() if indicator.due_on else "",
        )
        for sub_goal in goal.sub_goals
        for indicator in sub_goal.indicators
    ]


def _plain(goal: PanelGoal) -> schema.Goal:
    """Return a goal in the shape in which it is published."""
    sub_goals = tuple(
        schema.SubGoal(
            sub.number,
            sub.text,
            tuple(
                schema.AimIndicator(indicator.number, indicator.text)
                for indicator in sub.indicators
            ),
        )
        for sub in goal.sub_goals
    )
    return schema.Goal(goal.number, goal.text, sub_goals)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _goal_in_words(goal: GoalProgress) -> dict[str, object]:
    """Return a goal and its indicators with their statuses in words."""
    return {
        "number": goal.number,
        "text": goal.text,
        "status": status_name(goal.status),
        "met": goal.met,
        "reported": goal.reported,
        "indicators": [
            {
                "indicator": indicator,
                "status": status_name(indicator.status),
                "value": "" if indicator.value is None else figure(indicator.value),
                "report": reverse(
                    "admin:followup_indicatorreading_add", query={"indicator": indicator.id}
                ),
            }
            for indicator in goal.indicators
        ],
    }


def _waiting(request: HttpRequest, plan: ActionPlan) -> list[dict[str, object]]:
    """Return the readings that have waited longest, and where this person goes with each."""
    rows = IndicatorReading.objects.waiting().filter(indicator__sub_goal__goal__plan=plan)
    rows = rows.select_related("indicator__sub_goal__goal__plan", "organisation", "author")
    waiting = []
    for reading in rows.order_by("submitted_at")[:MOST_WAITING]:
        may_decide = permissions.may_approve_reading(request.user, reading)
        name = "followup_reading_decide" if may_decide else "followup_indicatorreading_change"
        address = reverse(f"admin:{name}", args=[reading.pk])
        waiting.append({"reading": reading, "address": address, "may_decide": may_decide})
    return waiting


def _buttons(request: HttpRequest, plan: ActionPlan) -> tuple[Button, ...]:
    listed = reverse("admin:followup_indicatorreading_changelist", query={"plan": plan.pk})
    buttons = [Button(_("All readings"), listed)]
    if may_follow_up_in(request.user, plan.procurement_region_id):
        address = reverse("admin:followup_reportingperiod_add", query={"plan": plan.pk})
        buttons.append(Button(_("Add a reporting period"), address))
    return tuple(buttons)
