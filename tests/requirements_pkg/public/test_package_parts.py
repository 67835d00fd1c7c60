"""The parts of a package's page: what leads to which, and what of old addresses."""

import re
from html import unescape

import pytest

from requirements_pkg.cards.package_parts import place_of
from requirements_pkg.document.coverage import CoverageState, coverage
from requirements_pkg.document.reading import read
from requirements_pkg.rendering import package_parts
from tests.factories.contents import a_cell, a_content, a_requirement, a_treatment

SLUG = "it-teknisk-plattform"
PACKAGE = f"/kravpaket/{SLUG}/"


@pytest.fixture
def content():
    """Two product areas, of which the second refers to the first."""
    made = a_content(
        a_requirement(
            "SE-01",
            beyond_law="",
            treats=[a_treatment(product_area=1, stage="use", text="Fel.")],
            product_areas=[],
        ),
        a_requirement("SE-02", treats=[], law_baseline="Lagen kräver.", beyond_law="Mer & annat."),
    )
    same = {"product_area": 1, "stage": "use", "dimension": "environment"}
    first, second = made["plan"]["product_areas"][:2]
    first["cells"] = [
        a_cell("use", "environment", "Fel."),
        a_cell("use", "human_rights", "Otreat <b>risk</b>."),
    ]
    second["cells"] = [
        a_cell("use", "environment", "Samma som ovan.", assessment="same_as", same_as=same)
    ]
    return made


@pytest.fixture
def stored(store_content, content):
    return store_content(content)


def page_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(response.content.decode())


@pytest.mark.parametrize("number", ["", "v1/"])
@pytest.mark.parametrize("query", ["niva=bas", "omrade=1&krav=SE-01&text=el", "visa-alla=1"])
def test_an_address_with_filters_leads_on_to_the_requirements(client, stored, number, query):
    response = client.get(f"{PACKAGE}{number}?{query}")
    assert response.status_code == 302
    assert response["Location"] == f"{PACKAGE}{number}krav/?{query}"


def test_a_form_with_filters_is_sent_on_as_it_is(client, stored):
    response = client.post(f"{PACKAGE}?omrade=1", {"krav": "SE-01"})
    assert response.status_code == 307
    assert response["Location"] == f"{PACKAGE}krav/?omrade=1"


@pytest.mark.parametrize(
    ("anchor", "address"),
    [
        ("", PACKAGE),
        ("introduktion", f"{PACKAGE}#introduktion"),
        ("o2", f"{PACKAGE}risker/2/#o2"),
        ("o12-use-environment", f"{PACKAGE}risker/12/#o12-use-environment"),
        ("omraden", f"{PACKAGE}#omraden"),
        ("mal-1", f"{PACKAGE}mal/#mal-1"),
        ("delmal-1.1", f"{PACKAGE}mal/#delmal-1.1"),
        ("tackning", f"{PACKAGE}risker/#tackning"),
    ],
)
def test_what_an_anchor_names_has_one_place(anchor, address):
    assert place_of(anchor, SLUG) == address


def test_a_reference_to_another_product_area_leads_to_its_page(client, stored):
    there = f'href="{PACKAGE}risker/1/#o1-use-environment"'
    assert there in page_of(client, f"{PACKAGE}risker/2/")
    kept = page_of(client, f"{PACKAGE}risker/2/?krav=SE-02")
    assert f'href="{PACKAGE}risker/1/?krav=SE-02#o1-use-environment"' in kept
    old = page_of(client, f"{PACKAGE}v1/risker/2/")
    # The version in force: its parts lead to those without a number.
    assert there in old


def test_the_map_leads_to_requirements_and_where_there_are_none_to_the_risk(client, stored):
    page = page_of(client, f"{PACKAGE}risker/")
    ways = re.findall(r'class="coverage-cell (\w+)"[^>]*><a href="([^"]*)"', page)
    assert {state for state, _way in ways} == {"treated", "untreated"}
    for state, way in ways:
        if state == "treated":
            assert "SE-01" in page_of(client, way)
        else:
            address, _mark, anchor = way.partition("#")
            assert f'id="{anchor}"' in page_of(client, address)


def test_a_cell_says_beside_its_risks_what_is_covered(client, stored):
    page = client.get(f"{PACKAGE}risker/1/").content.decode()
    assert "Otreat &lt;b&gt;risk&lt;/b&gt;." in page
    cells = dict(re.findall(r'id="o1-use-(\w+)"[^>]*>.*?<p class="coverage-cell (\w+)">', page))
    assert cells == {"environment": "treated", "human_rights": "untreated"}


def test_the_figures_of_the_overview_are_those_of_the_parts(client, stored, content):
    page = page_of(client, PACKAGE)
    figures = re.findall(r"<dt>.*?<dd>\s*(\d+)(?:\s*<span>av (\d+)</span>)?", page, re.S)
    states = coverage(read(content)).states
    whole = sum(states.values())
    assert figures[:5] == [
        ("2", ""),
        ("2", ""),
        (str(whole - states[CoverageState.NOT_ASSESSED]), str(whole)),
        ("2", "3"),
        (str(len(content["plan"]["goals"])), ""),
    ]


def test_the_list_says_where_a_requirement_goes_beyond_the_law(client, stored):
    page = client.get(f"{PACKAGE}krav/").content.decode()
    assert page.count("går längre än lagen") == 1
    assert page.count("<b>Kravet går utöver lagen:</b>") == 1
    assert "<b>Lagen kräver redan:</b> Lagen kräver." in page
    assert "<b>Kravet går utöver lagen:</b> Mer &amp; annat." in page


@pytest.fixture
def many(store_content, monkeypatch):
    monkeypatch.setattr(package_parts, "REQUIREMENTS_PER_PAGE", 2)
    return store_content(a_content(*(a_requirement(f"SE-{at:02}") for at in range(1, 6))))


TICKED = {"SE-02", "SE-05"}


def listed(page: str) -> list[str]:
    return re.findall(r'type="checkbox" name="krav" value="([^"]*)"', page)


def test_each_requirement_is_on_one_page_and_the_ticks_of_all_are_kept(client, many):
    codes = []
    for number in (1, 2, 3):
        page = page_of(client, f"{PACKAGE}krav/?krav=SE-02&krav=SE-05&sida={number}")
        here = listed(page)
        codes += here
        form = page.split('id="krav-lista"')[1]
        hidden = re.findall(r'type="hidden" name="krav" value="([^"]*)"', form)
        assert {*hidden, *here} >= TICKED
        assert not {*hidden} & {*here}
        assert "Sida" in page
        assert "5 krav av 5" in page
    assert codes == ["SE-01", "SE-02", "SE-03", "SE-04", "SE-05"]


@pytest.mark.parametrize("expected", ["99", "0", "-1", "x", "²", "", "1e9"])
def test_a_page_that_is_not_there_is_the_nearest_that_is(client, many, expected):
    page = page_of(client, f"{PACKAGE}krav/?sida={expected}")
    assert listed(page) == (["SE-05"] if expected == "99" else ["SE-01", "SE-02"])


def test_a_page_of_the_list_stays_in_the_other_language(client, many):
    assert 'href="?sida=2&sprak=en"' in page_of(client, f"{PACKAGE}krav/?sida=2")
