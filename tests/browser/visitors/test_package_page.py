"""A buyer without an account: from the start page to a Word file with what she needs."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from time import monotonic

import docx
import pytest
from playwright.sync_api import Page, expect

from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import PackageVersion
from requirements_pkg.rendering import package_parts
from requirements_pkg.searching import indexing
from risks.models import RiskStatement
from tests.factories import RequirementFactory

CODES = ["SE-01", "SE-03", "SE-04", "SE-06", "SE-07"]
A_MINUTE = 60


@pytest.fixture
def published(site, plan, coordinator, reviewer) -> PackageVersion:
    """A package of eight requirements, one of which another replaces."""
    package = package_of(plan)
    made = [
        RequirementFactory(
            package=package,
            code=f"SE-{at:02}",
            title=f"Krav nummer {at}",
            position=at,
            treats=RiskStatement.objects.all()[:1],
        )
        for at in range(1, 8)
    ]
    RequirementFactory(
        package=package, code="SE-08", level="advanced", replaces=made[1], position=8
    )
    version = publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")
    indexing.catch_up(version)
    return version


def to_the_requirements(page, site: str, version: PackageVersion) -> None:
    page.goto(site)
    page.get_by_role("link", name=version.package.title, exact=True).click()
    parts = page.get_by_role("navigation", name="Kravpaketets delar")
    parts.get_by_role("link", name="Krav", exact=True).click()


def download(page, name: str) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(started.value.path()).read_bytes()


def test_a_buyer_takes_five_requirements_into_word_within_a_minute(
    page, site, published, complaints
):
    start = monotonic()
    to_the_requirements(page, site, published)
    for code in CODES:
        page.get_by_role("checkbox", name=f"Välj {code}").check()
    page.get_by_role("button", name="Till urvalet").click()
    page.locator('[name="f.SE-01.antal-veckor"]').fill("7")
    page.get_by_role("button", name="Uppdatera texterna").first.click()
    file = download(page, "Word")
    assert monotonic() - start < A_MINUTE
    document = docx.Document(BytesIO(file))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for code in CODES:
        assert f"{code}:1" in text
    assert "SE-02" not in text
    assert "inom 7 veckor" in text
    # A request that becomes a file is a navigation that the browser gives up.
    assert [complaint for complaint in complaints if "/ladda-ner/" not in complaint] == []


def test_the_list_is_filtered_without_loading_the_page_again(page, site, published, complaints):
    to_the_requirements(page, site, published)
    page.evaluate("window.stayed = true")
    page.get_by_role("checkbox", name="Välj SE-02").check()
    page.get_by_label("Nivå").select_option("avancerad")
    page.get_by_text("7 krav av 8").wait_for()
    # What was replaced is out of sight, and still chosen.
    assert page.get_by_role("checkbox", name="Välj SE-02").count() == 0
    assert page.locator("[data-count]").inner_text() == "1"
    assert "niva=avancerad" in page.url
    assert "krav=SE-02" in page.url
    assert page.evaluate("window.stayed")
    page.get_by_role("button", name="Till urvalet").click()
    page.wait_for_url("**/urval/**")
    assert page.url.endswith("&krav=SE-02")
    assert complaints == []


@pytest.fixture
def plain(browser) -> Iterator[Page]:
    """A browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_it_all_works_without_javascript(plain, site, published):
    page = plain
    to_the_requirements(page, site, published)
    page.get_by_role("checkbox", name="Välj SE-02").check()
    page.get_by_label("Nivå").select_option("avancerad")
    page.get_by_role("button", name="Filtrera").click()
    assert page.get_by_text("7 krav av 8").is_visible()
    assert page.get_by_text("1 av dem syns inte i filtreringen").is_visible()
    page.get_by_role("checkbox", name="Välj SE-08").check()
    page.get_by_role("button", name="Till urvalet").click()
    assert page.url.endswith("&krav=SE-02&krav=SE-08")
    assert download(page, "PDF").startswith(b"%PDF")


def test_a_requirement_is_copied_as_plain_text(page, context, site, published):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/kravpaket/{published.package.slug}/krav/SE-01/")
    page.get_by_role("button", name="Kopiera som ren text").click()
    page.get_by_text("Kopierat.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("SE-01:1 Krav nummer 1")
    assert "inom 4 veckor" in copied
    assert f"{site}/kravpaket/{published.package.slug}/v1/krav/SE-01/" in copied


def test_the_search_leads_to_a_requirement(page, site, published):
    page.goto(site)
    page.get_by_role("searchbox").first.fill("förteckningen")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name="Krav nummer 1", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Krav nummer 1"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("#krav", "/krav/#krav"),
        ("#risker", "/risker/#risker"),
        ("#tackning", "/risker/#tackning"),
        ("#o2", "/risker/2/#o2"),
        ("#o1-raw_material-environment", "/risker/1/#o1-raw_material-environment"),
        ("#mal-1", "/mal/#mal-1"),
        ("#introduktion", "/#introduktion"),
        ("?krav=SE-03#krav", "/krav/?krav=SE-03#krav"),
        ("?krav=SE-03#o1-use-environment", "/risker/1/?krav=SE-03#o1-use-environment"),
        ("?niva=bas#krav", "/krav/?niva=bas#krav"),
    ],
)
@pytest.mark.parametrize("version", ["", "v1/"])
def test_an_address_from_when_a_package_was_one_page_leads_on(
    page, site, published, old, new, version
):
    package = f"{site}/kravpaket/{published.package.slug}/{version}"
    page.goto(f"{package}{old}")
    to = f"{package.removesuffix('/')}{new}"
    # The first version is the one in force: its parts have both addresses.
    page.wait_for_url(lambda url: url.replace("/v1/", "/") == to.replace("/v1/", "/"))
    assert page.get_by_role("heading", level=1).is_visible()


def test_a_long_list_is_turned_and_what_is_ticked_stays(page, site, published, monkeypatch):
    monkeypatch.setattr(package_parts, "REQUIREMENTS_PER_PAGE", 3)
    to_the_requirements(page, site, published)
    page.get_by_role("checkbox", name="Välj SE-02").check()
    page.get_by_role("button", name="Nästa").click()
    page.get_by_text("Sida 2 av 3").wait_for()
    expect(page.get_by_role("checkbox", name="Välj SE-04")).to_be_focused()
    page.get_by_role("checkbox", name="Välj SE-05").check()
    # The address is that of the page that is seen.
    assert "sida=2" in page.url
    page.get_by_label("Nivå").select_option("bas")
    page.get_by_text("Sida 1 av 3").wait_for()
    page.get_by_role("button", name="Till urvalet").click()
    page.wait_for_url("**/urval/**")
    assert page.url.endswith("&krav=SE-02&krav=SE-05")


def test_what_is_ticked_goes_along_by_the_tabs(page, site, published):
    to_the_requirements(page, site, published)
    page.get_by_role("checkbox", name="Välj SE-02").check()
    parts = page.get_by_role("navigation", name="Kravpaketets delar")
    for name in ("Risker och täckning", "Mål och uppföljning", "Översikt"):
        parts.get_by_role("link", name=name).click()
        assert page.url.endswith("?krav=SE-02")
    parts.get_by_role("link", name="Krav 1 valt").click()
    assert page.get_by_role("checkbox", name="Välj SE-02").is_checked()
