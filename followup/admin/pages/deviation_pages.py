"""The pages on which a deviation goes on, and on which sanctions are kept."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from actionplan.django_edges import PageContext
from actionplan.permissions import signed_in
from followup import permissions
from followup.actions import deviations
from followup.actions.deviations import may_take, steps_from
from followup.admin.forms.deviation_forms import (
    LiftForm,
    RemedyStepForm,
    SanctionForm,
    WriteOffForm,
)
from followup.admin.pages.follow_up_pages import address_of, led_home, written
from followup.models import Deviation, DeviationState, Sanction
from requirements_pkg.backoffice.pages import page

_S = DeviationState
VERBS: Final[Mapping[str, Callable[..., Deviation]]] = {
    _S.PLAN_SUBMITTED: deviations.submit_action_plan,
    _S.PLAN_APPROVED: deviations.approve_action_plan,
    _S.REMEDIED: deviations.record_remedy,
    _S.CLOSED: deviations.close,
    _S.ESCALATED: deviations.escalate,
    _S.OPEN: deviations.reopen,
}
# What one does, on a button.
STEP_LABELS: Final = {
    _S.PLAN_SUBMITTED: gettext_lazy("The action plan is submitted"),
    _S.PLAN_APPROVED: gettext_lazy("Approve the action plan"),
    _S.REMEDIED: gettext_lazy("Recorded as remedied"),
    _S.CLOSED: gettext_lazy("Verified: close the deviation"),
    _S.ESCALATED: gettext_lazy("Escalate"),
    _S.OPEN: gettext_lazy("The remedy is not sufficient: reopen"),
}


def deviation_address(deviation: Deviation) -> str:
    """Tell where one works with a deviation."""
    return reverse("admin:followup_deviation_change", args=[deviation.pk])


def deviation_at(request: HttpRequest, pk: int) -> Deviation:
    """Return a deviation if this person sees its follow-up; others find none at that address."""
    rows = Deviation.objects.with_names().filter(permissions.visible(request.user, "follow_up"))
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def step_page(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    deviation = deviation_at(request, pk)
    if not may_take(request.user, deviation, to):
        raise PermissionDenied
    home = HttpResponseRedirect(deviation_address(deviation))
    if to not in steps_from(deviation):
        # Taken meanwhile, or never there.
        messages.error(
            request,
            _("The deviation cannot take that step now. Choose one of the steps shown here."),
        )
        return home
    state = DeviationState(to)
    data = request.POST if request.method == "POST" else None
    form = RemedyStepForm(data, to=state, deviation=deviation)
    if request.method == "POST" and form.is_valid():
        try:
            stored = VERBS[to](
                deviation=deviation, by=signed_in(request.user), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            text = _("The deviation is now: %(state)s.")
            messages.success(request, text % {"state": stored.get_state_display()})
            return home
    context = {
        "title": STEP_LABELS[state],
        "deviation": deviation,
        "lead": _("From “%(now)s” to “%(to)s”.")
        % {"now": deviation.get_state_display(), "to": state.label},
        "follow_up": deviation.follow_up,
        "home": deviation_address(deviation),
        "follow_up_address": address_of(deviation.follow_up),
        "form": form,
        "submit": STEP_LABELS[state],
    }
    return page(request, "followup/admin/follow_ups/deviation_step.html", context)


@require_http_methods(["GET", "POST"])
def write_off_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a deviation is closed without a remedy, and close it, or have it approved."""
    deviation = deviation_at(request, pk)
    if not permissions.may_write(request.user, deviation.follow_up):
        raise PermissionDenied
    form = WriteOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            request_row = deviations.write_off(
                deviation=deviation, by=signed_in(request.user), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            done = _("The deviation is written off and closed.")
            sent = _("The request is sent. Somebody else has to approve it.")
            messages.success(request, sent if request_row else done)
            return HttpResponseRedirect(deviation_address(deviation))
    alone = _("The deviation is closed without a remedy.")
    two = _("The deviation is closed without a remedy when somebody else has approved it.")
    context = {
        "title": _("Write off the deviation"),
        "deviation": deviation,
        "lead": two if deviation.is_severe else alone,
        "follow_up": deviation.follow_up,
        "home": deviation_address(deviation),
        "follow_up_address": address_of(deviation.follow_up),
        "form": form,
        "submit": _("Send for approval") if deviation.is_severe else _("Write off"),
    }
    return page(request, "followup/admin/follow_ups/deviation_step.html", context)


@require_http_methods(["GET", "POST"])
def sanction_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a decided sanction."""
    follow_up = written(request, pk)
    form = SanctionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deviations.impose_sanction(
                follow_up=follow_up, by=signed_in(request.user), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The sanction is saved."))
            return led_home(follow_up)
    lead = _(
        "What the contract owner has decided against the supplier. The decision itself is kept "
        "in the owner's own system."
    )
    context = {"title": _("New sanction"), "lead": lead, "submit": _("Save")}
    return _sanction(request, follow_up, form, context)


@require_http_methods(["GET", "POST"])
def lift_page(request: HttpRequest, pk: int, sanction: int) -> HttpResponse:
    """Say that a sanction is no longer in force."""
    follow_up = written(request, pk)
    rows = Sanction.objects.select_related("follow_up")
    row = get_object_or_404(rows, follow_up=follow_up, pk=sanction)
    form = LiftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deviations.lift_sanction(sanction=row, by=signed_in(request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The sanction is lifted."))
            return led_home(follow_up)
    context = {"title": _("Lift the sanction"), "lead": capfirst(str(row)), "submit": _("Save")}
    return _sanction(request, follow_up, form, context)


def _sanction(
    request: HttpRequest, follow_up: Any, form: object, context: PageContext
) -> HttpResponse:
    about = {"follow_up": follow_up, "home": address_of(follow_up), "form": form}
    return page(request, "followup/admin/follow_ups/form.html", {**about, **context})
