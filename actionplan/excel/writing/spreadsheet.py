"""Designed workbooks out: a thin layer over XlsxWriter.

Text is always written as text: a leading = + - @ is data. The same rows give the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from actionplan.excel.columns import TEXT_LOOKS, Column
from actionplan.excel.columns.cell import (
    CELL_LIMIT,
    FIRST_DAY,
    LARGEST,
    LINE_HEIGHT,
    cell_text,
    heading_lines,
)
from actionplan.excel.writing.row_heights import FittedSheet

XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIECE: Final = 16_000  # characters; two units each at the most
A4: Final = 9
# What landscape A4 has room for between the margins, and the least that can be read.
PAGE_WIDTH: Final = 1040  # pixels, as Excel counts them
SIDE_MARGIN: Final = 0.4  # inches
SMALLEST: Final = 70  # per cent
LONGEST_ADDRESS: Final = 2000

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
# What can be done in a protected sheet besides answering.
ALLOWED: Final = {
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
NORMAL_SIZE: Final = 11  # points
# Fixed, so that the same content gives the same bytes.
CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001  Excel knows no zones
TOP: Final = {"valign": "top", "text_wrap": True}
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "text": TOP,
    "code": {**TOP, "num_format": "@"},
    "number": {"valign": "top"},
    # Also where a sheet is protected.
    "answer": {
        **TOP,
        # Excel makes no date of 3-4 and no number of 0701 there.
        "num_format": "@",
        "bg_color": "#FFF8E1",
        "border": 1,
        "border_color": "#A6A6A6",
        "locked": False,
    },
    "date": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {"valign": "top", "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 13, "valign": "top", "text_wrap": True},
    "label": {**TOP, "bold": True},
    "link": {**TOP, "font_color": "#0D5449", "underline": 1},
    "head": {**TOP, "bold": True, "bg_color": "#DCE6F1", "border": 1},
    "framed": {**TOP, "border": 1},
    "muted": {**TOP, "border": 1, "italic": True, "font_color": "#505050"},
}


@dataclass(frozen=True, slots=True)
class SheetDefinition:
    """A table of a workbook: its name, what it is for, its columns and its rows."""

    name: str
    meaning: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    # So many columns stay in sight and are printed again on every page: what a row is called.
    fixed: int = 0
    # Only answers can be written; there is no password, so that whoever needs to can lift it.
    protected: bool = False


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """How a table is printed: the columns that begin a page, and how small it becomes."""

    breaks: tuple[int, ...]
    scale: int

    @classmethod
    def of(cls, columns: Sequence[Column], fixed: int) -> "PrintSettings":
        """Return as many pages beside each other as it takes for the text to be read."""
        widths = [7 * column.width + 5 for column in columns]
        most, again = PAGE_WIDTH * 100 // SMALLEST, sum(widths[:fixed])
        answers = [at for at, column in enumerate(columns) if column.kind.look == "answer"]
        breaks, pages = list[int](), [0]
        for at, width in enumerate(widths):
            is_full = pages[-1] + width > most and at > fixed
            if is_full or (sum(widths) > most and answers[:1] == [at]):
                breaks.append(at)
                pages.append(again)
            pages[-1] += width
        return cls(tuple(breaks), max(10, min(100, PAGE_WIDTH * 100 // max(*pages, 1))))


def local(moment: datetime) -> datetime:
    """Return a moment as the clock shows it; Excel knows no zones."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def pieces(text: str) -> list[str]:
    """Cut a text so that each piece fits in a cell; joined again, nothing is missing."""
    if len(text) <= PIECE or len(text.encode("utf-16-le", "surrogatepass")) // 2 <= CELL_LIMIT:
        return [text]
    parts = []
    while len(text) > PIECE:
        # Between two words if there is a space at all in reach.
        at = text.rfind(" ", PIECE - 500, PIECE) + 1 or PIECE
        parts.append(text[:at])
        text = text[at:]
    return [*parts, text]


def spread(row: Sequence[Any]) -> Iterator[list[object]]:
    """Yield a row, or several when a text is too long for a cell: the rest follows, marked."""
    cut = [pieces(value) if isinstance(value, str) else [value] for value in row]
    depth = max(map(len, cut), default=1)
    if depth == 1:
        yield list(row)
        return
    marked = "\n" + gettext("[continues on the next row]")
    for level in range(depth):
        yield [
            parts[0]
            if len(parts) == 1
            else "".join(parts[level : level + 1]) + (marked if level + 1 < len(parts) else "")
            for parts in cut
        ]


def footer(title: str) -> str:
    """Write the foot of each printed page, with Excel's own signs."""
    pages = gettext("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
    return f"&L{cell_text(title).replace('&', '&&')[:150]}&R{pages}"


def _print(sheet: Worksheet, table: SheetDefinition) -> None:
    sheet.repeat_rows(0)
    printed = PrintSettings.of(table.columns, table.fixed)
    # On a second page beside the first, a row without its name says nothing.
    if table.fixed and printed.breaks:
        sheet.repeat_columns(0, table.fixed - 1)
        # Excel knows breaks only without "fit to page".
        sheet.set_print_scale(printed.scale)
        sheet.set_v_pagebreaks(list(printed.breaks))
        sheet.set_margins(left=SIDE_MARGIN, right=SIDE_MARGIN)


class WorkbookWriter:
    """A workbook that is being written."""

    def __init__(self, title: str) -> None:
        self.title = cell_text(title)
        self._file = BytesIO()
        self._workbook = xlsxwriter.Workbook(self._file, OPTIONS)
        self._workbook.set_properties({"title": self.title, "created": CREATED})
        self._workbook.set_custom_property("Language", get_language() or "sv")
        self._formats = {n: self._workbook.add_format(look) for n, look in FORMATS.items()}
        self._names: set[str] = set()

    def format(self, name: str) -> Format:
        """Return one of the looks of `FORMATS`."""
        return self._formats[name]

    def sheet(self, name: str, widths: Sequence[int]) -> FittedSheet:
        """Add a sheet, ready to be printed on landscape A4 as wide as the page."""
        sheet: FittedSheet = self._workbook.add_worksheet(self._sheet_name(name), FittedSheet)
        sheet.widths = widths
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width, self.format("text"))
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(footer(self.title))
        return sheet

    def write(
        self, sheet: Worksheet, row: int, column: int, value: object, look: str = ""
    ) -> None:
        """Write a value as what it is; `look` names a format, else the value's own is used."""
        match value:
            case None | "":
                sheet.write_blank(row, column, None, self.format(look or "text"))
            case bool() | str():
                sheet.write_string(row, column, cell_text(value), self.format(look or "text"))
            case int() | float() | Decimal() if -LARGEST < value < LARGEST:  # false for nan
                sheet.write_number(row, column, value, self.format(look or "number"))
            case datetime():
                sheet.write_datetime(row, column, local(value), self.format(look or "moment"))
            case date() if value >= FIRST_DAY:
                sheet.write_datetime(row, column, value, self.format(look or "date"))
            case _:
                sheet.write_string(row, column, cell_text(value), self.format(look or "text"))

    def pair(self, sheet: FittedSheet, row: int, label: str, text: str) -> None:
        """Write a label with its text beside it, in a row with room for both."""
        sheet.fit(row, (label, text))
        self.write(sheet, row, 0, label, "label")
        self.write(sheet, row, 1, text)

    def heading(self, sheet: FittedSheet, row: int, text: str) -> None:
        """Write a heading into the first column, as high as it needs in its larger letters."""
        sheet.fit(row, (text,), size=FORMATS["heading"]["font_size"] / NORMAL_SIZE)
        self.write(sheet, row, 0, text, "heading")

    def table(self, table: SheetDefinition) -> None:
        """Add a sheet that is one native table, with filters and a frozen, repeated head."""
        columns = table.columns
        sheet = self.sheet(table.name, [column.width for column in columns])
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, self.format(column.kind.look))
        last = 0
        for row in table.rows:
            for line in spread(row):
                last += 1
                # An address stays on its line.
                looks = (column.kind.look for column in columns)
                sheet.fit(
                    last, ("" if k == "link" else v for k, v in zip(looks, line, strict=True))
                )
                for index, (column, value) in enumerate(zip(columns, line, strict=True)):
                    self._cell(sheet, last, index, column, value)
        options = {
            # A native table has at least one row below its head.
            "name": self._table_name(table.name),
            "title": cell_text(table.name),
            "style": "Table Style Light 1",
            "columns": [
                {"header": cell_text(c.label), "header_format": self.format("head")}
                for c in columns
            ],
        }
        sheet.add_table(0, 0, max(last, 1), len(columns) - 1, options)
        for index, column in enumerate(columns):
            if column.kind.offers:
                offer = {"validate": "list", "source": list(column.kind.offers)}
                sheet.data_validation(1, index, max(last, 1), index, offer)
        sheet.set_row(0, LINE_HEIGHT * heading_lines(columns))
        sheet.freeze_panes(1, table.fixed)
        _print(sheet, table)
        if table.protected:
            sheet.protect("", ALLOWED)

    def _cell(self, sheet: Worksheet, row: int, index: int, column: Column, value: object) -> None:
        if column.kind.look not in TEXT_LOOKS:
            self.write(sheet, row, index, value)
            return
        content, look = cell_text(value), str(column.kind.look)
        is_address = content.startswith(("https://", "http://")) and len(content) < LONGEST_ADDRESS
        if look == "link" and is_address:
            sheet.write_url(row, index, content, self.format(look), content)
            return
        self.write(sheet, row, index, content, "muted" if look == "answer" and content else look)

    def explain(self, sheet: FittedSheet, row: int, columns: Iterable[Column]) -> int:
        """Write what each column means, and return the next free row."""
        for column in columns:
            self.pair(sheet, row, cell_text(column.label), cell_text(column.help))
            row += 1
        return row

    def close(self) -> bytes:
        """Return the finished file."""
        self._workbook.close()
        return self._file.getvalue()

    def _sheet_name(self, name: str) -> str:
        name = re.sub(r"[\[\]:*?/\\]", " ", cell_text(name)).strip("' ")[:24] or "-"
        return self._once(name, " ")

    def _table_name(self, name: str) -> str:
        # Never like a reference to a cell (AB12, R1C1), hence the word before it.
        return self._once("tabell_" + slugify(name).replace("-", "_")[:200], "_")

    def _once(self, name: str, between: str) -> str:
        candidate, count = name, 1
        while candidate.casefold() in self._names:
            count += 1
            candidate = f"{name}{between}{count}"
        self._names.add(candidate.casefold())
        return candidate
