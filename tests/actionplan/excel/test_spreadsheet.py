"""Sheets written and read: text stays text, the same bytes, and no file ends the process."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
import tablib
import xlsxwriter
from python_calamine import CalamineWorkbook

from actionplan.excel.columns import ANSWER, CODE, LINK, Column
from actionplan.excel.columns.cell import CELL_LIMIT
from actionplan.excel.columns.kinds import DATE, NUMBER
from actionplan.excel.formats import SafeCSV, SafeXLSX
from actionplan.excel.reading.bounds import SheetRefused
from actionplan.excel.reading.package import check_workbook
from actionplan.excel.writing.spreadsheet import SMALLEST, SheetDefinition, WorkbookWriter, pieces
from actionplan.processes.uploads import FileRefused

HOSTILE = [
    "=cmd()|' /C calc'!A0",
    "+1",
    "-punkt",
    "@x",
    "\tindragen",
    "rad\nrad",
    "🧪 åäö",
    "'=x",
    "_x0041_",
    "http://exempel.se",
    "007",
]
COLUMNS = [
    Column("text", "Text", 40),
    Column("code", "Kod", 10, CODE),
    Column("number", "Tal", 10, NUMBER, "Ett tal."),
    Column("date", "Datum", 12, DATE),
]


def book_of(rows: list[list], columns: list[Column] = COLUMNS) -> bytes:
    book = WorkbookWriter("En bok")
    book.table(SheetDefinition("Rader", "", columns, rows))
    return book.close()


def read(blob: bytes, sheet: int = 0) -> list[list]:
    content = CalamineWorkbook.from_filelike(io.BytesIO(blob)).get_sheet_by_index(sheet)
    return content.to_python(skip_empty_area=False)


def dataset(values: list[str]) -> tablib.Dataset:
    return tablib.Dataset(*[[value] for value in values], headers=["Text"], title="Text")


def workbook(*cells: tuple[int, int, str]) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet()
    for row, column, value in cells:
        sheet.write(row, column, value)
    made.close()
    return out.getvalue()


def test_hostile_text_is_text_for_every_reader():
    blob = book_of([[text, text, 1, None] for text in HOSTILE])
    assert [row[0] for row in read(blob)[1:]] == HOSTILE
    sheet = openpyxl.load_workbook(io.BytesIO(blob)).active
    for row, text in zip(sheet.iter_rows(min_row=2), HOSTILE, strict=True):
        assert (row[0].data_type, row[1].data_type) == ("s", "s")
        if "_x" not in text:
            assert row[0].value == text


def test_numbers_are_numbers_and_dates_dates():
    moment = datetime(2025, 6, 1, 22, 30, tzinfo=UTC)
    rows = [["a", "1.10", Decimal("12.500"), date(2025, 6, 1)], ["b", 7, None, moment]]
    first, second = read(book_of(rows))[1:]
    assert first == ["a", "1.10", 12.5, date(2025, 6, 1)]
    assert second[1:3] == ["7", ""]
    assert second[3] == datetime(2025, 6, 2, 0, 30)  # noqa: DTZ001  as the clock in Stockholm


def test_a_date_before_excel_is_written_as_text():
    assert read(book_of([["a", "b", 1, date(1899, 1, 1)]]))[1][3] == "1899-01-01"


def test_the_same_rows_give_the_same_bytes():
    rows = [[text, "1", 1, date(2025, 1, 1)] for text in HOSTILE]
    assert book_of(rows) == book_of(rows)


def test_a_sheet_is_a_native_table_ready_to_be_printed():
    book = openpyxl.load_workbook(io.BytesIO(book_of([["a", "b", 1, None]])))
    sheet = book.active
    (table,) = sheet.tables.values()
    assert (table.ref, table.name, sheet.freeze_panes) == ("A1:D2", "tabell_rader", "A2")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$1:$1"
    assert book.properties.title == "En bok"


WIDE = [
    Column("code", "Kod", 9, CODE),
    Column("title", "Rubrik", 24),
    Column("text", "Text", 100),
    Column("proof", "Bevis", 60),
    Column("address", "Adress", 24, LINK),
    Column("met", "Uppfylls", 11, ANSWER),
]


def a_wide_sheet(**fields):
    rows = [["SE-01", "Ett", "=1+1", "", "https://krav.example/1", ""]]
    rows += [["SE-02", "Två", "", "", "ingen adress", "–"]]
    book = WorkbookWriter("En bok")
    book.table(SheetDefinition("Rader", "", WIDE, rows, fixed=2, **fields))
    return openpyxl.load_workbook(io.BytesIO(book.close())).active


def test_a_wide_sheet_is_printed_on_pages_beside_each_other_that_can_be_read():
    sheet = a_wide_sheet()
    assert sheet.freeze_panes == "C2"
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$B", "$1:$1")
    assert sheet.page_setup.orientation == "landscape"
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert SMALLEST <= sheet.page_setup.scale <= 100
    # The first answer begins a page.
    assert [page_break.id for page_break in sheet.col_breaks.brk] == [4, 5]


def test_an_address_is_a_link_and_what_is_none_is_text():
    sheet = a_wide_sheet()
    assert sheet["E2"].hyperlink.target == "https://krav.example/1"
    assert sheet["E2"].value == "https://krav.example/1"
    assert (sheet["E3"].value, sheet["E3"].hyperlink) == ("ingen adress", None)


def test_in_a_protected_sheet_only_what_is_asked_can_be_written():
    sheet = a_wide_sheet(protected=True)
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    locked = {cell.coordinate: cell.protection.locked for row in sheet["A2:F3"] for cell in row}
    assert [at for at, is_locked in locked.items() if not is_locked] == ["F2"]
    assert not a_wide_sheet().protection.sheet


def test_no_rows_still_make_a_table():
    book = openpyxl.load_workbook(io.BytesIO(book_of([])))
    assert [table.ref for table in book.active.tables.values()] == ["A1:D2"]


def test_names_of_sheets_are_made_safe_and_kept_apart():
    book = WorkbookWriter("x")
    for name in ("Mål: [1/2]?", "mål: [1/2]?", "'", "x" * 60):
        book.table(SheetDefinition(name, "", COLUMNS[:1], []))
    names = openpyxl.load_workbook(io.BytesIO(book.close())).sheetnames
    assert names == ["Mål   1 2", "mål   1 2 2", "-", "x" * 24]


def test_text_too_long_for_a_cell_goes_on_in_the_next_row():
    long = "ord " * 12_000 + "🧪" * 20_000
    rows = read(book_of([[long, "1", 5, None], ["sist", "2", 6, None]]))[1:]
    assert len(rows) > 3
    assert {row[2] for row in rows[:-1]} == {5}
    parts = [row[0].split("\n[")[0] for row in rows[:-1]]
    assert "".join(parts) == long
    assert rows[-1][0] == "sist"
    assert all(len(part.encode("utf-16-le")) // 2 <= CELL_LIMIT for part in parts)


def test_a_text_that_just_fits_is_not_cut():
    assert pieces("x" * CELL_LIMIT) == ["x" * CELL_LIMIT]
    assert len(pieces("x" * (CELL_LIMIT + 1))) == 3


def test_text_that_xml_cannot_hold_does_not_break_the_file():
    book = book_of([["a\x00b\ud800c\ufffe\r\nd", "", 1, None]])
    assert read(book)[1][0] == "a b c \nd"


@pytest.mark.parametrize("form", [SafeXLSX(), SafeCSV()])
def test_what_is_exported_is_read_back(form):
    again = form.create_dataset(form.export_data(dataset(HOSTILE)))
    assert again.headers == ["Text"]
    assert [row[0] for row in again] == HOSTILE


def test_csv_is_what_swedish_excel_opens():
    rows = tablib.Dataset(["=1+1", Decimal("-2.50"), "a;b"], headers=["a", "b", "c"])
    assert SafeCSV().export_data(rows) == '\ufeffa;b;c\r\n\'=1+1;-2,50;"a;b"\r\n'


def test_a_formula_is_read_as_its_value():
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet()
    sheet.write(0, 0, "Text")
    sheet.write_formula(1, 0, "=1+1", value=2)
    made.close()
    assert list(SafeXLSX().create_dataset(out.getvalue())) == [(2,)]


def test_empty_rows_in_between_stay_so_that_row_numbers_agree():
    blob = workbook((0, 0, "Text"), (2, 0, "a"), (4, 1, " "))
    assert [row[0] for row in SafeXLSX().create_dataset(blob)] == ["", "a"]


def test_exported_columns_are_explained_on_a_second_sheet():
    rows = tablib.Dataset([1], headers=["Tal"], title="Tal")
    rows.columns = COLUMNS[2:3]
    assert ["Tal", "Ett tal."] in read(SafeXLSX().export_data(rows), sheet=1)


@pytest.mark.parametrize(
    "blob",
    [
        pytest.param(None, id="gone from the cache"),
        pytest.param(b"", id="empty"),
        pytest.param(b"hej", id="text"),
        pytest.param(b"PK\x03\x04 not really", id="almost a zip"),
        pytest.param(workbook((0, 0, "Text"))[:-300], id="cut off"),
        pytest.param(workbook(), id="no head"),
        pytest.param(workbook((0, 0, "a"), (20_001, 0, "b")), id="too many rows"),
        pytest.param(workbook((0, 0, "a"), (0, 100, "b")), id="too many columns"),
        # Two cells: a reader that makes room for all between them would ask for 17 thousand
        # million.
        pytest.param(workbook((0, 0, "a"), (1_048_575, 16_383, "b")), id="far apart"),
    ],
)
def test_a_file_that_is_not_read_says_why(blob):
    with pytest.raises(FileRefused, match=r"\w"):
        SafeXLSX().create_dataset(blob)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"xl/workbook.xml": bytes(60 * 1024 * 1024)}, id="bomb"),
        pytest.param({"xl/workbook.xml": bytes(5 * 1024 * 1024)}, id="ratio"),
        pytest.param({"xl/workbook.xml": b"", **{f"{n}": b"" for n in range(2001)}}, id="parts"),
        pytest.param({"xl/workbook.xml": b"", "content.xml": b""}, id="an ods inside"),
        pytest.param({"word/document.xml": b""}, id="a Word file"),
    ],
)
def test_a_dangerous_package_is_refused_before_it_is_unpacked(parts):
    with pytest.raises(SheetRefused):
        check_workbook(zipped(parts))


def test_a_damaged_sheet_is_refused():
    blob = workbook((0, 0, "Text"), (1, 0, "a"))
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"][:200]
    with pytest.raises(FileRefused):
        SafeXLSX().create_dataset(zipped(parts))


def test_damaged_csv_is_refused():
    with pytest.raises(FileRefused):
        SafeCSV().create_dataset(b"\xff\xfe\x00")
    with pytest.raises(FileRefused):
        SafeCSV().create_dataset("a\r\n" + "b\r\n" * 20_001)
