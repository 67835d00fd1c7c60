"""The scale of an award criterion, step by step, as far as its text tells them apart. Pure.

The points of a step stand before its words or after them, on a line each or in running text:

    20 poäng: högst 1,20. 15 poäng: högst 1,25. 0 poäng: högre.
    Minst 95 procent ger 15 poäng, minst 85 procent ger 10 poäng, annars 0 poäng.

A box beside half of a step would be worse than none. So where anything is left over that is no
step, or points are worked out rather than given ("en poäng per år"), there are no steps.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

MOST_STEPS: Final = 20
UP_TO_TEN: Final = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")
WORDED: Final = {
    **{word: str(number) for number, word in enumerate(UP_TO_TEN)},
    "en": "1",
    "femton": "15",
    "tjugo": "20",
    "tjugofem": "25",
    "trettio": "30",
}
NUMBER: Final = rf"(?:\d{{1,4}}(?:[,.]\d{{1,2}})?|{'|'.join(WORDED)})"
POINTS: Final = rf"({NUMBER}(?:\s*(?:–|-|till|eller)\s*{NUMBER})?)\s*(?:poäng\b|p\b\.?)"
BULLET: Final = r"(?:[-–•*·]\s+)?"
# What parts the points from the words after them.
GIVEN: Final = (
    r"(?:,?\s*(?:(?:ges|erhålls|fås|tilldelas|utgår|delas\s+ut)\s+)?(?:för|om|när|vid|till)\b"
    r"|\s*(?:[:=–—|→-]|\(([^()\n]{1,40})\)\s*[:=–—-]|\t|\.?\n))"
)
BEGINNING: Final = re.compile(
    rf"(?:\A|(?<=[.;,:]\s)|(?<=\n)|(?<=\boch\s)|(?<=\bsamt\s))\s*{BULLET}"
    rf"(?:{POINTS}{GIVEN}|(?:poäng\s+)?(\d{{1,4}}(?:,\d{{1,2}})?)\s*:)\s*",
    re.IGNORECASE,
)
# A figure alone is points where it has a line of its own.
LINE: Final = re.compile(rf"{BULLET}(\d{{1,4}}(?:,\d{{1,2}})?)(?:\s*[:=]|\s+[–—-]\s|\t)(.+)")
# What parts the words from the points after them; "annars" needs nothing.
GIVES: Final = (
    r"(?:\s*(?:[,:=–—|→(\t]|\s-\s)|\s+(?:ger|får|motsvarar|innebär|erhåller|tilldelas)\b"
    r"|(?<=\bannars)|(?<=\bövriga)|(?<=\bövrigt)|(?<=\bannat fall))"
)
ENDING: Final = re.compile(
    rf"{GIVES}\s*{POINTS}\s*\)?(?:[.;,]?\s*\Z|[.;,]\s|\s*\n|\s+(?:och|samt)\s)", re.IGNORECASE
)
# Points that somebody has to work out.
WORKED_OUT: Final = re.compile(
    rf"\A(?:varje|var\s|respektive\b|{POINTS})|\bpoäng\s+(?:per|för\s+varje)\b", re.IGNORECASE
)
APART: Final = r"\n\s*\n"
ALONE: Final = re.compile(r"\A[\d,.]+\Z")


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """What gives how many points."""

    points: str
    words: str


def steps_of(text: str, most: int | None = None) -> tuple[ScaleStep, ...]:
    """Return the steps of a scale; none, if its text cannot be told apart into them.

    Args:
        most: the most points that there are; a number above is no step's.
    """
    plain = text.replace("\r\n", "\n").strip()
    for read in (_points_first, _lines, _points_last):
        found = tuple(read(plain))
        if _are_steps(found, most):
            return found
    return ()


def _points_first(text: str) -> Iterator[ScaleStep]:
    found = list(BEGINNING.finditer(text))
    if not found or (found[0].start() and len(found) == 1):
        return
    if WORKED_OUT.search(text[: found[0].start()]):
        return
    ends = [one.start() for one in found[1:]] + [len(text)]
    said = [text[one.end() : end] for one, end in zip(found, ends, strict=True)]
    if not any(re.search(APART, one.strip()) for one in said[:-1]):
        # A paragraph after the last one is about all of them.
        said[-1] = re.split(APART, said[-1].strip())[0]
    for one, words in zip(found, said, strict=True):
        points, label, bare = one.groups()
        yield ScaleStep(_number(points or bare), ": ".join(filter(None, (label, _words(words)))))


def _lines(text: str) -> Iterator[ScaleStep]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [LINE.fullmatch(line) for line in lines if not line.endswith(":")]
    if len(found) > 1 and not re.search(POINTS, text, re.IGNORECASE):
        yield from (
            ScaleStep(one[1], _words(one[2])) if one else ScaleStep("", "") for one in found
        )


def _points_last(text: str) -> Iterator[ScaleStep]:
    found = list(ENDING.finditer(text))
    if len(found) < 2 or found[-1].end() < len(text.rstrip()):
        return
    begins = [0] + [one.end() for one in found[:-1]]
    for one, begin in zip(found, begins, strict=True):
        # What leads to the steps is none of them: "Poäng ges så här:", "Andelen räknas i vikt."
        words = re.split(r":\s+|(?<=\w{3}[.])\s+|\n", text[begin : one.start()].strip())[-1]
        yield ScaleStep(_number(one[1]), _words(words))


def _are_steps(found: tuple[ScaleStep, ...], most: int | None) -> bool:
    if not 0 < len(found) <= MOST_STEPS:
        return False
    if any(not one.words or WORKED_OUT.search(one.words) for one in found):
        return False
    alone = [Decimal(one.points.replace(",", ".")) for one in found if ALONE.match(one.points)]
    # Where every step is a span, somebody judges.
    return bool(alone) and (most is None or max(alone) <= most)


def _number(points: str) -> str:
    """Read points in figures: noll, 1 - 2, 2.5."""
    parts = re.split(r"\s*(?:–|-|till|eller)\s*", points.casefold())
    return "–".join(WORDED.get(part, part).replace(".", ",") for part in parts)


def _words(text: str) -> str:
    """Return the words of a step, without what parts it from its neighbours."""
    words = re.sub(rf"\A\s*{BULLET}|\s+(?:och|samt)\s*\Z", "", text)
    return " ".join(words.split()).strip(" .;,–-|")
