"""What a section of a number format shows of a number: digits, thousands, per cents. Pure."""

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from typing import Final

from actionplan.excel.reading.formats.tokens import FormatToken, TokenKind

# So that the longest number there is can be written out with all its decimals.
WIDE: Final = Context(prec=2000, rounding=ROUND_HALF_UP)
THOUSANDS: Final = " "
SWEDISH: Final = str.maketrans(",.", f"{THOUSANDS},")
NOT_NOTHING: Final = re.compile("[1-9]")
# A section with each sign as one letter, and the simplest that there is.
SIGNS: Final = {
    TokenKind.POINT: ".",
    TokenKind.COMMA: ",",
    TokenKind.PERCENT: " ",
    TokenKind.LITERAL: " ",
}
SIMPLE: Final = re.compile(r" *((?:#,##)?[0#](?:\.0+)?) *")
# Of a denominator; Excel shows three.
MOST_DIGITS: Final = 5
FAR: Final = 20


def general(number: Decimal) -> str:
    """Write a number without a format, to fifteen digits."""
    number = number.normalize(WIDE)
    if number and not -10 < number.adjusted() < FAR:
        return f"{number:E}".replace(".", ",")
    return f"{number:f}".replace(".", ",")


class DigitFormat:
    """A section that shows a number as digits; taken apart once for all cells that have it."""

    def __init__(self, section: Sequence[FormatToken]) -> None:
        self._section = section
        kinds = {token.kind for token in section}
        self._is_general = TokenKind.GENERAL in kinds
        self._has_digits = TokenKind.DIGIT in kinds
        self._times = 100 ** sum(token.kind is TokenKind.PERCENT for token in section)
        self._sectioned: Callable[[Decimal, Sequence[FormatToken]], str] = _decimal
        if TokenKind.SLASH in kinds:
            self._sectioned = _fraction
        elif TokenKind.EXPONENT in kinds:
            self._sectioned = _exponent
        simple = SIMPLE.fullmatch("".join(map(_sign, section)))
        self._simple = _Simple(section, simple) if simple else None

    def digit_text(self, number: Decimal) -> str:
        """Write a number as the section shows it."""
        if self._is_general:
            written = general(number)
            return "".join(
                written if t.kind is TokenKind.GENERAL else _literal(t) for t in self._section
            )
        if not self._has_digits:
            return "".join(map(_literal, self._section))
        with localcontext(WIDE):
            positive = abs(number) * self._times if self._times > 1 else abs(number)
            simple = self._simple
            written = (
                simple.digit_text(positive) if simple else self._sectioned(positive, self._section)
            )
        # What is rounded to nothing has no sign.
        return f"-{written}" if number < 0 and NOT_NOTHING.search(written) else written


class _Simple:
    """The common case: whole digits and so many decimals, units before and after."""

    def __init__(self, section: Sequence[FormatToken], match: re.Match[str]) -> None:
        begins, ends = match.span(1)
        self._before = "".join(map(_literal, section[:begins]))
        self._after = "".join(map(_literal, section[ends:]))
        whole, _point, after = match[1].partition(".")
        self._places = Decimal(1).scaleb(-len(after))
        self._is_parted = "," in whole
        self._is_bare = whole[-1] == "#"

    def digit_text(self, number: Decimal) -> str:
        rounded = number.quantize(self._places)
        written = f"{rounded:,f}" if self._is_parted else f"{rounded:f}"
        if self._is_bare and written[0] == "0":
            written = written[1:]
        return f"{self._before}{written.translate(SWEDISH)}{self._after}"


def _sign(token: FormatToken) -> str:
    return token.text if token.kind is TokenKind.DIGIT else SIGNS.get(token.kind, "x")


def _literal(token: FormatToken) -> str:
    match token.kind:
        case TokenKind.LITERAL | TokenKind.SLASH:
            return token.text
        case TokenKind.PERCENT:
            return " %"
        case _:
            return ""


def _decimal(number: Decimal, section: Sequence[FormatToken]) -> str:
    """Write a number with its decimals, its thousands, and what stands around and between them."""
    kinds = [token.kind for token in section]
    point = kinds.index(TokenKind.POINT) if TokenKind.POINT in kinds else len(kinds)
    whole, rest = section[:point], section[point + 1 :]
    last = max((i for i, t in enumerate(whole) if t.kind is TokenKind.DIGIT), default=-1)
    commas = [i for i, t in enumerate(whole) if t.kind is TokenKind.COMMA]
    # After the last digit they divide by a thousand each, before it they part the thousands.
    scale = sum(i > last for i in commas)
    if not any(t.kind is TokenKind.DIGIT for t in whole):
        scale = 0
    scale += _trailing(rest)
    is_parted = any(i < last for i in commas)
    places = sum(token.kind is TokenKind.DIGIT for token in rest)
    rounded = (number / 1000**scale).quantize(Decimal(1).scaleb(-places))
    before, _point, after = f"{rounded:f}".partition(".")
    return _whole(before, whole, is_parted=is_parted) + _rest(after, rest)


def _trailing(rest: Sequence[FormatToken]) -> int:
    """Count the commas after the decimals: each divides by a thousand too."""
    return sum(token.kind is TokenKind.COMMA for token in rest)


def _whole(digits: str, section: Sequence[FormatToken], *, is_parted: bool) -> str:
    """Write the digits before the point, from the last to the first, each at its token."""
    left = list(digits.lstrip("0"))
    signs = [i for i, token in enumerate(section) if token.kind is TokenKind.DIGIT]
    pieces: list[str] = []
    count = 0

    def put(digit: str) -> None:
        nonlocal count
        if is_parted and count and count % 3 == 0:
            pieces.append(THOUSANDS)
        pieces.append(digit)
        count += 1

    for i in range(len(section) - 1, -1, -1):
        token = section[i]
        if token.kind is not TokenKind.DIGIT:
            pieces.extend(reversed(_literal(token)))
            continue
        if left:
            put(left.pop())
        elif token.text == "0":
            put("0")
        if i == signs[0]:
            while left:
                put(left.pop())
    if not signs:
        pieces.extend(reversed(left))
    return "".join(reversed(pieces))


def _rest(digits: str, section: Sequence[FormatToken]) -> str:
    """Write the digits after the point; zeros at the end only where the format asks for them."""
    signs = [token.text for token in section if token.kind is TokenKind.DIGIT]
    while signs and signs[-1] != "0" and digits.endswith("0"):
        digits, signs = digits[:-1], signs[:-1]
    left = iter(digits)
    parts = [
        next(left, "") if token.kind is TokenKind.DIGIT else _literal(token) for token in section
    ]
    return ("," if digits else "") + "".join(parts)


def _exponent(number: Decimal, section: Sequence[FormatToken]) -> str:
    """Write a number times a power of ten, in steps of the number of digits before the point."""
    at = next(i for i, token in enumerate(section) if token.kind is TokenKind.EXPONENT)
    mantissa, power = section[:at], section[at + 1 :]
    kinds = [token.kind for token in mantissa]
    point = kinds.index(TokenKind.POINT) if TokenKind.POINT in kinds else len(kinds)
    step = max(kinds[:point].count(TokenKind.DIGIT), 1)
    places = kinds[point:].count(TokenKind.DIGIT)
    exponent = number.adjusted() // step * step if number else 0
    if number and (number.scaleb(-exponent)).quantize(Decimal(1).scaleb(-places)) >= 10**step:
        exponent += step
    written = _decimal(number.scaleb(-exponent), mantissa)
    width = sum(token.kind is TokenKind.DIGIT for token in power)
    sign = "-" if exponent < 0 else "+" if section[at].text.endswith("+") else ""
    after = "".join(_literal(token) for token in power)
    return f"{written}E{sign}{abs(exponent):0{width}d}{after}"


def _fraction(number: Decimal, section: Sequence[FormatToken]) -> str:
    """Write a number as a fraction, the whole of it before where the format has room for it."""
    at = next(i for i, token in enumerate(section) if token.kind is TokenKind.SLASH)
    begins = _run(section, at - 1, -1)
    ends = _run(section, at + 1, 1)
    below = "".join(token.text for token in section[at + 1 : ends + 1])
    has_whole = any(token.kind is TokenKind.DIGIT for token in section[:begins])
    whole = int(number) if has_whole else 0
    part = Fraction(number) - whole
    if below.strip("#?0"):
        bottom = int("".join(sign for sign in below if sign.isdigit()) or 1)
        top = int(part * bottom + Fraction(1, 2))
    else:
        near = part.limit_denominator(10 ** min(max(len(below), 1), MOST_DIGITS) - 1)
        top, bottom = near.numerator, near.denominator
    if has_whole and top == bottom:
        whole, top = whole + 1, 0
    parts = [str(whole)] if has_whole and (whole or not top) else []
    parts += [f"{top}/{bottom}"] if top or not has_whole else []
    before = "".join(t.text for t in section[:begins] if t.kind is TokenKind.LITERAL)
    after = "".join(map(_literal, section[ends + 1 :]))
    return before.rstrip(" ") + " ".join(parts) + after


def _run(section: Sequence[FormatToken], at: int, step: int) -> int:
    """Return the last place of the digits that begin at `at` and go on in steps of `step`."""
    last = at - step
    while 0 <= at < len(section) and (
        section[at].kind is TokenKind.DIGIT or (step > 0 and section[at].text.isdigit())
    ):
        last, at = at, at + step
    return last
