"""The next free code of a package. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

UNNAMED: Final = "KRAV"
LONGEST_PREFIX: Final = 6


def next_code(codes: Iterable[str], title: str) -> str:
    """The number after the highest of the prefix that is used most.

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
