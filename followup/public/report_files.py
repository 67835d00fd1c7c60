"""Follow-up reports as files, and what these say field by field."""

from typing import Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from followup.published import reports
from followup.rendering.report_files import FORMS
from followup.report.json_schema import report_schema
from requirements_pkg.document.json_schema import written_schema
from requirements_pkg.published import page_cache
from requirements_pkg.published.page_cache import CachedPage

SCHEMA_TYPE: Final = "application/schema+json"


@bounded(AllowanceKind.FILES)
@require_safe
def download(
    request: HttpRequest, slug: str, extension: str, number: int | None = None
) -> HttpResponseBase:
    """Send a follow-up report as a file; the newest unless told.

    Raises:
        Http404: the plan has no such report, or there is no such kind of file.
    """
    published = reports.reports_of(slug)
    if extension not in FORMS or not published:
        raise Http404
    info = published[0] if number is None else reports.numbered(published, number)
    content_type, make = FORMS[extension]

    def made() -> CachedPage:
        return CachedPage.of(make(info, reports.report(info)), content_type, pack=True)

    key = ("report file", extension, info.pk, info.sha256, info.masked)
    response = page_cache.answer(request, page_cache.file(key, made))
    name = f"{slug}-r{info.number}.{extension}"
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    return response


@require_safe
def schema(request: HttpRequest) -> HttpResponseBase:
    """Send the schema of what a report says as JSON, field by field, for other programs."""

    def make() -> CachedPage:
        return CachedPage.of(written_schema(report_schema()).encode(), SCHEMA_TYPE)

    return page_cache.answer(request, page_cache.file("report schema", make))
