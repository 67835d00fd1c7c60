"""The page on which a second person answers a request, and what waits for them."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplan import permissions as plan_permissions
from actionplan.accounts.entering.proof import proved
from actionplan.admin_site import admin_page
from actionplan.models import User
from actionplan.permissions import signed_in
from followup import permissions
from followup.actions.approvals import approve_request, return_request
from followup.admin.forms.request_forms import AnswerRequestForm
from followup.admin.pages.deviation_pages import deviation_address
from followup.admin.pages.follow_up_pages import address_of
from followup.models import FollowUp, SecondPersonRequest
from requirements_pkg.backoffice.pages import page
from requirements_pkg.backoffice.tasks import Task
from requirements_pkg.models import Decision


def requests_to_answer(user: User) -> list[Task]:
    """Return the requests that this person is the second of, the longest waiting first."""
    rows = SecondPersonRequest.objects.pending().filter(permissions.decidable(user))
    return [
        Task(
            _("A request is waiting for your answer: %(request)s") % {"request": request},
            reverse("admin:followup_request_decide", args=[request.pk]),
            timezone.localdate(request.requested_at),
        )
        for request in rows.with_names()
    ]


@admin_page("followup/begaran/<int:pk>/", name="followup_request_decide")
@proved
@require_http_methods(["GET", "POST"])
def decide_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what somebody asks a second person for; approve or return it."""
    decision_request = _request_at(request, pk)
    home = _home_of(decision_request)
    may_approve = permissions.may_decide(request.user, decision_request)
    if not may_approve and decision_request.requested_by_id != request.user.pk:
        raise PermissionDenied
    form = AnswerRequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            text = _answered(request, decision_request, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, text)
            return HttpResponseRedirect(home)
    context: dict[str, object] = {
        "title": _("Answer the request"),
        "decision_request": decision_request,
        "home": home,
        "form": form,
        "may_approve": may_approve,
        "is_pending": decision_request.decision == Decision.PENDING,
    }
    return page(request, "followup/admin/follow_ups/request_decide.html", context)


def _answered(request: HttpRequest, decision_request: SecondPersonRequest, form: Form) -> str:
    """Approve or return a request, and return what is said of that."""
    by = signed_in(request.user)
    if "_approve" in request.POST:
        approve_request(request=decision_request, by=by)
        return _("The request is approved, and what was asked for is done.")
    return_request(request=decision_request, by=by, answer=form.cleaned_data["answer"])
    return _("The request is returned.")


def _request_at(request: HttpRequest, pk: int) -> SecondPersonRequest:
    """Return a request whose follow-up this person sees, or whose period; others find none."""
    of_period = Q(period__isnull=False) & plan_permissions.readable(request.user)
    of_follow_up = Q(follow_up__isnull=False) & permissions.visible(request.user, "follow_up")
    rows = SecondPersonRequest.objects.with_names().filter(of_period | of_follow_up)
    return get_object_or_404(rows, pk=pk)


def _home_of(decision_request: SecondPersonRequest) -> str:
    """Tell where one works with what a request is about."""
    if decision_request.period is not None:
        return reverse("admin:followup_reportingperiod_change", args=[decision_request.period.pk])
    if decision_request.deviation is not None:
        return deviation_address(decision_request.deviation)
    return address_of(cast(FollowUp, decision_request.follow_up))
