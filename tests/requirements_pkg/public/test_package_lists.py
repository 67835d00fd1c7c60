"""The lists of packages: on the start page and on a page of their own."""

import re

import pytest

from tests.factories import PackageFactory, PlanFactory, RequirementFactory
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


def test_the_list_shows_the_packages_that_fit_its_address(client, publish_plan):
    plans = [
        PlanFactory(category__name=name, first_year=year, last_year=year + 1)
        for name, year in (("Handskar", 2024), ("Textil", 2026))
    ]
    gloves, textiles = (f"/kravpaket/{publish_plan(plan).package.slug}/" for plan in plans)
    everything = text_of(client, "/kravpaket/")
    assert ">2024–2025 (1)</option>" in everything
    assert "2 kravpaket gäller" in everything
    page = text_of(client, "/kravpaket/?period=2024–2025")
    assert f'href="{gloves}"' in page
    assert f'href="{textiles}"' not in page
    assert "1 av 2 kravpaket passar" in page
    # What is chosen of requirements stays when the list is filtered, and the other way round.
    with_selection = text_of(client, "/kravpaket/?period=2024–2025&paket=x&version=1&krav=SE-01")
    assert 'name="paket" value="x"' in with_selection


def test_a_list_where_nothing_fits_says_what_to_do(client, publish_plan):
    gloves = PlanFactory(first_year=2024, last_year=2025)
    of_gloves = PackageFactory(plan=gloves, slug=gloves.slug)
    RequirementFactory(package=of_gloves, cpv="33141420-0")
    servers = PlanFactory(first_year=2026, last_year=2027)
    RequirementFactory(package=PackageFactory(plan=servers, slug=servers.slug))
    publish_plan(gloves)
    publish_plan(servers)
    page = text_of(client, "/kravpaket/?period=2024–2025&cpv=33141420-0")
    assert f'href="/kravpaket/{gloves.slug}/"' in page
    assert "33141420-0 Operationshandskar (1)" in page
    page = text_of(client, "/kravpaket/?period=2026–2027&cpv=33141420-0")
    assert "Inget kravpaket passar" in page
    assert f'href="/kravpaket/{servers.slug}/"' not in page


def test_a_filtered_list_costs_no_more_questions(
    client, publish_plan, django_assert_max_num_queries
):
    for number in range(3):
        publish_plan(PlanFactory(category__name=f"Varor {number}"))
    with django_assert_max_num_queries(4):
        text_of(client, "/kravpaket/?period=2024–2025")
