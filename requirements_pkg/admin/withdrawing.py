"""The pages on which a version or a requirement is withdrawn."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actionplan.accounts.entering.proof import proved
from actionplan.permissions import signed_in
from requirements_pkg import permissions
from requirements_pkg.actions.withdrawal import (
    restore_requirement,
    withdraw_requirement,
    withdraw_version,
)
from requirements_pkg.admin.forms.package_forms import WithdrawRequirementForm, WithdrawVersionForm
from requirements_pkg.backoffice.pages import home_of, led_home, page
from requirements_pkg.models import PackageVersion, Requirement

OWNER = ("plan__category", "plan__procurement_region", "steward")


@proved
@require_http_methods(["GET", "POST"])
def withdraw_version_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a published version is no longer to be used."""
    rows = PackageVersion.objects.select_related(*(f"package__{path}" for path in OWNER))
    version = get_object_or_404(rows.defer("content"), pk=pk)
    if not permissions.may_edit(request.user, version.package):
        raise PermissionDenied
    form = WithdrawVersionForm(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_version(version=version, by=signed_in(request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            text = _("Version %(number)d is withdrawn.")
            messages.success(request, text % {"number": version.number})
            return led_home(version.package)
    lead = _(
        "The version can still be read at its address, which says that it is withdrawn "
        "and why. This cannot be undone."
    )
    return _ask(request, form, what=version, home=home_of(version.package), lead=lead)


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
            return HttpResponseRedirect(_address(requirement))
    lead = _(
        "Its address keeps working and says that the requirement is withdrawn. Others see "
        "it when the package is published; until then you can undo it."
    )
    return _ask(request, form, what=requirement, home=_address(requirement), lead=lead)


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
    return HttpResponseRedirect(_address(requirement))


def _requirement(request: HttpRequest, pk: int) -> Requirement:
    rows = Requirement.objects.select_related(*(f"package__{path}" for path in OWNER))
    requirement = get_object_or_404(rows, pk=pk)
    if not permissions.may_edit(request.user, requirement.package):
        raise PermissionDenied
    return requirement


def _address(requirement: Requirement) -> str:
    return reverse("admin:requirements_pkg_requirement_change", args=[requirement.pk])


def _ask(
    request: HttpRequest, form: forms.Form, *, what: Any, home: str, lead: str
) -> HttpResponse:
    context = {"title": _("Withdraw"), "what": what, "home": home, "lead": lead, "form": form}
    return page(request, "requirements_pkg/admin/publishing/withdraw.html", context)
