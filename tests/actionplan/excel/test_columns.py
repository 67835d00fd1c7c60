"""One language of columns: what a kind shows of a value, it reads again; writers take any kind."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from actionplan.excel.columns import (
    ANSWER,
    CODE,
    LINK,
    PARAGRAPHS,
    TEXT,
    Column,
    ColumnKind,
    ShareKind,
)
from actionplan.excel.columns.kinds import DATE, NUMBER, WHOLE, YES_NO, ChoiceKind
from actionplan.excel.streaming import LinesSheet, NativeTable, StreamReport, WorkbookStream
from actionplan.excel.writing import spreadsheet
from actionplan.excel.writing.sheet_writing import xlsx_pieces

CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def front(_report: StreamReport) -> LinesSheet:
    return LinesSheet("-", [9])


class Step(models.TextChoices):
    FIRST = "first", _("yes")
    LAST = "last", _("no")


VALUES = {
    TEXT: "=1+1",
    PARAGRAPHS: "ett\n\ntvå",
    CODE: "1.10",
    NUMBER: Decimal("2.5"),
    WHOLE: 17,
    DATE: date(2026, 3, 1),
    ChoiceKind(Step): "last",
}


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_kind_reads_what_it_shows(kind: ColumnKind, language: str) -> None:
    with override(language):
        form = kind.show(VALUES[kind])
    assert kind.read(form) == VALUES[kind]


def test_a_choice_is_called_by_its_name_and_yes_is_yes() -> None:
    with override("sv"):
        assert ChoiceKind(Step).names() == {"first": "ja", "last": "nej"}
        assert YES_NO.names() == {True: "ja", False: "nej"}
    assert TEXT.names() is None


def test_a_choice_that_nobody_has_is_refused_with_those_there_are() -> None:
    with override("sv"), pytest.raises(ValueError, match=r"kanske.*ja, nej"):
        ChoiceKind(Step).read("kanske")


def test_a_column_of_shown_values_keeps_its_look_and_offers_what_it_is_told() -> None:
    column = Column("step", "Steg", 12, ChoiceKind(Step), "Hjälp").for_reading(
        offers=("ja", "nej")
    )
    assert (column.kind.look, column.kind.offers, column.kind.names()) == (
        "text",
        ("ja", "nej"),
        None,
    )
    assert (column.name, column.label, column.width, column.help) == ("step", "Steg", 12, "Hjälp")


def test_all_writers_take_the_same_columns() -> None:
    kinds = {"text": TEXT, "code": CODE, "day": DATE, "link": LINK, "answer": ANSWER}
    columns = [Column(name, name, 16, kind) for name, kind in kinds.items()]
    row = ["Å", "1.10", date(2026, 3, 1), "https://example.se", "x"]
    book = spreadsheet.WorkbookWriter("Bok")
    book.table(spreadsheet.SheetDefinition("Blad", "", columns, [row]))
    tidy = WorkbookStream("Bok", created=CREATED).stream(
        [NativeTable("Blad", columns, [row])], front=front
    )
    for data in (book.close(), b"".join(xlsx_pieces("Blad", columns, [row])), b"".join(tidy)):
        sheet = openpyxl.load_workbook(BytesIO(data))["Blad"]
        assert [cell.value for cell in sheet[1]] == list(kinds)
        values = [cell.value for cell in sheet[2]]
        assert [values[2].date() if at == 2 else value for at, value in enumerate(values)] == row


def test_a_share_names_its_numerator_and_its_denominator() -> None:
    columns = [
        Column("part", "Del", 9, WHOLE),
        Column("whole", "Helhet", 9, WHOLE),
        Column("share", "Andel", 9, ShareKind("part", "whole")),
    ]
    tidy = WorkbookStream("Bok", created=CREATED).stream(
        [NativeTable("Blad", columns, [(1, 4)])], front=front
    )
    sheet = openpyxl.load_workbook(BytesIO(b"".join(tidy)))["Blad"]
    assert [cell.value for cell in sheet[2]] == [1, 4, 0.25]
