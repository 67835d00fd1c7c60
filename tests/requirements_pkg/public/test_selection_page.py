"""The buyer's page: what is chosen, filled in, missing, and what has changed since."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from requirements_pkg.choosing.selection import MOST_CODES
from requirements_pkg.document.fill_in import LONGEST_VALUE
from requirements_pkg.published import page_cache
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.tenders import HOSTILE, WITHDRAWN, content

SLUG = "it-teknisk-plattform"
ALL = ("SV-04", "TS-02", "TK-03", "KK-01")


def address(*codes: str, version: int = 1, slug: str = SLUG, **more: str) -> str:
    """A selection in its one spelling."""
    pairs = [("paket", slug), ("version", version), *(("krav", code) for code in codes)]
    return f"/urval/?{urlencode([*pairs, *more.items()])}"


def text_of(response) -> str:
    """The words of a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def stored(store_content):
    return store_content(content())


def test_an_empty_selection_says_how_one_begins(client, db):
    response = client.get("/urval/")
    assert response.status_code == 200
    assert f'href="{reverse("packages")}"' in response.content.decode()
    assert "Ditt urval" in text_of(response)


def test_a_selection_without_a_version_is_pinned_to_the_one_in_force(client, stored):
    response = client.get(f"/urval/?paket={SLUG}&krav=SV-04")
    assert (response.status_code, response["Location"]) == (302, address("SV-04"))


def test_a_selection_in_another_spelling_leads_to_the_one_it_has(client, stored):
    codes = "krav=TK-03&krav=SV-04&krav=SV-04"
    noise = "f.SV-04.antal-veckor=4&f.TS-02.effekt-i-watt=&utm_source=brev&mall="
    response = client.get(f"/urval/?version=1&{codes}&paket={SLUG}&{noise}")
    assert response["Location"] == address("SV-04", "TK-03")
    assert client.get(response["Location"]).status_code == 200


def test_removing_is_a_button_of_the_same_form(client, stored):
    page = client.get(address(*ALL)).content.decode()
    assert 'name="ta-bort" value="SV-04"' in " ".join(page.split())
    assert "Ta bort SV-04 " in text_of(client.get(address(*ALL)))
    sent = f"{address(*ALL)}&f.TS-02.effekt-i-watt=300&ta-bort=SV-04"
    assert client.get(sent)["Location"] == address(
        "TS-02", "TK-03", "KK-01", **{"f.TS-02.effekt-i-watt": "300"}
    )


def test_requirements_stand_by_kind_with_their_permanent_addresses(client, stored):
    page = client.get(address(*ALL))
    text = text_of(page)
    places = [
        text.index(words)
        for words in (
            "Kvalificeringskrav",
            "KK-01:1",
            "Tekniska specifikationer",
            "TS-02:1",
            "Tilldelningskriterier",
            "TK-03:1",
            "Särskilda kontraktsvillkor",
            "SV-04:1",
        )
    ]
    assert places == sorted(places)
    for code in ALL:
        assert f'href="/kravpaket/{SLUG}/v1/krav/{code}/?paket=' in page.content.decode()
    assert "Högst 10 poäng. 10: allt." in text


def test_what_is_filled_in_stands_in_the_text_and_in_its_field(client, stored):
    page = client.get(address("SV-04", **{"f.SV-04.antal-veckor": "6 à 7"}))
    assert "inom 6 à 7 veckor" in text_of(page)
    html = " ".join(page.content.decode().split())
    assert 'name="f.SV-04.antal-veckor" value="6 à 7"' in html
    assert '<label for="f-SV-04-antal-veckor"' in html
    assert "räknat från begäran. Förslag: 4" in text_of(page)
    assert f'maxlength="{LONGEST_VALUE}"' in html


def test_a_field_without_a_value_is_told_of_and_led_to(client, stored):
    page = client.get(address(*ALL))
    assert "1 fält är inte ifyllt:" in text_of(page)
    assert 'href="#f-TS-02-effekt-i-watt"' in page.content.decode()
    filled = client.get(address(*ALL, **{"f.TS-02.effekt-i-watt": "300"}))
    assert "inte ifyllt" not in text_of(filled)


def test_the_page_shows_its_own_address_to_share(client, stored):
    page = client.get(address("SV-04")).content.decode()
    match = re.search(r'id="adress"\s+value="([^"]+)"', page)
    assert unescape(match[1]) == f"http://testserver{address('SV-04')}"


def test_a_withdrawn_requirement_is_kept_and_marked(client, stored):
    text = text_of(client.get(address("TS-02")))
    assert "Indraget 2026-01-30: Lagen kräver det numera." in text


def test_an_unknown_code_is_told_and_can_be_taken_away(client, stored):
    page = client.get(address("SV-04", "XX-9"))
    assert "Finns inte i version 1: XX-9." in text_of(page)
    known = address("SV-04").removeprefix("/urval/").replace("&", "&amp;")
    assert f'href="{known}"' in page.content.decode()
    # A file would leave it out without a word.
    assert "formaction" not in page.content.decode().split("Dela eller spara")[0]


def test_a_selection_of_nothing_known_still_has_its_page(client, stored):
    assert client.get(address("XX-9")).status_code == 200
    assert client.get(address()).status_code == 200


@pytest.mark.parametrize("query", ["paket=finns-inte", f"paket={SLUG}&version=9", "paket=%2F.."])
def test_a_package_or_version_that_is_not_there_is_not_found(client, stored, query):
    assert client.get(f"/urval/?{query}").status_code == 404


def test_more_codes_than_any_package_has_are_refused(client, stored):
    codes = [f"SE-{number}" for number in range(MOST_CODES + 1)]
    assert client.get(address(*codes)).status_code == 400


def test_hostile_words_stay_words(client, store_content):
    store_content(a_content(a_requirement("SE-01", title=HOSTILE, text=f"{HOSTILE} [a: ]")))
    page = client.get(address("SE-01", **{"f.SE-01.a": '"><script>'}))
    assert "<script>" not in page.content.decode()
    assert 'value="&quot;&gt;&lt;script&gt;"' in page.content.decode()


@pytest.fixture
def newer(stored, store_content):
    """A second version: one requirement changed, one withdrawn, one gone, one under a new code."""
    changed = a_requirement("SV-04", title="Förteckning över smältverk", revision=2)
    changed["text"] = "Leverantören ska redovisa inom [antal veckor: 2] veckor."
    withdrawal = {"state": "withdrawn", "withdrawn": WITHDRAWN}
    moved = a_requirement("KK-01", kind="qualification") | {"code": "KK-07"}
    award = a_requirement("TK-03", kind="award", max_points=10, scale="10: allt.", **withdrawal)
    return store_content(a_content(changed, moved, award))


def test_a_selection_in_force_says_nothing_of_changes(client, newer):
    text = text_of(client.get(address("SV-04", version=2)))
    assert "gäller" in text
    assert "Vad som har ändrats" not in text


def test_an_older_selection_says_what_has_changed_since(client, newer):
    text = text_of(client.get(address(*ALL)))
    assert "Urvalet är gjort i version 1; nu gäller version 2. 4 av kraven har ändrats" in text
    for words in (
        "Ändrat i version 2",
        "Indraget i version 2",
        "Finns inte längre i version 2",
        "Kravet har nu koden KK-07.",
        "Vad som har ändrats från version 1 till version 2",
    ):
        assert words in text
    page = client.get(address("SV-04")).content.decode()
    assert "<ins>" in page
    assert "<del>" in page


def test_an_older_selection_still_reads_as_it_was_chosen(client, newer):
    assert "inom 4 veckor" in text_of(client.get(address("SV-04")))


def test_moving_to_the_version_in_force_keeps_codes_and_values(client, newer):
    page = client.get(address("SV-04", "KK-01", **{"f.SV-04.antal-veckor": "6"}))
    links = re.findall(r'href="(\?[^"]+)"', page.content.decode())
    (href,) = {link for link in links if "sprak" not in link}
    led = client.get(f"/urval/{unescape(href)}", follow=True)
    assert led.request["QUERY_STRING"].startswith(f"paket={SLUG}&version=2&")
    text = text_of(led)
    assert "inom 6 veckor" in text
    assert "KK-07:1" in text


@pytest.mark.parametrize(
    ("was", "left", "kept"),
    [
        ("XX-01", "SV-04, TS-02", "krav=KK-01"),
        ("SV-04", "TS-02", "krav=TS-02&krav=KK-01"),
    ],
    ids=["a new requirement has the code", "another chosen one has it"],
)
def test_moving_never_swaps_a_requirement_for_another_that_has_its_code_now(
    client, stored, store_content, was, left, kept
):
    taking = a_requirement(was, title="Ett annat krav") | {"code": "TS-02"}
    store_content(a_content(taking, a_requirement("KK-01", kind="qualification")))
    page = client.get(address("SV-04", "TS-02", "KK-01", **{"f.TS-02.effekt-i-watt": "300"}))
    assert (
        f"De här kraven följer inte med, inte heller det som är ifyllt för dem: {left}."
        in text_of(page)
    )
    links = re.findall(r'href="(\?[^"]+)"', page.content.decode())
    (href,) = {unescape(link) for link in links if "sprak" not in link}
    assert href == f"?paket={SLUG}&version=2&{kept}"


def test_another_language_keeps_the_selection(client, stored):
    page = client.get(address("SV-04")).content.decode()
    (other,) = re.findall(r'href="(\?[^"]*sprak=en)"', page)
    led = client.get(f"/urval/{unescape(other)}")
    assert led["Location"] == address("SV-04")


def test_nobody_is_remembered(client, stored):
    response = client.get(address("SV-04"))
    assert response.cookies == {}
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(address("SV-04"), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_a_selection_costs_at_most_five_queries(client, newer, django_assert_max_num_queries):
    page_cache.forget()
    with django_assert_max_num_queries(5):
        client.get(address(*ALL))


def test_a_selection_costs_the_same_for_one_requirement_and_for_many(
    client, store_content, django_assert_max_num_queries
):
    codes = [f"SE-{number}" for number in range(60)]
    store_content(a_content(*map(a_requirement, codes)))
    for picked in (codes[:1], codes):
        page_cache.forget()
        with django_assert_max_num_queries(4):
            assert client.get(address(*picked)).status_code == 200


def test_the_package_page_leads_here_with_what_was_ticked(client, stored):
    response = client.get(f"/kravpaket/{SLUG}/v1/valj/?krav=SV-04&krav=KK-01")
    assert response["Location"] == address("SV-04", "KK-01")
