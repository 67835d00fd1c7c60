"""The coverage of a plan in the admin: what no requirement treats, and the matrix of an area."""

from collections import Counter
from collections.abc import Mapping
from typing import Final, TypedDict

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from actionplan.extension_points import PlanTab
from actionplan.text import figure
from requirements_pkg import permissions
from requirements_pkg.backoffice.links import PlaceLinks
from requirements_pkg.backoffice.pages import home_of, new_requirement, package_of_plan, page
from requirements_pkg.cards.cell_words import MARKS, head, key, rest
from requirements_pkg.document.coverage import AreaCoverage, Coverage, coverage
from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.drafting.quality_case import PlaceKind, QualityPlace
from requirements_pkg.models import RequirementsPackage
from risks.grid.cell_views import AREA
from risks.models import RiskLevel, RiskStatement

# How many risks without a requirement stand on a page, and how many places of one.
LINES: Final = 20
PLACES: Final = 6


class UntreatedPlaces(TypedDict):
    """Where a risk without a requirement stands, and by which keys."""

    places: list[str]
    statements: list[int]


class UntreatedLine(TypedDict):
    """A risk without a requirement, and the page where an editor writes one."""

    kind: str
    text: str
    places: str
    count: int
    write: str


@require_GET
def coverage_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what no requirement of a plan treats, and how far its product areas have come.

    The address names the area whose matrix is shown; a nation's plan has 432 cells.
    """
    package = package_of_plan(request, pk)
    content = draft_content(package)
    plan_coverage = coverage(content)
    links = PlaceLinks(package, {PlaceKind.REQUIREMENT, PlaceKind.CELL})
    names = content.stage_names | content.dimension_names
    area = _area_of(request, plan_coverage)
    untreated = _untreated(request, package, plan_coverage, names, area)
    context = {
        "title": _("Coverage"),
        "plan": package.plan,
        "home": home_of(package, PlanTab.REQUIREMENTS),
        "dimensions": [label.name for label in content.dimensions],
        "choices": [(other.number, other.name) for other in plan_coverage.areas],
        "area_number": area and area.number,
        "area": area and _area(area, names, links),
        "areas": [] if area else _areas(plan_coverage),
        "states": [(mark, name) for _state, mark, name in key()],
        "number": sum(line["count"] for line in untreated),
        "page": Paginator(untreated, LINES).get_page(request.GET.get("sida")),
        "lacking": _lacking(content, plan_coverage, links),
    }
    return page(request, "requirements_pkg/admin/coverage.html", context)


def _area_of(request: HttpRequest, plan_coverage: Coverage) -> AreaCoverage | None:
    """Return the area that the address names, or the only one; None for all of them."""
    areas = plan_coverage.areas
    number = request.GET.get(AREA, "")
    named = next((area for area in areas if str(area.number) == number), None)
    return areas[0] if len(areas) == 1 else named


def _areas(plan_coverage: Coverage) -> list[dict[str, object]]:
    """Return how far each product area has come, as rows of a table."""
    untreated = Counter(risk.product_area for risk in plan_coverage.untreated)
    rows = []
    for area in plan_coverage.areas:
        states = Counter(cell.state for _stage, cells in area.rows for cell in cells)
        counts = [(name, states[state]) for state, _mark, name in key()]
        rows.append(
            {
                "number": area.number,
                "name": area.name,
                "untreated": untreated[area.number],
                "counts": counts,
            }
        )
    return rows


def _area(area: AreaCoverage, names: dict[str, str], links: PlaceLinks) -> dict[str, object]:
    """Return the matrix of a product area as its table shows it."""
    levels = dict(RiskLevel.choices)
    rows = [
        {
            "name": names[stage],
            "cells": [
                {
                    "dimension": names[cell.dimension],
                    "state": cell.state.value,
                    "mark": MARKS[cell.state],
                    "words": head(cell.state, len(cell.requirements)),
                    "rest": rest(cell),
                    "level": levels.get(cell.level, ""),
                    "codes": cell.requirements,
                    "address": links.to(
                        QualityPlace(PlaceKind.CELL, (area.number, stage, cell.dimension))
                    ),
                }
                for cell in cells
            ],
        }
        for stage, cells in area.rows
    ]
    return {"number": area.number, "name": area.name, "rows": rows}


def _untreated(
    request: HttpRequest,
    package: RequirementsPackage,
    plan_coverage: Coverage,
    names: Mapping[str, str],
    area: AreaCoverage | None,
) -> list[UntreatedLine]:
    """Return the risks without a requirement, each with the page where an editor writes one.

    One that stands in several cells is one line, for which one requirement may be written.

    Args:
        area: the only product area to tell of, None for all.
    """
    pks = _statements(package)
    may_edit = permissions.may_edit(request.user, package)
    way_back = {} if area is None else {AREA: area.number}
    lines: dict[tuple[str, str], UntreatedPlaces] = {}
    for risk in plan_coverage.untreated:
        if area is not None and area.number != risk.product_area:
            continue
        line = lines.setdefault((risk.kind, risk.text), {"places": [], "statements": []})
        place = (risk.product_area, risk.stage, risk.dimension)
        line["statements"].append(pks[*place, risk.kind, risk.text])
        line["places"].append(
            f"{risk.product_area}. {names[risk.stage]} / {names[risk.dimension]}"
        )
    return [
        {
            "kind": kind,
            "text": text,
            "places": _some(line["places"]),
            "count": len(line["places"]),
            "write": new_requirement(package, statements=line["statements"], **way_back)
            if may_edit
            else "",
        }
        for (kind, text), line in lines.items()
    ]


def _some(places: list[str]) -> str:
    """Return the first places of a text, and how many more there are."""
    words = ", ".join(places[:PLACES])
    number = len(places) - PLACES
    if number <= 0:
        return words
    more = ngettext("and %(number)s more place", "and %(number)s more places", number)
    return f"{words} {more % {'number': figure(number)}}"


def _statements(package: RequirementsPackage) -> dict[tuple[object, ...], int]:
    """Return the keys of the statements of a plan, by where they stand and what they say."""
    rows = RiskStatement.objects.filter(cell__product_area__plan=package.plan).values_list(
        "cell__product_area__number",
        "cell__stage__code",
        "cell__dimension__code",
        "kind",
        "text",
        "pk",
    )
    return {tuple(place): pk for *place, pk in rows}


def _lacking(
    content: Document, plan_coverage: Coverage, links: PlaceLinks
) -> list[dict[str, object]]:
    """Return the requirements that lack something, by what they lack."""
    uids = {requirement.code: requirement.uid for requirement in reversed(content.requirements)}
    groups = [
        (_("Address no risk"), plan_coverage.untreating),
        (_("Have no proof"), plan_coverage.unproved),
        (_("Have no follow-up"), plan_coverage.unfollowed),
    ]
    return [
        {
            "title": title,
            "codes": [
                (code, links.to(QualityPlace(PlaceKind.REQUIREMENT, uids[code]))) for code in codes
            ],
        }
        for title, codes in groups
    ]
