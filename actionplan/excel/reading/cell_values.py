"""What one cell says: its type, its number format and its text make what Excel shows. Pure."""

import re
from collections.abc import Sequence, Set
from datetime import datetime, timedelta
from typing import Final

from actionplan.excel.reading.book import Strings, Styles
from actionplan.excel.reading.bounds import MOST_STRINGS, SheetFault, SheetRefused, bounded
from actionplan.excel.reading.formats.dates import FIRST, FIRST_OF_1904
from actionplan.excel.reading.formats.digits import general
from actionplan.excel.reading.formats.number_formats import NumberFormat, format_of, significant
from actionplan.excel.reading.values import (
    Cell,
    DateValue,
    Fault,
    NumberValue,
    UnreadReason,
    words,
)
from actionplan.word.file.symbols import symbol_text as in_font

NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
# Errors as the file tells them, each as Swedish Excel shows it.
ERRORS: Final = {
    "#N/A": "#SAKNAS!",
    "#REF!": "#REFERENS!",
    "#VALUE!": "#VÄRDEFEL!",
    "#NAME?": "#NAMN?",
    "#DIV/0!": "#DIVISION/0!",
    "#NULL!": "#SKÄRNING!",
    "#NUM!": "#OGILTIGT!",
    "#SPILL!": "#SPILL!",
    "#CALC!": "#CALC!",
    "#FIELD!": "#FIELD!",
    "#BLOCKED!": "#BLOCKED!",
    "#CONNECT!": "#CONNECT!",
    "#GETTING_DATA": "#GETTING_DATA",
}
# Pasted without its formula an error is a text; it is no value all the same.
NAMES: Final = {sign: name for name, sign in ERRORS.items()} | {name: name for name in ERRORS}
LOGICAL: Final = {"1": "SANT", "0": "FALSKT", "true": "SANT", "false": "FALSKT"}
# What stands for a formula without a value: never nothing.
FORMULA: Final = "=…"
NO_DAY: Final = "####"
# Beyond it a whole number is no number of its own any more.
LARGEST: Final = 2**63
LONGEST_EXCERPT: Final = 40
MOST_REMEMBERED: Final = 5000


class CellValues:
    """Makes the values of the cells of a workbook; formats are looked at once each."""

    def __init__(self, strings: Strings | None, styles: Styles, *, is_1904: bool) -> None:
        self._strings: Sequence[str] = strings.texts if strings else ()
        self._struck: Set[int] = strings.struck if strings else frozenset()
        self._styles, self._is_1904 = styles, is_1904
        self._formats: dict[str | None, NumberFormat] = {}
        # Days and steps of a scale occur again and again.
        self._numbers: dict[tuple[str, str | None], Cell] = {}

    def value(
        self, kind: str, style: str | None, content: str | None, *, has_formula: bool
    ) -> Cell:
        """Return what a cell shows, or why it is not read; None for nothing.

        Args:
            kind: its type as the file tells it; "n" for a number.
            style: the number of its style.
            content: what stands in it; None where it has no value at all.
            has_formula: whether that is the result of a formula.

        Raises:
            SheetRefused: it refers to a text or a format that is none.
        """
        if not content:
            # The result of a formula may be a text without a letter.
            is_lacking = has_formula and (content is None or kind != "str")
            return Fault(UnreadReason.NO_VALUE, FORMULA) if is_lacking else None
        if self.is_struck(kind, style, content):
            return struck(self._plain(kind, style, content))
        return self._plain(kind, style, content)

    def is_struck(self, kind: str, style: str | None, content: str) -> bool:
        """Tell whether something of a cell is struck out, by its style or within its text."""
        if self._styles.is_struck(style):
            return True
        return kind == "s" and bool(self._struck) and int(content) in self._struck

    def _plain(self, kind: str, style: str | None, content: str) -> Cell:
        """Return what a cell shows, whether or not it is struck out."""
        match kind:
            case "s":
                return self._text(self._shared(content), style)
            case "str" | "inlineStr":
                return self._text(content, style)
            case "b":
                return LOGICAL.get(content.strip().casefold(), content)
            case "e":
                return error(content)
            case "d":
                return self._iso(content, style)
            case _:
                return self._remembered(content, style)

    def _remembered(self, content: str, style: str | None) -> Cell:
        """Return what is shown of a number, worked out once for each text and style."""
        key = content, style
        if key not in self._numbers:
            if len(self._numbers) >= MOST_REMEMBERED:
                self._numbers.clear()
            self._numbers[key] = self._number(content, style)
        return self._numbers[key]

    def _shared(self, content: str) -> str:
        at = bounded(content.strip(), MOST_STRINGS)
        if at >= len(self._strings):
            raise SheetRefused(SheetFault.DAMAGED)
        return self._strings[at]

    def _format(self, style: str | None) -> NumberFormat:
        number_format = self._formats.get(style)
        if number_format is None:
            try:
                number_format = self._formats[style] = format_of(self._styles.code(style))
            except ValueError as error:
                raise SheetRefused(SheetFault.DAMAGED) from error
        return number_format

    def _text(self, text: str, style: str | None) -> Cell:
        if text[:1] == "#" and text.strip() in NAMES:
            return error(text)
        # A tick is often the letter ü in a font of signs.
        text = in_font(text, self._styles.font(style))
        formatted = self._format(style).text(text)
        return (
            formatted
            if formatted or not text.strip()
            else Fault(UnreadReason.HIDDEN, text[:LONGEST_EXCERPT])
        )

    def _iso(self, content: str, style: str | None) -> Cell:
        """Return what is shown of a day that is written out, as Strict Open XML does it."""
        try:
            at = datetime.fromisoformat(content.strip()).replace(tzinfo=None)
        except ValueError:
            return content
        number = (at - (FIRST_OF_1904 if self._is_1904 else FIRST)) / timedelta(days=1)
        if self._format(style).is_general:
            style_of_days = format_of("yyyy-mm-dd" if number.is_integer() else "yyyy-mm-dd hh:mm")
            return self._number_cell(number, style_of_days)
        return self._number_cell(number, self._format(style))

    def _number(self, content: str, style: str | None) -> Cell:
        content = content.strip()
        if not NUMBER.fullmatch(content):
            return Fault(UnreadReason.ERROR, content[:LONGEST_EXCERPT])
        number = float(content)
        if number in (float("inf"), float("-inf")):
            return Fault(UnreadReason.ERROR, content[:LONGEST_EXCERPT])
        form = self._format(style)
        if not form.is_general:
            return self._number_cell(number, form)
        if number.is_integer():
            return int(number) if abs(number) < 10**15 else _wide(number)
        return float(significant(number))

    def _number_cell(self, number: float, form: NumberFormat) -> Cell:
        try:
            written = form.number(number, is_1904=self._is_1904)
        except (ValueError, OverflowError):
            return Fault(UnreadReason.ERROR, NO_DAY)
        if not written.text:
            return Fault(UnreadReason.HIDDEN, general(significant(number))[:LONGEST_EXCERPT])
        if written.is_number:
            whole = written.text.isascii() and written.text.isdigit() and written.text[0] != "0"
            is_short = len(written.text) < 16
            return int(written.text) if whole and is_short else NumberValue(written.text, True)
        if written.is_time:
            return DateValue(written.text, written.day)
        return NumberValue(written.text, False)


def error(content: str) -> Fault:
    """Return the fault of an error value, named as Swedish Excel shows it and as others do."""
    name = NAMES.get(content.strip(), content.strip()[:LONGEST_EXCERPT])
    swedish = ERRORS.get(name, name)
    return Fault(UnreadReason.ERROR, name if swedish == name else f"{swedish} ({name})")


def _wide(number: float) -> int | float:
    """Round a whole number to the fifteen digits that Excel keeps, unless LARGEST or more."""
    return int(significant(number)) if abs(number) < LARGEST else number


def struck(cell: Cell) -> Cell:
    """Turn the content of a struck-out cell into a fault: it is there, and is not meant."""
    if cell is None or isinstance(cell, Fault) or not str(cell).strip():
        return cell
    words_of_cell = cell.text if isinstance(cell, NumberValue | DateValue) else words(cell)
    return Fault(UnreadReason.STRUCK, words_of_cell.strip()[:LONGEST_EXCERPT])
