"""The filters of a package's page: what they show, and what rubbish does to them."""

from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict

from requirements_pkg.cards.coverage_map import CellWays, coverage_map
from requirements_pkg.choosing.buyer_state import BuyerState
from requirements_pkg.choosing.filters import RequirementFilters, effective
from requirements_pkg.document.coverage import coverage
from requirements_pkg.document.facts import Choices, CoveredArea, Listing
from requirements_pkg.document.reading import read
from tests.factories.contents import a_cell, a_content, a_document, a_requirement, a_treatment

BASIC = a_requirement("SE-01", kind="specification", product_areas=[])
SHARP = a_requirement("SE-02", level="advanced", replaces=BASIC["uid"])
EXTRA = a_requirement("SE-03", level="advanced", product_areas=[1], cpv=["72514100-2"])
TOP = a_requirement(
    "SE-04",
    level="spearhead",
    kind="award",
    title="Överskottsvärme",
    cpv=[],
    treats=[a_treatment(stage="use", dimension="anti_corruption")],
)
WITHDRAWN = a_requirement("SE-05", state="withdrawn")
CONTENT = a_document(BASIC, SHARP, EXTRA, TOP, WITHDRAWN)


def state(query: str) -> BuyerState:
    pairs = parse_qsl(query, keep_blank_values=True)
    return BuyerState.of(pairs, Choices.of(CONTENT), ("it", 2))


def codes(query: str) -> list[str]:
    buyer = state(query)
    return [requirement.code for requirement in buyer.filters.choose(CONTENT)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["SE-01", "SE-02", "SE-03", "SE-04"]),
        ("niva=bas", ["SE-01"]),
        # Advanced is basic and advanced, minus the one that was replaced.
        ("niva=avancerad", ["SE-02", "SE-03"]),
        ("niva=spjutspets", ["SE-02", "SE-03", "SE-04"]),
        # A requirement without an area is for all of them.
        ("omrade=1", ["SE-01", "SE-03"]),
        ("omrade=2", ["SE-01", "SE-02", "SE-04"]),
        ("typ=tilldelning", ["SE-04"]),
        ("steg=use", ["SE-04"]),
        ("steg=use&dimension=environment", []),
        ("dimension=environment", ["SE-01", "SE-02", "SE-03"]),
        # A requirement without a code fits every purchase.
        ("cpv=72514100-2", ["SE-03", "SE-04"]),
        ("cpv=48820000-2", ["SE-01", "SE-02", "SE-04"]),
        ("text=ÖVERSKOTT", ["SE-04"]),
        ("text=se-03", ["SE-03"]),
        ("text=finns+inte", []),
        # What the package does not have counts as nothing chosen.
        ("omrade=9&typ=alla&niva=bast&steg=x&cpv=1", ["SE-01", "SE-02", "SE-03", "SE-04"]),
    ],
)
def test_a_filter_shows_what_fits(query, expected):
    assert codes(query) == expected


def test_a_stage_and_a_dimension_are_of_one_cell():
    both = a_requirement(
        treats=[
            a_treatment(stage="use", dimension="human_rights"),
            a_treatment(stage="raw_material", dimension="environment"),
        ]
    )
    content = a_document(both)
    apart = RequirementFilters.of({"steg": "use", "dimension": "environment"}, Choices.of(content))
    together = RequirementFilters.of(
        {"steg": "use", "dimension": "human_rights"}, Choices.of(content)
    )
    assert apart.choose(content) == []
    assert [requirement.code for requirement in together.choose(content)] == ["SE-01"]


def test_what_replaces_in_one_area_leaves_the_others_what_they_had():
    everywhere = a_requirement("SE-01", product_areas=[])
    servers = a_requirement("SE-02", level="advanced", replaces=everywhere["uid"])
    content = a_document(everywhere, servers)
    halls = RequirementFilters.of({"omrade": "1", "niva": "avancerad"}, Choices.of(content))
    assert [requirement.code for requirement in halls.choose(content)] == ["SE-01"]
    own = RequirementFilters.of({"omrade": "2", "niva": "avancerad"}, Choices.of(content))
    assert [requirement.code for requirement in own.choose(content)] == ["SE-02"]


def test_a_cell_of_the_coverage_map_leads_to_as_many_requirements_as_it_says():
    """Also where a cell is the same as another, or a requirement is for another area."""
    content = a_content(
        a_requirement("SE-01", product_areas=[]),
        a_requirement("SE-02", product_areas=[2]),
        a_requirement("SE-03", product_areas=[1]),
        a_requirement("SE-04", state="withdrawn"),
    )
    same = {"product_area": 2, "stage": "raw_material", "dimension": "environment"}
    content["plan"]["product_areas"][0]["cells"] = [
        a_cell(
            "raw_material", "environment", "Samma som ovan.", assessment="same_as", same_as=same
        )
    ]
    content = read(content)
    seen = set()
    covered = coverage(content).areas
    areas, listing = map(CoveredArea.of, covered), Listing.of(content)
    ways = CellWays(listing, "/krav/", "/risker/{}/".format)
    for area, drawn_area in zip(covered, coverage_map(areas, listing, ways), strict=True):
        cells = [cell for _stage, cells in area.rows for cell in cells]
        drawn = [cell for row in drawn_area["rows"] for cell in row["cells"]]
        for cell, there in zip(cells, drawn, strict=True):
            filters = RequirementFilters(
                area=str(area.number), stage=cell.stage, dimension=cell.dimension
            )
            assert len(filters.choose(content)) == there["count"]
            address, _mark, query = there["href"].partition("?")
            if there["count"]:
                assert address == "/krav/"
                assert (
                    RequirementFilters.of(QueryDict(query).dict(), Choices.of(content)) == filters
                )
            else:
                assert not address.startswith("/krav/")
            seen.add(there["count"])
    assert seen == {0, 2, 3}


def test_to_show_all_takes_the_filters_away_and_leaves_the_ticks():
    buyer = state("niva=bas&krav=SE-03&visa-alla=1")
    assert buyer.filters == RequirementFilters()
    assert buyer.codes == ("SE-03",)


def test_what_is_withdrawn_is_not_chosen():
    assert state("krav=SE-05").codes == ()


def test_what_replaces_at_a_higher_level_leaves_a_lower_one_alone():
    basic, sharp = CONTENT.requirements[:2]
    assert effective([basic, sharp], "bas") == [basic]
    assert effective([basic, sharp], "avancerad") == [sharp]


def test_a_page_says_its_filters_as_the_address_does():
    pairs = RequirementFilters.of(
        {"niva": "bas", "omrade": "2", "text": "  el \x00 "}, Choices.of(CONTENT)
    ).pairs
    assert pairs == [("omrade", "2"), ("niva", "bas"), ("text", "el")]


def test_only_codes_of_the_package_are_chosen_in_its_own_order():
    buyer = state("krav=SE-03&krav=SE-01&krav=SE-01&krav=XX-1&f.SE-01.veckor=6&annat=1")
    assert buyer.codes == ("SE-01", "SE-03")
    assert buyer.pairs == [("krav", "SE-01"), ("krav", "SE-03"), ("f.SE-01.veckor", "6")]


def test_what_was_chosen_elsewhere_goes_along_last():
    query = "krav=SE-03&f.SE-03.veckor=6&namn=Kommunen&paket=mat&version=1&krav=SE-01&krav=XX-1"
    buyer = state(f"niva=bas&{query}")
    assert buyer.codes == ("SE-03",)
    assert buyer.count == 3
    assert buyer.query == f"niva=bas&{query}"
    assert buyer.selection(("it", 2)).query() == (
        "paket=it&version=2&krav=SE-03&f.SE-03.veckor=6"
        "&paket=mat&version=1&krav=SE-01&krav=XX-1&namn=Kommunen"
    )
