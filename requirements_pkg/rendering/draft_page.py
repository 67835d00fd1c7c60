"""The page of a draft: whole, for those who read all of it before it is published."""

from django.http import HttpRequest, HttpResponse

from requirements_pkg.cards import matrix_page, pieces
from requirements_pkg.cards.consultations import consultation_cards
from requirements_pkg.cards.coverage_map import coverage_key, coverage_map
from requirements_pkg.cards.package_parts import PackagePart
from requirements_pkg.cards.requirement_cards import RequirementCards
from requirements_pkg.choosing.buyer_state import NOTHING
from requirements_pkg.document.coverage import coverage
from requirements_pkg.document.facts import CoveredArea, Listing, OverviewFacts, RequirementIndex
from requirements_pkg.document.schema import Document
from requirements_pkg.models import Consultation
from requirements_pkg.published.catalogue import Contacts
from requirements_pkg.rendering.package_page import PackagePage, part_context
from requirements_pkg.rendering.package_parts import dimension_names, facts
from requirements_pkg.rendering.templates import html_of, languages


def draft_preview(
    request: HttpRequest,
    content: Document,
    *,
    contacts: Contacts = (),
    newest: int | None = None,
) -> HttpResponse:
    """Show a draft as it would be published. The caller has asked whether this person may see it.

    Args:
        request: the visitor's.
        content: what would be published.
        contacts: who answers for it in public.
        newest: the number of the last version that was published, if any.
    """
    package = content.package
    page = PackagePage(
        package.slug, package.title, Listing.of(content), newest=newest, contacts=contacts
    )
    response = HttpResponse(draft_html(page, content))
    response.headers["Cache-Control"] = "no-store"
    return response


def draft_html(
    page: PackagePage, content: Document, consultation: Consultation | None = None
) -> str:
    """Return the page of a draft, with a banner that says so.

    Args:
        page: which package it is of.
        content: what would be published.
        consultation: the one that it is out for.
    """
    plan, listing, index = content.plan, page.listing, RequirementIndex.of(content)
    covered = list(map(CoveredArea.of, coverage(content).areas))
    context = part_context(page, PackagePart.OVERVIEW, NOTHING)
    words, cards = languages(), RequirementCards(listing)
    lang = words["lang"]
    cells = pieces.Cells(lang, words["own"])
    areas, coverage_areas = (
        matrix_page.whole_areas(listing, content.areas),
        coverage_map(covered, listing),
    )
    for matrix in areas:
        matrix["html"] = pieces.rows(matrix["rows"], cells.row, lang)
    for area in coverage_areas:
        area["html"] = pieces.rows(area["rows"], pieces.coverage_cells, lang)
    context |= {
        **facts(page, OverviewFacts.of(content, covered), content.lessons),
        "whole": [
            cards.page(requirement, index.links(requirement.uid))
            for requirement in content.requirements
        ],
        "total": len(content.active),
        "goals": plan.goals if plan else (),
        "dimensions": dimension_names(listing),
        "coverage_key": coverage_key(covered),
        "coverage_areas": coverage_areas,
        "areas": areas,
        "consultation": consultation,
        "consultations": consultation_cards(content.consultations),
    }
    return html_of("requirements_pkg/parts/draft.html", context)
