"""Recognises the headings and labels of the plan template, however they are spelt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from actionplan.text import clean, fold
from actionplan.word.likeness import Likeness, likeness

# The blocks of the template.
CATEGORY: Final = "category"
INTRODUCTION: Final = "introduction"
RISKS: Final = "risks"
GOALS: Final = "goals"
REQUIREMENTS: Final = "requirements"
# The labels in them.
REGION: Final = "procurement_region"
COORDINATOR: Final = "coordinator"
CONTACTS: Final = "contacts"
PERIOD: Final = "period"
SUB_GOALS: Final = "sub_goals"
INDICATORS: Final = "indicators"

# What follows it in a published document is the package's, and no part of the plan.
REQUIREMENTS_HEADING: Final = "V. Kravpaketets krav"
LONGEST_HEADING: Final = 300
DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
SLASH: Final = re.compile(r"\s*/\s*")
TAIL: Final = re.compile(
    r"[\s:.-]*\(?risk(?:er)?\s*(?:och|&|samt|/)\s*möjlighet(?:er)?\)?[\s:.]*$"
)
NUMBER: Final = r"(?:(?:[ivx]+|\d+)\s*[.):]*\s+|(?:[ivx]+|\d+)\s*[.):]+\s*)?"
SECTIONS: Final = {
    INTRODUCTION: re.compile(NUMBER + r"(?:introduktion|inledning)[\s:.]*"),
    RISKS: re.compile(
        NUMBER + r"(?:(?:de )?väsentlig\w* )?risker och möjligheter(?: ur ett livscyke\w+)?[\s:.]*"
    ),
    REQUIREMENTS: re.compile(NUMBER + r"kravpaketets krav[\s:.]*"),
    GOALS: re.compile(NUMBER + r"mål(?:sättning(?:ar)?)?(?: och (?:mål)?indikatorer)?[\s:.]*"),
}
CATEGORY_HEADING: Final = re.compile(
    NUMBER + r"prioriterad\w* inköpskategori\w*\s*(?:[:.]|[-–—](?=\s))?\s*(?P<value>.*)", re.I
)
TITLE: Final = re.compile(r"handlingsplan\b(?P<rest>.*)", re.I)
AREA: Final = re.compile(
    r"produktområde(?![^\W\d])\s*(?:nr\.?\s*)?(?:(?P<number>\d{1,4})\b)?"
    r"\s*(?:[:.]|[-–—](?=\s))?\s*(?P<name>.*)",
    re.I,
)
GOAL: Final = re.compile(
    r"(?:övergripande mål|mål(?=\s*(?:nr\.?\s*|nummer\s+)?\d))(?![^\W\d])"
    r"\s*(?:(?:nr\.?\s*|nummer\s+)?(?P<number>\d{1,4})\b)?"
    r"\s*(?:[:.]|[-–—](?=\s|$))?\s*(?P<title>.*)",
    re.I,
)
LABEL_NUMBER: Final = re.compile(r"\(?(?P<number>\d{1,4})[.):]?")
REGION_LETTER: Final = re.compile(r"upphandlingsregion (?P<value>[a-zåäö])", re.I)
LABELLED: Final = r"(?:{})\s*(?::\s*(?P<value>.*))?"
FACTS: Final = {
    name: re.compile(LABELLED.format(form), re.I)
    for name, form in {
        REGION: r"upphandlingsregion",
        COORDINATOR: r"(?:regional )?samordnare|områdessamordnare|regional koordinator",
        CONTACTS: r"kontakt(?:person(?:er|en|erna)?|person\(er\))?",
        PERIOD: r"(?:plan)?period|giltighetstid",
    }.items()
}
GOAL_LABELS: Final = {
    name: re.compile(LABELLED.format(form), re.I)
    for name, form in {
        SUB_GOALS: r"delmål(?:en)?",
        INDICATORS: r"(?:mål)?indikator(?:er|erna)?",
    }.items()
}
LEADING_NUMBER: Final = re.compile(r"^\d+[.)]\s*")
HEADING_STYLE: Final = re.compile(r"(?:heading|rubrik|title)\b")


@lru_cache(maxsize=2048)  # of each row it is asked what it is, more than once
def heading_key(text: str) -> str:
    """Return a heading as it is looked up: folded, one kind of hyphen, no space around a slash."""
    return SLASH.sub("/", DASHES.sub("-", fold(text)))


@dataclass(frozen=True)
class Headings:
    """The headings of the matrix: each spelling of a stage or a dimension, and its code.

    `settled` are the spellings that a person told the meaning of, `left_out` those of them whose
    rows and columns she wants left out.
    """

    stages: Mapping[str, str]
    dimensions: Mapping[str, str]
    left_out: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in ("stages", "dimensions"):
            spellings = {heading_key(key): code for key, code in getattr(self, name).items()}
            object.__setattr__(self, name, spellings)

    @property
    def stage_codes(self) -> tuple[str, ...]:
        """The codes of the stages, each once, in the order in which their names were given."""
        return tuple(dict.fromkeys(self.stages.values()))

    @property
    def dimension_codes(self) -> tuple[str, ...]:
        """The codes of the dimensions, each once, in the order in which their names were given."""
        return tuple(dict.fromkeys(self.dimensions.values()))

    def stage(self, text: str) -> str:
        """Return the code of the stage that a row is headed with, or ""."""
        return _code(self.stages, text)

    def dimension(self, text: str) -> str:
        """Return the code of the dimension that a column is headed with, or ""."""
        return _code(self.dimensions, text)

    def leaves_out(self, text: str) -> bool:
        """Tell whether a person wants the row or column under a heading left out."""
        return bool(self.left_out) and bare_heading(text) in self.left_out

    def is_settled(self, text: str) -> bool:
        """Tell whether a person told the meaning of a heading."""
        return bool(self.settled) and bare_heading(text) in self.settled

    def like_stage(self, text: str) -> Likeness:
        """Return the stage that a heading is close to, which is no known spelling."""
        return likeness(bare_heading(text), self.stages, is_last_part=True)

    def like_dimension(self, text: str) -> Likeness:
        """Return the dimension that a heading is close to, which is no known spelling."""
        return likeness(bare_heading(text), self.dimensions, is_last_part=False)


def _code(spellings: Mapping[str, str], text: str) -> str:
    if len(text) > LONGEST_HEADING:
        return ""
    key = heading_key(text)
    return spellings.get(key) or spellings.get(_bare(key), "")


def bare_heading(text: str) -> str:
    """Return a heading as its spelling is kept: what any way to write it has in common."""
    return _bare(heading_key(text))


def _bare(key: str) -> str:
    """Return a heading without the number before it and "risker och möjligheter" after it."""
    return LEADING_NUMBER.sub("", TAIL.sub("", key)).rstrip(" :.")


def has_tail(text: str) -> bool:
    """Tell whether a text is headed as only a stage is: "…: risker och möjligheter"."""
    return bool(TAIL.search(heading_key(text[-LONGEST_HEADING:])))


def is_heading_style(style: str) -> bool:
    return bool(HEADING_STYLE.match(fold(style)))


def section(text: str) -> str:
    """Tell which block of the template a heading opens, or ""; the category has a pattern."""
    folded = fold(text)
    return next((name for name, form in SECTIONS.items() if form.fullmatch(folded)), "")


def category_heading(text: str) -> str | None:
    """Return the name after "Prioriterad inköpskategori:" ("" if none stands there), or None."""
    match = CATEGORY_HEADING.fullmatch(clean(text))
    return match["value"] if match else None


def is_title(text: str) -> bool:
    return bool(TITLE.match(clean(text)))


def area_heading(text: str, label: str = "") -> tuple[int | None, str] | None:
    """Return number and name in "Produktområde 1: datahallar", or None.

    `label` is what Word writes in front: the number alone, or more of the heading.
    """
    return _numbered(AREA, text, label)


def goal_heading(text: str, label: str = "") -> tuple[int | None, str] | None:
    """Return number and title in "Övergripande mål 1: …", or None; `label` as for an area."""
    return _numbered(GOAL, text, label)


def _numbered(form: re.Pattern[str], text: str, label: str) -> tuple[int | None, str] | None:
    whole = form.fullmatch(clean(f"{label} {text}")) if label else None
    if (match := whole or form.fullmatch(clean(text))) is None:
        return None
    number, words = match.groups()
    # Areas and goals are counted from 1: a zero is no number, and the next one is given.
    return int(number or 0) or label_number(label), words


def label_number(label: str) -> int | None:
    """Return the number that Word writes in front of a text: "2." or "(2)"."""
    match = LABEL_NUMBER.fullmatch(label)
    return int(match["number"]) or None if match else None


def fact_label(text: str) -> tuple[str, str] | None:
    """Return a head fact and what follows it on the line: "Upphandlingsregion: C"."""
    if match := REGION_LETTER.fullmatch(clean(text)):
        return REGION, match["value"]
    return _labelled(FACTS, text)


def goal_label(text: str) -> tuple[str, str] | None:
    """Return a label of the goal block and what follows it on the line."""
    return _labelled(GOAL_LABELS, text)


def _labelled(labels: Mapping[str, re.Pattern[str]], text: str) -> tuple[str, str] | None:
    words = clean(text)
    for name, form in labels.items():
        if match := form.fullmatch(words):
            return name, match["value"] or ""
    return None
