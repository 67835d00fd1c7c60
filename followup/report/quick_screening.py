"""What tells that words may name somebody, looked for in thousands of texts at once. Pure.

A text without any sign has nothing that `screening` meets by its form; one with a sign may have.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, groupby
from sys import maxunicode
from typing import Final

# Each begins with what is rare, and is met wherever one of the patterns is.
FORMS: Final = {
    "@": re.compile("@"),
    "+": re.compile(r"\+46"),
    "-": re.compile(r"-\d{4}(?![\d-])(?<=(?<![\d-])\d{6}-\d{4})"),
    "0": re.compile(r"0(?<![\w-]0)\d{1,3}[\s-]\d{2,3}(?:[\s-]?\d{2,3}){1,2}(?!\d)"),
}
# Between texts that are looked through together: nothing that is met goes over it.
BETWEEN: Final = "\0\n"
# Beginnings of owners that are each looked for alone.
MOST_BEGINNINGS: Final = 12
# So many letters of texts are remembered in which nothing was met.
REMEMBERED: Final = 4_000_000


class Signs:
    """What tells that something may be met by its form, or as a contract of an owner.

    Owners are looked for in bytes, which are put in lower case in no time: whatever is not ASCII
    may be a letter or white space there.

    Args:
        owners: the organisations whose contracts are met.
    """

    def __init__(self, owners: Sequence[str]) -> None:
        # Ten times as quick where all begin alike: "region" and whichever of them.
        alike = [[*names] for _, names in groupby(sorted(owners), key=_beginning)]
        rare = [_plainest(_beginning(names[0])) for names in alike]
        if len(alike) > MOST_BEGINNINGS:
            alike, rare = [[*owners]], [b""]
        self._owners = [*zip(rare, map(_contracts_of, alike), strict=True)]

    def has_any(self, whole: str, row: bytes) -> bool:
        """Tell whether there is a sign in texts in a row, which are given as bytes, too."""
        return any(True for _sign in _formed(whole)) or any(self._owned(row))

    def texts_with_any(self, texts: Sequence[str]) -> set[str]:
        """Return the texts that have a sign."""
        whole = BETWEEN.join(texts)
        signed: set[str] = set()
        if formed := [match.start() for match in _formed(whole)]:
            ends = [*accumulate(len(text) + len(BETWEEN) for text in texts)]
            signed.update(texts[bisect_right(ends, sign)] for sign in formed)
        if owned := [match.start() for match in self._owned(whole.encode())]:
            ends = [*accumulate(len(text.encode()) + len(BETWEEN) for text in texts)]
            signed.update(texts[bisect_right(ends, sign)] for sign in owned)
        return signed

    def _owned(self, row: bytes) -> Iterator[re.Match[bytes]]:
        lower = row.lower()
        for rare, pattern in self._owners:
            # A few letters are looked for faster than a pattern.
            if rare in lower:
                yield from pattern.finditer(lower)


class CleanTexts:
    """Texts in which nothing was met, for as long as the same names are known."""

    def __init__(self) -> None:
        self._texts: set[str] = set()
        self._letters = 0

    def others(self, texts: Iterable[str]) -> list[str]:
        """Return the texts that are not among them."""
        known = self._texts
        return [text for text in texts if text not in known]

    def add(self, texts: Sequence[str]) -> None:
        """Remember texts, and forget all others rather than grow for ever."""
        letters = sum(map(len, texts))
        if self._letters + letters > REMEMBERED:
            self._texts, self._letters = set(), 0
        if letters <= REMEMBERED:
            self._texts.update(texts)
            self._letters += letters


def _formed(whole: str) -> Iterator[re.Match[str]]:
    for rare, form in FORMS.items():
        # One letter is looked for fastest.
        if rare in whole:
            yield from form.finditer(whole)


def _beginning(name: str) -> str:
    return name[: name.find(" ") + 1] or name


def _plainest(text: str) -> bytes:
    """Return the longest part of a text that is the same bytes in any case."""
    letters = [
        _letter(letter) if letter.isascii() and letter.isalpha() else b"(" for letter in text
    ]
    plain = [letter if len(letter) == 1 else b"(" for letter in letters]
    return max(b"".join(plain).split(b"("), key=len)


def _contracts_of(owners: Iterable[str]) -> re.Pattern[bytes]:
    """Match owners that are followed by letters and white space, and the word of a contract."""
    names = b"|".join(map(_in_any_case, owners))
    contract = b"|".join(map(_in_any_case, ("avtal", "kontrakt")))
    # Four control signs are white space in a text, but not in bytes.
    between = rb"[\s\x1c-\x1f\x80-\xff][\s\x1c-\x1f\w\x80-\xff]*?"
    return re.compile(b"(?:%b)(?:%b)?%b(?:%b)" % (names, _in_any_case("s"), between, contract))


def _in_any_case(text: str) -> bytes:
    return b"".join(map(_letter, text))


@cache
def _letter(letter: str) -> bytes:
    """Match what is the same letter to `re.IGNORECASE`, in bytes whose ASCII is in lower case."""
    same = {like.encode().lower() for like in re.findall(re.escape(letter), _cased(), re.I)}
    alike = [re.escape(like) for like in sorted(same or {letter.encode()})]
    return alike[0] if len(alike) == 1 else b"(?:%b)" % b"|".join(alike)


@cache
def _cased() -> str:
    """Return all letters that there are in upper and lower case."""
    return "".join(c for c in map(chr, range(maxunicode + 1)) if c.lower() != c or c.upper() != c)
