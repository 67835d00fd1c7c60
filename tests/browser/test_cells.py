"""A coordinator in the matrix with a script: the panel of a cell, drafts, two people in one."""

import pytest
from django.conf import settings
from django.test import Client

from actionplan.extension_points import PlanTab
from actionplan.workspace.tabs import tab_address
from risks.grid.cell_views import cell_address
from risks.models import RiskCell
from tests.browser.conftest import SCHEMES
from tests.risks.grid.cell_cases import CellBrowser, texts

DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('utkast:'))"
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const given = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
}"""
ENERGY, REUSE = "Hög energianvändning.", "Möjlighet att återbruka internt."


@pytest.fixture
def cell(site, plan):
    return RiskCell.objects.get(
        product_area__plan=plan,
        product_area__number=1,
        stage__code="use",
        dimension__code="environment",
    )


@pytest.fixture
def tab(site, plan) -> str:
    return site + tab_address(plan.pk, PlanTab.MATRIX)


@pytest.fixture
def panel(page, context, tab, cell, log_in):
    """The panel of the cell, opened on the matrix."""
    log_in(context)
    page.goto(tab)
    page.locator(f"#cell-{cell.pk} [data-cell]").click()
    return page.locator("#cell-panel[open]")


def wait_for_status(page, words: str) -> None:
    page.locator(".cell-status", has_text=words).wait_for()


def drafts_are(page, number: int) -> None:
    """Wait until there are so many; the policy of the page lets nobody wait by a script."""
    for _attempt in range(50):
        if len(page.evaluate(DRAFTS)) == number:
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate(DRAFTS))


def write(panel, text: str, row: int = 0) -> None:
    panel.locator(f"[name=row-{row}-text]").fill(text)


def test_a_cell_is_found_opened_written_saved_and_left_by_keyboard(
    page, context, tab, cell, log_in, complaints
):
    log_in(context)
    page.goto(tab)
    page.locator("[data-cell]").first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_selector("#cell-panel[open]")
    assert page.evaluate("document.activeElement.value") == ENERGY
    page.keyboard.press("Control+a")
    page.keyboard.type("Mycket hög energianvändning.")
    page.keyboard.press("Control+s")
    wait_for_status(page, "Sparat.")
    assert texts(cell) == ["Mycket hög energianvändning.", REUSE]
    # One goes on where one was.
    assert page.evaluate("document.activeElement.name") == "row-0-text"
    page.keyboard.press("Escape")
    page.locator(f"#cell-{cell.pk}", has_text="Mycket hög").wait_for()
    assert page.locator("#cell-panel[open]").count() == 0
    assert page.evaluate("document.activeElement.closest('td').id") == f"cell-{cell.pk}"
    assert complaints == []


def test_a_field_that_is_left_is_saved_and_so_is_a_panel_that_is_closed(page, panel, cell):
    write(panel, "Första.")
    page.keyboard.press("Tab")
    wait_for_status(page, "Sparat.")
    assert texts(cell) == ["Första.", REUSE]
    write(panel, "Andra.")
    page.keyboard.press("Escape")
    page.locator(f"#cell-{cell.pk}", has_text="Andra.").wait_for()
    assert texts(cell) == ["Andra.", REUSE]
    assert page.evaluate(DRAFTS) == []


def test_the_buttons_of_a_row_save_at_once(page, panel, cell):
    panel.get_by_role("button", name="Flytta rad 1 nedåt").click()
    wait_for_status(page, "Sparat.")
    assert texts(cell) == [REUSE, ENERGY]
    panel.get_by_role("button", name="Slå ihop med nästa").first.click()
    panel.locator("[name=row-1-text]").wait_for(state="detached")
    wait_for_status(page, "Sparat.")
    assert texts(cell) == [f"{REUSE} {ENERGY}"]


def test_the_last_saved_change_is_undone_and_an_earlier_one_is_filled_in(page, panel, cell):
    for text in ("Första.", "Andra."):
        write(panel, text)
        page.keyboard.press("Control+s")
        wait_for_status(page, "Sparat.")
    panel.get_by_role("link", name="Ångra senaste ändringen").click()
    panel.locator("[name=row-0-text]", has_text="Första.").wait_for()
    wait_for_status(page, "Sparat.")
    assert texts(cell) == ["Första.", REUSE]
    panel.locator(".cell-history summary").click()
    panel.get_by_role("link", name="Återställ rutan").last.click()
    panel.get_by_text("ifylld som den var före").wait_for()
    assert texts(cell) == ["Första.", REUSE]


def test_what_is_pasted_becomes_rows(page, panel, cell):
    panel.locator("[name=pasted]").focus()
    page.evaluate(PASTE, "• Buller.\n• Möjlighet att låna.")
    panel.locator("[name=row-3-text]").wait_for()
    wait_for_status(page, "Sparat.")
    assert texts(cell) == [ENERGY, REUSE, "Buller.", "Möjlighet att låna."]


def test_two_texts_of_one_row_are_shown_and_both_are_kept(page, panel, cell, secretariat):
    client = Client()
    client.force_login(secretariat)
    write(panel, "Min.")
    CellBrowser(client, cell).press(row_0_text="Deras.")
    page.keyboard.press("Control+s")
    panel.get_by_text("Deras.").first.wait_for()
    assert panel.locator("[name=row-0-text]").input_value() == "Min."
    assert texts(cell) == ["Deras.", REUSE]
    panel.get_by_label("Behåll båda").check()
    page.keyboard.press("Control+s")
    wait_for_status(page, "Sparat.")
    assert texts(cell) == ["Deras.", "Min.", REUSE]


def test_a_lost_session_loses_nothing(page, context, panel, cell, tab, log_in):
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write(panel, "Skrivet utloggad.")
    page.keyboard.press("Tab")
    wait_for_status(page, "Du är utloggad.")
    assert texts(cell) == [ENERGY, REUSE]
    # The browser is closed on it, and somebody else's is no draft of hers.
    log_in(context, "secretariat")
    page.goto(tab)
    page.locator(f"#cell-{cell.pk} [data-cell]").click()
    assert panel.locator("[name=row-0-text]").input_value() == ENERGY
    log_in(context)
    page.goto(tab)
    page.locator(f"#cell-{cell.pk} [data-cell]").click()
    wait_for_status(page, "Här är det du skrev senast.")
    assert panel.locator("[name=row-0-text]").input_value() == "Skrivet utloggad."
    page.keyboard.press("Control+s")
    wait_for_status(page, "Sparat.")
    assert texts(cell) == ["Skrivet utloggad.", REUSE]
    assert page.evaluate(DRAFTS) == []


def test_what_one_person_typed_is_not_sent_by_the_next_one(page, context, panel, cell, log_in):
    write(panel, "Skrivet av samordnaren.")
    log_in(context, "secretariat")
    page.keyboard.press("Control+s")
    wait_for_status(page, "Du är utloggad.")
    assert texts(cell) == [ENERGY, REUSE]


def test_a_draft_is_dropped_by_a_button_and_by_logging_out(page, context, panel, cell, tab):
    write(panel, "Utkast.")
    wait_for_status(page, "Inte sparat än.")
    drafts_are(page, 1)
    page.goto(tab)
    page.locator(f"#cell-{cell.pk} [data-cell]").click()
    panel.get_by_role("button", name="Släng det").click()
    drafts_are(page, 0)
    panel.locator(".cell-status.is-draft").wait_for(state="detached")
    write(panel, "Ett till.")
    drafts_are(page, 1)
    page.goto(tab)
    page.locator("#logout-form button").click()
    assert page.evaluate(DRAFTS) == []
    assert texts(cell) == [ENERGY, REUSE]


def test_who_else_has_the_cell_open_is_told(page, panel, cell, secretariat):
    client = Client()
    client.force_login(secretariat)
    # What her own page asks has been answered.
    page.wait_for_load_state("networkidle")
    assert "har också rutan öppen" in CellBrowser(client, cell).page
    page.keyboard.press("Escape")
    page.locator(f"#cell-{cell.pk} [data-cell]").click()
    panel.get_by_text("har också rutan öppen").wait_for()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_the_matrix_its_panel_and_the_page_of_a_cell(
    page, panel, cell, site, tab, faults, scheme
):
    widths = [(1280, scheme), (768, scheme), (360, scheme)]
    panel.locator(".cell-history summary").click()
    assert faults(page, widths) == []
    page.keyboard.press("Escape")
    assert faults(page, widths) == []
    page.goto(site + cell_address(cell.pk))
    assert faults(page, widths) == []
