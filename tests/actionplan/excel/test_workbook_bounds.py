"""A workbook that is larger than anybody needs, or damaged, is refused with the reason."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from actionplan.excel.reading.bounds import (
    FARTHEST,
    LONGEST_TEXT,
    MOST_CHARACTERS,
    MOST_MERGES,
    MOST_SHEETS,
    MOST_STRINGS,
    SheetFault,
    SheetRefused,
)
from actionplan.excel.reading.formats.number_formats import LONGEST
from actionplan.excel.reading.package import MOST_PARTS, MOST_UNPACKED
from actionplan.excel.reading.reader import read_sheet
from tests.actionplan.excel.books import X, book, cell, number, rows, text
from tests.hostile.zips import packed, parts_of

PLAIN = ("Blad", "visible", rows(text("A1", "a")))
SHEET = "xl/sheets/s1.xml"
MERGES = " ".join(f"A{at}:B{at}" for at in range(1, MOST_MERGES + 2))
Change = Callable[[dict[str, bytes]], dict[str, bytes]]


def noise(length: int) -> bytes:
    """Bytes that hardly pack."""
    return random.Random(1).randbytes(length)  # noqa: S311 - the same every time


def refused(data: bytes) -> SheetFault:
    with pytest.raises(SheetRefused) as caught:
        read_sheet(data)
    return caught.value.fault


def refused_sheet(xml: str, **more) -> SheetFault:
    return refused(book(("Blad", "visible", xml), **more))


def at_row(position: object) -> str:
    row = f'<row r="{position}"><c t="inlineStr"><is><t>a</t></is></c></row>'
    return f"<worksheet {X}><sheetData>{row}</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("position", "fault"),
    [
        (FARTHEST + 1, SheetFault.TOO_LARGE),
        ("1000000000", SheetFault.DAMAGED),
        ("-1", SheetFault.DAMAGED),
        ("en", SheetFault.DAMAGED),
    ],
)
def test_a_row_says_a_number_that_a_sheet_can_have(position, fault):
    assert read_sheet(book(("Blad", "visible", at_row(2)))).values()
    assert refused_sheet(at_row(position)) == fault


@pytest.mark.parametrize(
    ("strings", "fault"),
    [
        ("<si><t>a</t></si>", SheetFault.DAMAGED),
        (f"<si><t>{'a' * (LONGEST_TEXT + 1)}</t></si>", SheetFault.TEXT_TOO_LONG),
    ],
)
def test_a_text_is_there_and_no_longer_than_excel_takes(strings, fault):
    assert refused_sheet(rows(cell("A1", "s", "1")), strings=strings) == fault


def test_texts_that_are_told_again_and_again_count_each_time():
    long = "".join(random.Random(1).choices("abcdefghij", k=LONGEST_TEXT))  # noqa: S311
    addresses = [f"A{at}" for at in range(1, MOST_CHARACTERS // LONGEST_TEXT + 2)]
    cells = "".join(f"<row>{cell(address, 's', '0')}</row>" for address in addresses)
    sheet = f"<worksheet {X}><sheetData>{cells}</sheetData></worksheet>"
    assert refused_sheet(sheet, strings=f"<si><t>{long}</t></si>") == SheetFault.TOO_MANY_CELLS


@pytest.mark.parametrize(
    ("sheet", "fault"),
    [
        (rows(text("A1", "a" * (LONGEST_TEXT + 1))), SheetFault.TEXT_TOO_LONG),
        (rows(text("AAAA1", "a")), SheetFault.DAMAGED),
        (rows(text("A1", "a"), merges=MERGES), SheetFault.TOO_MANY_CELLS),
    ],
)
def test_a_sheet_holds_no_more_than_is_read(sheet, fault):
    assert refused_sheet(sheet) == fault


def test_a_format_that_excel_would_not_open_is_damage():
    code = "0" * (LONGEST + 1)
    assert refused_sheet(rows(number("A1", 5, 1)), formats=(code,)) == SheetFault.DAMAGED


def test_a_workbook_has_no_more_sheets_than_anybody_makes():
    assert refused(book(*[PLAIN] * (MOST_SHEETS + 1))) == SheetFault.DAMAGED


def strings_that_say(count: int) -> Change:
    sst = f'<sst {X} count="{count}"><si><t>a</t></si></sst>'
    return lambda parts: parts | {"xl/sharedStrings.xml": sst.encode()}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param(
            lambda parts: parts | {f"x/{at}": b"" for at in range(MOST_PARTS + 1)},
            SheetFault.UNPACKS_TOO_LARGE,
            id="many parts",
        ),
        pytest.param(
            lambda parts: parts | {"x": bytes(MOST_UNPACKED), "y": noise(1 << 20)},
            SheetFault.UNPACKS_TOO_LARGE,
            id="much in all",
        ),
        pytest.param(
            lambda parts: parts | {"x": bytes(10 << 20)},
            SheetFault.UNPACKS_TOO_LARGE,
            id="much out of little",
        ),
        pytest.param(
            lambda parts: parts | {SHEET.upper(): parts[SHEET]}, SheetFault.DAMAGED, id="twice"
        ),
        pytest.param(
            lambda parts: {name: part for name, part in parts.items() if name != SHEET},
            SheetFault.DAMAGED,
            id="no sheet",
        ),
        pytest.param(strings_that_say(MOST_STRINGS + 1), SheetFault.TOO_LARGE, id="many texts"),
    ],
)
def test_a_package_is_bounded_and_whole(change, fault):
    parts = parts_of(book(PLAIN, strings="<si><t>a</t></si>"))
    assert read_sheet(packed(dict(parts))).values()
    assert refused(packed(change(dict(parts)))) == fault


def test_a_directory_of_many_entries_is_refused_before_it_is_read():
    entries = b"PK\x01\x02" * (2 * MOST_PARTS + 1)
    data = book(PLAIN).replace(b"PK\x05\x06", entries + b"PK\x05\x06", 1)
    assert refused(data) == SheetFault.UNPACKS_TOO_LARGE


def test_a_part_with_another_checksum_is_damage():
    stored = packed(parts_of(book(PLAIN)), zipfile.ZIP_STORED)
    assert refused(stored.replace(b"<t>a</t>", b"<t>b</t>", 1)) == SheetFault.DAMAGED


def test_a_way_of_packing_that_excel_does_not_use_is_refused():
    assert refused(packed(parts_of(book(PLAIN)), zipfile.ZIP_LZMA)) == SheetFault.DAMAGED


def test_a_part_that_needs_a_password_is_told():
    data = bytearray(book(PLAIN))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (info, *_rest) = archive.infolist()
    at = data.index(b"PK\x01\x02")
    assert data[at + 8] == info.flag_bits & 0xFF
    data[at + 8] |= 1
    assert refused(bytes(data)) == SheetFault.ENCRYPTED
