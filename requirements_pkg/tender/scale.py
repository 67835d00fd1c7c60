"""The scale of an award criterion, step by step, as far as its text tells them apart. Pure.

20 poäng: högst 1,20. 15 poäng: högst 1,25. 0 poäng: högre.
"""

import re
from dataclasses import dataclass
from typing import Final

# Where a step begins: at the start, or after the end of a step, a number of points and a sign.
BEGINNING: Final = re.compile(
    r"(?:\A|(?<=[.;,]\s)|(?<=\n))\s*(\d{1,4}(?:,\d{1,2})?)\s*(?:(?:poäng|p)\b\s*(?::|–|för\b|om\b)|:)\s*"
)
MOST_STEPS: Final = 20


@dataclass(frozen=True, slots=True)
class Step:
    """What gives how many points."""

    points: str
    words: str


def steps_of(text: str) -> tuple[Step, ...]:
    """The steps of a scale; none, if the text does not begin with one or has too many."""
    found = list(BEGINNING.finditer(text))
    if not found or found[0].start() or len(found) > MOST_STEPS:
        return ()
    ends = [one.start() for one in found[1:]] + [len(text)]
    return tuple(
        Step(one[1], " ".join(text[one.end() : end].split()).rstrip(" .;,"))
        for one, end in zip(found, ends, strict=True)
    )
