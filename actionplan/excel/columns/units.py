"""A number that a cell shows with its unit, 85 %, where its row says which unit is meant."""

import re
from typing import Final

from actionplan import text
from actionplan.excel.reading.values import NumberText, UnreadCell

# 85 %, 1 200 kr, 12 ton CO2e; a currency may stand first.
MEASURED: Final = re.compile(
    r"(?P<sign>[-−]?)(?P<before>[^\W\d_]+|[€$£]|) ?(?P<number>[-−]?[0-9][0-9 ]*(?:[.,][0-9]+)?)"
    r" ?(?P<after>(?:[^\W\d_]|[%‰€$£:]).*|)"
)
# What is written for one another.
SAME: Final = (
    frozenset(("%", "procent", "percent", "per cent")),
    frozenset(("‰", "promille", "per mille")),
    frozenset(("kr", "kronor", "krona", "sek", "kr.", ":-")),
    frozenset(("tkr", "tusen kronor", "kkr", "ksek")),
    frozenset(("mkr", "mnkr", "miljoner kronor", "msek")),
    frozenset(("st", "st.", "stycken", "styck", "antal", "number")),
    frozenset(("€", "eur", "euro")),
)
# A unit may say of what it is: "procent av avtalen", "andel (%)".
PER_CENT: Final = SAME[0]
WORD: Final = re.compile(r"%|[^\W\d_]+")


class OtherUnit(str):
    """A number shown with a unit that is not its row's."""

    __slots__ = ("unit",)
    unit: str

    def __new__(cls, words: str, unit: str) -> "OtherUnit":
        cell = super().__new__(cls, words)
        cell.unit = unit
        return cell


def without_unit(cell: object, unit: str) -> object:
    """Return the number that a cell shows, where it is shown in the row's own unit.

    What shows no unit is the cell itself.
    """
    if not isinstance(cell, str) or isinstance(cell, NumberText | UnreadCell):
        return cell
    match = MEASURED.fullmatch(text.clean(cell))
    if match is None:
        return cell
    before, after = match["before"], match["after"]
    if bool(before) is bool(after):
        return cell
    if _is_same(before or after, unit):
        return NumberText(match["sign"] + match["number"])
    # What stands in front of a number is seldom a unit: ca 85.
    return cell if before else OtherUnit(cell, unit)


def _is_same(words: str, unit: str) -> bool:
    ours, theirs = text.fold(unit), text.fold(words)
    if ours == theirs or any(ours in group and theirs in group for group in SAME):
        return True
    return theirs in PER_CENT and not PER_CENT.isdisjoint(WORD.findall(ours))
