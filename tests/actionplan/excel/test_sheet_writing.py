"""Lists leave as files while their rows are read: dressed to be edited, and few at once."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from actionplan.admin.sheets import INDICATORS
from actionplan.excel.columns import CODE, Column, ColumnKind
from actionplan.excel.columns.cell import CELL_LIMIT
from actionplan.excel.columns.kinds import DATE, NUMBER
from actionplan.excel.front import ResourceFront
from actionplan.excel.lists.stored_rows import StoredRows
from actionplan.excel.writing.sheet_writing import csv_pieces, xlsx_pieces
from actionplan.models import Indicator
from actionplan.processes import streamed_files
from actionplan.processes.heavy_work import WorkPlaces

COLUMNS = [
    Column("text", "Text", 40),
    Column("code", "Kod", 10, CODE, "Så som köpare anger den."),
    Column("number", "Tal", 10, NUMBER),
    Column("date", "Dag", 12, DATE),
    Column("choice", "Typ", 12, ColumnKind(offers=("Risk", "Möjlighet"))),
]
MOMENT = datetime(2025, 6, 1, 22, 30, tzinfo=UTC)
ROWS = [
    ["=1+1", "1.10", Decimal("12.500"), date(2025, 6, 1), "Risk"],
    ["b", None, None, MOMENT, ""],
]


def made(rows: list[list], columns: list[Column] = COLUMNS) -> bytes:
    return b"".join(xlsx_pieces("Rader & mål", columns, rows))


def read(data: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_a_sheet_says_what_its_rows_do():
    first, second = read(made(ROWS))[1:]
    assert first == ["=1+1", "1.10", 12.5, date(2025, 6, 1), "Risk"]
    # As the clock in Stockholm.
    assert second == ["b", "", "", datetime(2025, 6, 2, 0, 30), ""]  # noqa: DTZ001


def test_a_sheet_is_a_native_table_dressed_to_be_edited():
    book = openpyxl.load_workbook(io.BytesIO(made(ROWS)))
    sheet = book.worksheets[0]
    (table,) = sheet.tables.values()
    assert (table.ref, sheet.freeze_panes) == ("A1:E3", "A2")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    assert sheet.oddFooter.left.text == "Rader && mål"
    assert sheet["A2"].alignment.wrap_text
    assert {sheet[place].alignment.vertical for place in ("A2", "B2", "C2", "D2", "A3")} == {"top"}
    # What is typed into an empty cell of codes stays text, too.
    assert sheet["B2"].number_format == sheet["B3"].number_format == "@"
    assert sheet["D3"].number_format == "yyyy\\-mm\\-dd\\ hh:mm"
    (offer,) = sheet.data_validations.dataValidation
    assert (str(offer.sqref), offer.formula1) == ("E2:E3", '"Risk,Möjlighet"')


def test_what_the_columns_mean_stands_on_a_second_sheet():
    book = openpyxl.load_workbook(io.BytesIO(made(ROWS)))
    assert book.sheetnames == ["Rader & mål", "Läs mig"]
    assert ("Kod", "Så som köpare anger den.") in book["Läs mig"].values
    plain = made([["a"]], COLUMNS[:1])
    assert openpyxl.load_workbook(io.BytesIO(plain)).sheetnames == ["Rader & mål"]


def test_a_text_too_long_for_a_cell_goes_on_in_the_next_row():
    long = "ord " * 12_000 + "🧪" * 20_000
    rows = read(made([[long, "1", 5, None, ""], ["sist", "2", 6, None, ""]]))[1:]
    parts = [row[0].split("\n[")[0] for row in rows[:-1]]
    assert "".join(parts) == long
    assert all(len(part.encode("utf-16-le")) // 2 <= CELL_LIMIT for part in parts)
    assert (rows[-1][0], {row[2] for row in rows[:-1]}) == ("sist", {5})


@pytest.mark.parametrize("pieces", [xlsx_pieces, csv_pieces])
def test_the_first_bytes_leave_before_most_rows_are_read(pieces):
    taken = 0

    def rows() -> Iterator[list]:
        nonlocal taken
        for taken in range(50_000):
            yield [f"rad {taken}"]

    stream = pieces("Rader", COLUMNS[:1], rows())
    sent = sum(len(next(stream)) for _piece in range(3))
    assert sent > 0
    assert taken < 5_000


def test_csv_is_what_swedish_excel_opens():
    data = b"".join(csv_pieces("Rader", COLUMNS, ROWS))
    lines = data.decode().split("\r\n")
    assert lines[0] == "\ufeffText;Kod;Tal;Dag;Typ"
    assert lines[1] == "'=1+1;1.10;12,500;2025-06-01;Risk"
    assert lines[2] == "b;;;2025-06-02 00:30;"


@pytest.fixture
def export(plan, as_persona):
    """Ask for a list of indicators as a file."""
    address = reverse("admin:actionplan_indicator_export")
    client = as_persona("analyst")
    return lambda form="0": client.post(address, {"format": form, "resource": "0"})


@pytest.mark.parametrize("form", ["0", "1"])
def test_a_list_as_a_file_is_made_while_it_is_sent(export, form):
    response = export(form)
    with CaptureQueriesContext(connection) as captured:
        body = response.getvalue()
    assert len(captured) == 1
    assert "Uppföljning" in body.decode() if form == "1" else read(body)


def test_headings_and_names_are_in_the_visitor_s_language_to_the_last_row(plan, as_persona):
    client = as_persona("analyst")
    client.cookies["django_language"] = "en"
    address = reverse("admin:actionplan_indicator_export")
    response = client.post(address, {"format": "1", "resource": "0"})
    assert "Indicator no." in response.getvalue().decode()


def test_few_are_made_at_once_and_the_next_one_is_asked_to_come_again(
    export, monkeypatch, break_off
):
    monkeypatch.setattr(streamed_files, "EXPORTS", WorkPlaces(1))
    first = export()
    busy = export()
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "10")
    assert "Försök igen om en stund" in busy.content.decode()
    assert first.getvalue()
    # Read to its end, it gives its place back; and so does one that is broken off.
    second = export()
    assert second.status_code == 200
    break_off(second)
    assert export().status_code == 200


def test_the_control_code_of_a_file_is_the_one_that_an_import_asks_for(plan, coordinator):
    rows = {row[0]: row[-1] for row in ResourceFront(INDICATORS, coordinator).export()}
    stored = StoredRows(INDICATORS)
    stored_rows = list(stored.with_values(Indicator.objects.all()))
    codes = {
        pk: stored.fingerprint(pk, stored.as_read(values)) for pk, _owner, values in stored_rows
    }
    assert rows == codes != {}
