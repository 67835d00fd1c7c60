"""Swedish text: how words are compared, cleaned and sorted, and how numbers are written."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Final
from urllib.parse import unquote

# Soft hyphens, joiners and direction marks come with text pasted from web pages, Outlook and
# Teams: unseen, but every comparison meets them.
INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
# Of these the one that Python counts as printable: it joins signs, and is a sign itself.
JOINER: Final = "\u034f"
# Letters that a PDF or a typesetter has joined into one sign, which no search finds, and hyphens
# that hold a line together: nobody types them.
LIGATURE: Final = re.compile("[\ufb00-\ufb06]")
HYPHEN: Final = re.compile("[\u2010\u2011]")
# Spaces that hold a line together or have a width of their own.
SPACE: Final = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
# XML 1.0 forbids these, PostgreSQL refuses NUL: they never carry meaning in a plan.
CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What `typed` takes away or turns into something else, but for letters apart from their accents.
UNTYPED: Final = re.compile(
    "|".join(sign.pattern for sign in (CONTROL, INVISIBLE, LIGATURE, HYPHEN, SPACE))
)
SCHEME: Final = re.compile(r"(?:mailto:|https?://)(?:www\.)?|www\.")
# å, ä, ö follow z in Swedish; their code points do not.
SWEDISH_ORDER: Final = str.maketrans("åäöæø", "{|}|}")
# Four figures are read at a glance and may be a year; from five on they stand in threes.
LEAST_GROUPED: Final = 10_000
# Digits of the longest key of a row; Python itself reads no number of thousands.
MOST_DIGITS: Final = 18
NO_BREAK_SPACE: Final = "\u00a0"


def clean(text: str) -> str:
    """Return text as it is kept: NFC, single spaces, no ligatures, nothing invisible."""
    if _is_clean(text):
        return text
    visible = INVISIBLE.sub("", CONTROL.sub(" ", text))
    visible = HYPHEN.sub("-", visible)
    visible = LIGATURE.sub(lambda joined: unicodedata.normalize("NFKC", joined[0]), visible)
    # Last, since what was invisible may have stood between a letter and its accent.
    return " ".join(unicodedata.normalize("NFC", visible).split())


def writable(text: str) -> str:
    """Return text with nothing in it that XML cannot hold: files, feeds and other programs."""
    return CONTROL.sub(" ", text)


def one_line(text: str) -> str:
    """Return text as the subject of a mail holds it, which is refused with a line break in it."""
    return " ".join(text.split())


def is_one_line(text: str) -> bool:
    """Tell whether a text has no line break of any kind in it."""
    return text.splitlines() in ([text], [])


def typed(text: str) -> str:
    """Return pasted text as who types it would have it; its lines and spaces stay.

    A line that a slide breaks within a paragraph is pasted as a control character.
    """
    if not UNTYPED.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    visible = SPACE.sub(" ", HYPHEN.sub("-", INVISIBLE.sub("", writable(text))))
    visible = LIGATURE.sub(lambda joined: unicodedata.normalize("NFKC", joined[0]), visible)
    return unicodedata.normalize("NFC", visible)


def _is_clean(text: str) -> bool:
    """Tell whether a text stands as it is kept, as most do that were stored; False if in doubt.

    What is printable has no white space but single spaces, and is visible but for the joiner.
    """
    return (
        text.isprintable()
        and "  " not in text
        and text.strip(" ") == text
        and JOINER not in text
        and not LIGATURE.search(text)
        and not HYPHEN.search(text)
        and unicodedata.is_normalized("NFC", text)
    )


def clean_paragraphs(text: str) -> str:
    """Clean several paragraphs, each by itself, kept apart by one blank line."""
    return "\n\n".join(filter(None, map(clean, re.split(r"[\r\n]+", text))))


def fold(text: str) -> str:
    """Return text as it is compared: clean and case-folded (SQLite folds only ASCII itself)."""
    return clean(clean(text).casefold())


def says_address(words: str, address: str) -> bool:
    """Tell whether words show where a link leads, but for what people leave out of an address."""
    return _bare_address(address) in _bare_address(words)


def _bare_address(text: str) -> str:
    return SCHEME.sub("", unquote(text).casefold()).strip().strip("/")


def swedish_key(text: str) -> str:
    """Return a sort key that puts å, ä and ö after z, on any database."""
    return fold(text).translate(SWEDISH_ORDER)


def joined(things: Iterable[object]) -> str:
    """Name several things within one sentence, which alone ends with a full stop."""
    return "; ".join(str(thing).rstrip(". ") for thing in things)


def is_number(text: str) -> bool:
    """Tell whether a text is a whole number that a key, a count or a size may have.

    What people send is asked before it is read: a longer one is an error to Python and to
    databases, and other digits than 0 to 9 are no key.
    """
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def figure(value: int | Decimal) -> str:
    """Write a number as Swedish does: 12,5 without idle zeros, −3, and 12 500 in threes.

    Not for what only looks like a number: years, codes, and the numbers of versions and areas.
    """
    groups = "" if -LEAST_GROUPED < value < LEAST_GROUPED else ","
    # Python's own signs give way to ours, the comma first.
    if isinstance(value, Decimal):
        written = f"{value.normalize():{groups}f}"
    else:
        written = f"{value:{groups}d}"
    return written.replace(",", NO_BREAK_SPACE).replace(".", ",").replace("-", "−")


class GroupedNumber(int):
    """A number of things: a plural is chosen by it as by any number; it is written in threes."""

    def __str__(self) -> str:
        return figure(int(self))
