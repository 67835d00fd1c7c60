"""Of two periods of one category the earlier says that it is over, and leads to the later."""

import pytest

from requirements_pkg.actions.closing import close_plan
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.published import page_cache
from requirements_pkg.tender.downloads import FORMS
from tests.factories import PlanFactory, RequirementFactory
from tests.requirements_pkg.tender.test_chosen_downloads import text_of

OVER = "Planens period, 2016–2019, är över."
CLOSED = "Planen är avslutad och hålls inte längre aktuell."
LEADS = "Gå till planen för 2090–2093"


@pytest.fixture
def two(coordinator, reviewer):
    """The packages of one category for a past period and for one to come."""
    category = PlanFactory().category
    packages = []
    for first in (2016, 2090):
        plan = PlanFactory(
            slug=f"period-{first}",
            category=category,
            first_year=first,
            last_year=first + 3,
            with_matrix=True,
        )
        package = package_of(plan)
        RequirementFactory(package=package, code="SE-01")
        publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")
        packages.append(package)
    page_cache.forget()
    return packages


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/kravpaket/{}/", "/kravpaket/{}/"),
        ("/kravpaket/{}/krav/", "/kravpaket/{}/"),
        ("/kravpaket/{}/risker/1/", "/kravpaket/{}/"),
        ("/kravpaket/{}/v1/krav/SE-01/", "/kravpaket/{}/"),
        ("/kravpaket/{}/versioner/", "/kravpaket/{}/"),
        ("/kravpaket/{}/krav/SE-01/historik/", "/kravpaket/{}/"),
        ("/kravpaket/{}/jamfor/", "/kravpaket/{}/"),
        # What is chosen goes along.
        (
            "/urval/?paket={}&version=1&krav=SE-01",
            "/kravpaket/{later}/?paket={earlier}&amp;version=1&amp;krav=SE-01",
        ),
        ("/uppfoljning/{}/", "/uppfoljning/{}/"),
    ],
)
def test_a_page_of_a_past_period_says_so_and_leads_to_the_later(client, two, address, leads_to):
    earlier, later = (package.slug for package in two)
    page = client.get(address.format(earlier)).content.decode()
    assert OVER in page
    assert LEADS in page
    assert f'href="{leads_to.format(later, earlier=earlier, later=later)}"' in page
    assert '<span class="badge now">' not in page
    page = client.get(address.format(later)).content.decode()
    assert "är över" not in page


@pytest.mark.parametrize("address", ["/uppfoljning/", "/uppfoljning/oversikt/"])
def test_a_list_has_the_latest_period_and_the_earlier_by_a_link(client, two, address):
    page = client.get(address).content.decode()
    assert "2090–2093" in page
    assert "2016–2019" not in page
    assert "Visa även 1 plan för en tidigare period" in page
    page = client.get(f"{address}?perioder=alla").content.decode()
    assert page.index("2016–2019") < page.index("2090–2093")
    assert "Visa bara den senaste perioden" in page


def test_a_past_plan_that_nothing_follows_stays_in_the_lists(client, two, coordinator):
    withdraw_version(
        version=two[1].versions.get(),
        by=coordinator,
        approved_by=two[1].versions.get().approved_by,
        reason="Fel.",
    )
    page_cache.forget()
    assert "2016–2019" in client.get("/uppfoljning/").content.decode()
    for address in ("/", "/kravpaket/"):
        assert "perioden är över" in client.get(address).content.decode()
    page = client.get(f"/kravpaket/{two[0].slug}/").content.decode()
    assert OVER in page
    assert "Gå till planen" not in page


def test_a_feed_tells_the_periods_apart(client, two):
    feed = client.get("/flode/").content.decode()
    for period in ("2016–2019", "2090–2093"):
        assert f"{two[0].title} {period}, version 1" in feed


@pytest.mark.parametrize("query", ["", "?krav=SE-01"])
@pytest.mark.parametrize("extension", FORMS)
def test_a_file_of_a_past_period_says_so_and_where_the_later_plan_is(
    client, two, extension, query
):
    """The whole version as JSON is what was published, word for word: it says of nothing that
    it is in force."""
    earlier, later = (package.slug for package in two)
    body = client.get(f"/kravpaket/{earlier}/v1/ladda-ner/{extension}{query}").content
    text = " ".join(text_of(extension, body).split())
    if extension == "json" and not query:
        assert "gäller nu" not in text
        return
    assert OVER in text
    assert f"Planen för 2090–2093: http://testserver/kravpaket/{later}/" in text
    assert "gäller nu" not in text
    body = client.get(f"/kravpaket/{later}/v1/ladda-ner/{extension}{query}").content
    assert "är över" not in text_of(extension, body)


@pytest.mark.parametrize("extension", ["docx", "xlsx", "csv"])
def test_a_file_of_a_past_period_that_nothing_follows_says_so_too(
    client, two, coordinator, extension
):
    withdraw_version(
        version=two[1].versions.get(),
        by=coordinator,
        approved_by=two[1].versions.get().approved_by,
        reason="Fel.",
    )
    page_cache.forget()
    body = client.get(f"/kravpaket/{two[0].slug}/v1/ladda-ner/{extension}").content
    text = " ".join(text_of(extension, body).split())
    assert "Planen för" not in text
    assert OVER in text


@pytest.mark.parametrize("extension", ["docx", "pdf", "xlsx", "csv"])
def test_a_file_of_a_closed_plan_says_so_at_once(client, two, coordinator, extension):
    later = two[1]
    address = f"/kravpaket/{later.slug}/v1/ladda-ner/{extension}"
    assert CLOSED not in " ".join(text_of(extension, client.get(address).content).split())
    close_plan(plan=later.plan, by=coordinator)
    page_cache.forget(later.slug)
    assert CLOSED in " ".join(text_of(extension, client.get(address).content).split())
