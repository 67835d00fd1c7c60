"""A category has a package for each period: a search leaves out those that a later one follows."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from requirements_pkg.searching.question import SearchQuestion
from requirements_pkg.searching.search import SearchScope, find
from tests.factories.contents import a_content
from tests.requirements_pkg.search_corpus import a_text, publisher


def plan_of(first: int) -> dict:
    plan = a_content()["plan"]
    return {**plan, "period": {"first_year": first, "last_year": first + 3}}


@pytest.fixture
def periods(coordinator, reviewer):
    """A category with three packages, of which one is for years to come; and another one."""
    publish = publisher(coordinator, reviewer)
    for first in (2016, 2024, 2120):
        text = a_text("SE-01", f"Handskar {first}", "Handskar utan pulver.")
        publish(f"handskar-{first}", text, plan=plan_of(first))
    package = {"slug": "", "title": "Gammalt", "introduction": ""}
    alone = a_text("SE-02", "Handskar ensamma", "Handskar utan pulver.")
    publish("gammalt", alone, plan=plan_of(2016), package=package)


def titles(**within) -> list[str]:
    hits = find(SearchQuestion.of("handskar pulver"), within=SearchScope(**within)).texts
    return sorted(hit.heading for hit in hits)


def test_what_a_later_period_has_taken_the_place_of_is_left_out(periods):
    # A plan that is over, and that nothing follows, is all there is of its category.
    assert titles() == ["Handskar 2024", "Handskar 2120", "Handskar ensamma"]
    assert find(SearchQuestion.of("handskar")).left_out == 1


def test_the_package_of_an_earlier_period_is_searched_when_asked(periods):
    everything = ["Handskar 2016", "Handskar 2024", "Handskar 2120", "Handskar ensamma"]
    assert titles(earlier=True) == everything
    assert titles(package="handskar-2016") == ["Handskar 2016"]
    assert find(SearchQuestion.of("handskar"), within=SearchScope(earlier=True)).left_out == 0


def test_the_page_says_so_and_leads_to_them(client, periods):
    html = client.get("/sok/?q=handskar+pulver").content.decode()
    text = " ".join(unescape(strip_tags(html)).split())
    assert "Kravpaket för tidigare perioder är inte med. Sök även i dem" in text
    assert "IT-teknisk plattform 2024–2027" in text
    (link,) = re.findall(r'href="([^"]*tidigare=ja)"', html)
    everything = client.get(unescape(link)).content.decode()
    assert "IT-teknisk plattform 2016–2019" in everything
    assert "inte med" not in everything
    # A change of filter keeps it, and the menu parts what is called the same.
    assert '<input type="hidden" name="tidigare" value="ja">' in everything
    assert ">IT-teknisk plattform 2016–2019</option>" in everything
    assert ">Gammalt</option>" in everything


def test_no_hits_lead_to_earlier_periods_too(client, periods):
    html = client.get("/sok/?q=2016").content.decode()
    assert "Inga träffar" in html
    assert "Sök även i dem" in html
