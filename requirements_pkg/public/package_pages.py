"""The public pages. They read what was published and nothing else, and know no visitor."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Generic, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from actionplan.public.sections import ListSection
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg.cards.follow_up_counts import FollowUpCounts
from requirements_pkg.cards.package_parts import PackagePart, part_address, tabs
from requirements_pkg.choosing.buyer_state import NOTHING, BuyerState
from requirements_pkg.choosing.filters import is_filtered
from requirements_pkg.choosing.package_filters import PackageFilters
from requirements_pkg.choosing.selection import Pair, read
from requirements_pkg.choosing.selection_group import SelectionGroup
from requirements_pkg.document.facts import OverviewFacts
from requirements_pkg.document.schema import Goal, Lesson, Requirement
from requirements_pkg.public import responses
from requirements_pkg.public.follow_up_counts import followed, used
from requirements_pkg.public.sent_pairs import in_address, in_form, overruled, sent_to
from requirements_pkg.published import catalogue, news, page_cache, version_parts
from requirements_pkg.published.page_cache import CachedPage
from requirements_pkg.published.version_info import VersionInfo
from requirements_pkg.rendering.package_list import packages_html
from requirements_pkg.rendering.package_page import PackagePage, carried
from requirements_pkg.rendering.package_parts import (
    area_html,
    goals_html,
    overview_html,
    requirements_html,
    risks_html,
)
from requirements_pkg.rendering.requirement_page import requirement_html
from requirements_pkg.rendering.templates import html_of

LATEST: Final = 5
# What a part shows of a version.
PartValue = TypeVar("PartValue")


@dataclass(frozen=True, slots=True)
class VersionPart(Generic[PartValue]):
    """A part of a version's page."""

    # What it depends on beside the version.
    key: tuple[Hashable, ...]
    # Reads what it shows of a version.
    read: Callable[[VersionInfo], PartValue]
    # Makes its page of that.
    html: Callable[[PackagePage, PartValue, BuyerState], str]


def takes_a_selection(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let a page be sent what is chosen in a form: it stores nothing, so it needs no token."""
    counted = bounded(AllowanceKind.FORMS, of=("POST",))
    return counted(csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(view)))


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """Show what this site is, the packages, and what was published lately."""
    known, entries = catalogue.in_force_key(), news.versions()[:LATEST]
    today = timezone.localdate()

    def make() -> str:
        return html_of(
            "requirements_pkg/start.html",
            {"packages": catalogue.listed(catalogue.in_force(), today), "news": entries},
        )

    return responses.answer(request, page_cache.page(("start", known, entries, today.year), make))


@takes_a_selection
def packages(request: HttpRequest) -> HttpResponseBase:
    """Show the packages that fit the address; what is chosen goes along to them."""
    selection = read(sent_to(request))
    known, today = catalogue.in_force_key(), timezone.localdate()
    every = page_cache.content(
        ("every package", known, today.year), lambda: catalogue.every(catalogue.in_force(), today)
    )
    filters = PackageFilters.of(request.GET, every)
    if request.method == "POST" and selection.fits:
        query = "&".join(filter(None, (filters.query, selection.query())))
        return HttpResponseRedirect(f"{request.path}?{query}")
    key = ("packages", known, today.year, filters)
    return responses.answer(
        request, page_cache.page(key, lambda: packages_html(every, filters)), selection
    )


@takes_a_selection
def package(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Show what a version, or the one in force, is about; the page is the same at both addresses.

    Filters in the address are of a time when all of a package stood here: they lead on.
    """
    if is_filtered(request.GET):
        part = part_address(PackagePart.REQUIREMENTS, slug, number)
        address = f"{part}?{request.META['QUERY_STRING']}"
        return HttpResponseRedirect(address, preserve_request=request.method == "POST")
    contacts = catalogue.contacts(slug)

    def html(
        page: PackagePage, part: tuple[OverviewFacts, Sequence[Lesson]], buyer: BuyerState
    ) -> str:
        return overview_html(replace(page, contacts=contacts), part, buyer)

    overview = VersionPart((PackagePart.OVERVIEW, contacts), version_parts.overview_of, html)
    return _part(request, slug, number, overview)


@takes_a_selection
def requirements(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Show the requirements of a version, to filter and to choose from."""
    part = VersionPart((PackagePart.REQUIREMENTS,), catalogue.content_of, requirements_html)
    return _part(request, slug, number, part)


@takes_a_selection
def risks(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Show what the requirements of a version cover, as a map of all product areas."""
    part = VersionPart((PackagePart.RISKS,), version_parts.covered_of, risks_html)
    return _part(request, slug, number, part)


@takes_a_selection
def area(
    request: HttpRequest, slug: str, area: int, number: int | None = None
) -> HttpResponseBase:
    """Show the risks and opportunities of one product area, and what is covered of them."""
    read = partial(version_parts.area_of, number=area)
    return _part(request, slug, number, VersionPart((PackagePart.AREA, area), read, area_html))


@takes_a_selection
def goals(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Show the goals of a version's plan, and the way to how they stand."""
    use = used(slug)

    def html(page: PackagePage, part: Sequence[Goal], buyer: BuyerState) -> str:
        return goals_html(page, part, buyer, use)

    part = VersionPart((PackagePart.GOALS, use), version_parts.goals_of, html)
    return _part(request, slug, number, part)


def _part(
    request: HttpRequest, slug: str, number: int | None, part: VersionPart[PartValue]
) -> HttpResponseBase:
    """Answer with a part of a version's page: kept for all who choose nothing.

    Args:
        request: what is chosen comes in a form where it is too long for an address.
        slug: the package.
        number: of the version; without one it is the one in force.
        part: which part.

    Raises:
        Http404: the version, or the part in it, does not exist.
    """
    versions = catalogue.versions_of(slug)
    version, newest = versions.get(number), versions.newest
    # Most visitors choose nothing, and then not even what can be chosen is looked at.
    buyer = NOTHING
    if pairs := _sent(request):
        choices = version_parts.choices_of(version)
        buyer = BuyerState.of(pairs, choices, (slug, version.number))
    if request.method == "POST" and buyer.fits:
        return HttpResponseRedirect(f"{request.path}?{buyer.query}")
    ended = versions.ended(timezone.localdate())

    def make() -> str:
        page = PackagePage.of(slug, version, newest.number, ended)
        return part.html(page, part.read(version), buyer)

    if buyer != NOTHING:
        # There are more choices than a memory holds; what was read is kept, the most of it.
        page, selection = CachedPage.of(make().encode()), buyer.selection((slug, version.number))
        return responses.answer(request, page, selection)
    key = ("package", version.key, newest.number, ended, *part.key)
    return page_cache.answer(request, page_cache.page(key, make))


def _sent(request: HttpRequest) -> list[Pair]:
    """Return what was chosen: in the address, or in a sent form with its button's address."""
    return overruled(in_form(request), in_address(request))


@takes_a_selection
def pick(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Lead from ticked boxes to the selection: an address with nothing but what was chosen."""
    version = catalogue.versions_of(slug).get(number)
    own = (slug, number)
    pairs = in_form(request) or in_address(request)
    buyer = BuyerState.of(pairs, version_parts.choices_of(version), own)
    if request.method == "POST" and not buyer.fits:
        # The browser sends the same form on.
        address = f"{reverse('selection')}?{urlencode(SelectionGroup(*own).pairs())}"
        return HttpResponseRedirect(address, preserve_request=True)
    return HttpResponseRedirect(f"{reverse('selection')}?{buyer.selection(own).query()}")


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
    part = version_parts.requirement_of(version, code)
    if part is None and number is None and (last := catalogue.last_with(versions, code)):
        version, part = last, version_parts.requirement_of(last, code)
    if part is None:
        raise Http404
    counts = _followed(slug, part.requirement, is_module=version.listing.is_shared)
    base = request.build_absolute_uri("/").rstrip("/")
    buyer = NOTHING
    if request.GET:
        choices = version_parts.choices_of(version)
        buyer = BuyerState.of(in_address(request), choices, (slug, version.number))
    ended = versions.ended(timezone.localdate())

    def make() -> str:
        page = PackagePage.of(slug, version, versions.newest.number, ended)
        return requirement_html(page, part, base, buyer, counts)

    if buyer != NOTHING:
        page, selection = CachedPage.of(make().encode()), buyer.selection((slug, version.number))
        return responses.answer(request, page, selection)
    place = (version.key, versions.newest.number, number is None, base)
    key = ("requirement", code, *place, counts, ended)
    return page_cache.answer(request, page_cache.page(key, make))


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show every version there has been, newest first, so many at a time."""
    versions = catalogue.versions_of(slug)
    part = ListSection.of(versions.all, request.GET)
    ended = versions.ended(timezone.localdate())
    buyer = NOTHING
    newest = versions.newest
    if request.GET:
        choices = version_parts.choices_of(newest)
        buyer = BuyerState.of(in_address(request), choices, (slug, newest.number))
    carried_query = urlencode(carried(buyer))

    def make() -> str:
        ways = tabs(
            PackagePart.VERSIONS, slug, has_plan=bool(versions.period), kept=carried(buyer)
        )
        context = {
            "title": versions.newest.title,
            "tabs": ways,
            "buyer": buyer,
            "carried": f"{carried_query}&" if carried_query else "",
            "versions": versions,
            "ended": ended,
            "first": versions.all[-1],
            "part": part,
            "query": "&".join(filter(None, (carried_query, part.query))),
            "section": "packages",
        }
        return html_of("requirements_pkg/versions.html", context)

    if carried_query:
        page, selection = CachedPage.of(make().encode()), buyer.selection((slug, newest.number))
        return responses.answer(request, page, selection)
    key = ("versions", versions.key, ended, part.number)
    return page_cache.answer(request, page_cache.page(key, make))


def _followed(slug: str, wording: Requirement, *, is_module: bool) -> FollowUpCounts:
    """Tell how often a requirement was followed up; one of a module belongs to that."""
    if wording.module:
        return followed(wording.module.slug, wording.uid, is_module=True)
    return followed(slug, wording.uid, is_module=is_module)
