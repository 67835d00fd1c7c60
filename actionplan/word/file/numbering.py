"""The numbers that Word makes itself, worked out from numbering.xml as Word does."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from actionplan.word.file.archive import W
from actionplan.word.file.style_chain import is_on, value

LEVELS: Final = 9
LONGEST_TEXT: Final = 100
NUMBER: Final = re.compile(r"\d{1,6}")
PLACEHOLDER: Final = re.compile(r"%([1-9])")
ROMANS: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
# Beyond these a number is no longer one that somebody reads.
MOST_ROMAN: Final = 3999
MOST_LETTERED: Final = 26 * 30
BULLET: Final = "bullet"


@dataclass(frozen=True, slots=True)
class ListLabel:
    """What stands before an item of a list; "" where it cannot be told."""

    text: str = ""
    is_bullet: bool = False
    # Which one it is on its level; "c)" is the third.
    count: int = 0


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 0
    form: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    is_legal: bool = False
    style: str = ""

    @property
    def shows(self) -> bool:
        return self.form == BULLET or bool(self.text)


@dataclass(frozen=True, slots=True)
class _List:
    """One list of the document: its levels, and where they begin for it alone."""

    abstract: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class _ListCount:
    """How far the lists of one definition have come; they count on together."""

    values: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    begun: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """Counts the items of lists; to be asked once per item, in the order of the document."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists = {} if root is None else _lists(root)
        self._counts: dict[str, _ListCount] = {}

    def level_of(self, number: str, style: str) -> int:
        """Return the level that a list has tied to a style, else the first."""
        levels = self._lists[number].levels if number in self._lists else {}
        return next(
            (at for at, level in levels.items() if style and level.style == style),
            0,
        )

    def next(self, number: str, level: int) -> ListLabel | None:
        """Return the label of the next item of a list; None if there is none."""
        word_list = self._lists.get(number)
        if word_list is None or not (own := word_list.levels.get(level, _Level())).shows:
            return None
        values = self._count(number, word_list, level)
        if own.form == BULLET:
            return ListLabel(own.text, is_bullet=True)
        return ListLabel(_label_text(word_list.levels, own, values), count=values[level])

    def _count(self, number: str, word_list: _List, level: int) -> Sequence[int]:
        """Count one up, and begin the levels below anew; the values of all levels."""
        count = self._counts.setdefault(word_list.abstract, _ListCount())
        start = word_list.starts.get(level, word_list.levels[level].start)
        before = count.values[level]
        is_own_start = level in word_list.starts and (number, level) not in count.begun
        count.begun.add((number, level))
        count.values[level] = start if before is None or is_own_start else before + 1
        for below in range(level + 1, LEVELS):
            after = word_list.levels.get(below, _Level()).restarts_after
            if after is None or level < after:
                count.values[below] = None
        return [
            word_list.levels.get(at, _Level()).start if counted is None else counted
            for at, counted in enumerate(count.values)
        ]


def _label_text(levels: Mapping[int, _Level], own: _Level, values: Sequence[int]) -> str:
    """Return a level's text with the numbers of the levels it tells; "" if one is unknown."""
    numbers: dict[str, str] = {}
    for place in set(PLACEHOLDER.findall(own.text)):
        at = int(place) - 1
        form = "decimal" if own.is_legal else levels.get(at, _Level()).form
        if (number := number_words(values[at], form)) is None:
            return ""
        numbers[place] = number
    return PLACEHOLDER.sub(lambda match: numbers[match[1]], own.text).strip()


def number_words(number: int, form: str) -> str | None:
    """Write a number in one of Word's formats; return None for those that are not read here."""
    if form == "decimal":
        return str(number)
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("upperRoman", "lowerRoman") and 0 < number <= MOST_ROMAN:
        return _cased(_roman(number), form)
    if form in ("upperLetter", "lowerLetter") and 0 < number <= MOST_LETTERED:
        times, letter = divmod(number - 1, 26)
        return _cased(chr(ord("a") + letter) * (times + 1), form)
    return "" if form == "none" else None


def _cased(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text


def _roman(number: int) -> str:
    text = ""
    for worth, letters in ROMANS:
        times, number = divmod(number, worth)
        text += letters * times
    return text


def _lists(root: etree._Element) -> dict[str, _List]:
    abstracts = {
        definition.get(W + "abstractNumId", ""): definition
        for definition in root.findall(W + "abstractNum")
    }
    # A list of a list style leads by the style's name to the definition with its levels.
    styled = {
        value(link): definition
        for definition in abstracts.values()
        if (link := definition.find(W + "styleLink")) is not None
    }
    levels: dict[str, dict[int, _Level]] = {}
    for key, definition in abstracts.items():
        link = value(definition.find(W + "numStyleLink"))
        levels[key] = _levels(styled.get(link, definition) if link else definition)
    lists = {}
    for number in root.findall(W + "num"):
        abstract = value(number.find(W + "abstractNumId"))
        if abstract in levels:
            lists[number.get(W + "numId", "")] = _list(number, abstract, levels[abstract])
    # No list at all: so a paragraph leaves the list of its style.
    lists.pop("0", None)
    return lists


def _list(number: etree._Element, abstract: str, levels: Mapping[int, _Level]) -> _List:
    own = dict(levels)
    starts = {}
    for override in number.findall(W + "lvlOverride"):
        level = _int(override.get(W + "ilvl", ""))
        own |= _levels(override)
        if (start := override.find(W + "startOverride")) is not None:
            starts[level] = _int(value(start))
    return _List(abstract, own, starts)


def _levels(parent: etree._Element) -> dict[int, _Level]:
    levels = {}
    for level in parent.findall(W + "lvl"):
        at = _int(level.get(W + "ilvl", ""))
        if at < LEVELS:
            levels[at] = _level(level)
    return levels


def _level(level: etree._Element) -> _Level:
    restart = level.find(W + "lvlRestart")
    legal = level.find(W + "isLgl")
    # The last one: a format of Word's own stands before what others are to use instead.
    forms = [value(form) for form in level.iter(W + "numFmt")]
    return _Level(
        start=_int(value(level.find(W + "start"))),
        form=forms[-1] if forms else "decimal",
        text=value(level.find(W + "lvlText"))[:LONGEST_TEXT],
        restarts_after=None if restart is None else _int(value(restart)),
        is_legal=legal is not None and is_on(legal),
        style=value(level.find(W + "pStyle")),
    )


def _int(text: str) -> int:
    return int(text) if NUMBER.fullmatch(text) else 0
