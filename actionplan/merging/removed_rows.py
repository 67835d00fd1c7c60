"""Rows below a form that somebody removed while another edited them: added anew, not lost."""

from collections.abc import Collection
from enum import Enum, auto
from typing import Any

from django.http import QueryDict

from actionplan.text import is_number

TOTAL, INITIAL, BEFORE = "TOTAL_FORMS", "INITIAL_FORMS", "initial-"
# By the names of its fields without the row's number; what was shown in them under `initial-`.
Row = dict[str, list[Any]]


class RemovalState(Enum):
    """What became of the rows that were sent."""

    NONE = auto()
    UNTOUCHED = auto()
    EDITED = auto()


def as_new_rows(
    data: QueryDict, *, prefix: str, key: str, stored: Collection[str]
) -> RemovalState:
    """Make new rows of those that were edited and are gone; who did not touch one lets it go.

    Args:
        data: what was sent, which is changed.
        prefix: of the rows' fields.
        key: the name of the field that says which row it is.
        stored: the keys of the rows that are there.

    Returns:
        Whether a row is gone, and whether it had been edited.
    """
    numbers = [data.get(f"{prefix}-{name}", "") for name in (INITIAL, TOTAL)]
    if not all(is_number(number) for number in numbers):
        # Django tells whoever sent that it is no form.
        return RemovalState.NONE
    initial, total = map(int, numbers)
    known = [data.get(f"{prefix}-{at}-{key}") in stored for at in range(min(initial, len(data)))]
    if all(known):
        return RemovalState.NONE
    rows = [_taken(data, f"{prefix}-{at}-") for at in range(min(total, len(data)))]
    there = [row for row, is_known in zip(rows, known, strict=False) if is_known]
    removed_rows = [row for row, is_known in zip(rows, known, strict=False) if not is_known]
    edited = [_new(row, key) for row in removed_rows if _is_edited(row)]
    kept = [*there, *rows[len(known) :], *edited]
    for at, row in enumerate(kept):
        for name, values in row.items():
            before = BEFORE if name.startswith(BEFORE) else ""
            data.setlist(f"{before}{prefix}-{at}-{name.removeprefix(BEFORE)}", values)
    data[f"{prefix}-{INITIAL}"], data[f"{prefix}-{TOTAL}"] = str(len(there)), str(len(kept))
    return RemovalState.EDITED if edited else RemovalState.UNTOUCHED


def _taken(data: QueryDict, start: str) -> Row:
    """Take the fields of one row out of the data."""
    row = {}
    for full in [name for name in data if name.removeprefix(BEFORE).startswith(start)]:
        before = BEFORE if full.startswith(BEFORE) else ""
        row[before + full.removeprefix(BEFORE).removeprefix(start)] = data.getlist(full)
        del data[full]
    return row


def _is_edited(row: Row) -> bool:
    """Tell whether it says something else than was shown; a row to be removed says nothing."""
    if "DELETE" in row:
        return False
    values_before = {
        name.removeprefix(BEFORE): row[name] for name in row if name.startswith(BEFORE)
    }
    # What was shown is not known of every form; then it is kept.
    return not values_before or any(
        _lines(row.get(name, [])) != _lines(values) for name, values in values_before.items()
    )


def _lines(values: list[object]) -> list[str]:
    """Return values as they compare: a box without a tick is not sent, line ends are no words."""
    box_values = {"True": "on", "False": ""}
    plain = (str(value).replace("\r\n", "\n") for value in values)
    return list(filter(None, (box_values.get(value, value) for value in plain)))


def _new(row: Row, key: str) -> Row:
    kept = {name: values for name, values in row.items() if not name.startswith(BEFORE)}
    return kept | {key: [""]}
