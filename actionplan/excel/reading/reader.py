"""Read the cells of one sheet of a workbook that somebody sent. Pure; runs in a child process."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from actionplan.excel.reading.book import SheetEntry
from actionplan.excel.reading.bounds import (
    ADDRESS,
    FARTHEST,
    MOST_ELEMENTS,
    SheetFault,
    SheetRefused,
    column_letters,
    column_number,
)
from actionplan.excel.reading.cell_values import CellValues
from actionplan.excel.reading.cells import SheetCells
from actionplan.excel.reading.package import Workbook, opened
from actionplan.excel.reading.sheet_extras import (
    Comments,
    SheetDrawing,
    SheetExtra,
    SheetExtraKind,
    SheetNotes,
    of_pages,
)
from actionplan.excel.reading.values import Cell, plain

WORKSHEET: Final = "worksheet"
COMMENTS, NOTES, DRAWING = "threadedComment", "comments", "drawing"


class ReadSheet(msgspec.Struct, frozen=True):
    """The rows of a sheet from its first one on; empty cells at the end of a row are left out."""

    rows: list[list[Cell]]
    name: str = ""
    # How many sheets the workbook shows.
    of: int = 1
    # Numbers of rows with a value, and of columns, that it does not show.
    hidden_rows: list[int] = []
    hidden_columns: list[int] = []
    # What else it shows, which is not read.
    beside: list[SheetExtra] = []

    def values(self) -> Iterator[list[object]]:
        """Yield the rows as they are shown: plain numbers and dates as such, "" for nothing."""
        for number, row in enumerate(self.rows, start=1):
            yield [
                plain(cell, f"{column_letters(column)}{number}")
                for column, cell in enumerate(row, start=1)
            ]


def read_sheet(data: bytes, names: Sequence[str] = ()) -> ReadSheet:
    """Read the cells of a sheet with one of these names, or of the first visible one with content.

    Raises:
        SheetRefused: with the reason why it is not read.
    """
    with opened(data) as workbook:
        sheets = [sheet for sheet in workbook.names.sheets if _path(workbook, sheet)]
        if not sheets:
            raise SheetRefused(SheetFault.DAMAGED)
        wanted = {name.casefold().strip() for name in names}
        visible = [sheet for sheet in sheets if sheet.is_visible]
        if wanted:
            named = [sheet for sheet in sheets if sheet.name.casefold().strip() in wanted][:1]
            if not named:
                raise SheetRefused(SheetFault.NO_SUCH_SHEET)
            return _first_with_content(workbook, named, len(visible)) or ReadSheet(
                [], named[0].name
            )
        first = _first_with_content(workbook, visible, len(visible))
    if first is None:
        is_hidden = len(visible) < len(sheets)
        raise SheetRefused(SheetFault.ONLY_HIDDEN if is_hidden else SheetFault.NO_CONTENT)
    return first


def _path(workbook: Workbook, sheet: SheetEntry) -> str:
    """Tell where a sheet of cells stands; a chart is a sheet too."""
    kind, path = workbook.targets.parts.get(sheet.relation, ("", ""))
    return path if kind == WORKSHEET else ""


def _first_with_content(
    workbook: Workbook, sheets: Sequence[SheetEntry], of: int
) -> ReadSheet | None:
    is_1904 = workbook.names.is_1904
    values = CellValues(workbook.strings(), workbook.styles(), is_1904=is_1904)
    left = MOST_ELEMENTS
    for sheet in sheets:
        cells = SheetCells(values, sheet.name)
        left -= cells.read(workbook.part(_path(workbook, sheet)), most=left)
        if rows := cells.rows:
            beside = _beside(workbook, _path(workbook, sheet), cells, left)
            return ReadSheet(rows, sheet.name, of, cells.hidden_rows, cells.hidden_columns, beside)
    return None


def _beside(workbook: Workbook, path: str, cells: SheetCells, left: int) -> list[SheetExtra]:
    """Return what a sheet says beside the values of its cells, row by row."""
    targets = workbook.targets_of(path)
    extras = list(cells.behind.extras(targets.outside, cells.text_at))
    comments = list(targets.of_kind(COMMENTS))
    for part in comments:
        commented = Comments(workbook.part(part), workbook.people(), most=left)
        left -= commented.count
        extras += commented.extras
    for part in targets.of_kind(NOTES):
        noted = SheetNotes(workbook.part(part), has_comments=bool(comments), most=left)
        left -= noted.count
        extras += noted.extras
    for part in targets.of_kind(DRAWING):
        drawn = SheetDrawing(workbook.part(part), most=left)
        left -= drawn.count
        extras += drawn.extras
    return [*sorted(extras, key=_place), *_pages(cells)]


def _place(extra: SheetExtra) -> tuple[int, int]:
    place = ADDRESS.fullmatch(extra.address)
    return (int(place[2]), column_number(place[1])) if place else (FARTHEST, 0)


def _pages(cells: SheetCells) -> list[SheetExtra]:
    """Return what headers and footers say, once each."""
    page_extras = [of_pages(SheetExtraKind(which), code) for which, code in cells.pages]
    return list(dict.fromkeys(extra for extra in page_extras if extra is not None))
