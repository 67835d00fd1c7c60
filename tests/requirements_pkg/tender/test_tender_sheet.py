"""Requirements as rows, read back: Excel, CSV and JSON of one specification."""

import csv
import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from actionplan.excel.writing.spreadsheet import SMALLEST
from requirements_pkg.choosing.file_contents import INSIDE
from requirements_pkg.tender import document as tender
from requirements_pkg.tender.excel import tender_csv, tender_rows, tender_workbook
from tests.factories.contents import a_requirement
from tests.requirements_pkg.tenders import SOURCE, a_tender, content, of, selection_of

ABOUT = [("Kravpaket", "IT-teknisk plattform")]


@pytest.fixture(autouse=True)
def in_swedish():
    with override("sv"):
        yield


def sheets(body: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def as_dicts(rows: list[list]) -> list[dict]:
    head, *rest = rows
    return [dict(zip(head, row, strict=True)) for row in rest]


def csv_rows(made: tender.Tender) -> list[dict]:
    text = tender_csv(made).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_excel_has_a_row_for_each_requirement_in_the_order_of_a_tender():
    book = sheets(tender_workbook(a_tender(weeks="6"), about=ABOUT))
    rows, facts = as_dicts(book["Krav"]), as_dicts(book["Om kraven"])
    for sheet_rows in (rows, facts):
        assert [row["Kod"] for row in sheet_rows] == ["KK-01", "TS-02", "TK-03", "SV-04"]
    last = rows[-1]
    assert last["Kravtext"] == "Leverantören ska redovisa inom 6 veckor."
    assert last["Kravtyp"] == "Särskilt kontraktsvillkor"
    assert last["Fast adress"].endswith("/v2/krav/SV-04/")
    assert facts[-1]["Nivå"] == "Basnivå"
    assert (facts[-1]["Version"], facts[-1]["Anges som"]) == (2, "SV-04:1")
    assert (facts[-1]["CPV"], facts[-1]["BT-805"]) == ("48820000-2", "national")
    assert rows[2]["Högsta poäng"] == 10
    assert rows[1]["Läge"] == "Indraget 2026-01-30: Lagen kräver det numera."


def test_excel_has_columns_for_what_each_kind_is_asked_at_the_end():
    rows = sheets(tender_workbook(a_tender(), about=ABOUT))["Krav"]
    headings = ["Uppfylls (ja/nej)", "Åberopat värde", "Åberopade poäng", "Svar", "Bilaga"]
    assert rows[0][-5:] == headings
    assert {row[0]: row[-5:] for row in rows[1:]} == {
        "KK-01": ["", "–", "–", "", ""],
        "TS-02": ["", "–", "–", "", ""],
        "TK-03": ["–", "", "", "–", ""],
        # A contract term is not answered.
        "SV-04": ["–", "–", "–", "–", "–"],
    }


def test_excel_takes_yes_or_no():
    with zipfile.ZipFile(io.BytesIO(tender_workbook(a_tender(), about=ABOUT))) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert 'type="list"' in sheet
    assert "<formula1>&quot;Ja,Nej&quot;</formula1>" in sheet or '"Ja,Nej"' in sheet


def test_excel_has_a_box_to_tick_for_each_step_of_a_scale():
    rows = as_dicts(sheets(tender_workbook(a_tender(), about=ABOUT))["Poängskalor"])
    assert [
        (row["Kod"], row["Poäng"], row["Steg på skalan"], row["Kryss (x)"]) for row in rows
    ] == [
        ("TK-03", "10", "allt", ""),
        ("TK-03", "5", "hälften", ""),
    ]
    assert "Poängskalor" not in sheets(tender_workbook(a_tender("KK-01"), about=ABOUT))


def test_a_scale_without_steps_is_answered_in_words():
    judged = a_requirement("TK-09", kind="award", max_points=5, scale="Efter bedömning.")
    book = sheets(tender_workbook(of(judged), about=ABOUT))
    (row,) = as_dicts(book["Krav"])
    assert (row["Svar"], row["Åberopat värde"], row["Bilaga"]) == ("", "", "")
    assert "Poängskalor" not in book


def test_a_column_that_nothing_chosen_needs_is_left_out():
    whole = sheets(tender_workbook(a_tender(), about=ABOUT))["Krav"][0]
    head = sheets(tender_workbook(a_tender("KK-01"), about=ABOUT))["Krav"][0]
    left_out = {"Högsta poäng", "Poängskala", "Åberopade poäng", "Åberopat värde", "Läge"}
    assert set(whole) - set(head) == left_out


def test_excel_is_made_for_bidders_to_read_print_and_answer():
    book = openpyxl.load_workbook(io.BytesIO(tender_workbook(a_tender(), about=ABOUT)))
    sheet = book["Krav"]
    assert sheet.freeze_panes == "C2"
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$B", "$1:$1")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.scale >= SMALLEST
    head = [cell.value for cell in sheet[1]]
    # The answers have a page of their own, beside that of the texts.
    breaks = [column_break.id for column_break in sheet.col_breaks.brk]
    assert head.index("Uppfylls (ja/nej)") in breaks
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    first = dict(zip(head, sheet[2], strict=True))
    assert first["Kravtext"].protection.locked
    assert not first["Svar"].protection.locked
    assert first["Fast adress"].hyperlink.target == first["Fast adress"].value
    assert first["Fast adress"].value.endswith("/v2/krav/KK-01/")


def test_follow_up_stands_in_excel_where_it_was_chosen():
    made = tender.tender_of(content(), SOURCE, replace(selection_of(), contents=INSIDE))
    (row, *_rest) = as_dicts(sheets(tender_workbook(made, about=ABOUT))["Krav"])
    assert row["Uppföljning"] == "Dokumentgranskning varje år."


def test_follow_up_stands_in_files_for_other_systems_where_it_was_chosen():
    inside = tender.tender_of(content(), SOURCE, replace(selection_of(), contents=INSIDE))
    assert csv_rows(inside)[0]["Uppföljning"] == "Dokumentgranskning varje år."
    assert "follow_up_method" in tender_rows(inside)[0]
    for made in (tender.tender_of(content(), SOURCE, selection_of()), a_tender()):
        assert "Uppföljning" not in csv_rows(made)[0]
        assert "follow_up_method" not in tender_rows(made)[0]
    assert "Uppföljning" in csv_rows(tender.tender_of(content(), SOURCE))[0]


def test_excel_explains_every_column_and_sheet():
    book = sheets(tender_workbook(a_tender(), about=ABOUT))
    explanations = {str(row[0]): row[1] for row in book["Läs mig"]}
    for name in ("Krav", "Poängskalor", "Om kraven"):
        assert name in explanations
        assert set(book[name][0]) <= set(explanations)
    assert explanations["Kravpaket"] == "IT-teknisk plattform"


def test_a_whole_version_has_its_background_and_its_risks_instead_of_answers():
    book = sheets(tender_workbook(tender.tender_of(content(), SOURCE), about=ABOUT))
    rows = as_dicts(book["Krav"])
    assert "Svar" not in rows[0]
    assert rows[0]["Motiv"] == "Gruvor förorenar vatten."
    assert rows[0]["Ifyllnadsfält"] == "antal veckor: 4 (räknat från begäran)"
    pairs = as_dicts(book["Krav och risker"])
    assert pairs[0]["Kod"] == "SV-04"
    assert pairs[0]["Text"] == "Gruvor förorenar vatten."
    assert pairs[0]["Livscykelsteg"] == "Råvara"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "=HYPERLINK(0)"])
def test_what_looks_like_a_formula_is_text(text):
    made = of(a_requirement("SE-01", text=text, title=text))
    (row,) = as_dicts(sheets(tender_workbook(made, about=ABOUT))["Krav"])
    assert row["Rubrik"] == text
    assert row["Kravtext"] == text.strip()
    (row,) = csv_rows(made)
    assert row["Rubrik"] == f"'{text}"


def test_csv_opens_in_swedish_excel_and_has_the_codes_for_the_notice():
    body = tender_csv(a_tender())
    assert body.startswith(b"\xef\xbb\xbfKod;")
    rows = csv_rows(a_tender())
    # As the package has them: a tender's order is for people.
    assert [row["Kod"] for row in rows] == ["SV-04", "TS-02", "TK-03", "KK-01"]
    assert {row["BT-805"] for row in rows} == {"national"}
    assert {row["CPV"] for row in rows} == {"48820000-2"}
    # Nobody answers in it.
    assert "Svar" not in rows[0]


def test_json_has_codes_values_and_the_code_of_eforms():
    rows = {row["code"]: row for row in tender_rows(a_tender(weeks="6"))}
    row = rows["SV-04"]
    assert row["text"] == "Leverantören ska redovisa inom 6 veckor."
    assert row["values"] == {"antal-veckor": "6"}
    assert (row["kind"], row["level"]) == ("contract", "basic")
    assert row["cpv"] == ["48820000-2"]
    assert row["eforms"] == {"BT-805": "national"}
    assert (row["citation"], row["revision"], row["version"]) == ("SV-04:1", 1, 2)
    assert row["address"].endswith("/v2/krav/SV-04/")
    assert rows["TS-02"]["withdrawn"]["reason"] == "Lagen kräver det numera."
    assert "answer" not in row


def test_the_three_forms_say_the_same():
    made = a_tender(weeks="6")
    texts = [row["text"] for row in tender_rows(made)]
    assert [row["Kravtext"] for row in csv_rows(made)] == texts
    rows = as_dicts(sheets(tender_workbook(made, about=ABOUT))["Krav"])
    assert sorted(row["Kravtext"] for row in rows) == sorted(texts)


def test_a_row_is_as_high_as_its_words_and_grows_with_more_of_them():
    long = a_requirement("SE-09", kind="specification", text="Leverantören ska redovisa. " * 40)
    body = tender_workbook(of(long, a_requirement("SV-01")), about=ABOUT)
    sheet = openpyxl.load_workbook(io.BytesIO(body))["Krav"]
    # 1,080 letters in a column for 60 are 18 lines and a little more.
    assert 18 * 15 <= sheet.row_dimensions[2].height <= 22 * 15
    assert sheet.row_dimensions[3].height < 6 * 15
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        rows = re.findall(r"<row [^>]*>", archive.read("xl/worksheets/sheet2.xml").decode())
    # Fixed are only the headings; what a bidder writes in the others makes them higher.
    assert ["customHeight" in row for row in rows] == [True, False, False]
