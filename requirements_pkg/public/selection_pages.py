"""What a buyer takes along: the selection, which lives in its address, and the files.

No visitor is known and nothing is stored. A selection that is too long for an address is sent in
a form instead, and these pages answer it as they answer an address. A whole version as a file is
kept as pages are; a selection is one of countless many, so that it is made each time. Few are made
at once: a file of a thousand requirements takes seconds, and anybody may ask for another one.
"""

from collections.abc import Hashable
from dataclasses import replace
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
from requirements_pkg.choosing.selection import Selection, TooManyCodes, TooManyGroups
from requirements_pkg.choosing.selection_group import CODE, merged
from requirements_pkg.document.schema import Document
from requirements_pkg.models import WordTemplate
from requirements_pkg.public import responses
from requirements_pkg.public.sent_pairs import sent_to
from requirements_pkg.published import catalogue, page_cache
from requirements_pkg.published.catalogue import PackageVersions
from requirements_pkg.published.version_info import VersionInfo
from requirements_pkg.rendering.selection_page import selection_context
from requirements_pkg.tender import downloads
from requirements_pkg.tender.downloads import DownloadRequest
from requirements_pkg.tender.notice.eforms import SELECTION_FORMS
from requirements_pkg.tender.selected.versions import (
    ReadSelection,
    SelectedVersion,
    read_selection,
)

# Of a process's threads at most five are here, whatever visitors ask for.
FILES: Final = WorkPlaces(2, waiting=3)
takes_a_selection = require_http_methods(["GET", "HEAD", "POST"])


@bounded(AllowanceKind.FORMS, of=("POST",))
@csrf_exempt
@takes_a_selection
def select(request: HttpRequest) -> HttpResponseBase:
    """Show the requirements that an address chooses, to fill in, share and download.

    Raises:
        Http404: none of its packages and versions exists.
    """
    pairs = sent_to(request)
    try:
        selected = selection.parse(pairs)
    except TooManyCodes as error:
        return too_many(request, error)
    if not selected.slug:
        return _answer(request, selected, {})
    read = read_selection(selected)
    settled = read.selection
    if settled.fits and (request.method == "POST" or settled.pairs() != pairs):
        # One spelling for one selection, and a version even where none was named.
        return HttpResponseRedirect(f"{reverse('selection')}?{settled.query()}")
    return _answer(request, settled, selection_context(read, origin_of(request)))


@bounded(AllowanceKind.FILES)
@csrf_exempt
@takes_a_selection
def selection_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Send what an address chooses as a file, of one package or several.

    Raises:
        Http404: there is no such kind of file, or none of the packages and versions exists.
    """
    if extension not in SELECTION_FORMS:
        raise Http404
    try:
        selected = selection.parse(sent_to(request))
    except TooManyCodes as error:
        return too_many(request, error)
    read = read_selection(selected)
    unknown = [
        *(f"{group.slug} {code}" for group in read.missing for code in group.codes),
        *(code for part in read.parts for code in part.picked.unknown),
    ]
    if unknown or not read.selection.count:
        context = {"query": read.selection.query(), "unknown": unknown}
        return render(request, "requirements_pkg/unknown_requirements.html", context, status=404)
    return _made_file(request, read, extension)


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
    origin, ended = origin_of(request), versions.ended(timezone.localdate())

    def make() -> page_cache.CachedPage:
        with FILES.place():
            content, newer = catalogue.content_of(version), _newer(versions, version)
            body = form.make(DownloadRequest(content, version, origin, newer=newer, ended=ended))
            return page_cache.CachedPage.of(body, form.content_type, pack=form.pack)

    with FILES.queue():
        key = ("file", extension, version.key, _key_of_newer(versions, version), ended, origin)
        page = page_cache.file(key, make)
    name = downloads.file_name(slug, version, extension)
    return attached(page_cache.answer(request, page), name)


def _selection_file(
    request: HttpRequest, versions: PackageVersions, version: VersionInfo, extension: str
) -> HttpResponseBase:
    """Send what is chosen in one version, at the address of that version's files."""
    own = (versions.slug, version.number)
    try:
        selected = selection.parse(sent_to(request), own)
    except TooManyCodes as error:
        return too_many(request, error)
    # The version is that of the address, whatever else the form of a page says of the package.
    of_package = (group for group in selected.groups if group.slug == versions.slug)
    groups = merged(replace(group, number=version.number) for group in of_package)
    selected = replace(selected, groups=groups)
    part = SelectedVersion(groups[0], versions, version, catalogue.content_of(version))
    picked = part.picked
    if picked.unknown or not picked.requirements:
        context = {"slug": own[0], "number": own[1], "unknown": picked.unknown}
        return render(request, "requirements_pkg/unknown_requirements.html", context, status=404)
    return _made_file(request, ReadSelection(selected, (part,)), extension)


def _made_file(request: HttpRequest, read: ReadSelection, extension: str) -> HttpResponseBase:
    """Make a file of a selection: one of countless many, it is made each time."""
    form, selected = SELECTION_FORMS[extension], read.selection
    paper = None
    if selected.letterhead and extension == "docx":
        # One that was removed meanwhile leaves the document in our own dress.
        paper = WordTemplate.objects.paper_of(selected.letterhead)
    with FILES.queue(), FILES.place():
        today, origin = timezone.localdate(), origin_of(request)
        first, *further = (
            DownloadRequest(
                part.content,
                part.version,
                origin,
                selected.only(part.group),
                paper,
                _newer(part.versions, part.version),
                part.versions.ended(today),
            )
            for part in read.parts
        )
        order = replace(first, further=tuple(further))
        body = form.make(order)
    page = page_cache.CachedPage.of(body, form.content_type, pack=form.pack)
    return attached(page_cache.answer(request, page), downloads.selection_name(order, extension))


def _newer(versions: PackageVersions, version: VersionInfo) -> tuple[VersionInfo, Document] | None:
    """Return the version in force with its content, where a file is of another one."""
    newer = versions.in_force
    if newer is None or newer.number == version.number:
        return None
    return newer, catalogue.content_of(newer)


def _key_of_newer(versions: PackageVersions, version: VersionInfo) -> Hashable:
    newer = versions.in_force
    return None if newer is None or newer.number == version.number else newer.key


def attached(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """Have an answer saved as a file of this name."""
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"
    )
    return response


def too_many(request: HttpRequest, error: TooManyCodes) -> HttpResponseBase:
    """Say that a selection has more than a selection takes, and what to do."""
    if isinstance(error, TooManyGroups):
        most = selection.MOST_GROUPS
        text = _(
            "A selection can have at most %(most)s packages. Go back and split it into "
            "two selections."
        )
    else:
        most = selection.MOST_CODES
        text = _(
            "A selection can have at most %(most)s requirements. Go back and split it into "
            "two selections."
        )
    context = {"reason": text % {"most": figure(most)}}
    return render(request, "400.html", context, status=400)


def origin_of(request: HttpRequest) -> str:
    """Return the address of the site, for links that are read far from it."""
    return request.build_absolute_uri("/").rstrip("/")


def _answer(
    request: HttpRequest, selected: Selection, context: dict[str, object]
) -> HttpResponseBase:
    # Without the request, as every public page: it depends on its address alone.
    html = render_to_string(
        "requirements_pkg/selection.html",
        {"section": "selection", "selection": selected, **context},
    )
    response = responses.answer(request, page_cache.CachedPage.of(html.encode()), selected)
    if request.method == "POST":
        response.headers["Cache-Control"] = "private, max-age=0"
    return response
