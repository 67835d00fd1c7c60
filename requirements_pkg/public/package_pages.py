"""The public pages. They read what was published and nothing else, and know no visitor."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from actionplan.public.sections import Section
from requirements_pkg.cards import lessons, matrix_page, pieces
from requirements_pkg.cards.buyer_name import LONGEST, left_in
from requirements_pkg.cards.buyer_state import NOTHING, Buying
from requirements_pkg.cards.coverage_map import heat_key, heat_map
from requirements_pkg.cards.follow_up_counts import Followed
from requirements_pkg.cards.requirement_cards import Demands, copied, menus, plain_text
from requirements_pkg.cards.selection import FORM, LONGEST_QUERY
from requirements_pkg.cards.traceability import Place, steps
from requirements_pkg.document.coverage import Coverage, coverage
from requirements_pkg.document.facts import period_of
from requirements_pkg.document.schema import Document, Requirement
from requirements_pkg.language.breaking import breakable
from requirements_pkg.public.follow_up_counts import followed
from requirements_pkg.published import catalogue, news, page_cache
from requirements_pkg.published.catalogue import Contacts, Edition, Ended
from requirements_pkg.published.page_cache import Page
from requirements_pkg.searching import search, within
from requirements_pkg.tender import downloads

LATEST = 5
# A code as good as any, to ask for an address in which it is replaced.
ANY_CODE = "AA-01"

Plain = dict[str, Any]


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """What this is, the packages, and what was published lately."""
    keys, told = catalogue.in_force(), news.latest()[:LATEST]
    today = timezone.localdate()

    def make() -> str:
        return _html("start", {"packages": catalogue.listed(keys, today), "news": told})

    return page_cache.answer(request, page_cache.page(("start", keys, told, today.year), make))


@require_safe
def packages(request: HttpRequest) -> HttpResponseBase:
    """All packages with what they are about."""
    keys, today = catalogue.in_force(), timezone.localdate()

    def make() -> str:
        listed = catalogue.listed(keys, today)
        return _html("packages", {"packages": listed, "section": "packages"})

    return page_cache.answer(request, page_cache.page(("packages", keys, today.year), make))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """A version, or the one in force; the page is the same at both addresses.

    What is chosen comes in a form where it is too long for an address.
    """
    editions = catalogue.editions(slug)
    edition, newest = editions.get(number), editions.newest
    # Most visitors choose nothing, and then not even the content is looked at.
    buying = NOTHING
    if query := _sent(request):
        buying = Buying.of(query, catalogue.content_of(edition))
    if request.method == "POST" and buying.fits:
        return HttpResponseRedirect(f"{request.path}?{buying.query}")
    contacts = catalogue.contacts(slug)
    ended = editions.ended(timezone.localdate())
    key = ("package", edition.key, newest.number, contacts, ended)

    def make() -> str:
        content = catalogue.content_of(edition)
        shown = Shown(slug, content, edition, newest.number, contacts, ended)
        return package_html(shown, buying)

    if buying != NOTHING:
        # There are more choices than a memory holds; the content is kept, which is the most of it.
        return page_cache.answer(request, Page.of(make().encode()))
    return page_cache.answer(request, page_cache.page(key, make))


def _sent(request: HttpRequest) -> QueryDict:
    """What was chosen: in a form where one was sent, with what its button says in its address."""
    if request.method != "POST":
        return request.GET
    query = request.POST.copy()
    for name, values in request.GET.lists():
        query.setlist(name, values)
    return query


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """From ticked boxes to the selection: an address with nothing in it but what was chosen."""
    edition = catalogue.editions(slug).get(number)
    buying = Buying.of(request.POST or request.GET, catalogue.content_of(edition))
    pairs = [("paket", slug), ("version", str(number))]
    if request.method == "POST" and not buying.fits:
        # The browser sends the same form on.
        address = f"{reverse('selection')}?{urlencode(pairs)}"
        return HttpResponseRedirect(address, preserve_request=True)
    return HttpResponseRedirect(f"{reverse('selection')}?{urlencode([*pairs, *buying.pairs])}")


@require_safe
def requirement(
    request: HttpRequest, slug: str, code: str, number: int | None = None
) -> HttpResponseBase:
    """One requirement of a version, or as it last was where the version in force has it no more.

    Raises:
        Http404: the version, or every version, lacks the code.
    """
    editions = catalogue.editions(slug)
    edition = editions.get(number)
    content = catalogue.content_of(edition)
    one = content.requirement(code)
    if one is None:
        found = catalogue.last_with(editions, code) if number is None else None
        if found is None:
            raise Http404
        edition, content = found, catalogue.content_of(found)
        one = content.requirement(code)
    counts = _followed(slug, content, one)
    base = request.build_absolute_uri("/").rstrip("/")
    buying = Buying.of(request.GET, content) if request.GET else NOTHING

    ended = editions.ended(timezone.localdate())

    def make() -> str:
        shown = Shown(slug, content, edition, editions.newest.number, ended=ended)
        context = _requirement_context(shown, one, base, buying)
        return _html("requirement", context | _chain_context(shown, one, counts))

    if buying != NOTHING:
        return page_cache.answer(request, Page.of(make().encode()))
    place = (edition.key, editions.newest.number, number is None, base)
    key = ("requirement", code, *place, counts, ended)
    return page_cache.answer(request, page_cache.page(key, make))


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every version there has been, newest first, so many at a time."""
    editions = catalogue.editions(slug)
    part = Section.of(editions.all, request.GET)
    ended = editions.ended(timezone.localdate())

    def make() -> str:
        context = {
            "title": editions.newest.title,
            "editions": editions,
            "ended": ended,
            "first": editions.all[-1],
            "part": part,
            "query": part.query,
            "section": "packages",
        }
        return _html("versions", context)

    key = ("versions", editions.key, ended, part.number)
    return page_cache.answer(request, page_cache.page(key, make))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a package page shows; a draft has no edition."""

    slug: str
    content: Document
    edition: Edition | None = None
    newest: int | None = None
    contacts: Contacts = ()
    # Where the plan's period is over.
    ended: Ended | None = None

    @property
    def number(self) -> int:
        """Its number; of a draft the one that it will have."""
        return (self.newest or 0) + 1 if self.edition is None else self.edition.number

    @property
    def address(self) -> str:
        """Where the page stands: of the package while it is in force, else of the version."""
        if self.edition is None or self.edition.number == self.newest:
            return reverse("package", args=[self.slug])
        return reverse("version", args=[self.slug, self.edition.number])


def _saying(shown: Shown, text: str) -> frozenset[str]:
    """The codes of the requirements that a search for a text finds in a version."""
    edition = shown.edition
    if not text or edition is None:
        return frozenset()
    key = ("terms of requirements", edition.pk, edition.sha256)
    terms = page_cache.content(key, lambda: within.terms_of(shown.content))
    return within.codes_saying(text, terms, search.meanings())


def package_html(shown: Shown, buying: Buying = NOTHING) -> str:
    """The page of a version, or of a draft with a banner that says so."""
    content, plan = shown.content, shown.content.plan
    demands, covered = Demands(content), coverage(content)
    requirements = content.requirements
    chosen = buying.filters.choose(content, _saying(shown, buying.filters.text))
    visible = {one.code for one in chosen}
    context = {
        "shown": shown,
        "edition": shown.edition,
        "section": "packages",
        "title": content.package.title,
        "about": matrix_page.paragraphs(content.package.introduction),
        "period": period_of(plan) if plan else "",
        "region": content.region_name,
        "coordinator": plan.coordinator if plan else "",
        "introduction": matrix_page.paragraphs(plan.introduction) if plan else [],
        "dimensions": [breakable(label.name) for label in content.dimensions],
        "goals": plan.goals if plan else [],
        "has_plan": plan is not None,
        "heat_key": heat_key(covered),
        "modules": content.modules,
        "lessons": lessons.new_in(content, shown.number),
        "gone": [demands.card(one) for one in requirements if not one.is_active],
        "whole": [] if shown.edition else [demands.page(one) for one in requirements],
        "total": sum(one.is_active for one in requirements),
        "count": len(chosen),
        "menus": menus(content, buying.filters),
        "buying": buying,
        "carried": [code for code in buying.codes if code not in visible],
        "forms": downloads.FORMS,
        **_onward(shown, buying),
        **_drawn(shown, demands.groups(chosen), covered, buying),
        **languages(),
    }
    return _html("package", context)


def _onward(shown: Shown, buying: Buying) -> Plain:
    """What goes along from a package's page, as far as an address has room for it."""
    return {
        # For the change of language, which stays at what was filtered and ticked.
        "query": buying.query if buying.fits else "",
        "sent_form": "" if buying.fits else FORM,
        "kept": _kept(shown, buying),
        "most": LONGEST_QUERY,
    }


def _drawn(shown: Shown, groups: list[Plain], covered: Coverage, buying: Buying) -> Plain:
    """What a package's page has hundreds of, each row and list of them with its HTML."""
    spoken, areas = languages(), matrix_page.areas(shown.content)
    kept = buying.pairs if buying.fits else []
    heat = heat_map(covered, shown.content, shown.address, kept)
    cells = pieces.Cells(spoken["lang"], spoken["own"])
    for area in areas:
        area["html"] = pieces.rows(area["rows"], cells.row, spoken["lang"])
    ways = partial(pieces.heat_cells, form="" if buying.fits else FORM)
    for area in heat:
        area["html"] = pieces.rows(area["rows"], ways, spoken["lang"])
    level = 4 if shown.content.modules else 3
    addresses = _addresses(shown, urlencode(kept)) if shown.edition else str
    for group in groups if shown.edition else ():
        group["html"] = pieces.cards(
            group["cards"], addresses, chosen=buying.codes, level=level, lang=spoken["lang"]
        )
    return {"areas": areas, "heat": heat, "groups": groups}


def _addresses(shown: Shown, ticked: str) -> Callable[[str], str]:
    """Where the pages of requirements stand, by code; what was ticked goes along."""
    if shown.number == shown.newest:
        path = reverse("requirement", args=[shown.slug, ANY_CODE])
    else:
        path = reverse("requirement_version", args=[shown.slug, shown.number, ANY_CODE])
    # Asked of Django once: hundreds of codes differ in nothing that it would look at.
    before, _code, after = path.rpartition(ANY_CODE)
    after = f"{after}?{ticked}" if ticked else after
    return lambda code: f"{before}{quote(code)}{after}"


def _requirement_context(shown: Shown, one: Requirement, base: str, buying: Buying) -> Plain:
    """What the page of one requirement shows."""
    content, edition = shown.content, shown.edition
    demands, title = Demands(content), content.package.title
    before, after = demands.neighbours(one)
    path = reverse("requirement_version", args=[shown.slug, edition.number, one.code])
    address = f"{base}{path}"
    parts = copied(one, buying.name)
    return {
        "shown": shown,
        "edition": edition,
        "section": "packages",
        "title": title,
        "one": demands.page(one),
        # What was ticked before goes along, to the selection and back to the list.
        "buying": buying,
        "query": urlencode(buying.pairs),
        "kept": _kept(shown, buying),
        "before": before,
        "after": after,
        "address": address,
        "copied": parts,
        "longest": LONGEST,
        # The same address with another name, or none.
        "without_name": replace(buying, name="").pairs,
        "left": left_in(one.text) if buying.name else (),
        "plain": plain_text(one, parts, package=title, version=edition.number, address=address),
        **languages(),
    }


def _kept(shown: Shown, buying: Buying) -> list[tuple[str, str]]:
    """What goes along with a search, to be there again after it."""
    if shown.edition is None or not buying.codes or not buying.fits:
        return []
    return [("paket", shown.slug), ("version", str(shown.number)), *buying.pairs]


def _followed(slug: str, content: Document, one: Requirement) -> Followed:
    """How often a requirement was followed up; one of a module belongs to that."""
    if one.module:
        return followed(one.module.slug, one.uid, is_module=True)
    return followed(slug, one.uid, is_module=content.plan is None)


def _chain_context(shown: Shown, one: Requirement, counts: Followed) -> Plain:
    """What the page of one requirement says of the chain that it stands in."""
    learnt = lessons.of_requirement(shown.content, one.uid)
    has_plan = shown.content.plan is not None
    # While any version stands there is one in force, and how it goes with that has a page.
    has_status = has_plan and shown.edition is not None and shown.edition.withdrawn is None
    place = Place(shown.slug, shown.number, has_plan=has_plan, has_status=has_status)
    return {
        "lessons": learnt,
        "steps": steps(one, place, counts, learnt),
        "withheld": counts.withheld or counts.findings_withheld,
    }


def draft_preview(
    request: HttpRequest,
    content: Document,
    *,
    contacts: Contacts = (),
    newest: int | None = None,
) -> HttpResponse:
    """A draft as its page would be. The caller has asked whether this person may see it.

    Args:
        request: the visitor's.
        content: what would be published.
        contacts: who answers for it in public.
        newest: the number of the last version that was published, if any.
    """
    shown = Shown(content.package.slug, content, None, newest, contacts)
    response = HttpResponse(package_html(shown))
    response.headers["Cache-Control"] = "no-store"
    return response


def languages() -> dict[str, str]:
    """The words of a plan are Swedish on an English page too, and its labels are not."""
    language = get_language() or "sv"
    if language == "sv":
        return {"lang": "", "own": ""}
    return {"lang": mark_safe(' lang="sv"'), "own": format_html(' lang="{}"', language)}


def _html(page: str, context: dict[str, Any]) -> str:
    # Without the request: a page that is kept for everybody cannot depend on anybody.
    return render_to_string(f"requirements_pkg/{page}.html", context)
