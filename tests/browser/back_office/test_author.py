"""Whoever writes requirements, in a real browser: from a risk to a requirement, and axe."""

import os
from itertools import product

import pytest

from requirements_pkg.models import Requirement
from risks.models import RiskStatement
from tests.browser.conftest import SCHEMES
from tests.factories import ModuleFactory, RequirementFactory
from tests.project.pages.growth import add_chain


@pytest.fixture
def package(site, version):
    """A package with a requirement whose link is suspect, and an included module."""
    add_chain(version)
    requirement = version.package.requirements.first()
    requirement.text = "En annan text med [antal veckor: 4] veckor."
    requirement.save()
    # The longest words there are.
    RequirementFactory(
        package=version.package, code="SE-91", kind="award", max_points=5, scale="Poäng."
    )
    RequirementFactory(
        package=version.package,
        code="SE-90",
        verification="",
        state="withdrawn",
        withdrawn_on="2026-01-31",
        withdrawn_reason="Lagen kräver det.",
    )
    return version.package


def test_a_requirement_is_written_from_a_risk_by_keyboard_and_coverage_rises(
    page, context, site, package, plan, log_in, complaints
):
    log_in(context)
    coverage = f"{site}/admin/requirements_pkg/requirementspackage/{plan.pk}/tackning/?omrade=1"
    page.goto(coverage)
    text = RiskStatement.objects.get(text="Hög energianvändning.").text
    link = page.get_by_role("link", name=f"Skriv krav för: {text}")
    link.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("checkbox", name=f"Risk: {text}")
    assert box.is_checked()
    page.get_by_label("Rubrik:").first.fill("Låg effekt i tomgång")
    page.get_by_label("Kravtyp:").select_option("specification")
    page.get_by_label("Kravtext:").fill("Servern ska dra högst [watt: 40] W.")
    page.get_by_label("Kravtext:").press("Enter")
    page.locator("[name=_save]").first.press("Enter")
    page.wait_for_url(coverage)
    assert page.get_by_role("link", name=f"Skriv krav för: {text}").count() == 0
    requirement = Requirement.objects.get(title="Låg effekt i tomgång")
    assert requirement.code in page.inner_text(".coverage")
    assert complaints == []


def test_a_link_is_looked_at_and_confirmed(page, context, site, package, log_in, complaints):
    log_in(context)
    page.goto(f"{site}/admin/requirements_pkg/requirementspackage/lankar/")
    assert page.locator("del").count() == 1
    page.get_by_role("button", name="Gäller fortfarande:").click()
    page.wait_for_selector(".messagelist .success")
    assert page.locator(".suspect").count() == 0
    assert complaints == []


def test_what_is_typed_is_seen_beside_the_form_as_buyers_will_read_it(
    page, context, site, package, log_in, complaints, faults
):
    log_in(context)
    page.set_viewport_size({"width": 1440, "height": 900})
    requirement = package.requirements.get(code="SE-91")
    page.goto(f"{site}/admin/requirements_pkg/requirement/{requirement.pk}/change/")
    look = page.get_by_role("complementary", name="Så läser upphandlare kravet")
    look.get_by_text(requirement.title).wait_for()
    page.get_by_label("Rubrik:").first.fill("Lägre effekt i tomgång")
    page.get_by_label("Kravtext:").fill("Servern ska dra högst [watt: 40] W.")
    look.get_by_text("Lägre effekt i tomgång").wait_for()
    assert look.locator(".place").first.inner_text() == "40"
    assert faults(page, product([360, 1440], SCHEMES)) == []
    if folder := os.environ.get("PICTURES"):
        for width in (360, 1100, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/preview-{width}.png", full_page=True)
    context.clear_cookies()
    page.get_by_label("Kravtext:").fill("Servern ska dra högst [watt: 30] W.")
    look.get_by_text("Det finns kvar i formuläret").wait_for()
    requirement.refresh_from_db()
    assert "40" not in requirement.text
    # The browser says of its own accord that the site refused what nobody was logged in for.
    assert [line for line in complaints if "403 (Forbidden)" not in line] == []


def test_what_an_author_uses_is_accessible_in_every_dress(
    page, context, site, plan, package, log_in, faults
):
    log_in(context)
    all_faults = []
    base = "/admin/requirements_pkg"
    requirement = package.requirements.order_by("code").first()
    withdrawn = package.requirements.get(code="SE-90")
    inclusion = package.inclusions.get()
    of_module, module = inclusion.module.requirements.get(), ModuleFactory()
    for address in (
        f"/admin/actionplan/actionplan/{plan.pk}/krav/",
        f"{base}/requirement/",
        f"{base}/requirement/add/",
        f"{base}/requirement/add/?package={package.pk}",
        f"{base}/requirement/{requirement.pk}/change/",
        f"{base}/requirement/{withdrawn.pk}/change/",
        f"{base}/requirementspackage/add/",
        f"{base}/requirementspackage/{package.pk}/change/",
        f"{base}/requirementspackage/{module.pk}/change/",
        f"{base}/requirementspackage/{plan.pk}/tackning/",
        f"{base}/requirementspackage/lankar/",
        f"{base}/requirementspackage/krav/{requirement.pk}/dra-in/",
        f"{base}/requirement/{requirement.pk}/forhandsvisning/",
        f"{base}/requirementspackage/version/{package.versions.get().pk}/dra-in/",
        f"{base}/requirementspackage/{package.pk}/ta-med-modul/",
        f"{base}/requirementspackage/ingar/{inclusion.pk}/",
        f"{base}/requirementspackage/ingar/{inclusion.pk}/krav/{of_module.pk}/",
    ):
        page.goto(site + address)
        all_faults += faults(page, product([360, 768, 1280], SCHEMES))
    assert all_faults == []
