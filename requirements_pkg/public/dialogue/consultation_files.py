"""A draft that is out for consultation as a file, for those who read and answer it together.

It is made of the frozen words, in the same places and bounds as the files of versions, and says on
each page that it does not apply. Nobody keeps it on the way.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg.models import Consultation
from requirements_pkg.public.dialogue.consultation_pages import approved_at, over, sealed
from requirements_pkg.public.selection_pages import FILES, attached, origin_of
from requirements_pkg.published import page_cache
from requirements_pkg.published.masking import maskings_of
from requirements_pkg.reviewing.consulted import OpenedDraft, opened_draft
from requirements_pkg.tender import downloads
from requirements_pkg.tender.source import ConsultationNotice, TenderSource


@bounded(AllowanceKind.FILES)
@require_safe
def consultation_file(request: HttpRequest, key: str, extension: str) -> HttpResponseBase:
    """Send a draft as a file while answers are taken in.

    Raises:
        Http404: there is no such consultation or kind of file.
    """
    row = approved_at(key)
    if extension not in downloads.CONSULTED:
        raise Http404
    if not row.is_open:
        return over(request, row)
    draft, origin = opened_draft(row), origin_of(request)
    form = downloads.FORMS[extension]

    def make() -> page_cache.CachedPage:
        with FILES.place():
            body = downloads.consulted_file(draft.content, _source(row, draft, origin), extension)
            return page_cache.CachedPage.of(body, form.content_type, pack=False)

    with FILES.queue():
        words = (row.closes_on, maskings_of(draft.content))
        page = page_cache.file(("consulted file", extension, row.pk, words, origin), make)
    name = f"{draft.content.package.slug}-remiss-{row.number}.{extension}"
    return attached(sealed(HttpResponse(page.body, form.content_type)), name)


def _source(row: Consultation, draft: OpenedDraft, origin: str) -> TenderSource:
    decided = row.decided_at or row.requested_at
    return TenderSource(
        slug=draft.content.package.slug,
        number=0,
        published=timezone.localdate(decided),
        sha256="",
        origin=origin,
        consultation=ConsultationNotice(row.key, row.closes_on),
    )
