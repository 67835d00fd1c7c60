"""The order of a plan's requirements: by dragging, by keys, and by buttons without a script."""

import pytest
from django.conf import settings

from requirements_pkg.actions.publishing import package_of
from tests.factories import RequirementFactory


@pytest.fixture
def package(site, plan):
    package = package_of(plan)
    for position, code in enumerate(("SE-01", "SE-02", "SE-03", "SE-04"), start=1):
        RequirementFactory(package=package, code=code, position=position)
    return package


@pytest.fixture
def tab(site, package) -> str:
    return f"{site}/admin/actionplan/actionplan/{package.plan_id}/krav/"


def order(package) -> list[str]:
    return list(package.requirements.in_reading_order().values_list("code", flat=True))


def handle(page, code: str):
    return page.get_by_role("button", name=f"Dra {code} till en annan plats")


def test_a_row_is_dragged_to_another_place(
    page, context, log_in, package, tab, complaints, faults
):
    log_in(context)
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto(tab)
    start, end = (handle(page, code).bounding_box() for code in ("SE-04", "SE-02"))
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 5, end["y"] + 20, steps=8)
    page.mouse.move(end["x"] + 5, end["y"] + 5, steps=4)
    with page.expect_navigation():
        page.mouse.up()
    assert order(package) == ["SE-01", "SE-04", "SE-02", "SE-03"]
    assert "Kravet är flyttat." in page.inner_text(".messagelist")
    assert faults(page, [(390, "light"), (1280, "dark")]) == []
    assert complaints == []


def test_a_row_is_moved_by_keys_and_keeps_the_focus(page, context, log_in, package, tab):
    log_in(context)
    page.goto(tab)
    handle(page, "SE-01").focus()
    status = page.locator("#order-status")
    for key, words in (
        ("Space", "SE-01 är lyft, plats 1 av 4."),
        ("ArrowDown", "SE-01: plats 2 av 4."),
        ("ArrowDown", "SE-01: plats 3 av 4."),
        ("Escape", "SE-01 står kvar, plats 1 av 4."),
        ("Enter", "SE-01 är lyft, plats 1 av 4."),
        ("ArrowUp", "SE-01 är lyft, plats 1 av 4."),
        ("ArrowDown", "SE-01: plats 2 av 4."),
    ):
        page.keyboard.press(key)
        assert status.inner_text() == words, key
    with page.expect_navigation():
        page.keyboard.press("Space")
    assert order(package) == ["SE-02", "SE-01", "SE-03", "SE-04"]
    page.wait_for_function("document.activeElement.dataset.code === 'SE-01'")
    assert "SE-01 är flyttat till plats 2 av 4" in status.inner_text()


def test_who_tabs_away_has_moved_nothing(page, context, log_in, package, tab):
    log_in(context)
    page.goto(tab)
    handle(page, "SE-01").focus()
    for key in ("Space", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    codes = page.locator(".handle").evaluate_all("all => all.map(h => h.dataset.code)")
    assert codes == order(package) == ["SE-01", "SE-02", "SE-03", "SE-04"]


def test_the_buttons_order_without_a_script(browser, log_in, package, tab):
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    log_in(context)
    page = context.new_page()
    page.goto(tab)
    assert page.locator(".handle:visible").count() == 0
    page.get_by_role("button", name="Flytta ner SE-01").click()
    assert order(package) == ["SE-02", "SE-01", "SE-03", "SE-04"]
    context.close()


def test_a_lost_session_moves_nothing_and_says_so(page, context, log_in, package, tab):
    log_in(context)
    page.goto(tab)
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Flytta ner SE-01").click()
    assert order(package) == ["SE-01", "SE-02", "SE-03", "SE-04"]
    assert page.locator("input[type=password]").count() == 1
