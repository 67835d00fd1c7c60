"""What a cell of Excel holds, whichever of our writers fills it."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from actionplan.excel.columns.column import Column
from actionplan.text import CONTROL

CELL_LIMIT: Final = 32_767  # Excel's own, in UTF-16 units
FIRST_DAY: Final = date(1900, 3, 1)  # before it Excel counts a day that never was
# Where a double no longer tells one whole number from the next.
LARGEST: Final = 10**15
LINE_HEIGHT: Final = 15  # points
# The button of a filter takes three characters of a heading.
BUTTON: Final = 3


def cell_text(value: object) -> str:
    """Return a value as text that a cell can hold: line breaks as \\n, no control characters."""
    text = "" if value is None else str(value)
    return CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def heading_lines(columns: Iterable[Column]) -> int:
    """Return how many lines the headings of columns need where they wrap."""
    return max(len(cell_text(c.label)) // max(c.width - BUTTON, 1) + 1 for c in columns)
