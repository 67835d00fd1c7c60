"""The formats of import and export in the admin: read safely, written with care.

Only Excel comes in; Excel and CSV go out.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO, StringIO
from typing import Any, Final

import tablib
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from import_export.formats import base_formats
from python_calamine import CalamineError, CalamineWorkbook

from actionplan.sheet_writing import csv_pieces, xlsx_pieces
from actionplan.spreadsheet import Column, cell_text

MAX_ROWS, MAX_COLUMNS = 20_000, 100
MAX_UNPACKED, MAX_RATIO, MAX_PARTS = 50 * 1024 * 1024, 200, 2000
# Where a sheet says that a row or a cell stands. Calamine allocates the whole rectangle before
# it hands over anything: two cells far apart end the process, so they are looked for first.
PLACE: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
ESCAPED: Final = re.compile(r"'+[=+\-@\t\r]")


class FileRefused(Exception):
    """A file that is not read, with the reason in the user's language."""


def check_zip(blob: bytes) -> None:
    """Refuse what is no workbook of ours, or would unpack to more than we read."""
    try:
        with zipfile.ZipFile(BytesIO(blob)) as package:
            parts = package.infolist()
            size = sum(part.file_size for part in parts)
            packed = sum(part.compress_size for part in parts) or 1
            if len(parts) > MAX_PARTS or size > MAX_UNPACKED or size / packed > MAX_RATIO:
                raise FileRefused(gettext("The file is too large when it is unpacked."))
            names = {part.filename.casefold() for part in parts}
            # Calamine would go on to read other kinds of file, which are not checked here.
            if "xl/workbook.xml" not in names or names & {"content.xml", "xl/workbook.bin"}:
                raise FileRefused(gettext("This is not an Excel file (.xlsx)."))
            for part in parts:
                _check_extent(package.read(part))
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise FileRefused(gettext("This is not an Excel file (.xlsx).")) from error
    except zlib.error as error:
        raise FileRefused(gettext("The file is damaged and could not be read.")) from error


def _check_extent(part: bytes) -> None:
    if b"sheetData" not in part:
        return
    for letters, digits in PLACE.findall(part):
        too_wide = len(letters) > 2 or _column_number(letters) > MAX_COLUMNS
        if too_wide or len(digits) > 6 or int(digits) > MAX_ROWS + 1:
            raise FileRefused(_too_large())


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_large() -> str:
    limits = {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
    return gettext("A sheet has at most %(rows)s rows and %(columns)s columns.") % limits


def _dataset(rows: Iterator[list[Any]]) -> tablib.Dataset:
    head = [cell_text(value).strip() for value in next(rows, [])]
    while head and not head[-1]:
        head.pop()
    if not head:
        raise FileRefused(gettext("The first sheet is empty."))
    found: list[list[Any]] = []
    for row in rows:
        if len(found) >= MAX_ROWS or len(head) > MAX_COLUMNS:
            raise FileRefused(_too_large())
        found.append((row + [""] * len(head))[: len(head)])
    # Empty rows in between stay, so that a fault is told with the row number that Excel shows.
    while found and not any(value not in ("", None) for value in found[-1]):
        found.pop()
    return tablib.Dataset(*found, headers=head)


def _read_value(value: Any) -> Any:
    match value:
        case float() if value.is_integer():
            return int(value)
        case datetime() if value.time() == time():
            return value.date()
        case _:
            return value


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
        check_zip(in_stream)
        try:
            sheet = CalamineWorkbook.from_filelike(BytesIO(in_stream)).get_sheet_by_index(0)
            rows = sheet.to_python(skip_empty_area=False)
        except CalamineError as error:
            raise FileRefused(gettext("The file is damaged and could not be read.")) from error
        return _dataset([_read_value(value) for value in row] for row in rows)

    # What makes the file of rows as they come.
    pieces = staticmethod(xlsx_pieces)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """The rows as one file."""
        columns = getattr(dataset, "columns", None) or [
            Column(str(heading), heading) for heading in dataset.headers or ["-"]
        ]
        title = dataset.title or gettext("Data")
        return b"".join(self.pieces(title, columns, iter(dataset)))


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

    pieces = staticmethod(csv_pieces)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:  # type: ignore[override]
        """The rows as one text."""
        return super().export_data(dataset, **kwargs).decode()


def _unescape(text: str) -> str:
    return text[1:] if ESCAPED.match(text) else text
