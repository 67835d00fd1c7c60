"""The lists of packages: on the start page and on a page of their own."""

import re

import pytest

from tests.factories import PlanFactory
from tests.requirements_pkg.public.test_pages import Outline, text_of


@pytest.fixture
def address(version) -> str:
    return f"/kravpaket/{version.package.slug}/"


@pytest.mark.parametrize("address", ["/", "/kravpaket/"])
def test_a_list_is_no_error_when_nothing_is_published(client, db, address):
    assert 'class="empty"' in text_of(client, address)


def test_the_lists_name_the_package_and_what_is_new(client, version, address):
    for where in ("/", "/kravpaket/"):
        page = text_of(client, where)
        assert f'href="{address}"' in page
        assert "Servrar" in page or "servrar" in page
    assert "Första versionen." in text_of(client, "/")


def test_the_lists_follow_the_swedish_alphabet(client, publish_plan, db):
    for name in ("Östersund", "Ändring", "Åland", "zink"):
        publish_plan(PlanFactory(category__name=name))
    page = text_of(client, "/kravpaket/")
    assert re.findall(r"zink|Åland|Ändring|Östersund", page) == [
        "zink",
        "Åland",
        "Ändring",
        "Östersund",
    ]


@pytest.mark.parametrize("where", ["/", "/kravpaket/"])
def test_a_category_stands_once_and_leads_to_its_earlier_periods(client, publish_plan, where):
    of_now = PlanFactory(category__name="Servrar")
    before = [
        PlanFactory(
            category=of_now.category, slug=f"servrar-{year}", first_year=year, last_year=year + 2
        )
        for year in (2016, 2020)
    ]
    of_now, *before = (publish_plan(plan).package.slug for plan in (of_now, *before))
    page = Outline(text_of(client, where))
    links = [link["href"] for link in page.all("a")]
    packages = [f"/kravpaket/{slug}/" for slug in (of_now, *reversed(before))]
    assert [link for link in links if link in packages] == packages
