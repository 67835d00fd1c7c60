"""The page of one requirement, with the chain that it stands in."""

from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse

from requirements_pkg.cards import lessons
from requirements_pkg.cards.follow_up_counts import FollowUpCounts
from requirements_pkg.cards.package_parts import PackagePart, part_address, place_of
from requirements_pkg.cards.requirement_cards import RequirementCards, copied, plain_text
from requirements_pkg.cards.traceability import TracePlace, steps
from requirements_pkg.choosing.buyer_name import LONGEST, left_in
from requirements_pkg.choosing.buyer_state import BuyerState
from requirements_pkg.published.version_parts import RequirementPart
from requirements_pkg.rendering.package_page import PackagePage, carried, kept
from requirements_pkg.rendering.templates import TemplateValues, html_of, languages


def requirement_html(
    page: PackagePage,
    part: RequirementPart,
    base: str,
    buyer: BuyerState,
    counts: FollowUpCounts,
) -> str:
    """Return the page of a requirement as a version has it.

    Args:
        page: which page.
        part: what the version says of the requirement.
        base: where the site stands, for the address that is copied.
        buyer: what was chosen.
        counts: how often it was followed up, as far as that may be told.
    """
    context = _requirement_context(page, part, base, buyer)
    chain = _chain_context(page, part, counts)
    return html_of("requirements_pkg/requirement.html", context | chain)


def _requirement_context(
    page: PackagePage, part: RequirementPart, base: str, buyer: BuyerState
) -> TemplateValues:
    """Return what the page of one requirement shows."""
    requirement, version = part.requirement, page.version
    # The requirement stands in its version for ever, and so do the risks beside it.
    place = partial(place_of, slug=page.slug, number=page.number, kept=carried(buyer))
    cards, title = RequirementCards(page.listing, place), page.title
    path = reverse("requirement_version", args=[page.slug, page.number, requirement.code])
    address = f"{base}{path}"
    parts = copied(requirement, buyer.name)
    return {
        "package_page": page,
        "version": version,
        "section": "packages",
        "title": title,
        "requirement": cards.page(requirement, part.links),
        # What was ticked before goes along, to the selection and back to the list.
        "buyer": buyer,
        "query": urlencode(buyer.pairs),
        "list_address": part_address(PackagePart.REQUIREMENTS, page.slug, page.number),
        "kept": kept(page, buyer),
        "before": part.links.before,
        "after": part.links.after,
        "address": address,
        "copied": parts,
        "longest": LONGEST,
        # The same address with another name, or none.
        "without_name": replace(buyer, name="").pairs,
        "left": left_in(requirement.text) if buyer.name else (),
        "plain": plain_text(
            requirement, parts, package=title, version=page.number, address=address
        ),
        **languages(),
    }


def _chain_context(
    page: PackagePage, part: RequirementPart, counts: FollowUpCounts
) -> TemplateValues:
    """Return what the page of one requirement says of the chain that it stands in."""
    learnt = lessons.of_requirement(part.lessons, part.requirement)
    has_plan = not page.listing.is_shared
    # While any version stands there is one in force, and how it goes with that has a page.
    has_status = has_plan and page.version is not None and page.version.withdrawn is None
    place = TracePlace(page.slug, page.number, has_plan=has_plan, has_status=has_status)
    return {
        "lessons": learnt,
        "steps": steps(part.requirement, place, counts, learnt),
        "withheld": counts.withheld or counts.findings_withheld,
    }
