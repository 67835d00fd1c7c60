"""A coordinator in a real browser: the grid by keyboard, the import, and axe on what she uses."""

from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from actionplan.extension_points import PlanTab
from actionplan.models import ChangeLog
from risks.models import RiskCell, RiskStatement
from tests.browser.conftest import SCHEMES
from tests.factories import RequirementFactory

EXAMPLE = Path(settings.BASE_DIR / "examples/handlingsplan-it-teknisk-plattform.docx")


@pytest.fixture
def area(site, plan):
    return plan.product_areas.get(number=1)


@pytest.fixture
def grid(site, area) -> str:
    return site + reverse("admin:risks_riskmatrix_change", args=[area.pk])


def texts(area, stage: str, dimension: str = "environment") -> list[str]:
    cell = RiskCell.objects.get(product_area=area, stage__code=stage, dimension__code=dimension)
    return list(cell.statements.order_by("position").values_list("text", flat=True))


def box(page, area, stage: str, dimension: str = "environment", kind: str = "risks"):
    cell = RiskCell.objects.get(product_area=area, stage__code=stage, dimension__code=dimension)
    return page.locator(f"[name=cell-{cell.pk}-{kind}]")


def test_the_grid_is_edited_by_keyboard_alone(page, context, grid, area, log_in, complaints):
    log_in(context)
    page.goto(grid)
    first = box(page, area, "raw_material", "human_rights")
    first.focus()
    page.keyboard.press("Control+ArrowRight")
    assert page.evaluate("document.activeElement.name") == box(
        page, area, "raw_material", "workers_rights"
    ).get_attribute("name")
    page.keyboard.press("Control+ArrowDown")
    page.keyboard.type("Långa arbetsdagar.\nLåga löner.")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist")
    assert texts(area, "component_manufacturing", "workers_rights") == [
        "Långa arbetsdagar.",
        "Låga löner.",
    ]
    assert complaints == []


def test_tab_goes_from_box_to_box(page, context, grid, area, log_in):
    log_in(context)
    page.goto(grid)
    box(page, area, "raw_material", "human_rights").focus()
    names = []
    for _step in range(4):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.name").rsplit("-", 1)[1])
    assert names == ["opportunities", "assessment", "level", "risks"]


# What is over the focused box, and how far it reaches under a bar or a heading that sticks.
COVERED = """() => {
  const box = document.activeElement;
  const cell = box.closest(".grid td");
  const at = box.getBoundingClientRect();
  const over = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
  const bar = document.querySelector(".submit-row").getBoundingClientRect();
  const faults = [];
  if (cell && over !== box) faults.push("its centre is covered");
  if (cell && at.bottom > bar.top) faults.push("it is under the bar");
  if (cell && innerWidth > 960) {
    const above = document.querySelector(".grid thead th").getBoundingClientRect();
    const beside = cell.parentElement.cells[0].getBoundingClientRect();
    if (at.top < above.bottom) faults.push("it is under its column's heading");
    if (at.left < beside.right) faults.push("it is under its row's heading");
  }
  return { name: cell && box.name, faults };
}"""


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1000, 700), (1280, 720)])
def test_no_box_that_has_the_focus_is_covered(browser, grid, area, log_in, width, height):
    for cell in area.cells.all():
        RiskStatement.objects.create(cell=cell, text="En mening som fyller flera rader. " * 6)
    context = browser.new_context(viewport={"width": width, "height": height})
    log_in(context)
    page = context.new_page()
    page.goto(grid)
    boxes = page.locator(".grid :is(textarea, select)")
    total = boxes.count()
    faults = []
    for key, start in (("Tab", boxes.first), ("Shift+Tab", boxes.last)):
        start.focus()
        passed = 0
        while (stop := page.evaluate(COVERED))["name"]:
            # Where the first box stands is the browser's choice: nobody tabbed to it.
            if passed:
                faults += [f"{key} {stop['name']}: {fault}" for fault in stop["faults"]]
            passed += 1
            page.keyboard.press(key)
        assert passed == total == 96
    context.close()
    assert faults == []


def test_who_only_reads_sees_no_boxes_and_saves_nothing(page, context, grid, log_in, complaints):
    log_in(context, "analyst")
    page.goto(grid)
    assert page.locator("#content :is(input:not([type=hidden]), textarea, select)").count() == 0
    assert page.locator("#grid-help, .area-delete").count() == 0
    table = " ".join(page.inner_text(".grid").split())
    for words in (
        "Risk Hög energianvändning.",
        "Möjlighet Möjlighet att återbruka internt.",
        "Ingen rådighet Ingen rådighet över",
        "Ej bedömd",
    ):
        assert words in table
    page.keyboard.press("Control+s")
    page.wait_for_timeout(300)
    assert page.locator(".grid").count() == 1
    assert complaints == []


def test_a_link_is_told_in_words_to_who_only_reads(page, context, grid, area, log_in):
    log_in(context, "analyst")
    cell = area.cells.get(stage__code="other", dimension__code="environment")
    there = area.plan.product_areas.get(number=2)
    other = there.cells.get(stage__code="other", dimension__code="environment")
    cell.assessment, cell.same_as_cell, cell.level = "same_as", other, "high"
    cell.save()
    page.goto(grid)
    text = page.inner_text(f"#cell-{cell.pk}")
    assert "Risknivå: hög" in text
    assert f"Samma som: nätverksprodukter: {cell.stage}, {cell.dimension}" in text


def test_what_is_wrong_with_the_head_is_told_above(page, context, grid, log_in):
    log_in(context)
    page.goto(grid)
    page.locator("[name=area-name]").evaluate("box => box.required = false")
    page.locator("[name=area-name]").fill("")
    page.locator("[name=_save]").click()
    note = page.locator(".errornote")
    assert note.locator("li").all_inner_texts() == ["Namn: Detta fält måste fyllas i."]
    note.get_by_role("link", name="Namn").click()
    assert page.evaluate("document.activeElement.name") == "area-name"


def test_an_area_is_removed_from_its_page(page, context, grid, area, log_in):
    log_in(context)
    page.goto(grid)
    page.get_by_role("link", name="Ta bort produktområdet").click()
    page.locator("#content [type=submit]").click()
    page.wait_for_selector(".messagelist .success")
    assert not area.plan.product_areas.filter(pk=area.pk).exists()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_value_of_the_history_is_squeezed(page, context, grid, area, log_in, width):
    log_in(context)
    cell = area.cells.first()
    row = RiskStatement.objects.create(cell=cell, text="En lång mening. " * 20)
    row.text = "En annan mening. " * 20
    row.save()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(grid.replace("/change/", "/history/"))
    boxes = page.locator(".history :is(td:has(del), td:has(ins))").all()
    assert len(boxes) > 1
    assert min(box.bounding_box()["width"] for box in boxes) > 150


def test_unsaved_work_is_not_left_without_a_warning(page, context, grid, area, log_in):
    log_in(context)
    page.goto(grid)
    calls = []
    page.on("dialog", lambda dialog: (calls.append(dialog.type), dialog.accept()))
    box(page, area, "other").click()
    page.keyboard.type("Osparat.")
    page.goto("about:blank")
    assert calls == ["beforeunload"]


def test_two_browsers_in_one_cell_lose_nothing(browser, grid, area, log_in):
    pages = []
    for _person in range(2):
        context = browser.new_context()
        log_in(context)
        pages.append(context.new_page())
        pages[-1].goto(grid)
    first, second = pages
    for page, text in ((first, "Den första skrev."), (second, "Den andra skrev.")):
        box(page, area, "raw_material").fill(text)
        page.locator("[name=_save]").click()
    alert = second.locator(f"#{second.locator('td.has-errors').get_attribute('id')}")
    assert "Den första skrev." in alert.inner_text()
    assert box(second, area, "raw_material").input_value() == "Den andra skrev."
    assert texts(area, "raw_material") == ["Den första skrev."]
    second.wait_for_function("document.activeElement.matches('.errornote a')")
    second.get_by_role("radio", name="Min", exact=True).press("ArrowRight")
    second.get_by_role("radio", name="Den sparade").press("ArrowLeft")
    second.keyboard.press("Control+s")
    second.wait_for_selector(".messagelist .success")
    assert texts(area, "raw_material") == ["Den andra skrev."]
    # The choice is there no more; the box of its cell is.
    name = box(second, area, "raw_material").get_attribute("name")
    second.wait_for_function(f"document.activeElement.name === '{name}'")
    kept = ChangeLog.objects.of(RiskStatement).values_list("after__text", flat=True)
    assert "Den första skrev." in kept
    for page in pages:
        page.context.close()


def test_a_cell_with_several_lines_is_no_false_conflict(page, context, grid, area, log_in):
    log_in(context)
    cell = RiskCell.objects.get(
        product_area=area, stage__code="other", dimension__code="environment"
    )
    for position, text in enumerate(["Första.", "Andra."]):
        RiskStatement.objects.create(cell=cell, text=text, position=position)
    page.goto(grid)
    box(page, area, "other").fill("Första.\nAndra.\nTredje.")
    page.locator("[name=_save]").click()
    page.wait_for_selector(".messagelist .success")
    assert texts(area, "other") == ["Första.", "Andra.", "Tredje."]


def test_the_grid_works_without_javascript(browser, grid, area, log_in):
    context = browser.new_context(java_script_enabled=False)
    log_in(context)
    page = context.new_page()
    page.goto(grid)
    box(page, area, "other").fill("Utan skript.")
    page.locator("[name=_save]").click()
    assert texts(area, "other") == ["Utan skript."]
    context.close()


def test_a_plan_is_imported_previewed_and_published_by_two(page, browser, site, log_in):
    log_in(page.context)
    page.goto(f"{site}/admin/actionplan/actionplan/")
    page.get_by_role("link", name="Importera från Word").click()
    page.set_input_files("#id_file", EXAMPLE)
    page.get_by_role("button", name="Förhandsgranska").click()
    assert "av 72" in page.inner_text("main")
    page.get_by_role("button", name="Importera").click()
    page.get_by_role("link", name="Granska och publicera").click()
    page.get_by_role("link", name="Skicka för godkännande").click()
    page.fill("#id_note", "Den första versionen.")
    page.get_by_role("button", name="Skicka för godkännande").click()
    other = browser.new_context()
    log_in(other, "reviewer")
    reviewer = other.new_page()
    reviewer.goto(page.url)
    reviewer.get_by_role("link", name="Granska begäran").click()
    reviewer.get_by_label("Godkänn fast").check()
    reviewer.get_by_role("button", name="Godkänn och publicera").click()
    visitor = browser.new_context().new_page()
    visitor.goto(f"{site}/kravpaket/it-teknisk-plattform/")
    assert "IT-teknisk plattform" in visitor.inner_text("h1")
    other.close()
    visitor.context.close()


def test_what_a_coordinator_uses_is_accessible_in_every_dress(
    page, context, site, plan, area, version, log_in, faults
):
    log_in(context)
    dresses = list(product([360, 768, 1280], SCHEMES))
    all_faults = []
    for address in (
        "/admin/",
        "/admin/register/",
        "/admin/actionplan/actionplan/",
        *(f"/admin/actionplan/actionplan/{plan.pk}/{tab.value}/" for tab in PlanTab),
        f"/admin/actionplan/actionplan/{plan.pk}/change/",
        f"/admin/risks/riskmatrix/{area.pk}/change/",
        f"/admin/risks/riskmatrix/{area.pk}/history/",
        "/admin/risks/riskmatrix/importera/",
        f"/admin/requirements_pkg/requirementspackage/{plan.pk}/publicera/",
        f"/admin/requirements_pkg/requirementspackage/{plan.pk}/utkast/",
        "/admin/risks/riskstatement/",
        "/admin/risks/riskstatement/export/",
        "/admin/risks/riskstatement/import/",
    ):
        page.goto(site + address)
        all_faults += faults(page, dresses)
    page.goto(f"{site}/admin/risks/riskmatrix/importera/")
    page.set_input_files("#id_file", EXAMPLE)
    page.get_by_role("button", name="Förhandsgranska").click()
    all_faults += faults(page, dresses)
    assert all_faults == []


def test_no_box_to_tick_is_smaller_than_24_pixels(page, context, site, plan, version, log_in):
    log_in(context)
    page.set_viewport_size({"width": 360, "height": 800})
    requirement = RequirementFactory(package=version.package)
    small_boxes = []
    for address in (
        f"/admin/actionplan/actionplan/{plan.pk}/change/",
        f"/admin/requirements_pkg/requirement/{requirement.pk}/change/",
        "/admin/requirements_pkg/requirement/",
    ):
        page.goto(site + address)
        page.locator("summary").evaluate_all(
            "all => all.forEach(e => e.parentElement.open = true)"
        )
        boxes = page.locator("[type=checkbox]:visible, [type=radio]:visible").evaluate_all(
            "all => all.map(e => [e.name, e.offsetWidth, e.offsetHeight])"
        )
        assert boxes, address
        small_boxes += [box for box in boxes if min(box[1:]) < 24]
    assert small_boxes == []
