"""A selection that is too long for an address works all the same; nothing typed is lost."""

import io
import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import docx
import pytest
from django.urls import reverse

from requirements_pkg.choosing.selection import LONGEST_QUERY, MOST_CODES
from tests.factories.contents import a_cell, a_content, a_requirement, a_treatment
from tests.requirements_pkg.public.test_selection_page import SLUG, text_of

CODES = [f"SE-{number:02}" for number in range(1, 21)]
VALUE = "x" * 450
URVAL = "/urval/"
PICK = reverse("pick", args=[SLUG, 1])
PARTS = [
    *(
        reverse(name, args=[SLUG, 1])
        for name in ("version", "version_requirements", "version_risks", "version_goals")
    ),
    reverse("version_area", args=[SLUG, 1, 1]),
]
WORD = reverse("download", args=[SLUG, 1, "docx"])


@pytest.fixture
def stored(store_content):
    texts = [a_requirement(code, text="Inom [antal veckor] veckor.") for code in CODES]
    return store_content(a_content(*texts))


def sent(value: str = VALUE) -> dict[str, str | list[str]]:
    """What the form of a selection sends."""
    filled = {f"f.{code}.antal-veckor": f"{value}{code}" for code in CODES}
    return {"paket": SLUG, "version": "1", "krav": CODES, **filled}


def test_a_selection_that_fits_gets_its_address(client, stored):
    response = client.post(URVAL, sent("två"))
    query = urlencode(sent("två"), doseq=True)
    assert (response.status_code, response["Location"]) == (302, f"{URVAL}?{query}")


def test_one_that_does_not_fit_is_shown_with_all_that_was_typed(client, stored):
    response = client.post(URVAL, sent())
    page = response.content.decode()
    assert response.status_code == 200
    assert all(f'value="{VALUE}{code}"' in page for code in CODES)
    assert "för långt för en adress" in text_of(response)
    assert f"av de {LONGEST_QUERY} tecken" in text_of(response)


def test_its_files_are_those_of_an_address(client, stored):
    long, short = client.post(WORD, sent()), client.post(WORD, sent("två"))
    words = "".join(docx.Document(io.BytesIO(long.content)).element.body.itertext())
    assert all(VALUE + code in words for code in CODES)
    by_address = client.get(f"{WORD}?{urlencode(sent('två'), doseq=True)}")
    assert by_address["Content-Disposition"] == short["Content-Disposition"]
    assert by_address.content == short.content


def test_more_is_chosen_in_the_package_and_comes_back_with_what_was_typed(client, stored):
    page = client.post(reverse("version_requirements", args=[SLUG, 1]), sent())
    assert f'value="{VALUE}SE-07"' in page.content.decode()
    assert page.content.decode().count("checked") >= len(CODES)
    on = client.post(PICK, sent())
    # The browser sends the same form on to the selection.
    assert on.status_code == 307
    response = client.post(on["Location"], sent())
    assert f'value="{VALUE}SE-20"' in response.content.decode()


def test_a_short_one_is_sent_on_to_its_address(client, stored):
    fitting = sent("två")
    assert client.post(PICK, fitting)["Location"].startswith(f"{URVAL}?paket={SLUG}")
    page = client.post(reverse("version", args=[SLUG, 1]), fitting)
    assert page.status_code == 302


def test_more_requirements_than_a_selection_has_are_refused_with_what_to_do(client, stored):
    codes = [f"SE-{number}" for number in range(MOST_CODES + 1)]
    response = client.post(URVAL, {"paket": SLUG, "krav": codes})
    assert response.status_code == 400
    assert f"högst {MOST_CODES} krav" in text_of(response)


def test_the_map_of_the_coverage_keeps_what_is_ticked(client, store_content):
    made = a_content(
        a_requirement("SE-01", treats=[a_treatment(text="Fel.")]), a_requirement("SE-02")
    )
    made["plan"]["product_areas"][0]["cells"] = [a_cell("use", "environment", "Fel.")]
    store_content(made)
    page = client.get(f"/kravpaket/{SLUG}/risker/?krav=SE-02").content.decode()
    cells = re.findall(r'<a href="([^"]*steg=[^"]*)"', page)
    assert cells
    for address in cells:
        assert ("krav", "SE-02") in parse_qsl(urlsplit(unescape(address)).query)


def test_a_search_keeps_what_is_ticked(client, stored):
    query = f"paket={SLUG}&version=1&krav=SE-01&krav=SE-02&f.SE-01.antal-veckor=6"
    package = client.get(f"/kravpaket/{SLUG}/?{query}").content.decode()
    form = package.split('role="search"')[1].split("</form>")[0]
    assert 'name="krav" value="SE-02"' in form
    answers = client.get(f"/sok/?q=veckor&{query}").content.decode().replace("&amp;", "&")
    assert f'href="/urval/?{query}"' in answers
    assert "krav=SE-01&krav=SE-02&f.SE-01.antal-veckor=6" in answers.split('class="answers"')[1]
    assert f"{PICK}?krav=SE-03&{query}" in answers


@pytest.mark.parametrize("page", [URVAL, *PARTS])
def test_a_search_keeps_what_is_ticked_where_no_address_has_room_for_more(client, stored, page):
    page_text = client.post(page, sent()).content.decode()
    search = re.search(r'<form class="search head".*?</form>', page_text, re.S)[0]
    assert re.findall(r'name="krav" value="([^"]+)"', search) == CODES
    assert 'name="f.' not in search


def test_a_change_of_language_sends_what_was_typed_along(client, stored):
    page = client.post(URVAL, sent()).content.decode()
    way = re.search(r'<button[^>]*formaction="(\?sprak=en)"[^>]*>', page)
    assert 'form="val"' in way[0]
    assert '<a href="?sprak=en"' not in page
    response = client.post(f"{URVAL}{way[1]}", sent())
    english = response.content.decode()
    assert '<html lang="en">' in english
    assert all(f'value="{VALUE}{code}"' in english for code in CODES)
    # It is remembered, as by the link.
    assert '<html lang="en">' in client.get(URVAL).content.decode()


@pytest.fixture
def covered(store_content):
    """A package with a matrix, and a form of it that no address has room for."""
    text = "Inom [antal veckor] veckor."
    texts = [a_requirement(code, text=text, treats=[]) for code in CODES[1:]]
    first = a_requirement("SE-01", treats=[a_treatment(text="Fel.")])
    made = a_content(first, *texts)
    made["plan"]["product_areas"][0]["cells"] = [a_cell("use", "environment", "Fel.")]
    store_content(made)
    return reverse("version_risks", args=[SLUG, 1])


@pytest.mark.parametrize("part", PARTS)
def test_the_tabs_of_a_package_send_along_what_no_address_has_room_for(client, stored, part):
    page = client.post(part, sent()).content.decode()
    tabs = re.search(r'<nav class="tabs".*?</nav>', page, re.S)[0]
    ways = re.findall(r'form="val"\s+formmethod="post"\s+formaction="([^"]*)"', tabs)
    # To all others but the list of versions, which asks for none; an area leads back to the map.
    assert len(ways) == (4 if "/risker/1/" in part else 3)
    for way in ways:
        there = client.post(way, sent()).content.decode()
        assert f'value="{VALUE}SE-07"' in there
        assert "20 valda" in text_of_page(there)


@pytest.mark.parametrize("part", PARTS)
def test_the_tabs_of_a_package_keep_what_is_chosen(client, stored, part):
    query = "krav=SE-02&f.SE-02.antal-veckor=6"
    page = unescape(client.get(f"{part}?{query}").content.decode())
    tabs = re.search(r'<nav class="tabs".*?</nav>', page, re.S)[0]
    ways = re.findall(r'<a href="([^"]*)"', tabs)
    assert [way.endswith(f"?{query}") for way in ways] == [True] * 5
    assert "1 valt" not in client.get(part).content.decode()


def test_the_map_of_the_coverage_leads_on_with_what_no_address_has_room_for(client, covered):
    page = client.post(covered, sent()).content.decode()
    (button,) = re.findall(r'<button[^>]*formaction="[^"]*steg=[^"]*"[^>]*>', page)
    assert 'form="val"' in button
    address = unescape(re.search(r'formaction="([^"]*)"', button)[1])
    filtered = client.post(address, sent() | {"steg": "", "dimension": ""}).content.decode()
    assert "1 krav av 20" in text_of_page(filtered)
    assert f'value="{VALUE}SE-07"' in filtered
    # The language too.
    assert re.search(r'<button[^>]*form="val"[^>]*formaction="\?sprak=en"', filtered)


def text_of_page(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_form_of_thousands_of_fields_is_read_whole(client, store_content):
    places = " ".join(f"Inom [antal {number}] veckor." for number in range(5))
    codes = [f"SE-{number:03}" for number in range(1, 251)]
    store_content(a_content(*(a_requirement(code, text=places) for code in codes)))
    filled = {f"f.{code}.antal-{n}": f"värde {code} {n}" for code in codes for n in range(5)}
    form = {"paket": SLUG, "version": "1", "krav": codes, **filled}
    assert len(filled) + len(codes) > 1000
    page = client.post(URVAL, form).content.decode()
    assert page.count('value="värde SE-') == len(filled)
    more = client.post(reverse("version_requirements", args=[SLUG, 1]), form).content.decode()
    assert more.count('value="värde SE-') == len(filled)
    words = client.post(WORD, form)
    assert words.status_code == 200


def test_one_with_more_fields_than_any_form_is_told_so(client, stored, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 30
    response = client.post(URVAL, sent())
    assert response.status_code == 400
    assert "fler än 30 fält" in text_of(response)
    assert "finns kvar" in text_of(response)


def test_what_no_address_has_room_for_goes_along_to_another_package(client, stored, store_content):
    """By the list of packages and its buttons, and back to the page of the selection."""
    head = {"slug": "livsmedel", "title": "Livsmedel", "introduction": ""}
    store_content(a_content(a_requirement("LM-01"), package=head))
    page = client.post("/kravpaket/", sent()).content.decode()
    button = re.search(r'<button[^>]*form="val"[^>]*formaction="(/kravpaket/livsmedel/)"', page)
    fields = fields_of(page)
    assert ("f.SE-07.antal-veckor", f"{VALUE}SE-07") in fields
    there = client.post(f"{button[1]}krav/", **as_form(fields)).content.decode()
    assert "20 i andra kravpaket" in text_of_page(there)
    fields = [*fields_of(there), ("krav", "LM-01")]
    own = fields.index(("version", "1")) + 1
    fields = [*fields[:own], fields[-1], *fields[own:-1]]
    on = client.post("/kravpaket/livsmedel/v1/valj/", **as_form(fields))
    assert on.status_code == 307
    selection = client.post(on["Location"], **as_form(fields)).content.decode()
    assert f'value="{VALUE}SE-20"' in selection
    assert "21 krav." in text_of_page(selection)
    # From there to the first package again.
    again = client.post(reverse("version_requirements", args=[SLUG, 1]), **as_form(fields))
    assert f'value="{VALUE}SE-20"' in again.content.decode()
    assert "1 i andra kravpaket" in text_of_page(again.content.decode())


def fields_of(page: str) -> list[tuple[str, str]]:
    """The hidden fields of the form that is sent, in their order."""
    form = re.search(r'<form id="val".*?</form>', page, re.S)[0]
    return [
        (name, unescape(value))
        for name, value in re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', form)
    ]


def as_form(fields: list[tuple[str, str]]) -> dict[str, str]:
    return {"data": urlencode(fields), "content_type": "application/x-www-form-urlencoded"}
