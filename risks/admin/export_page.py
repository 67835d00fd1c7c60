"""The address at which a plan is taken out of the admin as a file."""

from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from actionplan import permissions
from actionplan.excel.writing.spreadsheet import XLSX_TYPE
from actionplan.models import ActionPlan
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from risks.exporting.document import FORMATS, plan_file

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX_TYPE,
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


@bounded(AllowanceKind.FILES)
@require_GET
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Send the plan as it stands now, drafts included, as a file."""
    if not permissions.may_export(request.user):
        raise PermissionDenied
    if form not in FORMATS:
        raise Http404
    plan = get_object_or_404(ActionPlan.objects.with_head(), pk=pk)
    response = HttpResponse(plan_file(plan, form), content_type=CONTENT_TYPES[form])
    draft = _("draft")
    name = quote(f"{plan.slug}-{draft}.{form}")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plan.slug}.{form}\"; filename*=UTF-8''{name}"
    )
    return response
