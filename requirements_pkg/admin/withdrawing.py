"""The pages on which a version or a requirement is withdrawn."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actionplan.accounts.entering.proof import proved
from actionplan.permissions import signed_in
from requirements_pkg import permissions
from requirements_pkg.actions.withdrawal import (
    approve_withdrawal,
    request_withdrawal,
    restore_requirement,
    return_withdrawal,
    withdraw_requirement,
)
from requirements_pkg.admin.forms.package_forms import (
    DecisionForm,
    WithdrawRequirementForm,
    WithdrawVersionForm,
)
from requirements_pkg.backoffice.pages import home_of, led_home, page, requirement_address
from requirements_pkg.models import Decision, PackageVersion, Requirement, WithdrawalRequest

OWNER = ("plan__category", "plan__procurement_region", "steward")


@proved
@require_http_methods(["GET", "POST"])
def withdraw_version_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another person to approve that a published version is no longer to be used."""
    rows = PackageVersion.objects.select_related(*(f"package__{path}" for path in OWNER))
    version = get_object_or_404(rows.defer("content"), pk=pk)
    if not permissions.may_edit(request.user, version.package):
        raise PermissionDenied
    form = WithdrawVersionForm(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        try:
            request_withdrawal(version=version, by=signed_in(request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The withdrawal was sent for approval."))
            return led_home(version.package)
    lead = _(
        "A reviewer in your procurement region has to approve it. The version can then still be "
        "read at its address, which says that it is withdrawn and why. That cannot be undone."
    )
    home = home_of(version.package)
    return _ask(request, form, what=version, home=home, lead=lead, send=_("Send for approval"))


@proved
@require_http_methods(["GET", "POST"])
def decide_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve that a version is withdrawn, or return the request with a reason."""
    withdrawal_request = get_object_or_404(WithdrawalRequest.objects.with_names(), pk=pk)
    package, by = withdrawal_request.version.package, signed_in(request.user)
    may_approve = permissions.may_approve(by, package, by=withdrawal_request.requested_by)
    if not may_approve and by.pk != withdrawal_request.requested_by_id:
        raise PermissionDenied
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = _decided(request, withdrawal_request, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            withdrawal_request.refresh_from_db()
        else:
            messages.success(request, text)
            return led_home(package)
    context = {
        "title": _("Request to withdraw a version"),
        "withdrawal_request": withdrawal_request,
        "form": form,
        "may_approve": may_approve,
        "is_pending": withdrawal_request.decision == Decision.PENDING,
        "home": home_of(package),
    }
    return page(request, "requirements_pkg/admin/publishing/withdrawal_decide.html", context)


def _decided(
    request: HttpRequest, withdrawal_request: WithdrawalRequest, form: DecisionForm
) -> str:
    """Approve or return a request, and return what is said of that.

    Raises:
        PermissionDenied: this person may not approve it.
        ValidationError: it cannot be approved, or no reason is given for returning it.
    """
    by = signed_in(request.user)
    if "_approve" not in request.POST:
        return_withdrawal(request=withdrawal_request, by=by, answer=form.cleaned_data["reason"])
        return _("The request was returned.")
    if not permissions.may_approve(
        by, withdrawal_request.version.package, by=withdrawal_request.requested_by
    ):
        raise PermissionDenied
    try:
        approve_withdrawal(request=withdrawal_request, by=by)
    except PermissionDenied as error:
        sentence = _(
            "The request cannot be approved: the plan is closed, or the person who sent "
            "it no longer coordinates the plan. Return it."
        )
        raise ValidationError(sentence) from error
    return _("Version %(number)d is withdrawn.") % {"number": withdrawal_request.version.number}


@proved
@require_http_methods(["GET", "POST"])
def withdraw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a requirement is no longer to be used."""
    requirement = _requirement(request, pk)
    form = WithdrawRequirementForm(request.POST or None, requirement=requirement)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_requirement(
                requirement=requirement, by=signed_in(request.user), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The requirement is withdrawn in the draft."))
            return HttpResponseRedirect(requirement_address(requirement))
    lead = _(
        "Its address keeps working and says that the requirement is withdrawn. Others see "
        "it when the package is published; until then you can undo it."
    )
    return _ask(request, form, what=requirement, home=requirement_address(requirement), lead=lead)


@proved
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the withdrawal of a requirement back."""
    requirement = _requirement(request, pk)
    try:
        restore_requirement(requirement=requirement, by=signed_in(request.user))
        messages.success(request, _("The requirement is in force again."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return HttpResponseRedirect(requirement_address(requirement))


def _requirement(request: HttpRequest, pk: int) -> Requirement:
    rows = Requirement.objects.select_related(*(f"package__{path}" for path in OWNER))
    requirement = get_object_or_404(rows, pk=pk)
    if not permissions.may_edit(request.user, requirement.package):
        raise PermissionDenied
    return requirement


def _ask(
    request: HttpRequest, form: forms.Form, *, what: object, home: str, lead: str, send: str = ""
) -> HttpResponse:
    context = {
        "title": _("Withdraw"),
        "what": what,
        "home": home,
        "lead": lead,
        "form": form,
        "send": send or _("Withdraw"),
    }
    return page(request, "requirements_pkg/admin/writing/one_form.html", context)
