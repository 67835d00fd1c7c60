"""Drafts that are out for consultation: their list, and the pages on which one is read.

They read frozen words, never rows of a draft. No cache and no search engine keeps them, and no
other site hears of their addresses.
"""

from collections.abc import Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg.actions.dialogue.replies import begin_reply, token_of
from requirements_pkg.cards.consultations import consultation_cards
from requirements_pkg.cards.requirement_cards import RequirementCards
from requirements_pkg.document.facts import Listing, RequirementIndex
from requirements_pkg.models import Consultation, ConsultationState
from requirements_pkg.public import responses
from requirements_pkg.public.dialogue.sent_forms import OpenForm
from requirements_pkg.published import catalogue, page_cache
from requirements_pkg.rendering.draft_page import draft_html
from requirements_pkg.rendering.package_page import PackagePage
from requirements_pkg.rendering.templates import html_of, languages
from requirements_pkg.reviewing.consulted import OpenedDraft, masked_rows, opened_draft

# So many of those that are over are listed, the last first.
LISTED: Final = 50


@bounded(AllowanceKind.SEARCHES)
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """List the drafts that anybody may read and answer now, and those that were."""
    rows = Consultation.objects.approved().filter(is_secret=False, withdrawn_at__isnull=True)
    rows = rows.select_related("package").order_by("-closes_on", "-pk")
    listed = masked_rows(list(rows[:LISTED]))
    context = {
        "open": [row for row in listed if row.is_open],
        "closed": [row for row in listed if not row.is_open],
        "section": "packages",
    }
    return unkept(request, "requirements_pkg/consultation/list.html", context)


@bounded(AllowanceKind.VOICES, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, key: str) -> HttpResponse:
    """Show what a draft is about and what it changes; a button begins a reply."""
    row = approved_at(key)
    if not row.is_open:
        return over(request, row)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_trapped:
        return HttpResponseRedirect(request.path)
    if request.method == "POST" and form.is_valid():
        try:
            reply = begin_reply(row)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return HttpResponseRedirect(reverse("reply", args=[token_of(reply)]))
    context = {
        "consultation": row,
        "draft": opened_draft(row),
        "form": form if row.is_for_anybody else None,
        "section": "packages",
        **languages(),
    }
    status = 400 if form.is_bound else 200
    return unkept(
        request, "requirements_pkg/consultation/consultation.html", context, status=status
    )


@bounded(AllowanceKind.SEARCHES)
@require_safe
def consultation_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Show the whole draft as it would be published."""
    row = approved_at(key)
    if not row.is_open:
        return over(request, row)
    content = opened_draft(row).content
    package = content.package
    page = PackagePage(package.slug, package.title, Listing.of(content))
    return headed(request, HttpResponse(draft_html(page, content, consultation=row)))


@bounded(AllowanceKind.SEARCHES)
@require_safe
def consultation_changes(request: HttpRequest, key: str) -> HttpResponse:
    """Show word by word what the draft changes of the version in force.

    Raises:
        Http404: no version was in force.
    """
    row = approved_at(key)
    if not row.is_open:
        return over(request, row)
    draft = opened_draft(row)
    if draft.base is None:
        raise Http404
    context = {"consultation": row, "parts": draft.parts, "section": "packages"}
    return unkept(request, "requirements_pkg/consultation/changes.html", context)


@bounded(AllowanceKind.SEARCHES)
@require_safe
def consultation_requirement(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Show one requirement of the draft, with what was changed in it."""
    row = approved_at(key)
    if not row.is_open:
        return over(request, row)
    context = {"consultation": row, **requirement_context(opened_draft(row), code)}
    return unkept(request, "requirements_pkg/consultation/requirement.html", context)


@require_safe
def version_consultations(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show what came of the answers to the draft that became a version.

    Raises:
        Http404: there is no such version, or its draft was not out for consultation.
    """
    version = catalogue.versions_of(slug).get(number)

    def make() -> str:
        content = catalogue.content_of(version)
        if not content.consultations:
            raise Http404
        context = {
            "title": version.title,
            "slug": slug,
            "version": version,
            "consultations": consultation_cards(content.consultations),
            "codes": {requirement.code for requirement in content.requirements},
            "section": "packages",
        }
        return html_of("requirements_pkg/consultation/summary.html", context)

    return responses.answer(request, page_cache.page(("consultations", version.key), make))


def requirement_context(draft: OpenedDraft, code: str) -> dict[str, object]:
    """Return one requirement of a draft as its page shows it.

    Raises:
        Http404: the draft has no such requirement.
    """
    requirement = draft.content.requirement(code)
    if requirement is None:
        raise Http404
    links = RequirementIndex.of(draft.content).links(requirement.uid)
    return {
        "requirement": RequirementCards(Listing.of(draft.content)).page(requirement, links),
        "item": draft.items.get(requirement.uid),
        "before": links.before,
        "after": links.after,
        "section": "packages",
        **languages(),
    }


def approved_at(key: str) -> Consultation:
    """Return the consultation at an address, which a second person has let out."""
    rows = Consultation.objects.approved().select_related("package")
    row: Consultation = get_object_or_404(rows, key=key)
    return row


def over(request: HttpRequest, row: Consultation) -> HttpResponse:
    """Say that a consultation is over, or that it was taken back; nothing of its words."""
    is_withdrawn = row.state() is ConsultationState.WITHDRAWN
    is_public = not (row.is_secret or is_withdrawn)
    masked_rows([row])
    context = {
        "title": row.title if is_public else "",
        "is_withdrawn": is_withdrawn,
        "closed_on": min(
            row.closes_on,
            timezone.localdate(row.closed_at) if row.closed_at else row.closes_on,
        ),
        "slug": row.package.slug if is_public and row.base_id else "",
        "section": "packages",
    }
    template = "requirements_pkg/consultation/over.html"
    return unkept(request, template, context, status=410 if is_withdrawn else 200)


def unkept(
    request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """Show a page that no cache, no search engine and no other site keeps."""
    return headed(request, render(request, template, {**context}, status=status))


def headed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say that nobody is to keep a page or tell its address; what a buyer chose goes along."""
    responses.take(request, response)
    return sealed(response)


def sealed(response: HttpResponse) -> HttpResponse:
    """Say that nobody is to keep an answer, nor to tell its address."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
