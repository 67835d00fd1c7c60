"""The feed of a selection: what newer versions mean for what was chosen, word for word."""

import re
from html import unescape

import pytest
from lxml import etree

from requirements_pkg.choosing.selection import MOST_CODES
from requirements_pkg.published import page_cache
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.tenders import WITHDRAWN, content

SLUG = "it-teknisk-plattform"
QUERY = f"paket={SLUG}&version=1&krav=SV-04&krav=KK-01"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def stored(store_content):
    return store_content(content())


@pytest.fixture
def newer(store_content):
    changed = a_requirement("SV-04", title="Förteckning över smältverk", revision=2)
    changed["text"] = "Leverantören ska redovisa inom [antal veckor: 2] dagar."
    withdrawn = a_requirement(
        "KK-01", kind="qualification", state="withdrawn", withdrawn=WITHDRAWN
    )
    return store_content(
        a_content(changed, withdrawn, a_requirement("TS-02", kind="specification"))
    )


def entries(client, query: str = QUERY) -> list[tuple[str, str]]:
    response = client.get(f"/urval/flode/?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(response.content)
    return [
        (entry.findtext("a:title", namespaces=ATOM), entry.findtext("a:summary", namespaces=ATOM))
        for entry in root.findall("a:entry", ATOM)
    ]


def test_before_anything_changed_it_says_what_was_chosen(client):
    ((title, words),) = entries(client)
    assert title == "Du valde ur version 1 av IT-teknisk plattform"
    assert "SV-04, KK-01" in words


def test_a_newer_version_is_told_word_for_word(client, newer):
    (title, words), _own = entries(client)
    assert title == "Version 2 av IT-teknisk plattform ändrar krav som du har valt"
    for tag, word in (("del", "veckor"), ("ins", "dagar")):
        (marked,) = [
            part for part in re.findall(rf"<{tag}>(.*?)</{tag}>", words, re.S) if word in part
        ]
        assert marked
    assert "KK-01" in words
    assert "Lagen kräver det numera." in words
    assert f'href="http://testserver/kravpaket/{SLUG}/v2/krav/SV-04/"' in words
    # Of what was not chosen nothing is told.
    assert "TS-02" not in words


def test_one_that_changes_nothing_chosen_says_so(client, store_content):
    store_content(content(region_name="Skåne"))
    title, _words = entries(client)[0]
    assert title == "Version 2 av IT-teknisk plattform ändrar inget som du har valt"


def test_several_packages_are_one_feed(client, newer, store_content):
    head = {"slug": "livsmedel", "title": "Livsmedel", "introduction": ""}
    store_content(a_content(a_requirement("LM-01"), package=head))
    titles = [title for title, _words in entries(client, f"{QUERY}&paket=livsmedel&krav=LM-01")]
    assert len(titles) == 3
    assert "Du valde ur version 1 av Livsmedel" in titles


def test_the_page_leads_to_it_without_what_was_typed(client):
    page = client.get(f"/urval/?{QUERY}&f.SV-04.antal-veckor=6&dnr=2026-7").content.decode()
    (address,) = re.findall(r'href="(/urval/flode/\?[^"]*)"', page)
    assert unescape(address) == f"/urval/flode/?{QUERY}"


def test_a_reader_that_has_it_is_not_sent_it_again(client, newer):
    first = client.get(f"/urval/flode/?{QUERY}")
    again = client.get(f"/urval/flode/?{QUERY}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert first.cookies == {}


def test_hostile_addresses_are_refused(client):
    codes = "&".join(f"krav=SE-{number}" for number in range(MOST_CODES + 1))
    assert client.get(f"/urval/flode/?paket={SLUG}&{codes}").status_code == 400
    assert client.get("/urval/flode/?paket=finns-inte&krav=AA-01").status_code == 404
    assert client.get("/urval/flode/").status_code == 404
    assert client.post(f"/urval/flode/?{QUERY}").status_code == 405


def test_it_costs_a_query_for_each_version(client, newer, django_assert_num_queries):
    page_cache.forget()
    with django_assert_num_queries(3):
        client.get(f"/urval/flode/?{QUERY}")
