"""The page of a search: its states, its addresses, and what it never lets through."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client

from requirements_pkg.searching.search import PER_PAGE
from tests.requirements_pkg.search_corpus import HOSTILE, REQUIREMENTS, a_text, publisher

SCRIPT = "<script>alert('vindkraft')</script>"


@pytest.fixture
def publish_content(coordinator, reviewer):
    return publisher(coordinator, reviewer)


@pytest.fixture
def corpus(publish_content):
    return publish_content("it-teknisk-plattform", *REQUIREMENTS)


def page_of(client: Client, question: str, more: str = "") -> str:
    response = client.get(f"/sok/?q={quote(question)}{more}")
    assert response.status_code == 200
    return response.content.decode()


def heading(page: str) -> str:
    match = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S)
    return unescape(" ".join(match[1].split()))


def links(page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', page)]


def test_the_heading_tells_how_many_hits_there_are(client, corpus):
    assert heading(page_of(client, "mineral")) == "2 träffar på ”mineral”"
    assert heading(page_of(client, "konfliktmineral")) == "1 träff på ”konfliktmineral”"
    assert heading(page_of(client, "zebra")) == "Inga träffar på ”zebra”"
    assert heading(client.get("/sok/").content.decode()) == "Sök"


def test_the_box_keeps_what_was_asked(client, corpus):
    assert 'value="mineral"' in page_of(client, "mineral")
    assert 'value="&quot;&gt;&lt;b&gt;"' in page_of(client, '"><b>')


def test_an_answer_links_to_the_requirement_now_and_for_ever(client, corpus):
    page = page_of(client, "SE-01")
    assert {
        "/kravpaket/it-teknisk-plattform/krav/SE-01/",
        "/kravpaket/it-teknisk-plattform/v1/krav/SE-01/",
        "/kravpaket/it-teknisk-plattform/",
    } <= set(links(page))
    assert "version 1" in page
    assert "IT-teknisk plattform" in page


def test_every_answer_leads_to_a_place_that_exists(client, corpus):
    page = page_of(client, "server ett vatten krav")
    inside = {link for link in links(page) if link.startswith("/kravpaket/")}
    assert any("#o2-" in link for link in inside)
    assert any("#mal-1" in link for link in inside)
    for link in inside:
        address, _hash, anchor = link.partition("#")
        # The way to a selection leads on to it.
        there = client.get(address, follow=True)
        assert there.status_code == 200, link
        assert not anchor or f'id="{anchor}"' in there.content.decode(), link


def test_the_words_are_marked(client, corpus):
    assert "Hållbarhets<mark>krav</mark>" in page_of(client, "krav")


def test_one_kind_can_be_chosen_in_the_address_and_is_kept_by_the_box(client, corpus):
    page = page_of(client, "server", "&typ=risk")
    assert heading(page) == "2 träffar på ”server”"
    assert "/sok/?q=server&typ=krav" in links(page)
    assert '<input type="hidden" name="typ" value="risk">' in page
    assert heading(page_of(client, "server", "&typ=okänd")) == heading(page_of(client, "server"))


def test_a_kind_without_hits_leads_back_to_all(client, corpus):
    page = page_of(client, "konfliktmineral", "&typ=mal")
    assert heading(page) == "Inga träffar på ”konfliktmineral”"
    assert "Visa alla typer av texter" in page
    assert "/sok/?q=konfliktmineral" in links(page)


def test_nothing_found_is_never_a_dead_end(client, corpus):
    page = page_of(client, "leverantr")
    assert "Menade du" in page
    assert "/sok/?q=leverant%C3%B6ren" in links(page)
    assert "SE-01" in page
    assert "/kravpaket/" in links(page)
    assert "/kravpaket/" in links(page_of(client, "***"))


def test_some_of_the_words_are_better_than_none_and_it_says_so(client, corpus):
    assert "Ingen text innehåller alla orden" in page_of(client, "mineral zebra")
    assert "Ingen text innehåller alla orden" not in page_of(client, "mineral")


def test_an_empty_site_can_be_searched(client, db):
    assert heading(page_of(client, "krav")) == "Inga träffar på ”krav”"


@pytest.fixture
def many(publish_content) -> None:
    texts = [a_text(f"AA-{n:03}", f"Vindkraft {n}", "Om vindkraft.") for n in range(1, 46)]
    publish_content("vind", *texts, plan=None)


@pytest.mark.parametrize(
    ("sida", "number", "answers"),
    [
        ("", 1, PER_PAGE),
        ("1", 1, PER_PAGE),
        ("2", 2, PER_PAGE),
        ("3", 3, 5),
        ("4", 3, 5),
        ("9999", 3, 5),
        ("0", 1, PER_PAGE),
        ("-1", 1, PER_PAGE),
        ("99999999999999999999", 1, PER_PAGE),
        ("x", 1, PER_PAGE),
        ("²", 1, PER_PAGE),
    ],
)
def test_pages_are_counted_and_a_strange_number_does_no_harm(client, many, sida, number, answers):
    page = page_of(client, "vindkraft", f"&sida={quote(sida)}")
    assert f"Sida {number} av 3" in page
    assert page.count("Fast adress") == answers
    assert f'start="{(number - 1) * PER_PAGE + 1}"' in page
    assert ("Föregående" in page) == (number > 1)
    assert ("Nästa" in page) == (number < 3)


def test_pages_lead_to_each_other_and_keep_the_kind(client, many):
    page = page_of(client, "vindkraft", "&typ=krav&sida=2")
    assert "/sok/?q=vindkraft&typ=krav&sida=3" in links(page)
    assert "/sok/?q=vindkraft&typ=krav" in links(page)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_the_page_stands_whatever_is_asked(client, corpus, text):
    response = client.get("/sok/", {"q": text.encode("utf-8", "surrogatepass")})
    # The house refuses a NUL in any address.
    assert response.status_code == (400 if "\0" in text else 200)


@pytest.mark.parametrize("raw", ["/sok/?q=%ff%fe", "/sok/?q[]=x", "/sok/?q=a&q=krav"])
def test_the_page_stands_whatever_the_address_holds(client, corpus, raw):
    assert client.get(raw).status_code == 200


def test_a_script_in_the_question_or_in_a_text_stays_text(client, publish_content):
    publish_content("vind", a_text("AA-01", SCRIPT, SCRIPT), plan=None)
    page = page_of(client, SCRIPT)
    assert "<script" not in page
    assert "alert" in page
    assert "&lt;<mark>script</mark>&gt;" in page


def test_the_answers_are_kept_out_of_other_search_engines_and_of_no_cookie(client, corpus):
    response = client.get("/sok/?q=krav")
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies


def test_every_page_has_one_box_and_it_works_without_a_script(client, corpus):
    for address in ("/", "/sok/", "/kravpaket/", "/om/", "/finns-inte/"):
        page = client.get(address).content.decode()
        assert page.count('role="search"') == 1, address
        assert 'action="/sok/"' in page, address


def test_a_new_version_is_found_at_once(client, corpus, publish_content):
    assert heading(page_of(client, "kylning")).startswith("Inga")
    publish_content("it-teknisk-plattform", a_text("SE-05", "Nytt", "Om kylning."))
    assert heading(page_of(client, "kylning")).startswith("1 träff")
