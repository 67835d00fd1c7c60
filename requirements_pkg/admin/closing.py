"""The pages that ask whether a plan is to be closed or opened again, and say what that does."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplan import permissions
from actionplan.extension_points import Button, PlanTab
from actionplan.models import ActionPlan, PlanStatus
from actionplan.permissions import signed_in
from actionplan.workspace.tabs import tab_address
from requirements_pkg.actions.closing import close_plan, reopen_plan
from requirements_pkg.actions.publishing import status_when_open
from requirements_pkg.backoffice.pages import page
from requirements_pkg.extension_points import closing_effects
from requirements_pkg.models import PackageVersion, PublishRequest


@require_http_methods(["GET", "POST"])
def close_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a plan is to be closed, say what that does, and close it."""
    plan = _plan(request, pk)
    is_open = plan.status != PlanStatus.CLOSED
    effects = _effects_of_closing(plan) if is_open else [_("The plan is already closed.")]
    return _confirm(request, plan, _("Close the plan"), close_plan, effects, may_go_on=is_open)


@require_http_methods(["GET", "POST"])
def reopen_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a closed plan is to be opened again, say what that does, and open it."""
    plan = _plan(request, pk)
    is_closed = plan.status == PlanStatus.CLOSED
    effects = _effects_of_opening(plan) if is_closed else [_("The plan is already open.")]
    return _confirm(request, plan, _("Reopen"), reopen_plan, effects, may_go_on=is_closed)


def closing_buttons(request: HttpRequest, plan: ActionPlan) -> list[Button]:
    """Return the button to the page on which this person closes the plan, or reopens it."""
    if permissions.may_close(request.user, plan):
        address = reverse("admin:requirements_pkg_close", args=[plan.pk])
        return [Button(_("Close the plan"), address)]
    if permissions.may_reopen(request.user, plan):
        address = reverse("admin:requirements_pkg_reopen", args=[plan.pk])
        return [Button(_("Reopen"), address, is_main=True)]
    return []


def _plan(request: HttpRequest, pk: int) -> ActionPlan:
    """Find a plan that the person closes or opens.

    Raises:
        Http404: they have no role.
        PermissionDenied: they only read it.
    """
    rows = ActionPlan.objects.with_head().filter(permissions.readable(request.user))
    plan = get_object_or_404(rows, pk=pk)
    may_close = permissions.may_close(request.user, plan)
    if not (may_close or permissions.may_reopen(request.user, plan)):
        raise PermissionDenied
    return plan


def _confirm(
    request: HttpRequest,
    plan: ActionPlan,
    title: str,
    verb: Callable[..., ActionPlan],
    effects: list[str],
    *,
    may_go_on: bool,
) -> HttpResponse:
    form = Form(request.POST if request.method == "POST" else None)
    home = tab_address(plan.pk, PlanTab.REVIEW)
    if form.is_valid():
        try:
            stored = verb(plan=plan, by=signed_in(request.user))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            is_closed = stored.status == PlanStatus.CLOSED
            text = _("The plan is closed.") if is_closed else _("The plan is open again.")
            messages.success(request, text)
            return HttpResponseRedirect(home)
    context = {
        "title": title,
        "plan": plan,
        "effects": effects,
        "home": home,
        "form": form,
        "may_go_on": may_go_on,
    }
    return page(request, "requirements_pkg/admin/publishing/plan_confirm.html", context)


def _effects_of_closing(plan: ActionPlan) -> list[str]:
    return [
        _(
            "Nobody can change its facts, matrices, goals and requirements any longer, "
            "and nothing more of it is published, until it is reopened."
        ),
        _of_public_page(plan),
        _of_requests(plan),
        *(sentence for tell in closing_effects for sentence in tell(plan)),
        _("A coordinator of the plan's procurement region can open it again."),
    ]


def _of_public_page(plan: ActionPlan) -> str:
    versions = PackageVersion.objects.filter(package__plan=plan)
    in_force = versions.in_force().values_list("number", flat=True).first()
    if in_force is not None:
        sentence = _(
            "Its public pages remain and say that the plan is closed. Version %(number)d "
            "stays in force; withdraw it if it should no longer be used."
        )
        return sentence % {"number": in_force}
    if versions.exists():
        return _("Its public pages remain and say that the plan is closed.")
    return _("Nothing of it is published, so nothing changes for the public.")


def _of_requests(plan: ActionPlan) -> str:
    waiting = PublishRequest.objects.filter(package__plan=plan).pending()
    waiting_request = waiting.select_related("requested_by").first()
    if waiting_request is None:
        return _("No request to publish is waiting for approval.")
    sentence = _("The request to publish that %(who)s sent on %(day)s is returned.")
    day = timezone.localdate(waiting_request.requested_at).isoformat()
    return sentence % {"who": waiting_request.requested_by, "day": day}


def _effects_of_opening(plan: ActionPlan) -> list[str]:
    sentence = _(
        "Coordinators of the procurement region can edit it again. Its status is %(status)s."
    )
    return [
        sentence % {"status": status_when_open(plan).label},
        _("Its public pages no longer say that it is closed."),
        _("A request that was returned when the plan was closed has to be sent again."),
    ]
