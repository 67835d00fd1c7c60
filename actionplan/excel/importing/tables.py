"""The rows of a sheet as a table: which row has the headings, and what follows below."""

from typing import Final

import tablib
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.excel.columns.cell import cell_text
from actionplan.excel.importing.faults import spans
from actionplan.excel.importing.sentences import sentence
from actionplan.excel.reading.bounds import (
    MOST_COLUMNS,
    MOST_ROWS,
    SheetFault,
    SheetRefused,
    column_letters,
)
from actionplan.excel.reading.reader import ReadSheet
from actionplan.processes.uploads import FileRefused
from actionplan.text import figure

# A title and a few lines may stand above the headings.
MOST_ABOVE: Final = 20
FEWEST_HEADINGS: Final = 3
LONGEST_EXCERPT: Final = 80


# The package has no types.
class ImportTable(tablib.Dataset):  # type: ignore[misc]
    """Rows below their headings; `head_row` is where those stand, as Excel numbers it."""

    def __init__(self, *rows: list[object], headers: list[str], head_row: int, sheet: str) -> None:
        super().__init__(*rows, headers=headers)
        self.head_row = head_row
        # The name of the sheet, where there are several.
        self.sheet = sheet
        self.notices: list[str] = []


def table(rows: list[list[object]], sheet: str = "") -> ImportTable:
    """Return the table that a sheet holds; empty rows stay, so that each keeps its number.

    Raises:
        FileRefused: nothing stands there, or too much.
    """
    at = _head(rows)
    if at is None:
        raise FileRefused(_("None of the sheets in the file has any content."))
    head = [cell_text(value).strip() for value in rows[at]]
    while not head[-1]:
        head.pop()
    below = rows[at + 1 :]
    while below and not any(_says(value) for value in below[-1]):
        below.pop()
    if len(below) > MOST_ROWS or len(head) > MOST_COLUMNS:
        raise FileRefused(sentence(SheetRefused(SheetFault.TOO_LARGE)))
    filled = [(row + [""] * len(head))[: len(head)] for row in below]
    dataset = ImportTable(*filled, headers=head, head_row=at + 1, sheet=sheet)
    dataset.notices += above(rows[:at], at + 1)
    dataset.notices += _without_heading(head, below)
    return dataset


def unseen(sheet: ReadSheet, dataset: ImportTable) -> list[str]:
    """Say which rows and columns are hidden in Excel, also by a filter, but were read anyway."""
    notices = []
    rows = [row for row in sheet.hidden_rows if row > dataset.head_row]
    if rows:
        words = ngettext(
            "Row %(rows)s is hidden in Excel but was read anyway.",
            "%(count)s rows are hidden in Excel but were read anyway: %(rows)s.",
            len(rows),
        )
        notices.append(words % {"count": figure(len(rows)), "rows": spans(rows)})
    heads = [
        dataset.headers[at - 1]
        for at in sheet.hidden_columns
        if at <= len(dataset.headers) and dataset.headers[at - 1]
    ]
    if heads:
        words = _("Hidden in Excel but read anyway: the columns %(names)s.")
        notices.append(words % {"names": ", ".join(heads)})
    return notices


def _head(rows: list[list[object]]) -> int | None:
    """Find the row of headings: the first that says something and is no title."""
    filled_rows = [at for at, row in enumerate(rows) if any(map(_says, row))]
    if not filled_rows:
        return None
    for at in filled_rows[:MOST_ABOVE]:
        if _filled_number(rows[at]) >= FEWEST_HEADINGS:
            # Above it only what is a title, or a line of its own.
            above = [rows[row] for row in filled_rows if row < at]
            below = [rows[row] for row in filled_rows if row > at][:MOST_ABOVE]
            return at if _are_titles(above, below) else filled_rows[0]
    return filled_rows[0]


def _are_titles(above: list[list[object]], below: list[list[object]]) -> bool:
    """Tell whether rows stand above a table: each says one thing, or less than most rows of it do.

    A title that is merged over all columns is one thing.
    """
    most = max((_filled_number(row) for row in above), default=0)
    fuller = sum(_filled_number(row) >= FEWEST_HEADINGS for row in below)
    return most <= 1 or (bool(below) and 2 * fuller > len(below))


def _filled_number(row: list[object]) -> int:
    """Tell how many different things a row says."""
    return len({cell_text(value).strip() for value in row if _says(value)})


def _says(value: object) -> bool:
    return bool(cell_text(value).strip())


def _without_heading(head: list[str], below: list[list[object]]) -> list[str]:
    """Say which columns have content but no heading, so that nobody reads them."""
    blank = [at for at, heading in enumerate(head) if not heading]
    width = len(head)
    columns = {
        at
        for row in below
        for at in (*blank, *range(width, len(row)))
        if at < len(row) and _says(row[at])
    }
    if not columns:
        return []
    sentence = ngettext(
        "Column %(names)s has no heading and was not read.",
        "Columns %(names)s have no heading and were not read.",
        len(columns),
    )
    letters = [column_letters(at + 1) for at in sorted(columns)]
    return [sentence % {"names": ", ".join(letters)}]


def above(rows: list[list[object]], head_row: int) -> list[str]:
    """Say what stands above the headings, which nobody reads."""
    words = [cell_text(value).strip() for row in rows for value in row if _says(value)]
    if not words:
        return []
    notice = _("The headings are in row %(row)s. What is above them was not read: %(words)s")
    excerpt = Truncator(" · ".join(dict.fromkeys(words))).chars(LONGEST_EXCERPT)
    return [notice % {"row": head_row, "words": excerpt}]
