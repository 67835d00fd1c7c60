"""The buyer's own name instead of "regionen": in every text, and honest about what is left."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from requirements_pkg.tender.downloads import FORMS
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.tender.test_chosen_downloads import text_of

SLUG = "it-teknisk-plattform"
PAGE = f"/urval/?paket={SLUG}&version=1&krav=SE-01"
TEXT = (
    "Regionen betalar. Leverantören ska svara regionen inom [antal dagar: 5 | från regionens"
    " begäran] dagar och följa regionens mall i [plats: regionens hall]."
)
FILLED = (
    "Kommunen betalar. Leverantören ska svara kommunen inom 5 dagar och följa kommunens mall i"
    " kommunens hall."
)


@pytest.fixture
def stored(store_content):
    requirement = a_requirement(
        "SE-01",
        title="Regionens mall",
        text=TEXT,
        verification="Svaret delas mellan regionerna och med en region.",
        kind="award",
        max_points=10,
        scale="10 poäng: regionen godtar allt. 5 poäng: hälften.",
    )
    return store_content(a_content(requirement))


def page_of(client, more: str) -> tuple[str, str]:
    html = client.get(f"{PAGE}{more}").content.decode()
    return html, " ".join(unescape(strip_tags(html)).split())


def test_the_page_says_it_in_every_text_and_what_is_left(client, stored):
    html, text = page_of(client, "&namn=kommunen")
    assert FILLED.removesuffix(".") in re.sub(r" (?=[.,])", "", text)
    assert "Kommunens mall" in text
    assert "från kommunens begäran" in text
    assert "10 poäng: kommunen godtar allt." in text
    assert 'value="kommunens hall"' in html
    assert "Har inte bytts ut, kontrollera: SE-01 (regionerna, region)" in text
    assert re.search(r'name="namn"\s+value="kommunen"', html)
    # Nobody has filled that in: it goes on following the name.
    sent = client.get(f"{PAGE}&f.SE-01.plats=kommunens+hall&namn=kommunen")
    assert sent["Location"] == f"{PAGE}&namn=kommunen"


def test_without_a_name_nothing_is_changed_or_told(client, stored):
    _html, text = page_of(client, "")
    assert "Regionen betalar." in text
    assert "Har inte bytts ut" not in text


def test_what_a_buyer_typed_is_hers(client, stored):
    _html, text = page_of(client, "&f.SE-01.plats=regionen+Norr&namn=kommunen")
    assert "i regionen Norr" in text


def test_hostile_names_are_words(client, stored):
    html, _text = page_of(client, "&namn=%3Cb%3E%22x")
    assert "<b>" not in html


@pytest.mark.parametrize("extension", FORMS)
def test_every_file_has_the_name(client, stored, extension):
    folder = f"/kravpaket/{SLUG}/v1/ladda-ner/"
    body = client.get(f"{folder}{extension}?krav=SE-01&namn=kommunen").content
    text = text_of(extension, body)
    assert FILLED in text
    assert "Kommunens mall" in text
    assert "Regionen betalar" not in text


@pytest.mark.parametrize("extension", ["docx", "pdf", "xlsx"])
def test_a_file_says_whose_it_is(client, stored, extension):
    folder = f"/kravpaket/{SLUG}/v1/ladda-ner/"
    text = text_of(extension, client.get(f"{folder}{extension}?krav=SE-01&namn=kommunen").content)
    assert "Upphandlande organisation" in text
    if extension != "xlsx":
        assert "”Regionen” skrivs som kommunen i texterna" in text


def test_a_file_says_the_name_as_it_stands_in_the_texts(client, stored):
    body = client.get(f"/kravpaket/{SLUG}/v1/ladda-ner/docx?krav=SE-01&namn=Kommun").content
    assert "”Regionen” skrivs som kommunen i texterna" in text_of("docx", body)


def copied(client, query: str = "") -> tuple[str, str]:
    html = client.get(f"/kravpaket/{SLUG}/krav/SE-01/{query}").content.decode()
    plain = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.S)[1]
    with_looks = re.search(r'<template id="kopia-html">(.*?)</template>', html, re.S)[1]
    return unescape(plain), " ".join(unescape(strip_tags(with_looks)).split())


def test_what_is_copied_of_a_criterion_has_its_points_and_scale(client, stored):
    for copied_text in copied(client):
        assert "Högst 10 poäng." in copied_text
        assert "10 poäng: regionen godtar allt. 5 poäng: hälften." in copied_text
        assert copied_text.index("Högst 10 poäng.") < copied_text.index("Svaret delas")


def test_what_is_copied_has_the_name(client, stored):
    for copied_text in copied(client, "?namn=kommunen"):
        assert FILLED in copied_text
        assert "Kommunens mall" in copied_text
        assert "Regionen betalar" not in copied_text


def test_the_name_goes_along_from_page_to_page(client, stored):
    package = client.get(f"/kravpaket/{SLUG}/krav/?krav=SE-01&namn=kommunen").content.decode()
    assert '<input type="hidden" name="namn" value="kommunen">' in package
    assert "krav/SE-01/?krav=SE-01&amp;namn=kommunen" in package
    led = client.get(f"/kravpaket/{SLUG}/v1/valj/?krav=SE-01&namn=kommunen")
    assert led["Location"] == f"{PAGE}&namn=kommunen"
