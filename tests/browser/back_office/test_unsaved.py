"""What is typed in the back office is not left, or moved away from, without a word."""

import pytest
from django.conf import settings
from django.urls import reverse

from actionplan.models import Goal
from risks.models import Assessment, RiskCell, RiskStatement

GRID = "document.querySelector('.grid-scroll')"


@pytest.fixture
def area(site, plan):
    return plan.product_areas.get(number=1)


@pytest.fixture
def dialogs(page, context, area, log_in) -> list[str]:
    """The questions that the browser asks before a page is left."""
    log_in(context)
    messages: list[str] = []
    page.on("dialog", lambda dialog: (messages.append(dialog.type), dialog.accept()))
    return messages


def test_every_form_warns_before_what_was_typed_is_left(page, site, area, dialogs):
    goal = Goal.objects.get()
    forms = {
        reverse("admin:actionplan_goal_change", args=[goal.pk]): "#id_text",
        reverse("admin:actionplan_goal_add") + f"?plan={area.plan_id}": "#id_text",
        reverse("admin:risks_levels", args=[area.pk]): "[name=text]",
        reverse("admin:risks_riskmatrix_change", args=[area.pk]): "td textarea >> nth=0",
    }
    for address, box in forms.items():
        dialogs.clear()
        page.goto(site + address)
        page.locator(box).click()
        page.goto("about:blank")
        assert dialogs == [], f"{address}: nothing was typed"
        page.goto(site + address)
        page.locator(box).click()
        page.keyboard.type("Osparat.")
        page.goto("about:blank")
        assert dialogs == ["beforeunload"], address


def test_saving_asks_nothing_and_what_was_refused_is_still_unsaved(page, site, area, dialogs):
    goal = Goal.objects.get()
    page.goto(site + reverse("admin:actionplan_goal_change", args=[goal.pk]))
    page.locator("#id_text").fill("Ett mål med andra ord.")
    page.locator("[name=_continue]").first.click()
    page.wait_for_selector(".messagelist .success")
    page.goto("about:blank")
    assert dialogs == []
    page.goto(site + reverse("admin:actionplan_goal_change", args=[goal.pk]))
    page.locator("[name=number]").fill("0")
    page.locator("form#goal_form").evaluate("form => form.noValidate = true")
    page.locator("[name=_save]").first.click()
    page.wait_for_selector(".errornote")
    page.locator("h1").click()
    page.goto("about:blank")
    assert dialogs == ["beforeunload"]


def test_a_log_in_that_holds_what_was_sent_warns_before_it_is_left(
    page, site, context, area, dialogs
):
    goal = Goal.objects.get()
    page.goto(site + reverse("admin:actionplan_goal_change", args=[goal.pk]))
    page.locator("#id_text").fill("Ett mål med andra ord.")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("[name=_save]").first.click()
    page.get_by_text("Det du skickade är inte sparat").wait_for()
    page.get_by_role("link", name="Glömt lösenordet?").click()
    page.get_by_label("Din e-postadress").wait_for()
    assert dialogs == [], "it waits for her log-in with a new password"
    page.go_back()
    page.get_by_label("Lösenord").fill("x")
    page.goto("about:blank")
    assert dialogs == ["beforeunload"]


def test_an_empty_log_in_is_left_without_a_question(page, site, context, dialogs):
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(site + reverse("admin:login"))
    page.get_by_label("Lösenord").fill("x")
    page.goto("about:blank")
    assert dialogs == []


def test_what_is_to_be_sent_again_warns_before_it_is_left(
    page, site, context, area, log_in, dialogs
):
    goal = Goal.objects.get()
    page.goto(site + reverse("admin:actionplan_goal_change", args=[goal.pk]))
    page.locator("#id_text").fill("Ett mål med andra ord.")
    # A log-in in another tab makes the token of this one stale.
    context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    other = context.new_page()
    other.goto(site + reverse("admin:index"))
    page.locator("[name=_save]").first.click()
    page.get_by_role("heading", name="Skicka formuläret igen").click()
    page.goto("about:blank")
    assert dialogs == ["beforeunload"]


def test_saving_the_grid_keeps_place_and_focus(page, site, area, dialogs):
    for cell in area.cells.exclude(assessment=Assessment.NO_LEVERAGE):
        RiskStatement.objects.create(cell=cell, text="En mening som fyller flera rader. " * 6)
    cell = RiskCell.objects.get(
        product_area=area, stage__code="use", dimension__code="environment"
    )
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(site + reverse("admin:risks_riskmatrix_change", args=[area.pk]))
    box = page.locator(f"[name=cell-{cell.pk}-opportunities]")
    box.click()
    page.keyboard.type("Återbruk.")
    places = f"(e => [scrollX, scrollY, e.scrollLeft, e.scrollTop])({GRID})"
    before = page.evaluate(places)
    assert before[3] > 0
    page.keyboard.press("Control+s")
    page.wait_for_selector(".submit-row .messagelist .success")
    page.wait_for_load_state("load")
    page.wait_for_function(f"document.activeElement.name === 'cell-{cell.pk}-opportunities'")
    assert page.evaluate(places) == before
    assert page.locator(".messagelist .success").is_visible()
    assert dialogs == []
