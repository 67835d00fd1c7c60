"""What a follow-up's page shows of what was found: the light, deviations, sanctions."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actionplan.extension_points import Button, Panel
from followup import permissions
from followup.extension_points import follow_up_panels
from followup.models import Deviation, FollowUp, Sanction
from followup.models.follow_ups import ENDED
from followup.status.traffic_light import is_in_force, traffic_light


@follow_up_panels
def deviations_panel(request: HttpRequest, follow_up: FollowUp) -> Panel:
    """Show the traffic light with its words, and each deviation."""
    today = timezone.localdate()
    rows = list(follow_up.deviations.select_related("requirement").order_by("due_on", "pk"))
    buttons: tuple[Button, ...] = ()
    if permissions.may_write(request.user, follow_up) and follow_up.status not in ENDED:
        address = reverse("admin:followup_deviation_add", query={"uppfoljning": follow_up.pk})
        buttons = (Button(_("New deviation"), address),)
    return Panel(
        title=capfirst(str(Deviation._meta.verbose_name_plural)),
        template="followup/admin/panels/follow_up_deviations.html",
        context={
            "traffic_light": traffic_light(
                rows,
                follow_up.sanctions.all(),
                on=today,
                undecided=follow_up.questions.undecided().count(),
            ),
            "rows": [(deviation, deviation.is_overdue(today)) for deviation in rows],
        },
        buttons=buttons,
    )


@follow_up_panels
def sanctions_panel(request: HttpRequest, follow_up: FollowUp) -> Panel:
    """Show what the contract owner decided against the supplier."""
    today = timezone.localdate()
    writes = permissions.may_write(request.user, follow_up)
    buttons: tuple[Button, ...] = ()
    if writes:
        address = reverse("admin:followup_sanction", args=[follow_up.pk])
        buttons = (Button(_("New sanction"), address),)
    return Panel(
        title=capfirst(str(Sanction._meta.verbose_name_plural)),
        template="followup/admin/panels/follow_up_sanctions.html",
        context={
            "rows": [
                (
                    sanction,
                    is_in_force(sanction, today),
                    reverse("admin:followup_lift_sanction", args=[follow_up.pk, sanction.pk])
                    if writes and sanction.lifted_on is None
                    else "",
                )
                for sanction in follow_up.sanctions.all()
            ]
        },
        buttons=buttons,
    )
