"""What a cell holds, as it is shown, and what of it may be trusted. Pure.

Whatever is not plain is a text, so that everybody who asks for the text gets what the person sees.
"""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

import msgspec

from actionplan.excel.reading.formats.digits import general


class UnreadReason(StrEnum):
    """Why a cell is not read."""

    # It shows an error: #REF!, or #### where a day is none.
    ERROR = "error"
    # A formula that nobody has computed.
    NO_VALUE = "no_value"
    # Its format shows nothing of what it holds.
    HIDDEN = "hidden"
    # Struck out, all of it or a part.
    STRUCK = "struck"


class NumberValue(msgspec.Struct, frozen=True, array_like=True, tag="n"):
    """A number under a format; `is_plain` where it is shown without unit or per cent."""

    text: str
    is_plain: bool


class DateValue(msgspec.Struct, frozen=True, array_like=True, tag="d"):
    """A day or a time, and the moment where year, month and day are shown."""

    text: str
    at: datetime | None


class Fault(msgspec.Struct, frozen=True, array_like=True, tag="f"):
    """A cell that is not read: why, and what it shows."""

    why: UnreadReason
    text: str


Cell = str | int | float | NumberValue | DateValue | Fault | None


class NumberText(str):
    """A number as it is shown, 1 234,50; `number` is written with a point, 1234.50."""

    __slots__ = ()

    @property
    def number(self) -> str:
        """The number as one that has no language."""
        return self.replace(" ", "").replace(",", ".")


class DayText(str):
    """A day as it is shown, 3 apr 2025, and the moment that it is."""

    __slots__ = ("at",)
    at: datetime

    def __new__(cls, text: str, at: datetime) -> "DayText":
        day = super().__new__(cls, text)
        day.at = at
        return day


class UnreadCell(str):
    """A cell that is not read, as it is shown: why, and its address."""

    __slots__ = ("address", "why")
    why: UnreadReason
    address: str

    def __new__(cls, text: str, why: UnreadReason, address: str) -> "UnreadCell":
        cell = super().__new__(cls, text)
        cell.why, cell.address = why, address
        return cell


def words(value: object) -> str:
    """Return what a cell holds as its reader sees it in a text: 0,3 and not 0.3."""
    return general(Decimal(repr(value))) if isinstance(value, float) else str(value)


def plain(cell: Cell, address: str) -> object:
    """Return a cell as the reader of its sheet gets it; nothing is an empty text."""
    match cell:
        case None:
            return ""
        case NumberValue():
            return NumberText(cell.text) if cell.is_plain else cell.text
        case DateValue():
            return _day(cell)
        case Fault():
            return UnreadCell(cell.text, cell.why, address)
        case _:
            return cell


def _day(cell: DateValue) -> date | datetime | str:
    """Return a date or moment where it is shown as such, else the text that shows it."""
    if cell.at is None:
        return cell.text
    value: date | datetime = cell.at.date() if cell.at.time() == time() else cell.at
    return value if str(value) == cell.text else DayText(cell.text, cell.at)
