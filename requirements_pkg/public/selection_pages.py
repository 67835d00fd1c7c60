"""What a buyer takes along: the selection, which lives in its address, and the files.

No visitor is known and nothing is stored. A selection that is too long for an address is sent in
a form instead, and these pages answer it as they answer an address. A whole version as a file is
kept as pages are; a selection is one of countless many, so that it is made each time. Few are made
at once: a file of a thousand requirements takes seconds, and anybody may ask for another one.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actionplan.processes.heavy_work import WorkPlaces
from actionplan.text import figure
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg.choosing import selection
from requirements_pkg.choosing.buyer_name import LONGEST as LONGEST_NAME
from requirements_pkg.choosing.buyer_name import left_in
from requirements_pkg.choosing.selection import FORM, Selection
from requirements_pkg.choosing.selection_group import CODE, merged
from requirements_pkg.comparing.since import RequirementFate, RequirementThenAndNow, changed_since
from requirements_pkg.document.fill_in import LONGEST_VALUE
from requirements_pkg.document.schema import Document
from requirements_pkg.models import WordTemplate
from requirements_pkg.public.sent_pairs import sent_to
from requirements_pkg.published import catalogue, page_cache
from requirements_pkg.published.catalogue import PackageVersions
from requirements_pkg.published.version_info import VersionInfo
from requirements_pkg.tender import document as tender
from requirements_pkg.tender import downloads
from requirements_pkg.tender.downloads import DownloadRequest
from requirements_pkg.tender.overlap import Overlap, overlaps

# Of a process's threads at most five are here, whatever visitors ask for.
FILES: Final = WorkPlaces(2, waiting=3)
takes_a_selection = require_http_methods(["GET", "HEAD", "POST"])


@bounded(AllowanceKind.FORMS, of=("POST",))
@csrf_exempt
@takes_a_selection
def select(request: HttpRequest) -> HttpResponseBase:
    """Show the requirements that an address chooses, to fill in, share and download."""
    pairs = sent_to(request)
    try:
        selected = selection.parse(pairs)
    except selection.TooManyCodes:
        return _too_many(request)
    if not selected.slug:
        return _answer(request, {"selection": selected})
    versions = catalogue.versions_of(selected.slug)
    version = versions.get(selected.number)
    content = catalogue.content_of(version)
    pinned = selected.only(selected.first).pinned(lambda group: version.number)
    settled = pinned.settled({(selected.slug, version.number): content})
    if settled.fits and (request.method == "POST" or settled.pairs() != pairs):
        # One spelling for one selection, and a version even where none was named.
        return HttpResponseRedirect(f"{reverse('selection')}?{settled.query()}")
    return _answer(request, _selection_context(request, settled, content, versions))


@bounded(AllowanceKind.FILES)
@csrf_exempt
@takes_a_selection
def download(
    request: HttpRequest, slug: str, extension: str, number: int | None = None
) -> HttpResponseBase:
    """Send a version as a file, or the requirements chosen in it; that in force unless told.

    Raises:
        Http404: there is no such package, version or kind of file.
    """
    versions = catalogue.versions_of(slug)
    version = versions.get(number)
    form = downloads.FORMS.get(extension)
    if form is None:
        raise Http404
    if request.method == "POST" or CODE in request.GET:
        return _selection_file(request, versions, version, extension)
    origin, ended = _origin(request), versions.ended(timezone.localdate())

    def make() -> page_cache.CachedPage:
        with FILES.place():
            content, newer = catalogue.content_of(version), _newer(versions, version)
            body = form.make(DownloadRequest(content, version, origin, newer=newer, ended=ended))
            return page_cache.CachedPage.of(body, form.content_type, pack=form.pack)

    with FILES.queue():
        key = ("file", extension, version.key, _key_of_newer(versions, version), ended, origin)
        page = page_cache.file(key, make)
    name = downloads.file_name(slug, version, extension)
    return _attached(page_cache.answer(request, page), name)


def _selection_file(
    request: HttpRequest, versions: PackageVersions, version: VersionInfo, extension: str
) -> HttpResponseBase:
    form, number = downloads.FORMS[extension], version.number
    try:
        selected = selection.parse(sent_to(request), (versions.slug, number))
    except selection.TooManyCodes:
        return _too_many(request)
    content = catalogue.content_of(version)
    slug = content.package.slug
    # The version is that of the address, whatever else the form of a page says of the package.
    own = (group for group in selected.groups if group.slug == slug)
    selected = replace(selected, groups=merged(replace(group, number=number) for group in own))
    picked = selected.first.requirements_in(content)
    if picked.unknown or not picked.requirements:
        context = {"slug": slug, "number": version.number, "unknown": picked.unknown}
        return render(request, "requirements_pkg/unknown_requirements.html", context, status=404)
    paper = None
    if selected.letterhead and extension == "docx":
        # One that was removed meanwhile leaves the document in our own dress.
        paper = WordTemplate.objects.paper_of(selected.letterhead)
    with FILES.queue(), FILES.place():
        newer, ended = _newer(versions, version), versions.ended(timezone.localdate())
        body = form.make(
            DownloadRequest(content, version, _origin(request), selected, paper, newer, ended)
        )
    page = page_cache.CachedPage.of(body, form.content_type, pack=form.pack)
    name = downloads.file_name(slug, version, extension, is_selection=True)
    return _attached(page_cache.answer(request, page), name)


def _newer(versions: PackageVersions, version: VersionInfo) -> tuple[VersionInfo, Document] | None:
    """Return the version in force with its content, where a file is of another one."""
    newer = versions.in_force
    if newer is None or newer.number == version.number:
        return None
    return newer, catalogue.content_of(newer)


def _key_of_newer(versions: PackageVersions, version: VersionInfo) -> Hashable:
    newer = versions.in_force
    return None if newer is None or newer.number == version.number else newer.key


def _attached(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"
    )
    return response


def _too_many(request: HttpRequest) -> HttpResponseBase:
    text = _(
        "A selection can have at most %(most)s requirements. Go back and split it into "
        "two selections."
    )
    context = {"reason": text % {"most": figure(selection.MOST_CODES)}}
    return render(request, "400.html", context, status=400)


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@dataclass(frozen=True, slots=True)
class SelectionRow:
    """A chosen requirement on the page, and what became of it since."""

    item: tender.TenderRequirement
    text: tuple[tender.Paragraph, ...]
    parts: tuple[tender.TenderPart, ...]
    facts: list[tuple[str, str]]
    withdrawal: str
    since: RequirementThenAndNow | None


def _selection_context(
    request: HttpRequest, settled: Selection, content: Document, versions: PackageVersions
) -> dict[str, object]:
    """Return what the page says of a selection."""
    version = versions.get(settled.number)
    made = DownloadRequest(content, version, selection=settled).tender
    since = _since(settled, content, versions.in_force)
    changed = {
        requirement.code: requirement
        for requirement in since
        if requirement.fate != RequirementFate.UNCHANGED
    }
    unknown = settled.first.requirements_in(content).unknown
    return {
        "selection": settled,
        **_addressed(request, settled),
        "made": made,
        "version": version,
        "newest": versions.in_force,
        "ended": versions.ended(timezone.localdate()),
        "groups": [
            (group, [_row(item, made, changed) for item in group.items]) for group in made.groups
        ],
        "overlaps": _overlaps(settled, content),
        "unknown": unknown,
        "known": settled.without(settled.first, unknown),
        "changed": list(changed.values()),
        **_move(settled, since, versions.in_force),
        "left": _left(made),
        "longest": LONGEST_VALUE,
        "longest_name": LONGEST_NAME,
        "forms": downloads.FORMS,
        "letterheads": catalogue.letterheads(),
    }


def _overlaps(settled: Selection, content: Document) -> list[tuple[Overlap, Selection, Selection]]:
    """Return what replaces what, and the selection without either."""
    group = settled.first
    return [
        (
            overlap,
            settled.without(group, [overlap.old.code]),
            settled.without(group, [overlap.new.code]),
        )
        for overlap in overlaps(group.requirements_in(content).requirements, content.requirements)
    ]


def _addressed(request: HttpRequest, settled: Selection) -> dict[str, object]:
    """Return the address of a selection, and its length; one that does not fit leads nowhere."""
    query = settled.query()
    return {
        "query": query if settled.fits else "",
        "fits": settled.fits,
        "sent_form": "" if settled.fits else FORM,
        "length": len(query),
        "most": selection.LONGEST_QUERY,
        "kept": selection.fitting(settled.pairs()),
        "address": f"{_origin(request)}{reverse('selection')}?{query}",
    }


def _left(made: tender.Tender) -> list[tuple[str, tuple[str, ...]]]:
    """Return the words about regions that the buyer's name does not replace, by code."""
    items = (item for group in made.groups for item in group.items) if made.buyer else ()
    pairs = ((item.code, left_in(item.published(internal=made.internal))) for item in items)
    return [(code, words) for code, words in pairs if words]


def _since(
    settled: Selection, content: Document, newest: VersionInfo | None
) -> list[RequirementThenAndNow]:
    """Return what became of each requirement up to the version in force."""
    if newest is None or settled.number == newest.number:
        return []
    return changed_since(content, catalogue.content_of(newest), settled.codes)


def _move(
    settled: Selection, since: list[RequirementThenAndNow], newest: VersionInfo | None
) -> dict[str, object]:
    """Return the selection in the version in force, and which codes do not come along."""
    if newest is None:
        return {"move": None, "left_behind": ()}
    # Only by identity: another requirement may have got the code, or read much the same.
    kept = {
        requirement.code: requirement.new.code
        for requirement in since
        if requirement.new and requirement.continues
    }
    left_behind = tuple(code for code in settled.codes if code not in kept)
    moved = settled.put(settled.first, settled.first.moved(newest.number, kept))
    return {"move": moved, "left_behind": left_behind}


def _row(
    item: tender.TenderRequirement, made: tender.Tender, changed: dict[str, RequirementThenAndNow]
) -> SelectionRow:
    return SelectionRow(
        item,
        item.paragraphs("text"),
        tuple(tender.parts_of(item, internal=made.internal)),
        tender.facts_of(item, made.names, internal=made.internal),
        tender.withdrawal_of(item, made.names),
        changed.get(item.code),
    )


def _answer(request: HttpRequest, context: dict[str, object]) -> HttpResponseBase:
    # Without the request, as every public page: it depends on its address alone.
    html = render_to_string("requirements_pkg/selection.html", {"section": "selection", **context})
    response = page_cache.answer(request, page_cache.CachedPage.of(html.encode()))
    if request.method == "POST":
        response.headers["Cache-Control"] = "private, max-age=0"
    return response
