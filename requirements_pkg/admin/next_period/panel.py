"""What the overview of a plan says of its periods: the one before, and the next."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan import permissions
from actionplan.backoffice.plan_page import once
from actionplan.extension_points import Button, Gap, Panel, plan_gaps, plan_panels
from actionplan.models import ActionPlan
from actionplan.text import figure
from actionplan.workspace.tabs import tab_address
from requirements_pkg.admin.next_period.starting import parts_address
from requirements_pkg.carrying.parts import state_of
from risks.extension_points import period_starts


@plan_panels
def periods_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show the plans before and after a plan, and lead to starting the next or deciding on it."""
    successor = plan.successors.order_by("first_year").first()
    buttons = []
    if plan.predecessor_id is not None and once(plan, state_of).parts:
        left = once(plan, state_of).left
        buttons.append(Button(_("From the period before"), parts_address(plan.pk), left > 0))
    if successor is None and permissions.may_edit_in(request.user, plan.procurement_region_id):
        address = reverse("admin:requirements_pkg_start_period", args=[plan.pk])
        buttons.append(Button(_("Start the next period"), address))
    plans = [(_("Period before"), plan.predecessor), (_("Next period"), successor)]
    periods = [
        (label, other.period, tab_address(other.pk)) for label, other in plans if other is not None
    ]
    if not (periods or buttons):
        return []
    context = {"plan": plan, "periods": periods}
    template = "requirements_pkg/admin/panels/periods.html"
    return [Panel(_("Periods"), template, context, tuple(buttons))]


@period_starts
def start_of_period(
    request: HttpRequest, plan: ActionPlan, first_year: int, last_year: int
) -> Button | None:
    """Lead whoever imports a document of later years to starting them from a plan."""
    if not permissions.may_edit_in(request.user, plan.procurement_region_id):
        return None
    years = {"first_year": first_year, "last_year": last_year}
    address = reverse("admin:requirements_pkg_start_period", args=[plan.pk], query=years)
    return Button(_("Start the next period"), address)


@plan_gaps
def carried_gaps(request: HttpRequest, plan: ActionPlan) -> Iterator[Gap]:
    """Yield how much of what came along from the period before nobody has decided on."""
    if plan.predecessor_id is None or not (left := once(plan, state_of).left):
        return
    text = ngettext(
        "%(number)s part from the period before is not decided on.",
        "%(number)s parts from the period before are not decided on.",
        left,
    )
    yield Gap(text % {"number": figure(left)}, parts_address(plan.pk))
