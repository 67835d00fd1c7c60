"""A cell is read as Excel shows it, or is told with its place; and which sheet that is."""

from datetime import date, datetime

import pytest

from actionplan.excel.reading.bounds import SheetFault, SheetRefused
from actionplan.excel.reading.reader import ReadSheet, read_sheet
from actionplan.excel.reading.values import DayText, NumberText, UnreadCell, UnreadReason
from tests.actionplan.excel.books import book, cell, headed, number, rows, text, zipped


def values(sheet: str, **more) -> list[list[object]]:
    return list(read_sheet(book(("Blad", "visible", sheet), **more)).values())


def fault(data: bytes, *names: str) -> SheetRefused:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(data, names)
    return refused.value


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (cell("B2", "e", "#REF!"), "#REFERENS! (#REF!)"),
        (cell("B2", "e", "#N/A"), "#SAKNAS! (#N/A)"),
        (cell("B2", "e", "#SPILL!"), "#SPILL!"),
        (cell("B2", "str", "#SAKNAS!", "A1"), "#SAKNAS! (#N/A)"),
        (text("B2", "#VALUE!"), "#VÄRDEFEL! (#VALUE!)"),
        (number("B2", -1, 1), "####"),
        (number("B2", "NaN"), "NaN"),
        (number("B2", "1e400"), "1e400"),
    ],
)
def test_an_error_is_neither_a_value_nor_emptiness(made, expected):
    unread = values(rows(made), formats=("yyyy-mm-dd",))[1][1]
    assert isinstance(unread, UnreadCell)
    assert (unread, unread.why, unread.address) == (expected, UnreadReason.ERROR, "B2")


@pytest.mark.parametrize("made", ["<f>A1+1</f>", "<f>A1+1</f><v></v>", '<f t="shared" si="0"/>'])
def test_a_formula_that_nobody_has_computed_is_not_emptiness(made):
    unread = values(rows(f'<c r="A1">{made}</c>'))[0][0]
    assert (unread.why, unread.address) == (UnreadReason.NO_VALUE, "A1")


def test_a_formula_that_gives_no_letter_is_an_empty_cell():
    assert values(rows(text("A1", "a"), cell("B1", "str", "", '""'), text("C1", "c"))) == [
        ["a", "", "c"]
    ]


def test_what_a_format_hides_is_told():
    hidden = values(rows(number("A1", 5, 1), text("B1", "x", 1)), formats=(";;;",))[0]
    assert [(unread, unread.why) for unread in hidden] == [
        ("5", UnreadReason.HIDDEN),
        ("x", UnreadReason.HIDDEN),
    ]


@pytest.mark.parametrize(
    ("made", "code", "value"),
    [
        (number("A1", 0.30000000000000004), "", 0.3),
        (number("A1", 3.3000000000000003), "", 3.3),
        (number("A1", "12"), "", 12),
        (number("A1", 12.0), "", 12),
        (number("A1", 0.85, 1), "0%", "85 %"),
        (number("A1", 1234.5, 1), "#,##0.00", "1 234,50"),
        (number("A1", 46000, 1), "yyyy-mm-dd", date(2025, 12, 9)),
        (number("A1", 46000, 1), "d mmm yyyy", "9 dec 2025"),
        (number("A1", 46000, 1), "mmm-yy", "dec-25"),
        (number("A1", 1.5, 1), "[h]:mm:ss", "36:00:00"),
        (cell("A1", "b", "1"), "", "SANT"),
        (cell("A1", "b", "0"), "", "FALSKT"),
        (cell("A1", "d", "2025-12-09"), "", date(2025, 12, 9)),
        (text("A1", "a_x000D_b_xD800_"), "", "a\rb"),
        (text("A1", "0701"), "@", "0701"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(made, code, value):
    assert values(rows(made), formats=(code or "0",)) == [[value]]


def test_a_shown_number_and_day_say_what_they_are():
    number_cell, day = values(
        rows(number("A1", 1.1, 1), number("B1", 46000, 2)), formats=("0.00", "d mmm yyyy")
    )[0]
    assert isinstance(number_cell, NumberText)
    assert (number_cell, number_cell.number) == ("1,10", "1.10")
    assert isinstance(day, DayText)
    assert day.at == datetime(2025, 12, 9)  # noqa: DTZ001  Excel knows no zones


def test_days_may_be_counted_from_1904():
    properties = '<workbookPr date1904="1"/>'
    days = values(rows(number("A1", 1, 1)), formats=("yyyy-mm-dd",), properties=properties)
    assert days == [[date(1904, 1, 2)]]


def test_a_text_in_pieces_is_whole_and_a_reading_beside_it_is_left_out():
    strings = "<si><r><t>två </t></r><r><t>delar</t></r><rPh><t>x</t></rPh></si>"
    assert values(rows(cell("A1", "s", "0")), strings=strings) == [["två delar"]]


def test_merged_cells_show_their_value_in_every_row_that_says_something():
    first, *more = (text(f"A{n}", f"rad {n}") for n in (1, 2, 3))
    sheet = rows(first, text("B1", "samma"), *more, merges="B1:B9 C1:D1")
    assert values(sheet) == [["rad 1", "samma"], ["rad 2", "samma"], ["rad 3", "samma"]]


def test_the_first_visible_sheet_with_content_is_read():
    empty = rows('<c r="A1" s="1"/>')
    data = book(
        ("Diagram", "chart", "<chartsheet/>"),
        ("Listor", "hidden", headed(["fel"])),
        ("Mycket dold", "veryHidden", headed(["fel"])),
        ("Tom", "visible", empty),
        ("Krav", "visible", headed(["rätt"])),
        ("Underlag", "visible", headed(["fel"])),
    )
    sheet = read_sheet(data)
    assert (sheet.name, sheet.rows) == ("Krav", [["rätt"]])


def test_a_sheet_is_found_by_any_of_its_names():
    data = book(("Annat", "visible", headed(["a"])), (" frågor", "visible", headed(["b"])))
    assert read_sheet(data, ["Questions", "Frågor"]).rows == [["b"]]
    assert fault(data, "Svar").fault == SheetFault.NO_SUCH_SHEET


def test_no_content_is_told_as_what_it_is():
    empty, full = rows('<c r="A1"/>'), headed(["a"])
    assert fault(book(("A", "visible", empty))).fault == SheetFault.NO_CONTENT
    hidden = book(("A", "visible", empty), ("B", "hidden", full))
    assert fault(hidden).fault == SheetFault.ONLY_HIDDEN


def test_only_cells_with_a_value_count():
    far = '<c r="A1048576" s="1"/><c r="AMJ3" s="1"/>'
    other = rows(text("A30000", "stort"))
    data = book(("Krav", "visible", rows(text("A1", "a"), far)), ("Stort", "visible", other))
    assert read_sheet(data) == ReadSheet([["a"]], "Krav", 2)


@pytest.mark.parametrize("address", ["A20002", "CW1"])
def test_a_value_too_far_away_is_named(address):
    refused = fault(book(("Underlag", "visible", rows(text("A1", "a"), text(address, "b")))))
    assert (refused.fault, refused.cell, refused.sheet) == (
        SheetFault.TOO_LARGE,
        address,
        "Underlag",
    )


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")


def test_a_part_of_a_workbook_is_a_damaged_one_and_no_other_kind_of_file():
    whole = book(("Krav", "visible", rows(text("A1", "Kod"))))
    for size in (len(whole) // 2, len(whole) - 30):
        assert fault(whole[:size]).fault == SheetFault.DAMAGED
    word = zipped({"word/document.xml": "<a/>" * 100})
    assert fault(word[: len(word) - 30]).fault == SheetFault.WORD


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (ole("EncryptedPackage"), SheetFault.ENCRYPTED),
        (ole("Workbook"), SheetFault.OLD_EXCEL),
        (ole("WordDocument"), SheetFault.WORD),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", SheetFault.OLD_EXCEL),
        (b"Kod;Rubrik\r\nSE-01;a\xe5\r\n", SheetFault.TEXT_FILE),
        ("Kod\tRubrik".encode("utf-16"), SheetFault.TEXT_FILE),
        (b"<html><table><tr><td>1</td></tr></table>", SheetFault.WEB_PAGE),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', SheetFault.WEB_PAGE),
        (b"%PDF-1.7", SheetFault.PDF),
        (b"\x89PNG\r\n\x1a\n\x00", SheetFault.NOT_EXCEL),
        (b"", SheetFault.EMPTY_FILE),
        (zipped({"content.xml": "<a/>", "mimetype": "x"}), SheetFault.OPEN_DOCUMENT),
        (zipped({"xl/workbook.bin": ""}), SheetFault.BINARY_EXCEL),
        (zipped({"word/document.xml": "<a/>"}), SheetFault.WORD),
        (zipped({"ppt/presentation.xml": "<a/>"}), SheetFault.POWERPOINT),
        (zipped({"brev.txt": "hej"}), SheetFault.NOT_EXCEL),
    ],
)
def test_another_kind_of_file_is_named_for_what_it_is(data, kind):
    assert fault(data).fault == kind
