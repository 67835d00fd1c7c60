"""The pages on which the next period of a plan is started, and an untouched one taken back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplan import permissions
from actionplan.models import ActionPlan
from actionplan.permissions import signed_in
from actionplan.workspace.tabs import tab_address
from requirements_pkg.actions.next_period.start import start_next_period
from requirements_pkg.actions.next_period.undo import undo_next_period, why_not
from requirements_pkg.admin.next_period.forms import StartForm
from requirements_pkg.backoffice.pages import page
from requirements_pkg.carrying.counting import along


@require_http_methods(["GET", "POST"])
def start_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what goes along to the next period, ask for its years, and start it."""
    plan = readable_plan(request, pk)
    if not permissions.may_edit_in(request.user, plan.procurement_region_id):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = StartForm(sent, plan=plan, wished=request.GET.dict())
    if form.is_valid():
        try:
            after = start_next_period(plan=plan, by=signed_in(request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            text = _("The plan %(period)s is started. Decide part by part what goes on in it.")
            messages.success(request, text % {"period": after.period})
            return HttpResponseRedirect(parts_address(after.pk))
    context = {
        "title": _("Start the next period"),
        "plan": plan,
        "home": tab_address(plan.pk),
        "form": form,
        "along": along(plan),
    }
    return page(request, "requirements_pkg/admin/next_period/start.html", context)


@require_http_methods(["GET", "POST"])
def undo_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a plan that was started from the one before is to be taken back, and do it."""
    plan = readable_plan(request, pk)
    if not permissions.may_edit(request.user, plan):
        raise PermissionDenied
    refused = why_not(plan)
    form = forms.Form(request.POST if request.method == "POST" else None)
    before = plan.predecessor_id
    if form.is_valid():
        try:
            undo_next_period(plan=plan, by=signed_in(request.user))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            text = _("The plan %(period)s is taken back.")
            messages.success(request, text % {"period": plan.period})
            listed = reverse("admin:actionplan_actionplan_changelist")
            return HttpResponseRedirect(tab_address(before) if before else listed)
    effects = [
        _("The plan is removed, with all that was carried over into it."),
        _("The plan of the period before, and what is published of it, stay as they are."),
        _("What was removed can be read in the change log."),
    ]
    context = {
        "title": _("Take back the next period"),
        "plan": plan,
        "effects": [refused] if refused else effects,
        "home": parts_address(pk),
        "form": form,
        "may_go_on": not refused,
    }
    return page(request, "requirements_pkg/admin/publishing/plan_confirm.html", context)


def readable_plan(request: HttpRequest, pk: int) -> ActionPlan:
    """Return a plan that this person reads.

    Raises:
        Http404: there is none.
    """
    rows = ActionPlan.objects.with_head().filter(permissions.readable(request.user))
    return get_object_or_404(rows.select_related("predecessor"), pk=pk)


def parts_address(plan: int, kind: str = "") -> str:
    """Return the address of what came along into a plan: of one kind, or of the first."""
    if kind:
        return reverse("admin:requirements_pkg_carried_kind", args=[plan, kind])
    return reverse("admin:requirements_pkg_carried", args=[plan])
