"""What a buyer decides of a chosen requirement herself: its place, its heading, its points. Pure.

In the address beside what is filled in: `e.SE-04.poang=20`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from requirements_pkg.document.schema import Requirement

OWN: Final = "e"
NOTE: Final = "anteckning"
HEADING: Final = "rubrik"
PLACE: Final = "plats"
POINTS: Final = "poang"
SCALE: Final = "skala"
AWARD: Final = "award"
LONGEST_HEADING: Final = 100
# As many digits as points, and a deduction in kronor, may have.
MOST_DIGITS: Final = 9
MOST_PLACE: Final = 999


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the buyer says of one requirement; empty values say nothing."""

    note: str = ""
    heading: str = ""
    # Among the requirements of its package; 0 is after those that have one.
    place: int = 0
    # Of an award criterion: the most that it gives, or deducts, and how.
    points: int | None = None
    scale: str = ""

    @classmethod
    def of(cls, requirement: Requirement, given: Mapping[tuple[str, str], str]) -> "OwnWords":
        """Read what is said of a requirement; what it cannot have, or has already, counts not."""
        code, is_award = requirement.code, requirement.kind == AWARD
        points = number(given.get((code, POINTS), "")) if is_award else None
        scale = given.get((code, SCALE), "") if is_award else ""
        place = number(given.get((code, PLACE), "")) or 0
        return cls(
            note=given.get((code, NOTE), ""),
            heading=given.get((code, HEADING), "")[:LONGEST_HEADING].strip(),
            place=place if place <= MOST_PLACE else 0,
            points=None if points == requirement.max_points else points,
            scale="" if scale == requirement.scale else scale,
        )

    def pairs(self, code: str) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield what is said, by code and what it is of, in the order of an address."""
        place, points = str(self.place or ""), "" if self.points is None else str(self.points)
        texts = (
            (NOTE, self.note),
            (HEADING, self.heading),
            (PLACE, place),
            (POINTS, points),
        )
        for name, value in (*texts, (SCALE, self.scale)):
            if value:
                yield (code, name), value


NOTHING: Final = OwnWords()


def number(text: str) -> int | None:
    """Read a whole number from 1, of at most `MOST_DIGITS` figures; spaces between them may be."""
    figures = "".join(text.split())
    is_number = figures.isascii() and figures.isdecimal() and len(figures) <= MOST_DIGITS
    return int(figures) or None if is_number else None


def field_name(code: str, what: str) -> str:
    """Return the name under which it stands in the address."""
    return f"{OWN}.{code}.{what}"
