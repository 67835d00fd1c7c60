"""The public pages. They read what was published and nothing else, and know no visitor."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from requirements_pkg import catalogue, downloads, layout, pages
from requirements_pkg.catalogue import Edition

LATEST = 5
Contacts = tuple[tuple[str, str], ...]


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """What this is, the packages, and what was published lately."""
    keys = catalogue.in_force()

    def make() -> str:
        packages = catalogue.listed(keys)
        latest = sorted(packages, key=lambda one: one.edition.published_at, reverse=True)
        return _html("start", {"packages": packages, "latest": latest[:LATEST]})

    return pages.answer(request, pages.page(("start", keys), make))


@require_safe
def packages(request: HttpRequest) -> HttpResponseBase:
    """All packages with what they are about."""
    keys = catalogue.in_force()

    def make() -> str:
        return _html("packages", {"packages": catalogue.listed(keys), "section": "packages"})

    return pages.answer(request, pages.page(("packages", keys), make))


@require_safe
def package(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """A version, or the one in force; the page is the same at both addresses."""
    editions = catalogue.editions(slug)
    edition, newest = editions.get(number), editions.newest
    key = ("package", edition.pk, edition.sha256, newest.number, editions.contacts)

    def make() -> str:
        content = catalogue.content_of(edition)
        return package_html(Shown(slug, content, edition, newest.number, editions.contacts))

    return pages.answer(request, pages.page(key, make))


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every version there has been, newest first."""
    editions = catalogue.editions(slug)

    def make() -> str:
        title = catalogue.content_of(editions.newest)["package"]["title"]
        return _html("versions", {"title": title, "editions": editions, "section": "packages"})

    key = ("versions", tuple((one.pk, one.sha256) for one in editions.all))
    return pages.answer(request, pages.page(key, make))


@require_safe
def download(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponseBase:
    """A version as a file."""
    edition = catalogue.editions(slug).get(number)
    form = downloads.FORMS.get(extension)
    if form is None:
        raise Http404

    def make() -> pages.Page:
        body = form.make(catalogue.content_of(edition), edition)
        return pages.Page.of(body, form.content_type, pack=form.pack)

    found = pages.file(("file", extension, edition.pk, edition.sha256), make)
    response = pages.answer(request, found)
    name = downloads.file_name(slug, edition, extension)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"
    )
    return response


@require_safe
def about(request: HttpRequest) -> HttpResponseBase:
    """What this is and who is behind it."""
    return pages.answer(request, pages.page("about", lambda: _html("about", {"section": "about"})))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponseBase:
    """The accessibility statement that Swedish law asks for."""
    return pages.answer(request, pages.page("accessibility", lambda: _html("accessibility", {})))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a package page shows; a draft has no edition."""

    slug: str
    content: dict[str, Any]
    edition: Edition | None = None
    newest: int | None = None
    contacts: Contacts = ()


def package_html(shown: Shown) -> str:
    """The page of a version, or of a draft with a banner that says so."""
    content, plan = shown.content, shown.content["plan"]
    context = {
        "shown": shown,
        "edition": shown.edition,
        "section": "packages",
        "title": content["package"]["title"],
        "period": catalogue.period_of(plan),
        "region": content["region_name"],
        "coordinator": plan["coordinator"],
        "introduction": layout.paragraphs(plan["introduction"]),
        "dimensions": [label["name"] for label in content["dimensions"]],
        "areas": layout.areas(content),
        "goals": plan["goals"],
        "forms": downloads.FORMS,
        **_languages(),
    }
    return _html("package", context)


def draft_preview(
    request: HttpRequest, content: dict[str, Any], *, contacts: Contacts = ()
) -> HttpResponse:
    """A draft as its page would be. The caller has asked whether this person may see it."""
    shown = Shown(content["package"]["slug"], content, contacts=contacts)
    response = HttpResponse(package_html(shown))
    response.headers["Cache-Control"] = "no-store"
    return response


def _languages() -> dict[str, str]:
    """The words of a plan are Swedish on an English page too, and its labels are not."""
    language = get_language() or "sv"
    if language == "sv":
        return {"lang": "", "own": ""}
    return {"lang": mark_safe(' lang="sv"'), "own": format_html(' lang="{}"', language)}


def _html(page: str, context: dict[str, Any]) -> str:
    # Without the request: a page that is kept for everybody cannot depend on anybody.
    return render_to_string(f"requirements_pkg/{page}.html", context)
