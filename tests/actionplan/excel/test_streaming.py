"""Our own writer of large workbooks, read back by three programs that are not ours."""

import math
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from actionplan.excel.columns import Column, ShareKind
from actionplan.excel.columns.cell import CELL_LIMIT
from actionplan.excel.columns.kinds import DATE, NUMBER, ChoiceKind
from actionplan.excel.streaming import (
    BarChart,
    LinesSheet,
    NativeTable,
    PageLine,
    Series,
    StreamReport,
    WorkbookStream,
)
from actionplan.excel.streaming.cells import TITLE
from actionplan.text import CONTROL


class Severity(models.TextChoices):
    MAJOR = "major", "större"


COLUMNS = [
    Column("text", "Text"),
    Column("done", "Gjorda", 16, NUMBER),
    Column("planned", "Planerade", 16, NUMBER),
    Column("share", "Andel", 16, ShareKind("done", "planned")),
    Column("day", "Dag", 16, DATE),
    Column("severity", "Allvar", 16, ChoiceKind(Severity)),
]
ROWS = [
    ("=1+1", 1, 4, date(2026, 3, 1), "major"),
    ("<Å & ä>", 0, 0, None, None),
    (None, Decimal("2.5"), None, date(1850, 1, 1), "okänd"),
]
CHART = BarChart("Avvikelser", ["större", "mindre & få"], [Series("öppna", [3, 4])])
HOSTILE = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "_x0041_", "]]>", "\x00"]


def pieces(
    *tables: NativeTable, max_rows: int = 1_048_576, charts: bool = False
) -> Iterator[bytes]:
    def front(report: StreamReport) -> LinesSheet:
        cuts = [PageLine([f"{at}", times]) for at, times in report.cuts.items()]
        rows = [PageLine([name, rows]) for name, rows in report.rows.items()]
        return LinesSheet("Läs mig", [30, 90], [*rows, *cuts])

    book = WorkbookStream(
        "Prov & test", created=datetime(2026, 1, 1, tzinfo=UTC), max_rows=max_rows
    )
    make = ("Diagram", lambda: [CHART, CHART]) if charts else None
    return book.stream(tables, front=front, charts=make)


def made(*tables: NativeTable, **options) -> bytes:
    return b"".join(pieces(*tables, **options))


def read(data: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(sheet).to_python()


def test_values_are_read_back_as_what_they_are() -> None:
    head, first, second, third = read(made(NativeTable("Blad", COLUMNS, ROWS)), "Blad")
    assert head == ["Text", "Gjorda", "Planerade", "Andel", "Dag", "Allvar"]
    assert first == ["=1+1", 1, 4, 0.25, date(2026, 3, 1), "större"]
    assert second == ["<Å & ä>", 0, 0, "", "", ""]
    assert third == ["", 2.5, "", "", "1850-01-01", "okänd"]


def test_a_long_line_of_a_page_has_room_for_what_wraps() -> None:
    sheet = NativeTable("Blad", COLUMNS, ROWS)
    lines = [
        PageLine(["Kort", "ord"]),
        PageLine(["Långt", "ord " * 60]),
        PageLine(["Rubrik " * 9], TITLE),
    ]
    book = WorkbookStream("Prov", created=datetime(2026, 1, 1, tzinfo=UTC))
    stream = book.stream([sheet], front=lambda _report: LinesSheet("Läs mig", [30, 90], lines))
    rows = openpyxl.load_workbook(BytesIO(b"".join(stream)))["Läs mig"].row_dimensions
    assert [rows[number].height for number in (1, 2, 3)] == [None, 45, None]


def test_openpyxl_sees_native_tables_frozen_heads_and_dates() -> None:
    book = openpyxl.load_workbook(
        BytesIO(made(NativeTable("Krav×Risk", COLUMNS, ROWS), charts=True))
    )
    sheet = book["Krav×Risk"]
    table = sheet.tables["tabell_Krav_Risk"]
    assert (table.ref, table.autoFilter.ref) == ("A1:F4", "A1:F4")
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet["E2"].is_date
    assert sheet["D2"].number_format == "0.0\\ %"
    assert sheet["A2"].data_type == "s"
    assert sheet.print_title_rows == "$1:$1"
    assert len(book["Diagram"]._charts) == 2
    assert book.sheetnames == ["Läs mig", "Diagram", "Krav×Risk"]


def test_an_empty_table_has_a_blank_row_below_its_head() -> None:
    book = openpyxl.load_workbook(BytesIO(made(NativeTable("Tom", COLUMNS, []))))
    assert book["Tom"].tables["tabell_Tom"].ref == "A1:F2"


def test_sheets_and_headings_that_are_alike_are_told_apart() -> None:
    columns = [Column("Namn", "Namn"), Column("namn", "namn"), Column(" ", " ")]
    data = made(
        NativeTable("A/B", columns, []),
        NativeTable("a b", columns, []),
        NativeTable("x" * 40, columns, []),
    )
    book = openpyxl.load_workbook(BytesIO(data))
    assert book.sheetnames == ["Läs mig", "A B", "a b 2", "x" * 31]
    assert [cell.value for cell in book["A B"][1]] == ["Namn", "namn 2", "3"]


def test_a_text_that_is_too_long_is_cut_and_told() -> None:
    long, longest = "å🙂" * 20_000, "x" * CELL_LIMIT
    data = made(NativeTable("Blad", [Column("Text", "Text")], [(long,), (longest,)]))
    (cut,), (kept,) = read(data, "Blad")[1:]
    assert cut.endswith("…")
    assert len(cut.encode("utf-16-le")) // 2 in (CELL_LIMIT, CELL_LIMIT - 1)
    assert long.startswith(cut[:-1])
    assert kept == longest
    assert ["('Blad', 'Text')", 1] in read(data, "Läs mig")


def test_every_text_that_is_cut_is_counted_and_equal_values_keep_their_kind() -> None:
    long = "x" * (CELL_LIMIT + 1)
    rows = [(long, 1), (long, True), (long, "1"), (long, None), (long, "1"), (long, 1.0)]
    data = made(NativeTable("Blad", [Column("Lång", "Lång"), Column("Kort", "Kort")], rows))
    assert ["('Blad', 'Lång')", 6] in read(data, "Läs mig")
    assert [row[1] for row in read(data, "Blad")[1:]] == ["1", "True", "1", "", "1", "1.0"]


def test_more_dates_than_are_remembered_are_all_written() -> None:
    days = [date.fromordinal(date(1990, 1, 1).toordinal() + at) for at in range(6000)]
    data = made(
        NativeTable(
            "Blad", [Column("Dag", "Dag", 16, DATE)], [(day,) for day in [*days, None, days[0]]]
        )
    )
    assert read(data, "Blad")[1:] == [[day] for day in [*days, "", days[0]]]


def test_rows_beyond_the_last_of_a_sheet_go_on_in_the_next() -> None:
    rows = [(at,) for at in range(10)]
    data = made(NativeTable("Blad", [Column("Nr", "Nr", 16, NUMBER)], rows), max_rows=5)
    sheets = [read(data, name)[1:] for name in ("Blad", "Blad 2", "Blad 3")]
    assert [row for sheet in sheets for row in sheet] == [[at] for at in range(10)]
    assert read(data, "Läs mig") == [["Blad", 10]]


def test_the_first_bytes_leave_before_most_rows_are_read() -> None:
    taken = 0

    def rows() -> Iterator[tuple[str]]:
        nonlocal taken
        for at in range(100_000):
            taken = at
            yield (f"rad {at}",)

    stream = pieces(NativeTable("Blad", [Column("Text", "Text")], rows()))
    sent = sum(len(next(stream)) for _piece in range(3))
    assert sent > 0
    assert taken < 5_000


def test_the_same_rows_give_the_same_bytes() -> None:
    table = NativeTable("Blad", COLUMNS, ROWS)
    assert made(table, charts=True) == made(table, charts=True)


def test_the_zip_is_whole_and_every_part_is_declared() -> None:
    with zipfile.ZipFile(BytesIO(made(NativeTable("Blad", COLUMNS, ROWS), charts=True))) as whole:
        assert whole.testzip() is None
        names = set(whole.namelist())
        declared = re.findall('PartName="/([^"]+)"', whole.read("[Content_Types].xml").decode())
    undeclared = {name for name in names if not name.endswith(".rels")} - set(declared)
    assert undeclared == {"[Content_Types].xml"}
    assert set(declared) <= names


@pytest.mark.parametrize("value", [math.nan, math.inf, Decimal("NaN"), 10**15, -(10**400), "x"])
def test_a_number_that_excel_does_not_hold_is_text(value) -> None:
    data = made(NativeTable("Blad", [Column("Tal", "Tal", 16, NUMBER)], [(value,)]))
    assert read(data, "Blad")[1] == [str(value)]


texts = st.lists(st.text(max_size=40) | st.sampled_from(HOSTILE), min_size=1, max_size=20)


@settings(deadline=None)
@given(texts)
def test_any_text_comes_back(given_texts) -> None:
    data = made(
        NativeTable(
            "Blad",
            [Column("Nr", "Nr", 16, NUMBER), Column("Text", "Text")],
            enumerate(given_texts),
        )
    )
    wanted = [CONTROL.sub(" ", re.sub("\r\n?", "\n", text)) for text in given_texts]
    assert [row[1] for row in read(data, "Blad")[1:]] == wanted
    sheet = openpyxl.load_workbook(BytesIO(data))["Blad"]
    # This reader leaves Excel's own escape as it stands in the file.
    rows = [(row[1] or "").replace("_x005F_", "_") for row in sheet.values][1:]
    assert rows == [text.replace("_x005F_", "_") for text in wanted]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_reads_it(tmp_path: Path) -> None:
    (tmp_path / "blad.xlsx").write_bytes(made(NativeTable("Blad", COLUMNS, ROWS), charts=True))
    # The third sheet, as text with semicolons.
    options = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,3"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"]
    subprocess.run(
        [*command, "--convert-to", options, "--outdir", str(tmp_path), "blad.xlsx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    (file,) = tmp_path.glob("*.csv")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Text;Gjorda;Planerade;Andel;Dag;Allvar"
    assert lines[1].startswith("=1+1;1;4;25")
    assert lines[1].endswith(";2026-03-01;större")
    assert lines[2] == "<Å & ä>;0;0;;;"
