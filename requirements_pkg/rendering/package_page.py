"""The page of a package: of a version, or of a draft."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from requirements_pkg.cards import lessons, matrix_page, pieces
from requirements_pkg.cards.coverage_map import coverage_key, coverage_map
from requirements_pkg.cards.requirement_cards import RequirementCards, menus
from requirements_pkg.choosing.buyer_state import NOTHING, BuyerState
from requirements_pkg.choosing.selection import FORM, LONGEST_QUERY, fitting
from requirements_pkg.document.coverage import Coverage, coverage
from requirements_pkg.document.facts import period_of
from requirements_pkg.document.schema import Document
from requirements_pkg.language.breaking import breakable
from requirements_pkg.published import page_cache
from requirements_pkg.published.catalogue import Contacts, PlanEnd, VersionInfo
from requirements_pkg.rendering.templates import html_of, languages
from requirements_pkg.searching import search, text_filter
from requirements_pkg.tender import downloads

# A code as good as any, to ask for an address in which it is replaced.
ANY_CODE = "AA-01"

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PackagePage:
    """What a package page shows; a draft has no version."""

    slug: str
    content: Document
    version: VersionInfo | None = None
    newest: int | None = None
    contacts: Contacts = ()
    # Where the plan's period is over.
    ended: PlanEnd | None = None

    @property
    def number(self) -> int:
        """Its number; of a draft the one that it will have."""
        return (self.newest or 0) + 1 if self.version is None else self.version.number

    @property
    def address(self) -> str:
        """Where the page stands: of the package while it is in force, else of the version."""
        if self.version is None or self.version.number == self.newest:
            return reverse("package", args=[self.slug])
        return reverse("version", args=[self.slug, self.version.number])


def package_html(shown: PackagePage, buyer: BuyerState = NOTHING) -> str:
    """Return the page of a version, or of a draft with a banner that says so."""
    content, plan = shown.content, shown.content.plan
    cards, covered = RequirementCards(content), coverage(content)
    requirements = content.requirements
    chosen = buyer.filters.choose(content, _saying(shown, buyer.filters.text))
    visible = {one.code for one in chosen}
    context = {
        "shown": shown,
        "version": shown.version,
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
        "heat_key": coverage_key(covered),
        "modules": content.modules,
        "lessons": lessons.new_in(content, shown.number),
        "gone": [cards.card(one) for one in requirements if not one.is_active],
        "whole": [] if shown.version else [cards.page(one) for one in requirements],
        "total": sum(one.is_active for one in requirements),
        "count": len(chosen),
        "menus": menus(content, buyer.filters),
        "buyer": buyer,
        "carried": [code for code in buyer.codes if code not in visible],
        "forms": downloads.FORMS,
        **_onward(shown, buyer),
        **_drawn(shown, cards.groups(chosen), covered, buyer),
        **languages(),
    }
    return html_of("requirements_pkg/package.html", context)


def draft_preview(
    request: HttpRequest,
    content: Document,
    *,
    contacts: Contacts = (),
    newest: int | None = None,
) -> HttpResponse:
    """Show a draft as its page would be. The caller has asked whether this person may see it.

    Args:
        request: the visitor's.
        content: what would be published.
        contacts: who answers for it in public.
        newest: the number of the last version that was published, if any.
    """
    shown = PackagePage(content.package.slug, content, None, newest, contacts)
    response = HttpResponse(package_html(shown))
    response.headers["Cache-Control"] = "no-store"
    return response


def kept(shown: PackagePage, buyer: BuyerState) -> list[tuple[str, str]]:
    """Return what goes along with a search, to be there again after it."""
    if shown.version is None or not buyer.codes:
        return []
    return fitting([("paket", shown.slug), ("version", str(shown.number)), *buyer.pairs])


def _saying(shown: PackagePage, text: str) -> frozenset[str]:
    """Return the codes of the requirements that a search for a text finds in a version."""
    version = shown.version
    if not text or version is None:
        return frozenset()
    key = ("terms of requirements", version.pk, version.sha256)
    terms = page_cache.content(key, lambda: text_filter.terms_of(shown.content))
    return text_filter.codes_saying(text, terms, search.meanings())


def _onward(shown: PackagePage, buyer: BuyerState) -> Plain:
    """Return what goes along from a package's page, as far as an address has room for it."""
    return {
        # For the change of language, which stays at what was filtered and ticked.
        "query": buyer.query if buyer.fits else "",
        "sent_form": "" if buyer.fits else FORM,
        "kept": kept(shown, buyer),
        "most": LONGEST_QUERY,
    }


def _drawn(shown: PackagePage, groups: list[Plain], covered: Coverage, buyer: BuyerState) -> Plain:
    """Draw what a package's page has hundreds of: give each row and list of them its HTML."""
    spoken, areas = languages(), matrix_page.areas(shown.content)
    kept = buyer.pairs if buyer.fits else []
    heat = coverage_map(covered, shown.content, shown.address, kept)
    cells = pieces.Cells(spoken["lang"], spoken["own"])
    for area in areas:
        area["html"] = pieces.rows(area["rows"], cells.row, spoken["lang"])
    ways = partial(pieces.coverage_cells, form="" if buyer.fits else FORM)
    for area in heat:
        area["html"] = pieces.rows(area["rows"], ways, spoken["lang"])
    level = 4 if shown.content.modules else 3
    addresses = _addresses(shown, urlencode(kept)) if shown.version else str
    for group in groups if shown.version else ():
        group["html"] = pieces.cards(
            group["cards"], addresses, chosen=buyer.codes, level=level, lang=spoken["lang"]
        )
    return {"areas": areas, "heat": heat, "groups": groups}


def _addresses(shown: PackagePage, ticked: str) -> Callable[[str], str]:
    """Tell where the pages of requirements stand, by code; what was ticked goes along."""
    if shown.number == shown.newest:
        path = reverse("requirement", args=[shown.slug, ANY_CODE])
    else:
        path = reverse("requirement_version", args=[shown.slug, shown.number, ANY_CODE])
    # Asked of Django once: hundreds of codes differ in nothing that it would look at.
    before, _code, after = path.rpartition(ANY_CODE)
    after = f"{after}?{ticked}" if ticked else after
    return lambda code: f"{before}{quote(code)}{after}"
