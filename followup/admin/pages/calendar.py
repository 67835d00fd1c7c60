"""A plan's follow-ups: the panel on the plan's page, and the calendar."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from actionplan import permissions as plan_permissions
from actionplan.backoffice.plan_page import once
from actionplan.extension_points import (
    Button,
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
from actionplan.workspace.tabs import so_much, tab_address
from followup import permissions
from followup.models import FollowUp
from followup.steps import planned_year
from requirements_pkg.backoffice.pages import page

DAYS_AHEAD = 30


@plan_panels.on(PlanTab.FOLLOW_UP)
def follow_up_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Tell how many follow-ups there are and how they stand: counts, which everybody may see."""
    counts = once(plan, _counts)
    names = {
        "all": _("Planned"),
        "done": _("Completed"),
        "due": _("Due within 30 days"),
        "overdue": _("Overdue"),
    }
    return [
        Panel(
            title=_("Follow-ups of contracts"),
            template="admin/panels/summary.html",
            context={"counts": [(name, counts[key]) for key, name in names.items()]},
            buttons=_buttons(request, plan),
            anchor="avtalen",
        )
    ]


@plan_figures
def follow_ups_done(plans: Collection[int]) -> dict[int, Figure]:
    """Tell of each plan how many of its planned follow-ups were carried out."""
    rows = FollowUp.objects.filter(product_area__plan__in=plans).order_by()
    numbers = rows.values_list("product_area__plan").annotate(
        done=Count("pk", filter=Q(done_on__isnull=False)), total=Count("pk")
    )
    label = _("Follow-ups carried out")
    return {plan: so_much(label, PlanTab.FOLLOW_UP, done, total) for plan, done, total in numbers}


@plan_gaps.on(PlanTab.FOLLOW_UP)
def follow_up_gaps(request: HttpRequest, plan: ActionPlan) -> Iterator[Gap]:
    """Yield that follow-ups are overdue, or that none is planned."""
    counts, here = once(plan, _counts), tab_address(plan.pk, PlanTab.FOLLOW_UP, "avtalen")
    if number := counts["overdue"]:
        text = ngettext(
            "%(number)s follow-up is overdue.", "%(number)s follow-ups are overdue.", number
        )
        if permissions.may_see_any(request.user):
            here = reverse("admin:followup_calendar", args=[plan.pk]) + "#forsenade"
        yield Gap(text % {"number": figure(number)}, here, Urgency.NOW)
    elif not counts["all"]:
        yield Gap(_("No follow-up is planned."), here)


def _counts(plan: ActionPlan) -> dict[str, int]:
    today = timezone.localdate()
    waits = Q(pk__in=FollowUp.objects.due(today + timedelta(days=DAYS_AHEAD)).values("pk"))
    late = Q(pk__in=FollowUp.objects.overdue(today).values("pk"))
    counts: dict[str, int] = FollowUp.objects.filter(product_area__plan=plan).aggregate(
        all=Count("pk"),
        done=Count("pk", filter=Q(done_on__isnull=False)),
        due=Count("pk", filter=waits & ~late),
        overdue=Count("pk", filter=late),
    )
    return counts


def _buttons(request: HttpRequest, plan: ActionPlan) -> tuple[Button, ...]:
    if not permissions.may_see_any(request.user):
        return ()
    listed = reverse("admin:followup_followup_changelist", query={"plan": plan.pk})
    buttons = [
        Button(_("Calendar"), reverse("admin:followup_calendar", args=[plan.pk])),
        Button(_("All follow-ups"), listed),
    ]
    if plan_permissions.may_follow_up_something(request.user):
        add = reverse("admin:followup_followup_add", query={"plan": plan.pk})
        buttons.insert(0, Button(_("Plan a follow-up"), add))
    return tuple(buttons)


@require_GET
def calendar_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan's follow-ups that the person sees, by month; what is due, what is overdue."""
    if not permissions.may_see_any(request.user):
        raise PermissionDenied
    plan = get_object_or_404(ActionPlan.objects.with_head(), pk=pk)
    today = timezone.localdate()
    visible = FollowUp.objects.filter(permissions.visible(request.user), product_area__plan=plan)
    follow_ups = list(visible.with_names())
    years = planned_year.years(plan.first_year, plan.last_year, follow_ups)
    wanted = request.GET.get("ar", "")
    year = int(wanted) if wanted.isdecimal() and len(wanted) == 4 else today.year
    year = planned_year.nearest(year, years)
    areas = [(area.pk, str(area)) for area in plan.product_areas.order_by("number")]
    entries = [planned_year.entry(follow_up, today) for follow_up in follow_ups]
    until = today + timedelta(days=DAYS_AHEAD)
    due = {
        follow_up.pk
        for follow_up in follow_ups
        if follow_up.done_on is None and today <= follow_up.planned_for <= until
    }
    context = {
        "title": _("Calendar"),
        "plan": plan,
        "years": years,
        "year": year,
        "months": planned_year.rows([(0, "")], [], year=year, on=today)[0].months,
        "rows": planned_year.rows(areas, follow_ups, year=year, on=today),
        "overdue": [entry for entry in entries if entry.is_overdue],
        "due": [entry for entry in entries if entry.follow_up.pk in due and entry.is_open],
        "days": DAYS_AHEAD,
    }
    return page(request, "followup/admin/personal/calendar.html", context)
