"""What Excel shows of a number or a text under a number format, as Swedish Excel shows it. Pure.

A format has up to four sections, for positive and negative numbers, zero and text; a section may
have a condition of its own. Per cents get their space, thousands a space, decimals a comma.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Context, Decimal
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from actionplan.excel.reading.formats import dates, digits
from actionplan.excel.reading.formats.tokens import FormatToken, TokenKind, sections, tokens

GENERAL: Final = "General"
# Characters that Excel takes.
LONGEST: Final = 255
# As Swedish Excel shows the formats that have a number and no code.
BUILT_IN: Final = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '#,##0 "kr";-#,##0 "kr"',
    6: '#,##0 "kr";-#,##0 "kr"',
    7: '#,##0.00 "kr";-#,##0.00 "kr"',
    8: '#,##0.00 "kr";-#,##0.00 "kr"',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy-mm-dd",
    15: "dd-mmm-yy",
    16: "dd-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "hh:mm",
    21: "hh:mm:ss",
    22: "yyyy-mm-dd hh:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-;@",
    42: '#,##0 "kr";-#,##0 "kr";- "kr";@',
    43: "#,##0.00;-#,##0.00;-;@",
    44: '#,##0.00 "kr";-#,##0.00 "kr";- "kr";@',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
# What Excel keeps of a number.
SIGNIFICANT: Final = Context(prec=15)
CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
# Nothing but a number: no unit, no per cent, no fraction.
PLAIN: Final = re.compile(r"-?[0-9]+(?: [0-9]+)*(?:,[0-9]+)?(?:E[+-]?[0-9]+)?")
COMPARED: Final[dict[str, Callable[[Decimal, Decimal], bool]]] = {
    "<": lambda number, bound: number < bound,
    "<=": lambda number, bound: number <= bound,
    ">": lambda number, bound: number > bound,
    ">=": lambda number, bound: number >= bound,
    "=": lambda number, bound: number == bound,
    "<>": lambda number, bound: number != bound,
}


class FormattedValue(NamedTuple):
    """What a cell shows; `is_number` where it is nothing but a number, `day` a whole date."""

    text: str
    is_number: bool = False
    is_time: bool = False
    day: datetime | None = None


@dataclass(frozen=True)
class FormatSection:
    """One of the sections of a format."""

    tokens: tuple[FormatToken, ...]
    condition: tuple[str, Decimal] | None

    @cached_property
    def is_time(self) -> bool:
        """Whether it shows days or times."""
        return self.has(TokenKind.DATE, TokenKind.ELAPSED)

    @cached_property
    def is_number(self) -> bool:
        """Whether it may show nothing but a number."""
        return self.has(TokenKind.DIGIT, TokenKind.GENERAL)

    @cached_property
    def time_format(self) -> dates.TimeFormat:
        """How it shows times."""
        return dates.TimeFormat(self.tokens)

    @cached_property
    def digit_format(self) -> digits.DigitFormat:
        """How it shows digits."""
        return digits.DigitFormat(self.tokens)

    def holds(self, number: Decimal) -> bool:
        """Tell whether its own condition is met."""
        return self.condition is not None and COMPARED[self.condition[0]](
            number, self.condition[1]
        )

    def has(self, *kinds: TokenKind) -> bool:
        """Tell whether there is a sign of one of these kinds in it."""
        return any(token.kind in kinds for token in self.tokens)


class NumberFormat:
    """A format as it is written in a workbook; ValueError where Excel would not open it."""

    def __init__(self, code: str) -> None:
        if len(code) > LONGEST:
            raise ValueError(code[:LONGEST])
        parts = [_section(part) for part in sections(code)]
        self.of_text: FormatSection | None = None
        if len(parts) > 3 or parts[-1].has(TokenKind.TEXT):
            self.of_text = parts.pop()
        # Alone, what is said of texts is said of numbers too.
        self.of_numbers = parts[:3]
        # By far the most common.
        self.is_general = code.strip().casefold() in ("", "general", "@")

    def text(self, text: str) -> str:
        """Return what is shown of a text."""
        if self.of_text is None or self.is_general:
            return text
        return tidy(
            "".join(text if t.kind is TokenKind.TEXT else t.text for t in self.of_text.tokens)
        )

    def number(self, number: float, *, is_1904: bool = False) -> FormattedValue:
        """Return what is shown of a number; raise ValueError where Excel shows only ####."""
        value = significant(number)
        if not self.of_numbers:
            return FormattedValue(self.text(digits.general(value)), self.is_general)
        section, is_signed = self._section_for(value)
        if section.is_time:
            formatted = section.time_format.time_text(number, is_1904=is_1904)
            return FormattedValue(tidy(formatted.text), is_time=True, day=formatted.day)
        written = tidy(section.digit_format.digit_text(value if is_signed else abs(value)))
        return FormattedValue(written, section.is_number and PLAIN.fullmatch(written) is not None)

    def _section_for(self, value: Decimal) -> tuple[FormatSection, bool]:
        """Choose the section for a number, and tell whether the number keeps its sign in it."""
        parts = self.of_numbers
        if len(parts) == 1 and parts[0].condition is None:
            return parts[0], True
        if any(part.condition for part in parts):
            for part in parts:
                if part.holds(value):
                    return part, len(parts) == 1 or not _is_below_zero(part)
            free = [part for part in parts if part.condition is None]
            return (free[-1] if free else GENERAL_SECTION), True
        if value < 0 and len(parts) > 1:
            return parts[1], False
        if value == 0 and len(parts) > 2:
            return parts[2], False
        return parts[0], True


def significant(number: float) -> Decimal:
    """Round a number to the fifteen digits that Excel shows."""
    return SIGNIFICANT.create_decimal(repr(number))


@lru_cache(maxsize=500)
def format_of(code: str) -> NumberFormat:
    """Take a format apart, once for each code."""
    return NumberFormat(code)


def tidy(text: str) -> str:
    """Return a text without what only aligns it: spaces at its ends and two in a row."""
    if "  " not in text and text[:1] != " " and text[-1:] != " " and "\n" not in text:
        return text
    lines = (" ".join(filter(None, line.split(" "))) for line in text.split("\n"))
    return "\n".join(lines)


def _section(code: str) -> FormatSection:
    parts = tuple(tokens(code))
    conditions = (
        CONDITION.fullmatch(t.text.strip()) for t in parts if t.kind is TokenKind.CONDITION
    )
    condition = next(filter(None, conditions), None)
    kept = tuple(token for token in parts if token.kind is not TokenKind.CONDITION)
    return FormatSection(kept, (condition[1], Decimal(condition[2])) if condition else None)


def _is_below_zero(part: FormatSection) -> bool:
    return (
        part.condition is not None
        and part.condition[0] in ("<", "<=")
        and (part.condition[1] <= 0)
    )


GENERAL_SECTION: Final = _section(GENERAL)
