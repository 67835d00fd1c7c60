"""How many clicks a coordinator's commonest errands take, from the first page after log-in."""

from collections.abc import Callable

import pytest

from requirements_pkg.actions.publishing import package_of
from requirements_pkg.models import PublishRequest, RiskTreatment
from risks.models import RiskCell, RiskStatement
from tests.factories import RequirementFactory

# Kept by the tab from page to page; a key that presses a button counts as a click does.
COUNTING = """addEventListener("click", event => {
  if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true)"""
WIDTHS = [390, 1280]


@pytest.fixture(params=WIDTHS)
def clicks(request, site, page, context, plan, log_in) -> Callable[[], int]:
    """The first page, and a function that tells how many clicks there were since."""
    context.add_init_script(COUNTING)
    page.set_viewport_size({"width": request.param, "height": 900})
    log_in(context)
    page.goto(f"{site}/admin/")
    return lambda: int(page.evaluate("sessionStorage.clicks || 0"))


def test_a_cell_is_edited_after_three_clicks(page, plan, clicks, complaints):
    cell = RiskCell.objects.get(
        product_area__plan=plan,
        product_area__number=1,
        stage__code="component_manufacturing",
        dimension__code="workers_rights",
    )
    # The part of the plan, the cell, the field.
    page.locator(".my-plans").get_by_role("link", name=" av ").first.click()
    page.locator(f"#cell-{cell.pk} [data-cell]").click()
    page.locator("[name=pasted]").click()
    page.keyboard.type("Långa arbetsdagar.")
    assert clicks() <= 3
    page.keyboard.press("Control+s")
    page.locator(".cell-status", has_text="Sparat.").wait_for()
    assert cell.statements.filter(text="Långa arbetsdagar.").exists()
    assert complaints == []


def test_a_requirement_is_written_from_a_risk_within_four_clicks(page, plan, clicks, complaints):
    statement = RiskStatement.objects.filter(cell__product_area__plan=plan).first()
    page.locator(".my-plans").get_by_role("link", name=str(plan)).click()
    page.get_by_role("link", name="saknar krav").click()
    page.locator(f"a[href*='statements={statement.pk}']").first.click()
    page.locator("[name=code]").fill("SE-01")
    page.locator("[name=kind]").select_option("contract")
    page.locator("[name=level]").select_option("basic")
    page.locator("[name=title]").fill("Redovisa smältverk")
    page.locator("[name=text]").fill("Leverantören ska redovisa smältverken.")
    page.get_by_role("button", name="Spara", exact=True).first.click()
    assert clicks() <= 4
    assert RiskTreatment.objects.get().statement == statement
    assert complaints == []


def test_a_draft_is_sent_for_approval_within_four_clicks(page, plan, clicks, complaints):
    RequirementFactory(package=package_of(plan), code="SE-01")
    page.reload()
    page.locator(".my-plans").get_by_role("link", name="inget ännu").click()
    page.get_by_role("link", name="Skicka för godkännande").click()
    page.get_by_label("Nytt i versionen").fill("Första versionen.")
    page.get_by_role("button", name="Skicka för godkännande").click()
    assert clicks() <= 4
    assert PublishRequest.objects.get().note == "Första versionen."
    assert complaints == []
