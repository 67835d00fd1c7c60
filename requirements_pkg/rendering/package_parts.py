"""The parts of a version's page, each at an address of its own."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from actionplan.public.sections import ListSection
from actionplan.text import figure
from requirements_pkg.cards import lessons, matrix_page, pieces
from requirements_pkg.cards.coverage_map import CellWays, coverage_key, coverage_map
from requirements_pkg.cards.follow_up_counts import PackageUse
from requirements_pkg.cards.package_parts import PackagePart
from requirements_pkg.cards.page_values import CardGroup, FilterMenu
from requirements_pkg.cards.requirement_cards import RequirementCards, menus
from requirements_pkg.choosing.buyer_state import BuyerState
from requirements_pkg.document.facts import CoveredArea, Listing, OverviewFacts
from requirements_pkg.document.schema import Document, Goal, Lesson, ProductArea
from requirements_pkg.language.breaking import breakable
from requirements_pkg.published import page_cache
from requirements_pkg.rendering.package_page import (
    PackagePage,
    carried,
    part_context,
    sent_form,
)
from requirements_pkg.rendering.package_use import use_context
from requirements_pkg.rendering.templates import TemplateValues, html_of, languages
from requirements_pkg.searching import search, text_filter
from requirements_pkg.tender import downloads

# A code as good as any, to ask for an address in which it is replaced.
ANY_CODE: Final = "AA-01"
REQUIREMENTS_PER_PAGE: Final = 40


@dataclass(frozen=True, slots=True)
class PackageFigure:
    """A figure of a package: how many, of how many there are, of what, and where that stands."""

    number: str
    whole: str
    name: str
    href: str


def overview_html(
    page: PackagePage, part: tuple[OverviewFacts, Sequence[Lesson]], buyer: BuyerState
) -> str:
    """Return what is new in a version, what it is about, its figures, files and contacts."""
    overview, learnt = part
    context = {
        **part_context(page, PackagePart.OVERVIEW, buyer),
        **facts(page, overview, learnt),
        "figures": _figures(page, overview, carried(buyer)),
        "areas": _area_ways(page, buyer),
    }
    return html_of("requirements_pkg/parts/overview.html", context)


def requirements_html(page: PackagePage, content: Document, buyer: BuyerState) -> str:
    """Return the requirements of a version, filtered as the buyer wants them, a page at a time."""
    requirements = buyer.filters.choose(content, _saying(page, content, buyer.filters.text))
    part = ListSection.at(requirements, buyer.page, REQUIREMENTS_PER_PAGE)
    visible = {requirement.code for requirement in part.rows}
    cards = RequirementCards(page.listing)
    withdrawn = [requirement for requirement in content.requirements if not requirement.is_active]
    context = {
        **part_context(page, PackagePart.REQUIREMENTS, buyer),
        "address": page.address(PackagePart.REQUIREMENTS),
        "part": part,
        "modules": content.modules,
        "withdrawn": [cards.card(requirement) for requirement in withdrawn],
        "total": len(content.requirements) - len(withdrawn),
        "count": len(requirements),
        "menus": _drawn_menus(content, buyer),
        "carried": [code for code in buyer.codes if code not in visible],
        "elsewhere": buyer.count - len(buyer.codes),
        "groups": _drawn_groups(
            page, cards.groups(part.rows), buyer, level=4 if content.modules else 3
        ),
    }
    return html_of("requirements_pkg/parts/requirements.html", context)


def risks_html(page: PackagePage, covered: Sequence[CoveredArea], buyer: BuyerState) -> str:
    """Return the map of what the requirements of a version cover, area by area."""
    ways = _ways(page, buyer, partial(page.address, PackagePart.AREA))
    context = part_context(page, PackagePart.RISKS, buyer)
    draw = partial(pieces.coverage_cells, form=sent_form(buyer))
    lang = languages()["lang"]
    areas = coverage_map(covered, page.listing, ways)
    for area in areas:
        area["html"] = pieces.rows(area["rows"], draw, lang)
    context |= {
        "areas": areas,
        "coverage_key": coverage_key(covered),
        "dimensions": dimension_names(page.listing),
    }
    return html_of("requirements_pkg/parts/risks.html", context)


def area_html(page: PackagePage, part: tuple[ProductArea, CoveredArea], buyer: BuyerState) -> str:
    """Return the risks and opportunities of one product area, with what is covered of them."""
    area, area_coverage = part
    context = part_context(page, PackagePart.AREA, buyer)
    [covered] = coverage_map([area_coverage], page.listing, _ways(page, buyer))
    place = partial(page.place, buyer=buyer)
    made = matrix_page.area_with_coverage(page.listing, area, covered, place)
    words = languages()
    cells = pieces.Cells(words["lang"], words["own"], sent_form(buyer))
    made["html"] = pieces.rows(made["rows"], cells.row, words["lang"])
    context |= {
        "area": made,
        "areas": _area_ways(page, buyer),
        "dimensions": dimension_names(page.listing),
    }
    return html_of("requirements_pkg/parts/area.html", context)


def goals_html(
    page: PackagePage, goals: Sequence[Goal], buyer: BuyerState, use: PackageUse | None = None
) -> str:
    """Return the goals of a version with sub-goals and indicators, and the way to their status.

    Args:
        page: which version.
        goals: of its plan.
        buyer: what was chosen.
        use: how many have used its requirements, where a report tells of it.
    """
    context = part_context(page, PackagePart.GOALS, buyer)
    context["goals"] = goals
    if use is not None:
        context["use"] = use_context(use)
    return html_of("requirements_pkg/parts/goals.html", context)


def facts(page: PackagePage, overview: OverviewFacts, learnt: Iterable[Lesson]) -> TemplateValues:
    """Return what an overview says of a version or a draft in words of its own.

    Args:
        page: which version or draft.
        overview: what is told of it.
        learnt: all lessons that it has incorporated.
    """
    listing = page.listing
    return {
        "about": matrix_page.paragraphs(overview.introduction),
        "region": listing.region,
        "coordinator": "" if listing.is_shared else listing.coordinator,
        "introduction": matrix_page.paragraphs(overview.plan_introduction),
        "modules": listing.modules,
        "lessons": lessons.new_in(learnt, overview.codes, page.number),
        "replies": overview.replies,
        "forms": downloads.FORMS,
    }


def dimension_names(listing: Listing) -> list[str]:
    """Return the names of the dimensions, which may break where there is little room."""
    return [breakable(name) for _code, name in listing.dimensions]


def _area_ways(page: PackagePage, buyer: BuyerState) -> list[tuple[int, str, str]]:
    """Return the number and the name of each product area, and where it stands."""
    areas = page.listing.areas
    return [(number, name, page.place(f"o{number}", buyer)) for number, name in areas]


def _figures(
    page: PackagePage, overview: OverviewFacts, pairs: list[tuple[str, str]]
) -> list[PackageFigure]:
    """Return the five figures of a package; a shared module has one."""
    listing, query = page.listing, f"?{urlencode(pairs)}" if pairs else ""

    def counted(part: PackagePart, name: str, number: int, whole: int = 0) -> PackageFigure:
        of = figure(whole) if whole else ""
        return PackageFigure(figure(number), of, name, f"{page.address(part)}{query}")

    requirements = counted(
        PackagePart.REQUIREMENTS,
        npgettext("figure", "requirement", "requirements", listing.requirements),
        listing.requirements,
    )
    if listing.is_shared:
        return [requirements]
    cells, areas, goals = overview.cells, len(listing.areas), overview.goals
    names = (
        npgettext("figure", "product area", "product areas", areas),
        _("cells whose risks are assessed"),
        _("cells with risks that requirements address, all or some of them"),
        npgettext("figure", "overall goal", "overall goals", goals),
    )
    return [
        requirements,
        counted(PackagePart.RISKS, names[0], areas),
        counted(PackagePart.RISKS, names[1], cells.assessed, cells.all),
        counted(PackagePart.RISKS, names[2], cells.covered, cells.to_treat),
        counted(PackagePart.GOALS, names[3], goals),
    ]


def _ways(
    page: PackagePage, buyer: BuyerState, area: Callable[[int], str] | None = None
) -> CellWays:
    return CellWays(page.listing, page.address(PackagePart.REQUIREMENTS), area, carried(buyer))


def _saying(page: PackagePage, content: Document, text: str) -> frozenset[str]:
    """Return the codes of the requirements that a search for a text finds in a version."""
    version = page.version
    if not text or version is None:
        return frozenset()
    key = ("terms of requirements", *version.content_key)
    terms = page_cache.content(key, lambda: text_filter.terms_of(content))
    return text_filter.codes_saying(text, terms, search.meanings())


def _drawn_menus(content: Document, buyer: BuyerState) -> list[FilterMenu]:
    """Give each filter the HTML of what can be chosen: some have dozens."""
    lang, made = languages()["lang"], menus(content, buyer.filters)
    for menu in made:
        menu["html"] = pieces.options(menu["options"], lang if menu["is_swedish"] else "")
    return made


def _drawn_groups(
    page: PackagePage, groups: list[CardGroup], buyer: BuyerState, *, level: int
) -> list[CardGroup]:
    """Give each list of requirements its HTML: a page has too many for a template."""
    addresses = _addresses(page, urlencode(carried(buyer)))
    lang = languages()["lang"]
    for group in groups:
        group["html"] = pieces.cards(
            group["cards"], addresses, selected=buyer.codes, level=level, lang=lang
        )
    return groups


def _addresses(page: PackagePage, ticked: str) -> Callable[[str], str]:
    """Tell where the pages of requirements stand, by code; what was ticked goes along."""
    if page.number == page.newest:
        path = reverse("requirement", args=[page.slug, ANY_CODE])
    else:
        path = reverse("requirement_version", args=[page.slug, page.number, ANY_CODE])
    # Asked of Django once: dozens of codes differ in nothing that it would look at.
    before, _code, after = path.rpartition(ANY_CODE)
    after = f"{after}?{ticked}" if ticked else after
    return lambda code: f"{before}{quote(code)}{after}"
