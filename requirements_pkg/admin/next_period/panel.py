"""What the page of a plan says of its periods: the one before, and the next."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan import permissions
from actionplan.extension_points import Button, Panel, plan_panels
from actionplan.models import ActionPlan
from actionplan.text import figure
from requirements_pkg.admin.next_period.starting import home_of_plan, parts_address
from requirements_pkg.carrying.parts import state_of


@plan_panels
def periods_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show the plans before and after a plan, and lead to starting the next or deciding on it."""
    successor = plan.successors.order_by("first_year").first()
    before, buttons, missing = plan.predecessor_id, [], []
    if before is not None:
        left = state_of(plan).left
        buttons.append(Button(_("From the period before"), parts_address(plan.pk), left > 0))
        if left:
            text = ngettext(
                "%(number)s part from the period before is not decided on.",
                "%(number)s parts from the period before are not decided on.",
                left,
            )
            missing.append(text % {"number": figure(left)})
    if successor is None and permissions.may_edit_in(request.user, plan.procurement_region_id):
        address = reverse("admin:requirements_pkg_start_period", args=[plan.pk])
        buttons.append(Button(_("Start the next period"), address))
    plans = [(_("Period before"), plan.predecessor), (_("Next period"), successor)]
    periods = [
        (label, other.period, home_of_plan(other.pk))
        for label, other in plans
        if other is not None
    ]
    if not (periods or buttons):
        return []
    return [
        Panel(
            title=_("Periods"),
            template="requirements_pkg/admin/panels/periods.html",
            context={"plan": plan, "periods": periods},
            buttons=tuple(buttons),
            missing=tuple(missing),
        )
    ]
