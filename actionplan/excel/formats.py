"""The formats of import and export in the admin: read safely, written with care.

Only Excel comes in; Excel and CSV go out.
"""

import csv
import re
from io import StringIO
from typing import Final

import tablib
from django.utils.translation import gettext
from import_export.formats import base_formats

from actionplan.django_edges import Handed
from actionplan.excel import upload_storage
from actionplan.excel.columns import Column
from actionplan.excel.importing.sentences import beside
from actionplan.excel.importing.tables import table, unseen
from actionplan.excel.writing.sheet_writing import csv_pieces, xlsx_pieces
from actionplan.excel.writing.spreadsheet import XLSX_TYPE
from actionplan.processes.uploads import FileRefused

ESCAPED: Final = re.compile(r"'+[=+\-@\t\r]")


# The package has no types.
class SafeXLSX(base_formats.Format):  # type: ignore[misc]
    """Excel files: checked before they are read, written as native tables."""

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding

    def get_title(self) -> str:
        return "Excel (.xlsx)"

    def get_extension(self) -> str:
        return "xlsx"

    def get_content_type(self) -> str:
        return XLSX_TYPE

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes | None) -> tablib.Dataset:
        """Read the first visible sheet with content, each cell as Excel shows it."""
        if not in_stream:
            raise FileRefused(gettext("The file is no longer here. Upload it again."))
        sheet = upload_storage.sheet_of(in_stream)
        dataset = table(list(sheet.values()), sheet.name)
        dataset.notices += [*unseen(sheet, dataset), *beside(sheet.beside)]
        return dataset

    # What makes the file of rows as they come.
    pieces = staticmethod(xlsx_pieces)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Handed) -> bytes:
        """Write the rows as one file."""
        columns = getattr(dataset, "columns", None) or [
            Column(str(at), heading) for at, heading in enumerate(dataset.headers or ["-"])
        ]
        title = dataset.title or gettext("Data")
        return b"".join(self.pieces(title, columns, iter(dataset)))


# import-export keeps numbers as numbers only for formats listed by exact type.
base_formats.BINARY_FORMATS.append(SafeXLSX)


class SafeCSV(SafeXLSX):
    """CSV as Swedish Excel opens it, with an apostrophe before what it would run as a formula."""

    def get_title(self) -> str:
        return gettext("Text with semicolons (.csv)")

    def get_extension(self) -> str:
        return "csv"

    def get_content_type(self) -> str:
        return "text/csv; charset=utf-8"

    def is_binary(self) -> bool:
        return False

    def get_read_mode(self) -> str:
        return "r"

    def create_dataset(self, in_stream: str | bytes | None) -> tablib.Dataset:
        """Read the rows as text, and take apostrophes of ours away again."""
        try:
            text = in_stream.decode("utf-8-sig") if isinstance(in_stream, bytes) else in_stream
            reader = csv.reader(StringIO((text or "").removeprefix("\ufeff"), ""), delimiter=";")
            return table([[_unescape(value) for value in row] for row in reader])
        except (UnicodeDecodeError, csv.Error) as error:
            raise FileRefused(
                gettext(
                    "The file is damaged and could not be read. Open it in Excel, save it and "
                    "upload it again."
                )
            ) from error

    pieces = staticmethod(csv_pieces)

    # The package takes text of what is not binary.
    def export_data(self, dataset: tablib.Dataset, **kwargs: Handed) -> str:  # type: ignore[override]
        """Write the rows as one text."""
        return super().export_data(dataset, **kwargs).decode()


def _unescape(text: str) -> str:
    return text[1:] if ESCAPED.match(text) else text
