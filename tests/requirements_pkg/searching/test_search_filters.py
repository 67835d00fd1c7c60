"""A search within a package, an area, a kind and a level of requirements: all in its address."""

import re

import pytest

from requirements_pkg.language.terms import plain
from requirements_pkg.published import page_cache
from requirements_pkg.searching.suggesting import faults, suggested
from tests.requirements_pkg.search_corpus import a_text, publisher


@pytest.fixture
def publish(coordinator, reviewer):
    return publisher(coordinator, reviewer)


@pytest.fixture
def corpus(publish):
    publish(
        "servrar",
        a_text("XX-01", "Vindkraft", "Ett.", kind="award", level="spearhead", product_areas=[1]),
        a_text("XX-02", "Vindkraft", "Två.", kind="contract", level="basic", product_areas=[2]),
        a_text("XX-03", "Vindkraft", "Tre.", kind="contract", level="advanced", product_areas=[]),
    )
    publish("annat", a_text("YY-01", "Vindkraft", "Fyra.", kind="award"), plan=None)


def cited_codes(client, query: str) -> list[str]:
    page = client.get(f"/sok/?q=vindkraft{query}").content.decode()
    return re.findall(r'class="cited" lang="sv">([^<]*)<', page)


@pytest.mark.parametrize(
    "query",
    [
        "vindkraft",
        "vindkraft&kravpaket=servrar&niva=bas&typ=krav",
        # Some of the words, and none of them: what looks like them.
        "vindkraft+zebra",
        "vindkraft+zebra&kravpaket=servrar&omrade=2",
        "vindkrft+zebra&kravpaket=servrar",
    ],
)
def test_a_search_costs_four_queries_at_most_however_it_is_answered(
    client, corpus, django_assert_max_num_queries, query
):
    page_cache.forget()
    with django_assert_max_num_queries(4):
        page = client.get(f"/sok/?q={query}").content.decode()
    assert "XX-02" in page or ">vindkraft</a>" in page


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["XX-01", "XX-02", "XX-03", "YY-01"]),
        ("&kravpaket=servrar", ["XX-01", "XX-02", "XX-03"]),
        ("&kravpaket=annat", ["YY-01"]),
        ("&slag=tilldelning", ["XX-01", "YY-01"]),
        ("&niva=bas", ["XX-02", "YY-01"]),
        ("&niva=avancerad&slag=villkor", ["XX-03"]),
        # A requirement without an area is for all of them.
        ("&kravpaket=servrar&omrade=2", ["XX-02", "XX-03"]),
        # The number of an area is one of a package.
        ("&omrade=2", ["XX-01", "XX-02", "XX-03", "YY-01"]),
        ("&kravpaket=finns-inte", []),
        ("&slag=x&niva=y&omrade=z&kravpaket=%C3%A5", ["XX-01", "XX-02", "XX-03", "YY-01"]),
    ],
)
def test_a_filter_of_the_address_narrows_the_answers(client, corpus, query, codes):
    assert cited_codes(client, query) == codes


def test_the_filters_are_kept_and_can_be_taken_away(client, corpus):
    page = client.get("/sok/?q=vindkraft&kravpaket=servrar&slag=tilldelning").content.decode()
    assert '<option value="servrar"' in page
    assert re.search(r'<option value="tilldelning"\s+selected', page)
    assert "servrar</option>" in page
    assert 'href="/sok/?q=vindkraft"' in page
    assert "/sok/?q=vindkraft&amp;kravpaket=servrar&amp;slag=tilldelning&amp;typ=krav" in page


@pytest.mark.parametrize(
    ("query", "near"),
    [("leverantr", "leverantör"), ("vindkarft", "vindkraft"), ("vindkraf", "vindkraft")],
)
def test_a_word_short_of_a_letter_or_two_is_near(query, near):
    assert faults(query, near) <= 2


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("hanskar", ("arbetshandskar",)),
        ("handkar", ("handlar", "arbetshandskar")),
        # What is near is not offered beside what is nearer.
        ("vindkraftm", ("vindkraften",)),
        ("andskar", ("arbetshandskar",)),
        ("skar", ()),
        # "andlande" and "ardet" are no ends of these, and like nothing but by their stems.
        ("handskas", ("arbetshandskar",)),
        ("arbets", ()),
        ("kläder", ()),
    ],
)
def test_what_is_suggested_is_a_word_of_the_texts(query, meant):
    words = ("arbetshandskar", "handlar", "vindkraften", "vindkrafsen")
    words += ("upphandlande", "medelvärdet")
    assert suggested(query, {plain(word): word for word in words}) == meant


def test_what_is_not_near_is_not_suggested(client, corpus):
    assert "Menade du" in client.get("/sok/?q=vindkrft").content.decode()
    assert "Menade du" not in client.get("/sok/?q=vindruta").content.decode()


@pytest.mark.parametrize(
    "query",
    ["handskar", "undersökningshandske", "läge", "tilldelningskriterium", "33141", "CSDDD", "SE1"],
)
def test_the_filter_of_a_package_finds_what_a_search_in_it_finds(client, publish, query):
    publish(
        "vard",
        a_text("SE-01", "Skydd", "Undersökningshandskar utan lägesdata.", cpv=["33141420-0"]),
        a_text("SE-02", "Kedjan", "Enligt tillbörlig aktsamhet.", kind="award"),
        a_text("SE-03", "Beslag", "Något annat, en handskfackslucka."),
        plan=None,
    )
    page_text = client.get("/kravpaket/vard/krav/", {"text": query}).content.decode()
    on_page = re.findall(r'name="krav"\s+value="([^"]*)"', page_text)
    page = client.get("/sok/", {"q": query, "kravpaket": "vard", "typ": "krav"}).content.decode()
    in_search = re.findall(r'class="cited" lang="sv">(?:<mark>)?([^<]*)<', page)
    assert sorted(on_page) == sorted(in_search)
    assert on_page


def test_a_part_of_a_word_will_do_while_somebody_types(client, corpus):
    page = client.get("/kravpaket/servrar/krav/?text=vindk").content.decode()
    assert page.count('name="krav"') == 3
