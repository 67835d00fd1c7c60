"""The cells of a sheet, each at its place, counted while they are read. Pure.

Cells need no addresses, so each is placed here as Excel places it. Only what has a value counts:
a format alone may reach to the last row that there is.
"""

import re
from typing import Final

from actionplan.excel.reading.book import unescaped
from actionplan.excel.reading.bounds import (
    ADDRESS,
    FARTHEST,
    LONGEST_TEXT,
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_MERGES,
    MOST_ROWS,
    SheetFault,
    SheetRefused,
    bounded,
    column_letters,
    column_number,
)
from actionplan.excel.reading.cell_extras import LinksAndMessages
from actionplan.excel.reading.cell_values import CellValues, struck
from actionplan.excel.reading.runs import TRUE, RunFormat
from actionplan.excel.reading.values import Cell, DateValue, Fault, NumberValue, plain, words
from actionplan.processes.xml_bounds import local, walk

RANGE: Final = re.compile(rf"({ADDRESS.pattern})(?::({ADDRESS.pattern}))?")
# What stands above and below the cells on paper, each of them on some pages.
PAGES: Final = {
    f"{which}{what.capitalize()}": what
    for which in ("odd", "even", "first")
    for what in ("header", "footer")
}
# What is shown of a number counts as so many characters at the least.
SHORT: Final = 8


class SheetCells:
    """The cells of a sheet that have a value, and merged ones with what they show."""

    def __init__(self, values: CellValues, name: str) -> None:
        self.name = name
        self.merges: list[str] = []
        self._values = values
        self._rows: dict[int, list[Cell]] = {}
        self._cells = self._characters = 0
        self._row = self._column = 0  # the place of the next cell that names none
        self._kind, self._style = "n", ""
        self._written: str | None = None  # what stands in the cell that is open
        self._has_formula = self._is_struck = False
        self._run = RunFormat()
        # Rows with a value that are not shown, and columns that are not.
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self._is_hidden = False
        # Headers and footers as Excel writes them: which of both, and its code.
        self.pages: list[tuple[str, str]] = []
        self.behind = LinksAndMessages()
        self._pieces: list[str] | None = None  # of the element that is open, if it has any
        self._length = self._aside = 0

    def read(self, part: bytes, *, most: int) -> int:
        """Go through the sheet, and return how many elements it has.

        Raises:
            SheetRefused: it is damaged, or beyond its bounds.
            XmlRefused: it is not well-formed, or has more elements.
        """
        count = walk(part, most=most, opened=self._opened, closed=self._closed, words=self._words)
        for merge in self.merges:
            self._fill(merge)
        return count

    @property
    def rows(self) -> list[list[Cell]]:
        """All rows up to the last one with a value, each up to its last value."""
        return [self._rows.get(at, []) for at in range(max(self._rows, default=-1) + 1)]

    def text_at(self, address: str) -> str:
        """Return what a cell shows, "" for one that says nothing."""
        place = ADDRESS.fullmatch(address)
        row = self._rows.get(int(place[2]) - 1, []) if place else []
        column = column_number(place[1]) if place else 0
        return words(plain(row[column - 1], address)) if 0 < column <= len(row) else ""

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "c":
            self._place(attributes)
        elif name == "v" or (name == "t" and not self._aside):
            self._pieces, self._length = [], 0
        elif name == "row":
            # One without cells may be anywhere: only its format reaches so far.
            self._column = 0
            self._is_hidden = _is_hidden(attributes)
            if (number := attributes.get("r")) is not None:
                self._row = bounded(number, FARTHEST) - 1
        elif name == "col":
            self._hide(attributes)
        elif name == "r":
            self._run.clear()
        elif name == "f":
            self._has_formula = True
            self._pieces, self._length = [], 0
        elif name == "rPh":
            self._aside += 1
        elif name == "mergeCell":
            self.merges.append(attributes.get("ref", ""))
            if len(self.merges) > MOST_MERGES:
                raise self._refused(SheetFault.TOO_MANY_CELLS)
        elif name in PAGES or name == "sqref":
            self._pieces, self._length = [], 0
        else:
            self._run.opened(name, attributes)
            self._is_struck = self._is_struck or self._run.is_struck
            self.behind.opened(name, attributes)

    def _place(self, attributes: dict[str, str]) -> None:
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._written, self._has_formula, self._is_struck = None, False, False
        self._run.clear()
        if (address := attributes.get("r")) is not None:
            place = ADDRESS.fullmatch(address)
            if place is None:
                raise self._refused(SheetFault.DAMAGED)
            self._column = column_number(place[1]) - 1
            self._row = max(self._row, int(place[2]) - 1)
        self._column += 1

    def _words(self, text: str) -> None:
        if self._pieces is not None:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise self._refused(SheetFault.TEXT_TOO_LONG)
            self._pieces.append(text)

    def _closed(self, name: str) -> None:
        name = local(name)
        if name in ("v", "t"):
            if self._pieces is not None:
                # A text in its cell may stand in several pieces.
                self._written = (self._written or "") + self._run.visible_text(
                    "".join(self._pieces)
                )
                self._pieces = None
        elif name == "c":
            if self._written is not None or self._has_formula:
                self._take()
        elif name == "row":
            self._row += 1
        elif name == "rPh":
            self._aside -= 1
        elif self._pieces is not None and (name in PAGES or name in ("f", "sqref")):
            self._take_aside(name, "".join(self._pieces))
            self._pieces = None

    def _take_aside(self, name: str, content: str) -> None:
        """Keep what stands in an element that is no value."""
        if name == "f":
            self.behind.formula(f"{column_letters(max(self._column, 1))}{self._row + 1}", content)
        elif name == "sqref":
            self.behind.placed(content)
        else:
            self.pages.append((PAGES[name], content))

    def _take(self) -> None:
        """Keep what the cell says that was open."""
        content = self._written
        if content and self._kind in ("str", "inlineStr"):
            content = unescaped(content)
        style = self._style or None
        cell = self._values.value(self._kind, style, content, has_formula=self._has_formula)
        if self._is_struck:
            cell = struck(cell)
        self._written, self._has_formula = None, False
        if cell is None or cell == "":
            return
        self._count(_length(cell))
        if self._row > MOST_ROWS or self._column > MOST_COLUMNS:
            raise self._refused(SheetFault.TOO_LARGE)
        self._put(self._row, self._column - 1, cell)
        if self._is_hidden and self.hidden_rows[-1:] != [self._row + 1]:
            self.hidden_rows.append(self._row + 1)

    def _hide(self, attributes: dict[str, str]) -> None:
        """Remember the columns that are not shown, as far as any is read."""
        if _is_hidden(attributes):
            first = bounded(attributes.get("min", "0"), FARTHEST)
            last = min(bounded(attributes.get("max", "0"), FARTHEST), MOST_COLUMNS)
            self.hidden_columns += range(max(first, 1), last + 1)

    def _put(self, row: int, column: int, cell: Cell) -> None:
        cells = self._rows.setdefault(row, [])
        if (missing := column - len(cells)) >= 0:
            cells.extend([None] * missing)
            cells.append(cell)
        else:
            cells[column] = cell

    def _count(self, length: int) -> None:
        self._cells += 1
        self._characters += max(length, SHORT)
        if length > LONGEST_TEXT:
            raise self._refused(SheetFault.TEXT_TOO_LONG)
        if self._cells > MOST_CELLS or self._characters > MOST_CHARACTERS:
            raise self._refused(SheetFault.TOO_MANY_CELLS)

    def _refused(self, fault: SheetFault) -> SheetRefused:
        cell = f"{column_letters(max(self._column, 1))}{self._row + 1}"
        return SheetRefused(fault, cell, self.name)

    def _fill(self, merge: str) -> None:
        """Let the cells of a merge show what it shows, in rows that say something themselves."""
        place = RANGE.fullmatch(merge)
        if place is None or place[4] is None:
            return
        left, top = column_number(place[2]) - 1, int(place[3]) - 1
        right, bottom = column_number(place[5]), int(place[6])
        cells = self._rows.get(top, [])
        if left >= len(cells) or (cell := cells[left]) is None:
            return
        length = _length(cell)
        for row in range(top, min(bottom, MOST_ROWS + 1)):
            if row not in self._rows:
                continue
            for column in range(left, min(right, MOST_COLUMNS)):
                if row != top or column != left:
                    self._count(length)
                    self._put(row, column, cell)


def _is_hidden(attributes: dict[str, str]) -> bool:
    """Tell whether a row or a column is not shown: a filter, a fold, or somebody hid it."""
    return attributes.get("hidden", "0").casefold() in TRUE


def _length(cell: Cell) -> int:
    match cell:
        case str():
            return len(cell)
        case NumberValue() | DateValue() | Fault():
            return len(cell.text)
        case _:
            return 0
