"""The rows of a sheet as a table: which row has the headings, and what follows below."""

from typing import Any, Final

import tablib
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from actionplan.excel.bounds import MOST_COLUMNS, MOST_ROWS, SheetFault, SheetRefused
from actionplan.sheet_sentences import sentence
from actionplan.spreadsheet import cell_text
from actionplan.uploads import FileRefused

# A title and a few lines may stand above the headings.
MOST_ABOVE: Final = 20
FEWEST_HEADINGS: Final = 3
LONGEST_TOLD: Final = 80


class Table(tablib.Dataset):
    """Rows below their headings; `head_row` is where those stand, as Excel numbers it."""

    def __init__(self, *rows: list[Any], headers: list[str], head_row: int, sheet: str) -> None:
        super().__init__(*rows, headers=headers)
        self.head_row = head_row
        # The name of the sheet, where there are several.
        self.sheet = sheet
        self.notices: list[str] = []


def table(rows: list[list[Any]], sheet: str = "") -> Table:
    """The table that a sheet holds; empty rows stay, so that each keeps its number.

    Raises:
        FileRefused: nothing stands there, or too much.
    """
    at = _head(rows)
    if at is None:
        raise FileRefused(_("No sheet of the file has anything in it."))
    head = [cell_text(value).strip() for value in rows[at]]
    while not head[-1]:
        head.pop()
    below = rows[at + 1 :]
    while below and not any(_says(value) for value in below[-1]):
        below.pop()
    if len(below) > MOST_ROWS or len(head) > MOST_COLUMNS:
        raise FileRefused(sentence(SheetRefused(SheetFault.TOO_LARGE)))
    filled = [(row + [""] * len(head))[: len(head)] for row in below]
    found = Table(*filled, headers=head, head_row=at + 1, sheet=sheet)
    found.notices += _above(rows[:at], at + 1)
    return found


def _head(rows: list[list[Any]]) -> int | None:
    """The place of the row of headings: the first that says something and is no title."""
    said = [at for at, row in enumerate(rows) if any(map(_says, row))]
    if not said:
        return None
    for at in said[:MOST_ABOVE]:
        words = {cell_text(value).strip() for value in rows[at] if _says(value)}
        if len(words) >= FEWEST_HEADINGS:
            # Above it only what is a title, or a line of its own.
            above = [row for row in said if row < at]
            return at if all(_is_line(rows[row]) for row in above) else said[0]
    return said[0]


def _is_line(row: list[Any]) -> bool:
    """Whether a row says one thing only, a title merged over all columns too."""
    return len({cell_text(value).strip() for value in row if _says(value)}) == 1


def _says(value: Any) -> bool:
    return bool(cell_text(value).strip())


def _above(rows: list[list[Any]], head_row: int) -> list[str]:
    """What stands above the headings, which nobody reads."""
    words = [cell_text(value).strip() for row in rows for value in row if _says(value)]
    if not words:
        return []
    told = _("The headings stand in row %(row)s; what is above them was not read: %(words)s")
    shown = Truncator(" · ".join(dict.fromkeys(words))).chars(LONGEST_TOLD)
    return [told % {"row": head_row, "words": shown}]
