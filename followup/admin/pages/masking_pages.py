"""The pages on which words in what is published are masked, by two persons."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplan.accounts.entering.proof import proved
from actionplan.admin_site import admin_page
from actionplan.extension_points import PlanTab
from actionplan.permissions import signed_in
from followup import permissions
from followup.actions.masking import (
    approve_masking,
    request_masking,
    return_masking,
    times_masked,
)
from followup.admin.forms.masking_forms import MaskingForm
from followup.admin.forms.request_forms import AnswerRequestForm
from followup.models import Masking
from requirements_pkg.backoffice.pages import home_of, package_of_plan, page
from requirements_pkg.models import Decision, RequirementsPackage


@admin_page("followup/maskera/plan/<int:pk>/", name="followup_mask")
@require_http_methods(["GET", "POST"])
def mask_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that words in the published versions and reports of a plan are masked."""
    package = package_of_plan(request, pk)
    if package.pk is None:
        raise Http404
    return _ask(request, package)


@admin_page("followup/maskera/modul/<int:pk>/", name="followup_mask_module")
@require_http_methods(["GET", "POST"])
def mask_module_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that words in the published versions of a shared module are masked."""
    rows = RequirementsPackage.objects.with_owner().filter(plan__isnull=True)
    return _ask(request, get_object_or_404(rows, pk=pk))


def _ask(request: HttpRequest, package: RequirementsPackage) -> HttpResponse:
    """Ask for a masking in what is published of a package, where this person may."""
    if not permissions.may_ask_masking(request.user, package):
        raise PermissionDenied
    form = MaskingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            masking = request_masking(
                package=package, by=signed_in(request.user), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The request was sent. Another person is to approve it."))
            return HttpResponseRedirect(masking_address(masking))
    context: dict[str, object] = {
        "title": _("Mask words in what is published"),
        "form": form,
        "maskings": Masking.objects.filter(package=package).select_related("requested_by"),
        "subject": package.plan or package,
        "home": home_of(package, PlanTab.FOLLOW_UP),
    }
    return page(request, "followup/admin/reports/mask.html", context)


@admin_page("followup/maskering/<int:pk>/", name="followup_masking_decide")
@proved
@require_http_methods(["GET", "POST"])
def masking_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is asked to be masked; approve or return it."""
    rows = Masking.objects.select_related(
        "requested_by",
        "decided_by",
        "package__plan__category",
        "package__plan__procurement_region",
        "package__steward",
    )
    masking = get_object_or_404(rows, pk=pk)
    if not permissions.may_see_report(request.user, masking):
        raise Http404
    may_approve = permissions.may_approve_masking(request.user, masking)
    form = AnswerRequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            text = _answered(request, masking, form.cleaned_data["answer"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, text)
            return HttpResponseRedirect(home_of(masking.package, PlanTab.FOLLOW_UP))
    context: dict[str, object] = {
        "title": _("Mask words in what is published"),
        "masking": masking,
        "times": times_masked(masking.package, masking.words),
        "form": form,
        "may_approve": may_approve,
        "is_pending": masking.decision == Decision.PENDING,
        "subject": masking.package.plan or masking.package,
        "home": home_of(masking.package, PlanTab.FOLLOW_UP),
    }
    return page(request, "followup/admin/reports/masking.html", context)


def masking_address(masking: Masking) -> str:
    """Tell where a masking is approved or returned."""
    return reverse("admin:followup_masking_decide", args=[masking.pk])


def _answered(request: HttpRequest, masking: Masking, answer: str) -> str:
    """Approve or return a masking, and return what is said of that."""
    by = signed_in(request.user)
    if "_approve" in request.POST:
        if not permissions.may_approve_masking(by, masking):
            raise PermissionDenied
        approve_masking(masking=masking, by=by)
        return _("The words are masked in all that is published of it.")
    return_masking(masking=masking, by=by, answer=answer)
    return _("The masking is returned.")
