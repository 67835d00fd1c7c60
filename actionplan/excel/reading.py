"""Read the cells of one sheet of a workbook that somebody sent. Pure; runs in a child process."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib import import_module
from io import BytesIO
from typing import Any

import msgspec

from actionplan.excel.bounds import SheetFault, SheetRefused
from actionplan.excel.package import one_sheet


class Moment(msgspec.Struct, frozen=True, array_like=True):
    """A day, or a time of a day: what a cell holds that is formatted as a date."""

    at: datetime

    @property
    def value(self) -> date | datetime:
        """The day where the cell says no time."""
        return self.at.date() if self.at.time() == time() else self.at


Cell = str | int | float | bool | Moment | None


class Sheet(msgspec.Struct, frozen=True):
    """The rows of a sheet from its first one on; empty cells at the end of a row are left out."""

    rows: list[list[Cell]]

    def values(self) -> Iterator[list[Any]]:
        """The rows as plain values: whole numbers as int, dates as dates, "" for nothing."""
        for row in self.rows:
            yield [cell.value if isinstance(cell, Moment) else cell for cell in row]


def read_sheet(data: bytes, name: str | None = None) -> Sheet:
    """The cells of the sheet of this name, or of the first one; formulas as their values.

    Raises:
        SheetRefused: with the reason why it is not read.
    """
    package = one_sheet(data, name)
    # Loaded by the child alone: a fault of this parser ends the process that it is in.
    calamine = import_module("python_calamine")
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(BytesIO(package.data))
        rows = workbook.get_sheet_by_index(package.at).to_python(skip_empty_area=False)
    except calamine.CalamineError as error:
        raise SheetRefused(SheetFault.DAMAGED) from error
    return Sheet([_cells(row) for row in rows])


def _cells(row: list[Any]) -> list[Cell]:
    while row and row[-1] == "":
        row.pop()
    return [_cell(value) for value in row]


def _cell(value: Any) -> Cell:
    match value:
        case float() if value.is_integer() and abs(value) < 2**63:
            return int(value)
        case datetime():
            return Moment(value)
        case date():
            return Moment(datetime.combine(value, time()))
        case time() | timedelta():
            return str(value)
        case str() | int() | float() | None:
            cell: Cell = value
            return cell
        case _:
            return str(value)
