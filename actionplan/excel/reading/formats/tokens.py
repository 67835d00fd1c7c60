"""Take the code of a number format apart into what each of its signs does. Pure."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, NamedTuple


class TokenKind(Enum):
    """What a sign of a format does."""

    LITERAL = auto()
    DIGIT = auto()
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    EXPONENT = auto()
    SLASH = auto()
    TEXT = auto()
    GENERAL = auto()
    DATE = auto()
    ELAPSED = auto()
    CONDITION = auto()
    # Says that the names of months and days are English.
    ENGLISH = auto()


class FormatToken(NamedTuple):
    """A sign of a format: what it does, and what stands there."""

    kind: TokenKind
    text: str


# What stands between two sections, but not in a text, after an escape or in brackets.
SECTION: Final = re.compile(r'(?:"[^"]*"?|\\.|[_*].|\[[^\]]*\]?|[^;])*', re.DOTALL)
SIGN: Final = re.compile(
    r"""(?P<literal>"[^"]*"?)
    |\\(?P<escaped>.)
    |_(?P<space>.)
    |\*(?P<fill>.)
    |\[(?P<brackets>[^\]]*)\]?
    |(?P<general>general|standard)
    |(?P<half>am/pm|a/p)
    |(?P<exponent>e[+-])
    |(?P<fraction>(?<=s)[.,]0+|(?<=s\])[.,]0+)
    |(?P<date>y+|m+|d+|h+|s+|b+|e+|g+)
    |(?P<digit>[0#?])
    |(?P<point>\.)
    |(?P<comma>,)
    |(?P<percent>%)
    |(?P<slash>/)
    |(?P<text>@)
    |(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
SIMPLE: Final = {
    "general": TokenKind.GENERAL,
    "half": TokenKind.DATE,
    "exponent": TokenKind.EXPONENT,
    "fraction": TokenKind.DATE,
    "date": TokenKind.DATE,
    "digit": TokenKind.DIGIT,
    "point": TokenKind.POINT,
    "comma": TokenKind.COMMA,
    "percent": TokenKind.PERCENT,
    "slash": TokenKind.SLASH,
    "text": TokenKind.TEXT,
    "escaped": TokenKind.LITERAL,
    "other": TokenKind.LITERAL,
}
ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)
# English of the United States, of Britain and of some others.
ENGLISH: Final = frozenset(("9", "409", "809", "c09", "1009", "en-us", "en-gb"))
# A long date and a time as the computer is set; Sweden's.
SYSTEM: Final = {"f800": '"den "d mmmm yyyy', "f400": "hh:mm:ss"}


def sections(code: str) -> list[str]:
    """Return the sections of a format."""
    parts, at = [], 0
    while True:
        part = SECTION.match(code, at)
        parts.append(part[0] if part else "")
        at += len(parts[-1])
        if at >= len(code):
            return parts
        at += 1  # the semicolon


def tokens(section: str) -> Iterator[FormatToken]:
    """Yield the tokens of a section in order."""
    for tag in re.findall(r"\[\$-([^\]]*)\]", section):
        if tag.casefold() in SYSTEM:
            # What else stands there is for computers that are set otherwise.
            yield from tokens(SYSTEM[tag.casefold()])
            return
    for sign in SIGN.finditer(section):
        name, text = sign.lastgroup or "other", sign[sign.lastgroup or 0]
        if name == "literal":
            yield FormatToken(TokenKind.LITERAL, text.strip('"'))
        elif name == "space":
            yield FormatToken(TokenKind.LITERAL, " ")
        elif name == "brackets":
            yield from _in_brackets(text)
        elif name in SIMPLE:
            yield FormatToken(SIMPLE[name], text)


def _in_brackets(text: str) -> Iterator[FormatToken]:
    """Yield a condition, a time that goes on past its day, or a currency with its language."""
    if ELAPSED.fullmatch(text):
        yield FormatToken(TokenKind.ELAPSED, text.casefold())
    elif text[:1] in ("<", ">", "="):
        yield FormatToken(TokenKind.CONDITION, text)
    elif text.startswith("$"):
        sign, _hyphen, language = text[1:].partition("-")
        if sign:
            yield FormatToken(TokenKind.LITERAL, sign)
        if language.casefold().rpartition(",")[0] in ENGLISH or language.casefold() in ENGLISH:
            yield FormatToken(TokenKind.ENGLISH, "")
    # The rest are colours.
