"""The parts of a version's page, each at an address of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import quote, urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from actionplan.public.sections import ListSection
from actionplan.text import figure
from requirements_pkg.cards import lessons, matrix_page, pieces
from requirements_pkg.cards.coverage_map import CellWays, coverage_key, coverage_map
from requirements_pkg.cards.package_parts import PackagePart
from requirements_pkg.cards.requirement_cards import RequirementCards, menus
from requirements_pkg.choosing.buyer_state import BuyerState
from requirements_pkg.document.coverage import (
    TO_TREAT,
    CoverageState,
    coverage,
    coverage_of_area,
)
from requirements_pkg.document.schema import Document
from requirements_pkg.language.breaking import breakable
from requirements_pkg.published import page_cache
from requirements_pkg.rendering.package_page import PackagePage, carried, part_context
from requirements_pkg.rendering.templates import html_of, languages
from requirements_pkg.searching import search, text_filter
from requirements_pkg.tender import downloads

# A code as good as any, to ask for an address in which it is replaced.
ANY_CODE: Final = "AA-01"
REQUIREMENTS_PER_PAGE: Final = 40

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PackageFigure:
    """A figure of a package: how many, of how many there are, of what, and where that stands."""

    number: str
    whole: str
    name: str
    href: str


def overview_html(shown: PackagePage, buyer: BuyerState) -> str:
    """Return what is new in a version, what it is about, its figures, files and contacts."""
    context = {
        **part_context(shown, PackagePart.OVERVIEW, buyer),
        **facts(shown),
        "figures": _figures(shown, carried(buyer)),
        "areas": [(area, shown.place(f"o{area.number}", buyer)) for area in shown.content.areas],
    }
    return html_of("requirements_pkg/parts/overview.html", context)


def requirements_html(shown: PackagePage, buyer: BuyerState) -> str:
    """Return the requirements of a version, filtered as the buyer wants them, a page at a time."""
    content = shown.content
    chosen = buyer.filters.choose(content, _saying(shown, buyer.filters.text))
    part = ListSection.at(chosen, buyer.page, REQUIREMENTS_PER_PAGE)
    visible = {requirement.code for requirement in part.rows}
    cards = RequirementCards(content)
    gone = [requirement for requirement in content.requirements if not requirement.is_active]
    context = {
        **part_context(shown, PackagePart.REQUIREMENTS, buyer),
        "address": shown.address(PackagePart.REQUIREMENTS),
        "part": part,
        "modules": content.modules,
        "gone": [cards.card(requirement) for requirement in gone],
        "total": len(content.requirements) - len(gone),
        "count": len(chosen),
        "menus": _drawn_menus(content, buyer),
        "carried": [code for code in buyer.codes if code not in visible],
        "groups": _drawn_groups(shown, cards.groups(part.rows), buyer),
    }
    return html_of("requirements_pkg/parts/requirements.html", context)


def risks_html(shown: PackagePage, buyer: BuyerState) -> str:
    """Return the map of what the requirements of a version cover, area by area.

    Raises:
        Http404: the version is of a shared module, which has no risks of its own.
    """
    content, covered = shown.content, coverage(shown.content)
    if content.plan is None:
        raise Http404
    ways = _ways(shown, buyer, partial(shown.address, PackagePart.AREA))
    context = part_context(shown, PackagePart.RISKS, buyer)
    draw = partial(pieces.coverage_cells, form=context["sent_form"])
    areas = coverage_map(covered.areas, content, ways)
    for area in areas:
        area["html"] = pieces.rows(area["rows"], draw, context["lang"])
    context |= {
        "areas": areas,
        "coverage_key": coverage_key(covered),
        "dimensions": dimension_names(content),
    }
    return html_of("requirements_pkg/parts/risks.html", context)


def area_html(shown: PackagePage, buyer: BuyerState, *, number: int) -> str:
    """Return the risks and opportunities of one product area, with what is covered of them.

    Raises:
        Http404: the version has no product area of this number.
    """
    content = shown.content
    area = next((area for area in content.areas if area.number == number), None)
    if area is None:
        raise Http404
    context = part_context(shown, PackagePart.AREA, buyer)
    [covered] = coverage_map([coverage_of_area(content, area)], content, _ways(shown, buyer))
    place = partial(shown.place, buyer=buyer)
    made = matrix_page.area_with_coverage(content, area, covered, place)
    cells = pieces.Cells(context["lang"], context["own"], context["sent_form"])
    made["html"] = pieces.rows(made["rows"], cells.row, context["lang"])
    context |= {
        "area": made,
        "areas": [(other, shown.place(f"o{other.number}", buyer)) for other in content.areas],
        "dimensions": dimension_names(content),
    }
    return html_of("requirements_pkg/parts/area.html", context)


def goals_html(shown: PackagePage, buyer: BuyerState) -> str:
    """Return the goals of a version with sub-goals and indicators, and the way to their status.

    Raises:
        Http404: the version is of a shared module, which has no goals.
    """
    plan = shown.content.plan
    if plan is None:
        raise Http404
    context = part_context(shown, PackagePart.GOALS, buyer)
    context["goals"] = plan.goals
    return html_of("requirements_pkg/parts/goals.html", context)


def facts(shown: PackagePage) -> Plain:
    """Return what an overview says of a version or a draft in words of its own."""
    content, plan = shown.content, shown.content.plan
    return {
        "about": matrix_page.paragraphs(content.package.introduction),
        "region": content.region_name,
        "coordinator": plan.coordinator if plan else "",
        "introduction": matrix_page.paragraphs(plan.introduction) if plan else [],
        "modules": content.modules,
        "lessons": lessons.new_in(content, shown.number),
        "forms": downloads.FORMS,
    }


def dimension_names(content: Document) -> list[str]:
    """Return the names of the dimensions, which may break where there is little room."""
    return [breakable(label.name) for label in content.dimensions]


def _figures(shown: PackagePage, pairs: list[tuple[str, str]]) -> list[PackageFigure]:
    """Return the five figures of a package; a shared module has one."""
    content, plan = shown.content, shown.content.plan
    query = f"?{urlencode(pairs)}" if pairs else ""

    def counted(part: PackagePart, name: str, number: int, whole: int = 0) -> PackageFigure:
        of = figure(whole) if whole else ""
        return PackageFigure(figure(number), of, name, f"{shown.address(part)}{query}")

    active = len(content.active)
    requirements = counted(
        PackagePart.REQUIREMENTS,
        npgettext("figure", "requirement", "requirements", active),
        active,
    )
    if plan is None:
        return [requirements]
    states = coverage(content).states
    cells, to_treat = sum(states.values()), sum(states[state] for state in TO_TREAT)
    assessed = cells - states[CoverageState.NOT_ASSESSED]
    covered = to_treat - states[CoverageState.UNTREATED]
    areas, goals = len(content.areas), len(plan.goals)
    names = (
        npgettext("figure", "product area", "product areas", areas),
        _("cells whose risks are assessed"),
        _("cells with risks that requirements address, all or some of them"),
        npgettext("figure", "overall goal", "overall goals", goals),
    )
    return [
        requirements,
        counted(PackagePart.RISKS, names[0], areas),
        counted(PackagePart.RISKS, names[1], assessed, cells),
        counted(PackagePart.RISKS, names[2], covered, to_treat),
        counted(PackagePart.GOALS, names[3], goals),
    ]


def _ways(
    shown: PackagePage, buyer: BuyerState, area: Callable[[int], str] | None = None
) -> CellWays:
    requirements = shown.address(PackagePart.REQUIREMENTS)
    return CellWays(shown.content, requirements, area, carried(buyer))


def _saying(shown: PackagePage, text: str) -> frozenset[str]:
    """Return the codes of the requirements that a search for a text finds in a version."""
    version = shown.version
    if not text or version is None:
        return frozenset()
    key = ("terms of requirements", version.pk, version.sha256)
    terms = page_cache.content(key, lambda: text_filter.terms_of(shown.content))
    return text_filter.codes_saying(text, terms, search.meanings())


def _drawn_menus(content: Document, buyer: BuyerState) -> list[Plain]:
    """Give each filter the HTML of what can be chosen: some have dozens."""
    lang, made = languages()["lang"], menus(content, buyer.filters)
    for menu in made:
        menu["html"] = pieces.options(menu["options"], lang if menu["is_swedish"] else "")
    return made


def _drawn_groups(shown: PackagePage, groups: list[Plain], buyer: BuyerState) -> list[Plain]:
    """Give each list of requirements its HTML: a page has too many for a template."""
    level = 4 if shown.content.modules else 3
    addresses = _addresses(shown, urlencode(carried(buyer)))
    lang = languages()["lang"]
    for group in groups:
        group["html"] = pieces.cards(
            group["cards"], addresses, chosen=buyer.codes, level=level, lang=lang
        )
    return groups


def _addresses(shown: PackagePage, ticked: str) -> Callable[[str], str]:
    """Tell where the pages of requirements stand, by code; what was ticked goes along."""
    if shown.number == shown.newest:
        path = reverse("requirement", args=[shown.slug, ANY_CODE])
    else:
        path = reverse("requirement_version", args=[shown.slug, shown.number, ANY_CODE])
    # Asked of Django once: dozens of codes differ in nothing that it would look at.
    before, _code, after = path.rpartition(ANY_CODE)
    after = f"{after}?{ticked}" if ticked else after
    return lambda code: f"{before}{quote(code)}{after}"
