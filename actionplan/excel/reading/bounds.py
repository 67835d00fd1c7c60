"""What a workbook may hold, and why one is not read. Pure."""

import re
from enum import StrEnum
from typing import Final

MOST_ROWS, MOST_COLUMNS = 20_000, 100
MOST_CELLS: Final = 500_000
MOST_STRINGS: Final = 500_000
# What Excel itself takes in a cell.
LONGEST_TEXT: Final = 32_767
# Characters in all cells of a sheet together; a text counts for each cell that tells it.
MOST_CHARACTERS: Final = 24_000_000
MOST_SHEETS: Final = 200
MOST_MERGES: Final = 20_000
# Elements of the sheets that are gone through, and of their texts: a cell is one and has two or
# three, a text is two.
MOST_ELEMENTS: Final = 1_600_000
# Of the other parts: sheets, styles, relations.
FEW_ELEMENTS: Final = 200_000
# The last row that Excel has.
FARTHEST: Final = 1_048_576
ADDRESS: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
WHOLE: Final = re.compile(r"[0-9]{1,9}")


class SheetFault(StrEnum):
    """Why a workbook is not read. Its sentences stand in `excel.importing.sentences`."""

    EMPTY_FILE = "empty_file"
    NOT_EXCEL = "not_excel"
    ENCRYPTED = "encrypted"
    OLD_EXCEL = "old_excel"
    BINARY_EXCEL = "binary_excel"
    OPEN_DOCUMENT = "open_document"
    TEXT_FILE = "text_file"
    WEB_PAGE = "web_page"
    WORD = "word"
    POWERPOINT = "powerpoint"
    PDF = "pdf"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_MANY_CELLS = "too_many_cells"
    TEXT_TOO_LONG = "text_too_long"
    NO_SUCH_SHEET = "no_such_sheet"
    NO_CONTENT = "no_content"
    ONLY_HIDDEN = "only_hidden"


class SheetRefused(Exception):
    """A workbook that is not read; `fault` says why, `cell` and `sheet` where, if it is known."""

    def __init__(self, fault: SheetFault, cell: str = "", sheet: str = "") -> None:
        super().__init__(fault, cell, sheet)
        self.fault = fault
        self.cell = cell
        self.sheet = sheet


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column: 1 is A."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def bounded(digits: str, most: int) -> int:
    """Return a number that a part tells, if it is one and within its bound.

    Raises:
        SheetRefused: it is not.
    """
    if not WHOLE.fullmatch(digits):
        raise SheetRefused(SheetFault.DAMAGED)
    if int(digits) > most:
        raise SheetRefused(SheetFault.TOO_LARGE)
    return int(digits)
