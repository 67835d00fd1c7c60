"""The formats of import and export in the admin: read safely, written with care.

Only Excel comes in; Excel and CSV go out.
"""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from io import StringIO
from typing import Any, Final

import tablib
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from import_export.formats import base_formats

from actionplan import uploads
from actionplan.excel.bounds import (
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_ROWS,
    SheetFault,
    SheetRefused,
)
from actionplan.excel.reading import read_sheet
from actionplan.spreadsheet import Book, Column, cell_text, local
from actionplan.uploads import FileRefused

RISKY: Final = re.compile(r"'*[=+\-@\t\r]")
ESCAPED: Final = re.compile(r"'+[=+\-@\t\r]")


SENTENCES: Final = {
    SheetFault.NOT_EXCEL: _("This is not an Excel file (.xlsx)."),
    SheetFault.UNPACKS_TOO_LARGE: _("The file is too large when it is unpacked."),
    SheetFault.DAMAGED: _("The file is damaged and could not be read."),
    SheetFault.TOO_LARGE: _("A sheet has at most %(rows)s rows and %(columns)s columns."),
    SheetFault.TOO_MANY_CELLS: _(
        "The sheet has more cells or text than can be read at once. Split it over several files."
    ),
    SheetFault.TEXT_TOO_LONG: _("A cell has at most %(characters)s characters."),
    SheetFault.NO_SUCH_SHEET: _("The file has no such sheet."),
}
LIMITS: Final = {"rows": MOST_ROWS, "columns": MOST_COLUMNS, "characters": LONGEST_TEXT}


def sentence(fault: SheetFault) -> str:
    """Why a workbook is not read, in the user's language."""
    return str(SENTENCES[fault]) % LIMITS


def _dataset(rows: Iterator[list[Any]]) -> tablib.Dataset:
    head = [cell_text(value).strip() for value in next(rows, [])]
    while head and not head[-1]:
        head.pop()
    if not head:
        raise FileRefused(gettext("The first sheet is empty."))
    found: list[list[Any]] = []
    for row in rows:
        if len(found) >= MOST_ROWS or len(head) > MOST_COLUMNS:
            raise FileRefused(sentence(SheetFault.TOO_LARGE))
        found.append((row + [""] * len(head))[: len(head)])
    # Empty rows in between stay, so that a fault is told with the row number that Excel shows.
    while found and not any(value not in ("", None) for value in found[-1]):
        found.pop()
    return tablib.Dataset(*found, headers=head)


class SafeXLSX(base_formats.Format):
    """Excel files: checked before they are read, written as native tables."""

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding

    def get_title(self) -> str:
        return "Excel (.xlsx)"

    def get_extension(self) -> str:
        return "xlsx"

    def get_content_type(self) -> str:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes | None) -> tablib.Dataset:
        """The first sheet: whole numbers as int, dates as dates, formulas as their values."""
        if not in_stream:
            raise FileRefused(gettext("The file is no longer here. Upload it again."))
        try:
            sheet = uploads.read(read_sheet, in_stream, raises=(SheetRefused,))
        except SheetRefused as refused:
            raise FileRefused(sentence(refused.fault)) from refused
        return _dataset(sheet.values())

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """The rows as a native table, and a sheet that tells what the columns mean."""
        columns = getattr(dataset, "columns", None) or [
            Column(str(heading), heading) for heading in dataset.headers or ["-"]
        ]
        title = dataset.title or gettext("Data")
        book = Book(title)
        book.table(title, columns, list(dataset))
        if any(column.help for column in columns):
            read_me = book.sheet(gettext("Read me"), [30, 90])
            book.write(read_me, 0, 0, book.title, "title")
            book.explain(read_me, 2, columns)
        return book.close()


# import-export keeps numbers as numbers only for formats listed by exact type.
base_formats.BINARY_FORMATS.append(SafeXLSX)


class SafeCSV(SafeXLSX):
    """CSV as Swedish Excel opens it, with an apostrophe before what it would run as a formula."""

    def get_title(self) -> str:
        return _("Text with semicolons (.csv)")

    def get_extension(self) -> str:
        return "csv"

    def get_content_type(self) -> str:
        return "text/csv; charset=utf-8"

    def is_binary(self) -> bool:
        return False

    def get_read_mode(self) -> str:
        return "r"

    def create_dataset(self, in_stream: str | bytes | None) -> tablib.Dataset:  # type: ignore[override]
        """The rows as text, apostrophes of ours taken away again."""
        try:
            text = in_stream.decode("utf-8-sig") if isinstance(in_stream, bytes) else in_stream
            reader = csv.reader(StringIO((text or "").removeprefix("\ufeff"), ""), delimiter=";")
            return _dataset([_unescape(value) for value in row] for row in reader)
        except (UnicodeDecodeError, csv.Error) as error:
            raise FileRefused(gettext("The file is damaged and could not be read.")) from error

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:  # type: ignore[override]
        """Semicolons, decimal commas and a byte order mark: what Swedish Excel expects."""
        out = StringIO()
        out.write("\ufeff")
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow(map(_csv_value, dataset.headers or []))
        writer.writerows(map(_csv_value, row) for row in dataset)
        return out.getvalue()


def _csv_value(value: Any) -> str:
    match value:
        case None:
            return ""
        case int():
            return str(value)
        case float() | Decimal():
            return f"{Decimal(str(value)):f}".replace(".", ",")
        case datetime():
            return local(value).strftime("%Y-%m-%d %H:%M")
        case _:
            text = str(value)
            return f"'{text}" if RISKY.match(text) else text


def _unescape(text: str) -> str:
    return text[1:] if ESCAPED.match(text) else text
