"""The public pages. They read what was published and nothing else, and know no visitor."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from actionplan.public.sections import ListSection
from requirements_pkg.cards.follow_up_counts import FollowUpCounts
from requirements_pkg.choosing.buyer_state import NOTHING, BuyerState
from requirements_pkg.document.schema import Document, Requirement
from requirements_pkg.public.follow_up_counts import followed
from requirements_pkg.published import catalogue, news, page_cache
from requirements_pkg.published.page_cache import CachedPage
from requirements_pkg.rendering.package_page import PackagePage, package_html
from requirements_pkg.rendering.requirement_page import requirement_html
from requirements_pkg.rendering.templates import html_of

LATEST = 5


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """Show what this site is, the packages, and what was published lately."""
    keys, told = catalogue.in_force(), news.latest()[:LATEST]
    today = timezone.localdate()

    def make() -> str:
        return html_of(
            "requirements_pkg/start.html",
            {"packages": catalogue.listed(keys, today), "news": told},
        )

    return page_cache.answer(request, page_cache.page(("start", keys, told, today.year), make))


@require_safe
def packages(request: HttpRequest) -> HttpResponseBase:
    """Show all packages with what they are about."""
    keys, today = catalogue.in_force(), timezone.localdate()

    def make() -> str:
        listed = catalogue.listed(keys, today)
        return html_of(
            "requirements_pkg/packages.html", {"packages": listed, "section": "packages"}
        )

    return page_cache.answer(request, page_cache.page(("packages", keys, today.year), make))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Show a version, or the one in force; the page is the same at both addresses.

    What is chosen comes in a form where it is too long for an address.
    """
    versions = catalogue.versions_of(slug)
    version, newest = versions.get(number), versions.newest
    # Most visitors choose nothing, and then not even the content is looked at.
    buyer = NOTHING
    if query := _sent(request):
        buyer = BuyerState.of(query, catalogue.content_of(version))
    if request.method == "POST" and buyer.fits:
        return HttpResponseRedirect(f"{request.path}?{buyer.query}")
    contacts = catalogue.contacts(slug)
    ended = versions.ended(timezone.localdate())
    key = ("package", version.key, newest.number, contacts, ended)

    def make() -> str:
        content = catalogue.content_of(version)
        shown = PackagePage(slug, content, version, newest.number, contacts, ended)
        return package_html(shown, buyer)

    if buyer != NOTHING:
        # There are more choices than a memory holds; the content is kept, which is the most of it.
        return page_cache.answer(request, CachedPage.of(make().encode()))
    return page_cache.answer(request, page_cache.page(key, make))


def _sent(request: HttpRequest) -> QueryDict:
    """Return what was chosen: in the address, or in a sent form with its button's address."""
    if request.method != "POST":
        return request.GET
    query = request.POST.copy()
    for name, values in request.GET.lists():
        query.setlist(name, values)
    return query


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Lead from ticked boxes to the selection: an address with nothing but what was chosen."""
    version = catalogue.versions_of(slug).get(number)
    buyer = BuyerState.of(request.POST or request.GET, catalogue.content_of(version))
    pairs = [("paket", slug), ("version", str(number))]
    if request.method == "POST" and not buyer.fits:
        # The browser sends the same form on.
        address = f"{reverse('selection')}?{urlencode(pairs)}"
        return HttpResponseRedirect(address, preserve_request=True)
    return HttpResponseRedirect(f"{reverse('selection')}?{urlencode([*pairs, *buyer.pairs])}")


@require_safe
def requirement(
    request: HttpRequest, slug: str, code: str, number: int | None = None
) -> HttpResponseBase:
    """Show one requirement of a version, or as it last was where the one in force has it no more.

    Raises:
        Http404: the version, or every version, lacks the code.
    """
    versions = catalogue.versions_of(slug)
    version = versions.get(number)
    content = catalogue.content_of(version)
    one = content.requirement(code)
    if one is None and number is None and (last := catalogue.last_with(versions, code)):
        version, content = last, catalogue.content_of(last)
        one = content.requirement(code)
    if one is None:
        raise Http404
    counts = _followed(slug, content, one)
    base = request.build_absolute_uri("/").rstrip("/")
    buyer = BuyerState.of(request.GET, content) if request.GET else NOTHING

    ended = versions.ended(timezone.localdate())

    def make() -> str:
        shown = PackagePage(slug, content, version, versions.newest.number, ended=ended)
        return requirement_html(shown, one, base, buyer, counts)

    if buyer != NOTHING:
        return page_cache.answer(request, CachedPage.of(make().encode()))
    place = (version.key, versions.newest.number, number is None, base)
    key = ("requirement", code, *place, counts, ended)
    return page_cache.answer(request, page_cache.page(key, make))


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show every version there has been, newest first, so many at a time."""
    versions = catalogue.versions_of(slug)
    part = ListSection.of(versions.all, request.GET)
    ended = versions.ended(timezone.localdate())

    def make() -> str:
        context = {
            "title": versions.newest.title,
            "versions": versions,
            "ended": ended,
            "first": versions.all[-1],
            "part": part,
            "query": part.query,
            "section": "packages",
        }
        return html_of("requirements_pkg/versions.html", context)

    key = ("versions", versions.key, ended, part.number)
    return page_cache.answer(request, page_cache.page(key, make))


def _followed(slug: str, content: Document, one: Requirement) -> FollowUpCounts:
    """Tell how often a requirement was followed up; one of a module belongs to that."""
    if one.module:
        return followed(one.module.slug, one.uid, is_module=True)
    return followed(slug, one.uid, is_module=content.plan is None)
