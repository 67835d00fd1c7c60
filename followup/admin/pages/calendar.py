"""A plan's follow-ups: the panel on the plan's page, and the calendar."""

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
from actionplan.extension_points import Button, Panel, plan_panels
from actionplan.models import ActionPlan
from actionplan.text import figure
from followup import permissions
from followup.models import FollowUp
from followup.steps import planned_year
from requirements_pkg.backoffice.pages import page

DAYS_AHEAD = 30


@plan_panels
def follow_up_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Tell how many follow-ups there are and how they stand: counts, which everybody may see."""
    today = timezone.localdate()
    rows = FollowUp.objects.filter(product_area__plan=plan)
    waits = Q(pk__in=FollowUp.objects.due(today + timedelta(days=DAYS_AHEAD)).values("pk"))
    late = Q(pk__in=FollowUp.objects.overdue(today).values("pk"))
    counts = rows.aggregate(
        all=Count("pk"),
        done=Count("pk", filter=Q(done_on__isnull=False)),
        due=Count("pk", filter=waits & ~late),
        overdue=Count("pk", filter=late),
    )
    names = {
        "all": _("Planned"),
        "done": _("Completed"),
        "due": _("Due within 30 days"),
        "overdue": _("Overdue"),
    }
    missing = () if counts["all"] else (_("No follow-up is planned."),)
    if number := counts["overdue"]:
        text = ngettext(
            "%(number)s follow-up is overdue.", "%(number)s follow-ups are overdue.", number
        )
        missing = (text % {"number": figure(number)},)
    return [
        Panel(
            title=_("Follow-up"),
            template="admin/panels/summary.html",
            context={"counts": [(name, counts[key]) for key, name in names.items()]},
            buttons=_buttons(request, plan),
            missing=missing,
        )
    ]


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
    asked = request.GET.get("ar", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
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
