"""Every page is read in order: its headings skip no level, and Swedish is marked as Swedish."""

import re

import pytest
from django.test import Client

from requirements_pkg.searching import indexing
from tests.project.back_office.admin_table import MODELS, PAGES
from tests.project.pages.public import TABLE
from tests.project.pages.reading import Reader

SWEDISH = re.compile("[åäöÅÄÖ]")


@pytest.fixture
def public(names) -> list[str]:
    """Every public address with a page."""
    indexing.catch_up()
    return [
        address.path.format(**names)
        for rows in TABLE.values()
        for address in rows
        if address.status in (200, 404)
    ]


def read(client: Client, address: str) -> Reader | None:
    """The page at an address; None where there is another kind of file, or none."""
    response = client.get(address)
    kind = response.headers.get("Content-Type", "")
    if response.has_header("Location") or not kind.startswith("text/html"):
        return None
    content = b"".join(response) if response.streaming else response.content
    return Reader.of(content.decode())


def test_the_headings_of_a_public_page_are_in_order(client, public):
    pages = {address: read(client, address) for address in public}
    faults = {address: page.skipped() for address, page in pages.items() if page}
    assert {address: fault for address, fault in faults.items() if fault} == {}


def test_swedish_is_marked_on_english_pages(client, public):
    client.cookies["django_language"] = "en"
    unmarked = {
        (address, words)
        for address in public
        if (page := read(client, address))
        for words, language in page.texts
        if language != "sv" and SWEDISH.search(words)
    }
    assert unmarked == set()


def test_the_headings_of_a_page_of_the_admin_are_in_order(world, as_persona):
    client, skips = as_persona("superuser"), {}
    names = [f"{label}/{page}" for label, rights in MODELS.items() for page in rights.pages()]
    for name in [*names, *(name for name in PAGES if name != "logout")]:
        page = read(client, world(name))
        if page and (faults := page.skipped()):
            skips[name] = faults
    assert skips == {}
