"""The scale of an award criterion, step by step, as far as its text tells them apart. Pure.

The points of a step stand before its words or after them, on a line each or in running text:

    20 poäng: högst 1,20. 15 poäng: högst 1,25. 0 poäng: högre.
    Minst 95 procent ger 15 poäng, minst 85 procent ger 10 poäng, annars 0 poäng.

A box beside half of a step would be worse than none. So where anything is left over that is no
step, or points are worked out rather than given ("en poäng per år"), there are no steps.
"""

import re
from collections.abc import Iterable, Iterator
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
        steps = tuple(read(plain))
        if _are_steps(steps, most):
            return steps
    return ()


def most_points(steps: Iterable[ScaleStep]) -> Decimal | None:
    """Return the most points that a step gives by itself; None where every step is a span."""
    alone = [Decimal(step.points.replace(",", ".")) for step in steps if ALONE.match(step.points)]
    return max(alone, default=None)


def _points_first(text: str) -> Iterator[ScaleStep]:
    matches = list(BEGINNING.finditer(text))
    if not matches or (matches[0].start() and len(matches) == 1):
        return
    if WORKED_OUT.search(text[: matches[0].start()]):
        return
    ends = [match.start() for match in matches[1:]] + [len(text)]
    texts = [text[match.end() : end] for match, end in zip(matches, ends, strict=True)]
    if not any(re.search(APART, part.strip()) for part in texts[:-1]):
        # A paragraph after the last one is about all of them.
        texts[-1] = re.split(APART, texts[-1].strip())[0]
    for match, words in zip(matches, texts, strict=True):
        points, label, bare = match.groups()
        yield ScaleStep(_number(points or bare), ": ".join(filter(None, (label, _words(words)))))


def _lines(text: str) -> Iterator[ScaleStep]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    matches = [LINE.fullmatch(line) for line in lines if not line.endswith(":")]
    if len(matches) > 1 and not re.search(POINTS, text, re.IGNORECASE):
        yield from (
            ScaleStep(match[1], _words(match[2])) if match else ScaleStep("", "")
            for match in matches
        )


def _points_last(text: str) -> Iterator[ScaleStep]:
    matches = list(ENDING.finditer(text))
    if len(matches) < 2 or matches[-1].end() < len(text.rstrip()):
        return
    begins = [0] + [match.end() for match in matches[:-1]]
    for match, begin in zip(matches, begins, strict=True):
        # What leads to the steps is none of them: "Poäng ges så här:", "Andelen räknas i vikt."
        words = re.split(r":\s+|(?<=\w{3}[.])\s+|\n", text[begin : match.start()].strip())[-1]
        yield ScaleStep(_number(match[1]), _words(words))


def _are_steps(steps: tuple[ScaleStep, ...], most: int | None) -> bool:
    if not 0 < len(steps) <= MOST_STEPS:
        return False
    if any(not step.words or WORKED_OUT.search(step.words) for step in steps):
        return False
    highest = most_points(steps)
    # Where every step is a span, somebody judges.
    return highest is not None and (most is None or highest <= most)


def _number(points: str) -> str:
    """Read points in figures: noll, 1 - 2, 2.5."""
    parts = re.split(r"\s*(?:–|-|till|eller)\s*", points.casefold())
    return "–".join(WORDED.get(part, part).replace(".", ",") for part in parts)


def _words(text: str) -> str:
    """Return the words of a step, without what parts it from its neighbours."""
    words = re.sub(rf"\A\s*{BULLET}|\s+(?:och|samt)\s*\Z", "", text)
    return " ".join(words.split()).strip(" .;,–-|")
