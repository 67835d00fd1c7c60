"""A visitor without an account: every page in every dress, and the way to a plan and its file."""

from datetime import date
from itertools import product

import pytest

from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import Requirement, RequirementsPackage
from risks.models import Assessment, RiskCell, RiskStatement
from tests.addresses import public_pages
from tests.browser.broken_words import BROKEN_WORDS
from tests.browser.conftest import SCHEMES
from tests.factories import RequirementFactory, fill_cell

WIDTHS = [360, 768, 1280]


@pytest.fixture
def addresses(site, plan, coordinator, reviewer) -> list[str]:
    """Every public page, with two versions and every kind of cell, and one that is not there."""
    area = plan.product_areas.get(number=2)
    for stage, level in zip(
        ("raw_material", "final_manufacturing", "use", "end_of_life"),
        ("high", "medium", "low", "insufficient"),
        strict=True,
    ):
        fill_cell(area, stage, "human_rights", risks=["Det finns en risk."], level=level)
    to = RiskCell.objects.get(
        product_area=area, stage__code="raw_material", dimension__code="human_rights"
    )
    fill_cell(
        area,
        "component_manufacturing",
        "human_rights",
        risks=["Samma risker som ovan."],
        assessment=Assessment.SAME_AS,
        same_as_cell=to,
    )
    chance = [
        "Tredjepartscertifierade fabriker, säkerhetsuppdateringar i hela tillverkningskedjan."
    ]
    fill_cell(area, "use", "anti_corruption", opportunities=chance)
    people = {"by": coordinator, "approved_by": reviewer}
    requirements = add_requirements(package_of(plan))
    first = publish(package=package_of(plan), note="Första versionen.", **people)
    plan.introduction += "\n\nLagring är med."
    plan.save()
    requirements[0].text = "Leverantören ska lämna listan varje år."
    requirements[0].save()
    requirements[1].state, requirements[1].withdrawn_on = "withdrawn", date(2026, 1, 31)
    requirements[1].withdrawn_reason, requirements[1].successor = (
        "Lagen kräver det.",
        requirements[0],
    )
    requirements[1].save()
    second = publish(package=first.package, note="Lagring är med.", **people)
    paths = dict.fromkeys(
        [
            *public_pages(first),
            *public_pages(second),
            *requirement_pages(first.package.slug, requirements),
            "/finns-inte/",
        ]
    )
    return [site + path for path in paths]


def add_requirements(package: RequirementsPackage) -> list[Requirement]:
    """A requirement with everything, one that will be withdrawn, and an award criterion."""
    whole = RequirementFactory(
        package=package,
        code="SE-01",
        law_baseline="Lagen gäller importörer.",
        beyond_law="Kravet gäller färdiga servrar.",
        guidance="Skriv inget nummer på utgåvan.",
        treats=RiskStatement.objects.all()[:2],
        areas=package.plan.product_areas.all()[:1],
        source="Förordning om konfliktmineraler",
    )
    withdrawn = RequirementFactory(package=package, code="SE-02", level="advanced")
    award = RequirementFactory(
        package=package, code="SE-03", kind="award", max_points=10, scale="En poäng per år."
    )
    return [whole, withdrawn, award]


def requirement_pages(slug: str, requirements: list[Requirement]) -> list[str]:
    """The pages of requirements, and what a buyer makes of them."""
    package = f"/kravpaket/{slug}/"
    choices = "&".join(f"krav={requirement.code}" for requirement in requirements)
    return [
        *(f"{package}krav/{requirement.code}/" for requirement in requirements),
        f"{package}v1/krav/SE-01/",
        f"{package}krav/SE-01/historik/",
        f"{package}krav/?niva=avancerad&krav=SE-01",
        f"{package}jamfor/?fran=1&till=2",
        f"/urval/?paket={slug}&version=1&{choices}&f.SE-01.antal-veckor=6",
    ]


def test_every_page_is_accessible_in_every_dress(page, addresses, faults):
    all_faults = []
    for address in addresses:
        page.goto(address)
        all_faults += faults(page, product(WIDTHS, SCHEMES))
    assert all_faults == []


def test_no_page_is_wider_than_its_window_nor_breaks_a_word_at_any_width(
    page, addresses, too_wide
):
    wider, broken = {}, []
    for address in addresses:
        if widths := too_wide(page, address):
            wider[address] = widths
        page.goto(address)
        for width in range(320, 1441, 80):
            page.set_viewport_size({"width": width, "height": 900})
            broken += [(address, width, word) for word in page.evaluate(BROKEN_WORDS)]
    assert wider == {}
    assert broken == []


# What a reader may set for herself, by WCAG 1.4.12.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
RESTYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
# Words that something cuts off.
CLIPPED = """() => [...document.querySelectorAll("body :not(input, textarea, select, option)")]
  .filter(one => ["hidden", "clip"].includes(getComputedStyle(one).overflowX)
    && getComputedStyle(one).clipPath === "none" && one.checkVisibility()
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
  .map(one => one.outerHTML.slice(0, 120))"""


def test_a_reader_may_space_the_text_as_she_needs(page, addresses):
    faults = []
    for address in addresses:
        page.goto(address)
        page.evaluate(RESTYLE, SPACED)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append((address, width))
            faults += page.evaluate(CLIPPED)
    assert faults == []


def test_the_browser_has_nothing_to_complain_of(page, addresses, complaints):
    for address in addresses[:-1]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert complaints == []


def test_a_visitor_finds_a_plan_reads_a_reference_and_takes_the_file(page, site, addresses):
    page.goto(site)
    page.locator("main .packages a").first.click()
    page.wait_for_url("**/kravpaket/*/")
    page.locator(".areas a[href$='/risker/2/#o2']").click()
    page.wait_for_url("**/risker/2/#o2")
    cell = page.locator("#o2-component_manufacturing-human_rights")
    assert not cell.get_by_text("Det finns en risk.").is_visible()
    cell.locator("summary").click()
    assert cell.get_by_text("Det finns en risk.").is_visible()
    cell.locator(".same a").click()
    assert page.url.endswith("#o2-raw_material-human_rights")
    page.get_by_role("link", name="Översikt").click()
    with page.expect_download() as download:
        page.locator(".files a[href$=json]").click()
    assert download.value.suggested_filename.endswith("-v2.json")


def test_a_visitor_goes_from_an_old_version_to_the_one_in_force(page, site, addresses):
    page.goto(next(address for address in addresses if address.endswith("/v1/")))
    page.locator(".notice a").click()
    page.wait_for_url("**/kravpaket/*/")
    assert page.locator(".notice", has_text="gäller inte längre").count() == 0
    page.locator(".addresses a").last.click()
    assert page.locator(".versions > li").count() == 2


def test_a_visitor_reads_the_site_in_english_until_they_choose_swedish(page, site):
    page.goto(f"{site}/om/")
    page.get_by_role("link", name="In English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url == f"{site}/om/"
    page.get_by_role("link", name="På svenska").click()
    assert page.locator("html").get_attribute("lang") == "sv"


def test_the_first_stop_of_the_tab_key_leads_past_the_menu(page, addresses):
    page.goto(addresses[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"


def test_a_phone_shows_the_matrix_as_cards_and_keeps_it_a_table(page, addresses):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(next(address for address in addresses if address.endswith("/v2/risker/1/")))
    assert (
        page.locator("table.matrix").first.evaluate("e => getComputedStyle(e).display") == "block"
    )
    for part, tables in (("/v2/risker/1/", 1), ("/v2/risker/", 2)):
        page.goto(next(address for address in addresses if address.endswith(part)))
        assert page.get_by_role("table").count() == tables
        assert page.get_by_role("columnheader", name="Miljö").count() == tables
        assert page.get_by_role("rowheader", name="Råvara").first.is_visible()


def test_nothing_to_press_is_smaller_than_24_pixels(page, addresses):
    page.set_viewport_size({"width": 360, "height": 800})
    small = """() => [...document.querySelectorAll(
          'nav a, aside a, footer a, summary, [type=checkbox], [type=radio]')]
        .filter(e => e.checkVisibility() && !e.matches('.skip'))
        .map(e => [e.textContent.trim() || e.id, e.getBoundingClientRect().height])
        .filter(([, height]) => height < 24)"""
    for address in addresses:
        page.goto(address)
        assert page.evaluate(small) == [], address


def test_a_plan_fits_on_landscape_paper(page, addresses):
    page.set_viewport_size({"width": 1040, "height": 700})
    page.emulate_media(media="print")
    for part in ("/v2/", "/v2/risker/", "/v2/risker/1/"):
        page.goto(next(address for address in addresses if address.endswith(part)))
        assert page.get_by_role("heading", level=1).is_visible()
        for menu in (".tabs", ".site-head nav"):
            assert not page.locator(menu).is_visible()
        beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert beyond <= 0
