"""The analysts' workbook in the admin: choose, see how many rows there are, take it out."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from actionplan import permissions
from actionplan.admin_site import admin_page
from actionplan.excel.writing.spreadsheet import XLSX_TYPE
from actionplan.extension_points import Button, Panel, PlanTab, plan_panels
from actionplan.models import ActionPlan
from actionplan.permissions import signed_in
from actionplan.processes.streamed_files import streamed
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from followup.admin.forms.workbook_forms import WorkbookForm
from followup.workbook.writing import refuse_unseen, row_counts, workbook
from requirements_pkg.backoffice.pages import page


@admin_page("followup/arbetsbok/", name="followup_workbook")
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show the filters, and how many rows each sheet will have."""
    return _form_page(request, _form(request))


@admin_page("followup/arbetsbok/hamta/", name="followup_workbook_file")
@bounded(AllowanceKind.FILES)
@require_GET
def take_out(request: HttpRequest) -> HttpResponseBase:
    """Send the file; it begins to arrive before its rows are read."""
    form = _form(request)
    if not form.is_valid():
        return _form_page(request, form)
    confidential = form.cleaned_data["confidential"]
    pieces = workbook(form.filters, by=signed_in(request.user), confidential=confidential)
    name = _("workbook for analysts %(day)s.xlsx") % {"day": timezone.localdate()}
    response = streamed(pieces, file_name=name, content_type=XLSX_TYPE)
    # For the log.
    rows = sum(row_counts(form.filters, confidential=confidential).values())
    response.number_of_rows = rows  # type: ignore[attr-defined]
    return response


@plan_panels.on(PlanTab.FOLLOW_UP)
def plan_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show the way from a plan to its workbook."""
    address = reverse("admin:followup_workbook", query={"plan": plan.slug})
    return [
        Panel(
            _("Workbook for analysts"),
            "followup/admin/panels/workbook.html",
            buttons=(Button(_("Choose what to include"), address),),
        )
    ]


def _form(request: HttpRequest) -> WorkbookForm:
    if not permissions.may_export(request.user):
        raise PermissionDenied
    return WorkbookForm(request.GET, by=signed_in(request.user))


def _form_page(request: HttpRequest, form: WorkbookForm) -> HttpResponse:
    refusal, counts = "", {}
    if form.is_valid():
        confidential = form.cleaned_data["confidential"]
        try:
            if confidential:
                refuse_unseen(form.filters, request.user)
            counts = row_counts(form.filters, confidential=confidential)
        except PermissionDenied as error:
            refusal = str(error)
    context = {
        "title": _("Workbook for analysts"),
        "form": form,
        "counts": counts,
        "total": sum(counts.values()),
        "refusal": refusal,
    }
    return page(request, "followup/admin/readings/workbook.html", context)
