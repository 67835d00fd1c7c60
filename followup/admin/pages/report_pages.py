"""The pages of a follow-up report in the admin: write, look at it, send, approve, return."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from actionplan.accounts.entering.proof import proved
from actionplan.admin_site import admin_page
from actionplan.extension_points import PlanTab
from actionplan.permissions import signed_in
from followup import permissions
from followup.actions.reports import (
    approve_report,
    name_hits,
    request_report,
    return_report,
)
from followup.admin.forms.report_forms import ReportForm, ReturnReportForm, SecrecyForm
from followup.drafting.notes import note_words
from followup.drafting.report_draft import ReportDraft, report_draft
from followup.models import ClearedName, ReportRequest
from followup.rendering.report_page import report_preview
from followup.report.reading import read, read_basis
from requirements_pkg.backoffice.pages import home_of, package_of_plan, page
from requirements_pkg.models import Decision, RequirementsPackage

# Where words stand that may name somebody.
PLACES = {
    "note": gettext_lazy("in what is new"),
    "plan": gettext_lazy("in the plan"),
    "reading": gettext_lazy("in the comment of a reading"),
    "summary": gettext_lazy("in a summary"),
    "lesson": gettext_lazy("in a lesson"),
}


@admin_page("followup/rapport/plan/<int:pk>/", name="followup_report_write")
@require_http_methods(["GET", "POST"])
def write_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a plan's report would say, and send it to another person."""
    package = package_at(request, pk)
    draft, hinder = _draft(package, timezone.localdate())
    note = request.POST.get("note", "")
    hits = name_hits(package, draft.report, note) if draft is not None else []
    form = ReportForm(request.POST if request.method == "POST" else None, hits=hits)
    if request.method == "POST" and form.is_valid():
        try:
            report_request = request_report(
                package=package,
                as_of=form.cleaned_data["as_of"],
                note=form.cleaned_data["note"],
                by=signed_in(request.user),
                cleared=form.cleared,
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The report was sent for approval."))
            return HttpResponseRedirect(decide_address(report_request))
    context: dict[str, object] = {
        "title": _("Write a follow-up report"),
        "form": form,
        "hinder": hinder,
        "notes": note_words(draft.basis.notes) if draft is not None else (),
        "clearing": [(PLACES[hit.place], hit, field) for hit, field in form.clearing],
        "preview": reverse("admin:followup_report_preview", args=[pk]),
        "waiting": ReportRequest.objects.filter(package=package).pending().first(),
        **_of(package),
    }
    return page(request, "followup/admin/reports/write.html", context)


@admin_page("followup/rapport/plan/<int:pk>/forhandsvisning/", name="followup_report_preview")
@require_GET
def preview_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan's report as it would be published now."""
    package = package_at(request, pk)
    day = parse_day(request.GET.get("as_of", "")) or timezone.localdate()
    draft, hinder = _draft(package, day)
    if draft is None:
        messages.error(request, hinder)
        return HttpResponseRedirect(reverse("admin:followup_report_write", args=[pk]))
    return report_preview(draft.report, "")


@admin_page("followup/rapport/<int:pk>/", name="followup_report_decide")
@proved
@require_http_methods(["GET", "POST"])
def decide_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report that was sent; review it for secrecy and publish it, or return it."""
    report_request = _request_at(request, pk)
    may_approve = permissions.may_approve_report(request.user, report_request)
    data = request.POST if request.method == "POST" else None
    is_approving = data is not None and "_approve" in data
    if is_approving and not may_approve:
        raise PermissionDenied
    form = SecrecyForm(data if is_approving else None)
    returning = ReturnReportForm(data if data is not None and not is_approving else None)
    if data is not None and (form if is_approving else returning).is_valid():
        try:
            text = _answered(request, report_request, form if is_approving else returning)
        except ValidationError as error:
            (form if is_approving else returning).add_error(None, error.messages)
        else:
            messages.success(request, text)
            return HttpResponseRedirect(home_of(report_request.package, PlanTab.FOLLOW_UP))
    context: dict[str, object] = {
        "title": _("Follow-up report for approval"),
        "report_request": report_request,
        "form": form if may_approve else None,
        "returning": returning,
        "is_pending": report_request.decision == Decision.PENDING,
        "notes": note_words(read_basis(report_request.basis).notes),
        "cleared": _cleared(report_request),
        "preview": reverse("admin:followup_report_sent", args=[report_request.pk]),
        **_of(report_request.package),
    }
    response = page(request, "followup/admin/reports/decide.html", context)
    if form.errors or returning.errors:
        response.status_code = 400
    return response


@admin_page("followup/rapport/<int:pk>/forhandsvisning/", name="followup_report_sent")
@require_GET
def sent_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report just as it was sent, and would be published."""
    report_request = _request_at(request, pk)
    return report_preview(read(report_request.content), report_request.note)


def decide_address(report_request: ReportRequest) -> str:
    """Tell where a report that was sent is approved or returned."""
    return reverse("admin:followup_report_decide", args=[report_request.pk])


def parse_day(text: str) -> date | None:
    """Return the day that an address names, None where it names none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _answered(
    request: HttpRequest, report_request: ReportRequest, form: SecrecyForm | ReturnReportForm
) -> str:
    """Approve or return a report, and return what is said of that."""
    by = signed_in(request.user)
    if isinstance(form, SecrecyForm):
        report = approve_report(request=report_request, by=by, **form.cleaned_data)
        return _("Follow-up report %(number)d is published.") % {"number": report.number}
    return_report(request=report_request, by=by, reason=form.cleaned_data["reason"])
    return _("The report is returned.")


def package_at(request: HttpRequest, pk: int) -> RequirementsPackage:
    """Return the package of a plan whose reports this person writes."""
    package = package_of_plan(request, pk)
    if not permissions.may_write_report(request.user, package):
        raise PermissionDenied
    if package.pk is None:
        raise Http404
    return package


def _request_at(request: HttpRequest, pk: int) -> ReportRequest:
    """Return a report that was sent, for who writes or approves the plan's; others find none."""
    rows = ReportRequest.objects.select_related(
        "requested_by",
        "decided_by",
        "package__plan__category",
        "package__plan__procurement_region",
        "package__steward",
    )
    report_request = get_object_or_404(rows, pk=pk)
    if not permissions.may_see_report(request.user, report_request):
        raise Http404
    return report_request


def _draft(package: RequirementsPackage, day: date) -> tuple[ReportDraft | None, str]:
    """Return the report as it would be now, or why there can be none."""
    try:
        return report_draft(package, as_of=day, on=timezone.localdate()), ""
    except ValidationError as error:
        return None, " ".join(error.messages)


def _cleared(report_request: ReportRequest) -> list[ClearedName]:
    """Return the words in a report that may name somebody, with why they may stand."""
    rows = ClearedName.objects.filter(package=report_request.package).select_related("cleared_by")
    return [
        row
        for row in rows
        if row.words in report_request.content or row.words in report_request.note
    ]


def _of(package: RequirementsPackage) -> dict[str, object]:
    return {"subject": package.plan, "home": home_of(package, PlanTab.FOLLOW_UP)}
