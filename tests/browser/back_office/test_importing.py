"""What an import asks, keeps and finds fault with can be read, used and settled in a browser."""

from itertools import product

import pytest
from django.conf import settings

from actionplan.excel.formats import SafeXLSX
from actionplan.models import Indicator
from tests.actionplan.word.documents import matrix_cell, matrix_rows, plan, saved
from tests.browser.conftest import SCHEMES, TOO_WIDE
from tests.requirements_pkg.sheets import dataset, new_row
from tests.risks.importing.test_import_goals import dated, put
from tests.risks.importing.test_import_questions import AFTER, BEFORE, written

EXAMPLE = settings.BASE_DIR / "examples/handlingsplan-it-teknisk-plattform.txt"
DRESSES = list(product([320, 768, 1280], SCHEMES))
UPLOAD = "/admin/risks/riskmatrix/importera/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def old(site, stockholm) -> Indicator:
    """An indicator with a due day, which a document has other words for."""
    put(BEFORE)
    return dated("Kraven är beslutade")


def send(page, site: str, data: bytes) -> None:
    page.goto(site + UPLOAD)
    file = {"name": "plan.docx", "mimeType": WORD, "buffer": data}
    page.set_input_files("#id_file", file)
    page.get_by_role("button", name="Förhandsgranska").click()


@pytest.mark.parametrize("width", [320, 360])
def test_no_list_of_a_preview_is_wider_than_its_window(
    page, context, site, log_in, stockholm, width
):
    """The names of stages are long, and what stands in a header may be one word without end."""
    word = plan()
    word.sections[0].header.paragraphs[0].text = "Utkast/remissversion/arbetsmaterial" * 4
    log_in(context)
    page.set_viewport_size({"width": width, "height": 800})
    send(page, site, saved(word))
    assert "Utkast/remissversion" in page.inner_text(".faults")
    assert page.evaluate(TOO_WIDE) <= 0


def test_a_question_is_answered_and_remembered(page, context, site, old, log_in, complaints):
    log_in(context)
    send(page, site, written(AFTER))
    page.get_by_label("Det är samma").check()
    page.get_by_role("button", name="Visa ändringarna").click()
    send(page, site, written(AFTER))
    assert page.get_by_label("Det är samma").is_checked()
    page.get_by_role("button", name="Ta bort tidigare svar").click()
    assert not page.get_by_label("Det är samma").is_checked()
    page.get_by_label("Det är samma").check()
    page.get_by_role("button", name="Visa ändringarna").click()
    page.get_by_role("button", name="Importera", exact=True).click()
    page.wait_for_selector(".messagelist")
    old.refresh_from_db()
    assert old.text == "Två revisioner genomförda"
    assert complaints == []


def test_the_questions_are_accessible_in_every_dress(page, context, site, old, log_in, faults):
    log_in(context)
    send(page, site, written(AFTER, category="Prov-kategori"))
    assert page.locator(".questions").get_by_role("group").count() == 1
    question_faults = faults(page, DRESSES)
    page.get_by_label("Ja, det är").check()
    page.get_by_role("button", name="Visa ändringarna").click()
    assert page.locator(".questions").get_by_role("group").count() == 2
    send(page, site, written(AFTER, category="Prov-kategori"))
    assert page.get_by_role("button", name="Ta bort tidigare svar").count() == 1
    assert question_faults + faults(page, DRESSES) == []


def test_what_was_kept_is_settled_and_accessible(page, context, site, old, log_in, faults):
    Indicator.objects.filter(pk=old.pk).update(former_number="1.9")
    log_in(context)
    plan = old.sub_goal.goal.plan
    page.goto(f"{site}/admin/risks/riskmatrix/behallet/{plan.pk}/")
    assert page.locator(".kept-item").count() == 1
    list_faults = faults(page, DRESSES)
    page.locator(".kept-item [name=_keep]").click()
    page.wait_for_selector(".messagelist")
    assert page.locator(".kept-item").count() == 0
    assert list_faults + faults(page, DRESSES) == []
    old.refresh_from_db()
    assert old.former_number == ""


def test_thousands_of_lines_are_a_page_that_can_be_read(page, context, site, log_in, faults):
    log_in(context)
    many = [f"Lös rad {number} som ingen förstår." for number in range(1200)]
    send(page, site, "\n".join([*many, EXAMPLE.read_text()]).encode())
    assert page.locator(".faults li").count() <= 400
    assert faults(page, DRESSES) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner alla i en Excelfil").first.click()
    assert download.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize(("kind", "expected"), [("contract", ".diffs"), ("x" * 200, ".errorlist")])
def test_a_word_without_end_in_a_list_widens_no_preview(
    page, context, site, version, log_in, kind, expected
):
    log_in(context)
    row = new_row(version.package, "SE-99", kind=kind, title="x" * 200)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/admin/requirements_pkg/requirement/import/")
    data = SafeXLSX().export_data(dataset([row]))
    file = {"name": "krav.xlsx", "mimeType": EXCEL, "buffer": data}
    page.set_input_files("[name=import_file]", file)
    page.get_by_role("button", name="Förhandsgranska").click()
    assert page.locator(expected).count() == 1
    assert page.evaluate(TOO_WIDE) <= 0


def test_the_plans_page_is_no_wider_than_the_smallest_phone(
    page, context, site, version, log_in, reviewer
):
    """The table of its versions has four columns, one with a person's name."""
    type(reviewer).objects.filter(pk=version.approved_by_id).update(username="granskare.andersson")
    log_in(context)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/admin/actionplan/actionplan/{version.package.plan_id}/granska/")
    assert page.evaluate(TOO_WIDE) <= 0


def test_the_faults_of_a_list_are_a_page_that_can_be_read(
    page, context, site, version, log_in, faults
):
    log_in(context)
    rows = [new_row(version.package, f"SE-{n:03}", level=f"nivå {n}") for n in range(300)]
    data = SafeXLSX().export_data(dataset(rows))
    page.goto(f"{site}/admin/requirements_pkg/requirement/import/")
    file = {"name": "krav.xlsx", "mimeType": EXCEL, "buffer": data}
    page.set_input_files("[name=import_file]", file)
    page.get_by_role("button", name="Förhandsgranska").click()
    # Three hundred levels that there are not are one thing that is wrong.
    page.locator(".fault-group li", has_text="299 till av samma slag").wait_for()
    assert page.locator(".fault-group li").count() == 1
    assert faults(page, DRESSES) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner alla fel i en Excelfil").click()
    assert download.value.suggested_filename == "Fel.xlsx"


def test_words_of_a_list_are_settled_where_it_is_previewed(
    page, context, site, version, log_in, faults
):
    log_in(context)
    rows = [new_row(version.package, "SE-98", level="Hög nivå")]
    page.goto(f"{site}/admin/requirements_pkg/requirement/import/")
    data = SafeXLSX().export_data(dataset(rows))
    file = {"name": "krav.xlsx", "mimeType": EXCEL, "buffer": data}
    page.set_input_files("[name=import_file]", file)
    page.get_by_role("button", name="Förhandsgranska").click()
    page.get_by_label("Nivå: ”Hög nivå”").select_option(label="avancerad")
    unsettled = faults(page, DRESSES)
    page.get_by_role("button", name="Visa ändringarna med de här svaren").click()
    assert "avancerad" in page.inner_text(".diffs")
    assert unsettled + faults(page, DRESSES) == []
    page.get_by_role("button", name="Bekräfta importen").click()
    assert "SE-98" in page.inner_text("#result_list")


def strange() -> bytes:
    """A plan whose first row is headed as nobody has headed it before."""
    word = plan(matrix_rows({("Råvara", 1): "Barnarbete."}))
    matrix_cell(word, 2, 0).text = "Vid källan"
    return saved(word)


def test_a_heading_is_settled_and_the_import_undone_by_keyboard(
    page, context, site, log_in, stockholm, complaints, faults
):
    log_in(context)
    send(page, site, strange())
    assert "Vid källan" in page.inner_text(".faults")
    unsettled = faults(page, DRESSES)
    question = page.get_by_label("Vad betyder rubriken ”Vid källan”?")
    question.focus()
    page.keyboard.type("Råvara")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Tolkat").wait_for()
    assert question.input_value() == "raw_material"
    assert page.get_by_role("group", name="Del för del").count() == 1
    settled = faults(page, DRESSES)
    page.get_by_label("Ändra inte Mål").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Visa ändringarna").press("Enter")
    assert page.get_by_label("Ändra inte Mål").is_checked()
    page.get_by_role("button", name="Importera", exact=True).press("Enter")
    page.wait_for_selector(".messagelist")
    page.get_by_role("link", name="Historik", exact=True).press("Enter")
    page.get_by_role("link", name="Ångra senaste importen").press("Enter")
    undo = faults(page, DRESSES)
    page.get_by_role("button", name="Ångra senaste importen").press("Enter")
    assert "Importen är ångrad." in page.inner_text(".messagelist")
    # The document waits, as it was answered.
    assert question.input_value() == "raw_material"
    assert page.get_by_label("Ändra inte Mål").is_checked()
    assert unsettled + settled + undo == []
    assert complaints == []
