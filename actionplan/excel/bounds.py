"""What a workbook would have its parser believe: cells, texts and sheets, counted first. Pure.

The parser makes room for as many texts as a part says that it has, and for the whole rectangle
between the first and the last cell before it hands over anything. Cells need no addresses, so
each is placed here as the parser will place it.
"""

import re
from enum import StrEnum
from typing import Final

from actionplan.xml_bounds import local, walk

MOST_ROWS, MOST_COLUMNS = 20_000, 100
MOST_CELLS: Final = 500_000
MOST_STRINGS: Final = 500_000
# What Excel itself takes in a cell.
LONGEST_TEXT: Final = 32_767
# Characters in all cells of a sheet together; a text counts for each cell that tells it.
MOST_CHARACTERS: Final = 24_000_000
MOST_SHEETS: Final = 200
MOST_MERGES: Final = 20_000
# Elements of a sheet and of its texts: a cell is one and has two or three, a text is two.
MOST_ELEMENTS: Final = 1_600_000
# Of the other parts: sheets, styles, relations.
FEW_ELEMENTS: Final = 200_000
# The last row that Excel has.
FARTHEST: Final = 1_048_576
ADDRESS: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
NUMBER: Final = re.compile(r"[0-9]{1,9}")


class SheetFault(StrEnum):
    """Why a workbook is not read. The sentences stand in `actionplan.sheet_formats`."""

    NOT_EXCEL = "not_excel"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_MANY_CELLS = "too_many_cells"
    TEXT_TOO_LONG = "text_too_long"
    NO_SUCH_SHEET = "no_such_sheet"


class SheetRefused(Exception):
    """A workbook that is not read; `fault` says why."""

    def __init__(self, fault: SheetFault) -> None:
        super().__init__(fault)
        self.fault = fault


class SheetNames:
    """The sheets that a workbook has, in order, each with the relation that leads to it."""

    def __init__(self, part: bytes) -> None:
        self.sheets: list[tuple[str, str]] = []
        walk(part, most=FEW_ELEMENTS, opened=self._opened)

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) != "sheet":
            return
        keys = [key for key in attributes if key.endswith(":id")]
        if len(self.sheets) >= MOST_SHEETS or len(keys) != 1:
            raise SheetRefused(SheetFault.DAMAGED)
        self.sheets.append((attributes.get("name", ""), attributes[keys[0]]))


class Targets:
    """What the relations of a workbook lead to: kind and address of the part, by identity."""

    def __init__(self, part: bytes) -> None:
        self.found: dict[str, tuple[str, str]] = {}
        walk(part, most=FEW_ELEMENTS, opened=self._opened)

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            path = attributes.get("Target", "").lstrip("/")
            inside = path if path.startswith("xl/") else f"xl/{path}"
            self.found[attributes.get("Id", "")] = (kind, inside)


class Strings:
    """The texts that cells refer to by number: how long each is."""

    def __init__(self, part: bytes) -> None:
        self.lengths: list[int] = []
        self._length = -1  # of the text that is open; none is
        walk(
            part,
            most=MOST_ELEMENTS,
            opened=self._opened,
            closed=self._closed,
            words=self._words,
        )

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        if (name := local(name)) == "si":
            self._length = 0
        elif name == "sst":
            for key in ("count", "uniqueCount"):
                _refuse_number(attributes.get(key, "0"), MOST_STRINGS)

    def _closed(self, name: str) -> None:
        if local(name) == "si":
            self.lengths.append(max(self._length, 0))
            self._length = -1
            if len(self.lengths) > MOST_STRINGS:
                raise SheetRefused(SheetFault.TOO_MANY_CELLS)

    def _words(self, text: str) -> None:
        if self._length >= 0:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise SheetRefused(SheetFault.TEXT_TOO_LONG)


class Extent:
    """The cells of a sheet: how far they reach, how many they are, how much they tell."""

    def __init__(self, part: bytes, strings: list[int]) -> None:
        self.strings = strings
        self.cells = self.merges = self.characters = 0
        self._row = self._column = 0  # the place of the next cell that names none
        self._is_shared = False
        self._text: list[str] | None = None  # of the element that is open, if it has any
        walk(
            part,
            most=MOST_ELEMENTS,
            opened=self._opened,
            closed=self._closed,
            words=self._words,
        )

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "t"):
            self._text = []
        elif name == "row":
            # One without cells may be anywhere: only its format reaches so far.
            self._column = 0
            if (number := attributes.get("r")) is not None:
                self._row = _refuse_number(number, FARTHEST) - 1
        elif name == "mergeCell":
            self.merges += 1
            if self.merges > MOST_MERGES:
                raise SheetRefused(SheetFault.TOO_MANY_CELLS)

    def _cell(self, attributes: dict[str, str]) -> None:
        self._is_shared = attributes.get("t") == "s"
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise SheetRefused(SheetFault.TOO_MANY_CELLS)
        if (address := attributes.get("r")) is not None:
            place = ADDRESS.fullmatch(address)
            if place is None:
                raise SheetRefused(SheetFault.DAMAGED)
            self._column = column_number(place[1]) - 1
            self._row = max(self._row, int(place[2]) - 1)
        self._column += 1
        if self._row > MOST_ROWS or self._column > MOST_COLUMNS:
            raise SheetRefused(SheetFault.TOO_LARGE)

    def _words(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _closed(self, name: str) -> None:
        name = local(name)
        if name == "row":
            self._row += 1
        elif name in ("v", "t") and self._text is not None:
            text = "".join(self._text)
            self._text = None
            self._count(self._told(text) if self._is_shared and name == "v" else len(text))

    def _told(self, number: str) -> int:
        at = _refuse_number(number.strip(), MOST_STRINGS)
        if at >= len(self.strings):
            raise SheetRefused(SheetFault.DAMAGED)
        return self.strings[at]

    def _count(self, length: int) -> None:
        self.characters += length
        if length > LONGEST_TEXT:
            raise SheetRefused(SheetFault.TEXT_TOO_LONG)
        if self.characters > MOST_CHARACTERS:
            raise SheetRefused(SheetFault.TOO_MANY_CELLS)


def column_number(letters: str) -> int:
    """The number of a column: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _refuse_number(told: str, most: int) -> int:
    """A number that a part tells, if it is one and within its bound.

    Raises:
        SheetRefused: it is not.
    """
    if not NUMBER.fullmatch(told):
        raise SheetRefused(SheetFault.DAMAGED)
    if int(told) > most:
        raise SheetRefused(SheetFault.TOO_LARGE)
    return int(told)
