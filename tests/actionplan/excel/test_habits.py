"""Habits that people have in Excel: what is struck out is not read, what is hidden is told."""

import io

import openpyxl
import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from actionplan.admin.sheets import INDICATORS
from actionplan.excel.columns import TEXT
from actionplan.excel.columns.kinds import NUMBER
from actionplan.excel.formats import SafeXLSX
from actionplan.excel.front import ResourceFront
from actionplan.excel.reading.values import UnreadCell, UnreadReason
from actionplan.models import Indicator
from tests.actionplan.admin.test_sheets import NAMES, bring, sheet, upload

HEADS = ["Kod", "Rubrik", "Motiv"]


@pytest.fixture
def made():
    """A workbook with two rows below its headings, and its sheet."""
    book = openpyxl.Workbook()
    for row in (HEADS, ["SE-01", "Ett", "Därför"], ["SE-02", "Två", 90]):
        book.active.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(book: openpyxl.Workbook):
    with override("sv"):
        return SafeXLSX().create_dataset(saved(book))


def struck(book: openpyxl.Workbook) -> dict[str, str]:
    """The cells that are struck out by their address, as they are shown."""
    cells = [cell for row in read(book) for cell in row]
    return {
        c.address: str(c)
        for c in cells
        if isinstance(c, UnreadCell) and c.why == UnreadReason.STRUCK
    }


def test_a_cell_that_is_struck_out_is_not_read(made):
    made.active["B2"].font = made.active["C3"].font = Font(strike=True)
    made.active["A2"].font = Font(strike=False, bold=True)
    assert struck(made) == {"B2": "Ett", "C3": "90"}


def test_a_text_of_which_a_part_is_struck_out_is_not_read(made):
    line = TextBlock(InlineFont(strike=True), "gammalt ")
    made.active["B3"] = CellRichText("Nytt, ", line, "krav")
    made.active["C2"] = CellRichText("Fet ", TextBlock(InlineFont(b=True), "text"))
    assert struck(made) == {"B3": "Nytt, gammalt krav"}


def test_nothing_struck_out_is_nothing_struck_out(made):
    made.active["D2"].font = Font(strike=True)
    assert struck(made) == {}


def rich(*runs: tuple[str, dict]) -> CellRichText:
    return CellRichText(*(TextBlock(InlineFont(**look), text) for text, look in runs))


def test_a_figure_above_the_line_and_a_sign_of_a_font_are_what_they_show(made):
    raised, sign = {"vertAlign": "superscript"}, {"rFont": "Symbol"}
    sheet = made.active
    sheet["B2"] = rich(("10", {}), ("6", raised), (" ton, högst 3 m", {}), ("3", raised))
    sheet["C2"] = rich(("Halt ", {}), ("\uf0b3", sign), (" 5 ", {}), ("m", sign), ("g", {}))
    sheet["B3"], sheet["B3"].font = "ü", Font(name="Wingdings")
    dataset = read(made)
    assert dataset[0][1:3] == ("10⁶ ton, högst 3 m³", "Halt ≥ 5 μg")
    assert dataset[1][1] == "✓"


@pytest.mark.parametrize(
    ("number", "expected"), [(0.0000001, "0,0000001"), (1.25e21, "1,25E+21"), (0.1 + 0.2, "0,3")]
)
def test_a_number_in_a_text_is_written_as_excel_writes_it(made, number, expected):
    made.active["C2"] = number
    assert TEXT.read(read(made)[0][2]) == expected


def test_a_struck_row_of_an_exported_list_is_refused_with_what_to_do(plan, coordinator):
    book = openpyxl.load_workbook(upload(sheet(coordinator)))
    for column in range(1, len(NAMES) + 1):
        book.worksheets[0].cell(2, column).font = Font(strike=True)
    with override("sv"):
        result = ResourceFront(INDICATORS, coordinator).import_data(read(book))
    sentences = [sentence for _row, _column, sentence in result.faults]
    assert {row for row, *_rest in result.faults} == {2}
    assert all("är överstruken" in sentence for sentence in sentences)
    assert any("tar inte bort några rader" in sentence for sentence in sentences)
    assert Indicator.objects.count() == 2


def test_rows_and_columns_that_are_hidden_are_read_and_told(made):
    made.active.append(["SE-03", "Tre", ""])
    made.active.append(["SE-04", "Fyra", ""])
    for row in (2, 3, 5):
        made.active.row_dimensions[row].hidden = True
    made.active.column_dimensions["C"].hidden = True
    made.active.row_dimensions[9].hidden = True
    dataset = read(made)
    assert [row[0] for row in dataset] == ["SE-01", "SE-02", "SE-03", "SE-04"]
    rows, columns = dataset.notices
    assert rows == "3 rader är dolda i Excel och lästes ändå: 2–3, 5."
    assert columns == "Dolda i Excel och lästa ändå: kolumnerna Motiv."


def test_what_is_shown_is_not_told(made):
    made.active.column_dimensions["H"].hidden = True
    assert read(made).notices == []


@pytest.mark.parametrize(
    "above",
    [
        [["Kravlista", "", "Version 2"]],
        [["Kravlista"], ["Ägare", "Region Stockholm"], ["Datum", "2025-01-02"]],
    ],
)
def test_lines_of_two_cells_above_the_headings_are_no_headings(above, made):
    book = openpyxl.Workbook()
    for row in [*above, *made.active.values]:
        book.active.append(row)
    dataset = read(book)
    assert dataset.headers == HEADS
    assert dataset.head_row == len(above) + 1
    assert "Kravlista" in dataset.notices[0]


def test_a_stray_third_value_makes_no_headings():
    book = openpyxl.Workbook()
    for row in (["Kod", "Rubrik"], ["A", "a"], ["B", "b", "obs"], ["C", "c"], ["D", "d"]):
        book.active.append(row)
    dataset = read(book)
    assert (dataset.headers, dataset.head_row) == (["Kod", "Rubrik"], 1)


@pytest.mark.parametrize("cell", ["1.000", "12.500", "−2.000"])
def test_a_text_that_may_be_a_thousand_or_one_is_refused(cell):
    with override("sv"), pytest.raises(ValueError, match="kan vara två tal"):
        NUMBER.read(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1 000", "1000"), ("1000.5", "1000.5"), ("0.125", "0.125"), ("1,5", "1.5")],
)
def test_a_text_that_is_one_number_is_that(cell, number):
    assert str(NUMBER.read(cell)) == number


def test_such_a_number_is_told_with_its_row(plan, coordinator):
    rows = sheet(coordinator)
    rows[0] |= {"kind": _("measure"), "unit": "st", "target": "1.000"}
    with override("sv"):
        ((row, column, sentence),) = bring(coordinator, rows).faults
    assert (row, column) == (2, "Målvärde")
    assert "1000 eller 1" in sentence
