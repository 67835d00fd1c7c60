"""Every page as it is read: its headings skip no level, Swedish is marked, forms can be sent."""

import re

import pytest
from django.test import Client

from actionplan.extension_points import PlanTab
from actionplan.workspace.tabs import TITLES, tab_address
from requirements_pkg.searching import indexing
from tests.project.back_office.admin_table import MODELS, PAGES
from tests.project.pages.public import TABLE
from tests.project.pages.reading import Reader

POST_FORM = re.compile('<form[^>]*method="post".*?</form>', re.DOTALL | re.IGNORECASE)
TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)
SWEDISH = re.compile("[åäöÅÄÖ]")
ADMIN_PAGES = [
    *(f"{label}/{page}" for label, rights in MODELS.items() for page in rights.pages()),
    *(name for name in PAGES if name != "logout"),
]


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
    for name in ADMIN_PAGES:
        page = read(client, world(name))
        if page and (faults := page.skipped()):
            skips[name] = faults
    assert skips == {}


@pytest.mark.parametrize("persona", ["superuser", "coordinator", "reviewer"])
def test_every_form_of_the_admin_has_its_token(world, as_persona, persona):
    """Without it a browser's form is refused; the test client is let in, so nobody notices."""
    client, without = as_persona(persona), set()
    for name in ADMIN_PAGES:
        response = client.get(world(name))
        if response.status_code != 200 or response.streaming:
            continue
        forms = POST_FORM.findall(response.content.decode(errors="replace"))
        if any("csrfmiddlewaretoken" not in form for form in forms):
            without.add(name)
    assert without == set()


def test_every_tab_of_a_plan_says_in_its_title_which_it_is(plan, as_persona):
    client = as_persona("coordinator")
    for tab, title in TITLES.items():
        page = client.get(tab_address(plan.pk, tab)).content.decode()
        words = " ".join(TITLE.search(page)[1].split())
        assert words.endswith(f"{plan} | Kravkedjan"), tab
        assert tab is PlanTab.OVERVIEW or words.startswith(f"{title} |"), tab
