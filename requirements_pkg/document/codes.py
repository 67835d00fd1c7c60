"""Codes of requirements: how people write them, and the next free one of a package. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

UNNAMED: Final = "KRAV"
LONGEST_PREFIX: Final = 6
# A code as people write and cite it: SE-01, se-01, SE01, SE-01:2.
WRITTEN: Final = r"[A-Za-z]{1,6}[-\u2010\u2011]?[0-9]{1,4}(?::[0-9]{1,4})?"
PARTS: Final = re.compile(r"([A-Z]+)\W?([0-9]+)(?::([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Citation:
    """A requirement as somebody cites it: its code, and the number of a wording if any."""

    letters: str
    digits: str
    wording: int | None = None

    @classmethod
    def of(cls, text: str) -> "Citation | None":
        """Return what a text cites, if it is a code in any spelling."""
        match = PARTS.fullmatch(text.strip().upper())
        if match is None:
            return None
        letters, digits, wording = match.groups()
        return cls(letters, digits, int(wording) if wording else None)

    def among(self, codes: Iterable[str]) -> str:
        """Return the code that is meant, or ""; one that is written just so before its like."""
        alike = [code for code in codes if self._is_like(code)]
        exact = f"{self.letters}-{self.digits}"
        return exact if exact in alike else next(iter(alike), "")

    def _is_like(self, code: str) -> bool:
        letters, _hyphen, digits = code.partition("-")
        # SE-1 is SE-01 to whoever writes it.
        return letters == self.letters and digits.lstrip("0") == self.digits.lstrip("0")


def next_code(codes: Iterable[str], title: str) -> str:
    """Return the number after the highest of the prefix that is used most.

    Args:
        codes: those that are taken.
        title: of the package; its initials begin the first code.
    """
    parts = [code.partition("-")[::2] for code in codes]
    taken = [(prefix, number) for prefix, number in parts if number.isdecimal()]
    if not taken:
        return f"{_initials(title)}-01"
    prefix = Counter(prefix for prefix, _number in taken).most_common(1)[0][0]
    highest = max(int(number) for used, number in taken if used == prefix)
    return f"{prefix}-{highest + 1:02}"


def _initials(title: str) -> str:
    letters = re.findall(r"\b[A-Z]", title.upper())
    return "".join(letters)[:LONGEST_PREFIX] or UNNAMED
