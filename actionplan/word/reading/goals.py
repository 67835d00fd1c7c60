"""Reads the goal block: goals, sub-goals and indicators, however their numbers stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from actionplan.text import clean, fold
from actionplan.word.document import (
    GoalText,
    IndicatorText,
    ProblemKind,
    Remark,
    SubGoalText,
    WordPlace,
)
from actionplan.word.file.blocks import Paragraph, TableRow, WordTable
from actionplan.word.kept_mark import unmarked
from actionplan.word.reading.findings import LONGEST_TEXT, ReadingProblems
from actionplan.word.reading.headings import (
    INDICATORS,
    SUB_GOALS,
    goal_heading,
    goal_label,
    label_number,
)

# The writer's own styles: such a paragraph is one item, whatever numbers stand in it.
ITEM_STYLES: Final = ("delmål", "målindikator")
ITEM: Final = re.compile(
    r"(?:(?:delmål|(?:mål)?indikator)\s+)?"
    r"(?P<number>\d{1,4}(?:\.\d{1,4})+)[.:)]?\s+(?P<title>\S.*)",
    re.I,
)
# A number within the goal: "2. Krav används" is the second of its sub-goals.
PLAIN_ITEM: Final = re.compile(r"(?P<number>\d{1,4})[.)]\s+(?P<title>\S.*)")
DOTTED_LABEL: Final = re.compile(r"(?:[^\W\d]+ )?(?P<number>\d{1,4}(?:\.\d{1,4})+)[.:)]?")
PLAIN_LABEL: Final = re.compile(r"\(?(?:\d{1,4}|[a-z]{1,8})[.:)]?", re.I)
NUMBER_INSIDE: Final = re.compile(r"\s(?P<number>\d{1,4}(?:\.\d{1,4})+)[.:)]?\s+(?=\S)")
# Behind these a number is one of something else: "enligt version 1.2".
REFERS: Final = re.compile(
    r"(?:^|\s)(?:version(?:en)?|ver\.?|v\.?|avsnitt|kapitel|kap\.?|punkt(?:en)?|p\.|bilaga|tabell"
    r"|figur|artikel|art\.|delmål|indikator|steg|scope|nivå|nr\.?|nummer|enligt|se|jfr|minst|högst"
    r"|cirka|ca\.?)\s*$"
)
# And behind these, where the sentence goes on after it: "upp till 1.2 meter".
GOES_ON: Final = re.compile(r"\s(?:på|till|från|under|över|med|om|i|av|än|och|eller|samt)\s*$")
# And so it is before these.
UNIT: Final = re.compile(
    r"(?:procent\w*|%|ton|kilo\w*|k?g|[kMGT]Wh|liter|meter|km|kr(?:onor)?|[tm]n?kr|miljon\w*"
    r"|miljard\w*|gånger|grader|timm\w+|dagar|år)\b|%"
)


NO_NUMBER: Final = ProblemKind.INDICATOR_WITHOUT_NUMBER


@dataclass(slots=True)
class NumberedItem:
    """A sub-goal or an indicator while it is read."""

    number: str
    title: str
    place: WordPlace
    # Whether its number stands within the goal, as "2." or "b)".
    is_plain: bool = False


@dataclass(slots=True)
class _Goal:
    number: int
    title: str
    place: WordPlace
    parts: dict[str, list[Paragraph]] = field(
        default_factory=lambda: {SUB_GOALS: [], INDICATORS: []}
    )


class GoalReader:
    """Takes the rows and paragraphs of the goal block."""

    def __init__(self, findings: ReadingProblems) -> None:
        self.findings = findings
        self.goals: list[_Goal] = []
        self.numbers: set[int] = set()
        # What the next words without a label belong to: a goal's title, or one of its lists.
        self.awaited = ""

    def takes(self, table: WordTable) -> bool:
        return any(
            goal_heading(row.cells[0].words, row.cells[0].label) or goal_label(row.cells[0].words)
            for row in table.rows
            if row.cells
        )

    def table(self, table: WordTable) -> None:
        for row in table.rows:
            if row.words:
                self._row(row)
        self.awaited = ""

    def _row(self, row: TableRow) -> None:
        cells = list(dict.fromkeys(row.cells))
        values = [p for cell in cells[1:] for p in cell.paragraphs if p.words]
        head = Paragraph(cells[0].words, place=cells[0].place, label=cells[0].label)
        if not self._labelled(head, values):
            is_more = not cells[0].words and self.awaited and self.goals
            if is_more:
                self._add(values)
            else:
                self.findings.leave_out(row.place, row.words)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Take a label that is a paragraph of its own, or what follows it."""
        if self._labelled(paragraph, []):
            return
        if self.awaited and self.goals:
            self._add([paragraph])
        else:
            self.findings.leave_out(paragraph.place, paragraph.words)

    def _labelled(self, head: Paragraph, values: Sequence[Paragraph]) -> bool:
        words, place = head.words, head.place
        if (goal := goal_heading(words, head.label)) is not None:
            title = clean(" ".join([goal[1], *(p.words for p in values)]))
            number = goal[0] or label_number(values[0].label if values else "")
            self._begin(number, title, values[0].place if values else place)
            return True
        if (label := goal_label(words)) is None or not self.goals:
            return False
        self.awaited, value = label
        inline = [Paragraph(value, place=place)] if value else []
        self._add([*inline, *values])
        return True

    def _begin(self, number: int | None, title: str, place: WordPlace) -> None:
        self.awaited = "" if title else "title"
        last = self.goals[-1] if self.goals else None
        if last is not None and (number, title) == (last.number, last.title):
            return
        if number is None:
            number = max(self.numbers, default=0) + 1
        elif number in self.numbers:
            self.findings.fault(ProblemKind.GOAL_TWICE, place, f"{number} {title}".strip())
        self.numbers.add(number)
        self.goals.append(_Goal(number, title, place))

    def _add(self, paragraphs: Sequence[Paragraph]) -> None:
        goal = self.goals[-1]
        if self.awaited != "title":
            goal.parts[self.awaited] += paragraphs
        elif paragraphs:
            goal.title = clean(" ".join(p.words for p in paragraphs))
            goal.place = paragraphs[0].place
            self.awaited = ""

    def finished(self) -> tuple[GoalText, ...]:
        """Return the goals with all that belongs to them, without the template's empty goals."""
        return tuple(self._goal(g) for g in self.goals if g.title or any(g.parts.values()))

    def _goal(self, goal: _Goal) -> GoalText:
        self.findings.check_length(goal.title, LONGEST_TEXT, goal.place)
        sub_goals = self._items(goal, SUB_GOALS, ())
        self._give_numbers(goal, sub_goals)
        indicators = self._items(goal, INDICATORS, [item.number for item in sub_goals])
        homes: dict[str, list[IndicatorText]] = {}
        for item in sub_goals:
            if item.number in homes:
                words = f"{item.number} {item.title}"
                self.findings.fault(ProblemKind.GOAL_TWICE, item.place, words)
            homes[item.number] = []
        if not all(item.is_plain for item in sub_goals):
            # "1." among indicators tells no sub-goal where those are called 1.1 and 1.2.
            for item in indicators:
                item.number = "" if item.is_plain else item.number
        if len(sub_goals) == 1:
            _number_below(sub_goals[0].number, indicators)
        for item in indicators:
            self._place(item, homes)
        numbered = [(item.number, *unmarked(item.title)) for item in sub_goals]
        title, is_kept = unmarked(goal.title)
        return GoalText(
            goal.number,
            title,
            tuple(
                SubGoalText(number, words, tuple(homes[number]), stays)
                for number, words, stays in numbered
            ),
            is_kept,
        )

    def _give_numbers(self, goal: _Goal, sub_goals: Sequence[NumberedItem]) -> None:
        """Give numbers to the sub-goals that have none in the document, and say so."""
        for position, item in enumerate(sub_goals, start=1):
            if not item.number:
                item.number = f"{goal.number}.{position}"
                self.findings.note(Remark.NUMBERED, item.place, item.title, item.number)

    def _place(self, item: NumberedItem, homes: Mapping[str, list[IndicatorText]]) -> None:
        """Give an indicator to the sub-goal that its number tells, or report it."""
        what = ProblemKind.INDICATOR_WITHOUT_SUB_GOAL if item.number else NO_NUMBER
        if (home := _home(item.number, homes)) is None:
            self.findings.leave_out(item.place, f"{item.number} {item.title}".strip(), what)
        else:
            home.append(IndicatorText(item.number, *unmarked(item.title)))

    def _items(self, goal: _Goal, part: str, wanted: Sequence[str]) -> list[NumberedItem]:
        items = numbered_items(goal.parts[part], goal.number, wanted)
        for item in items:
            self.findings.check_length(item.title, LONGEST_TEXT, item.place)
        return items


def _number_below(number: str, indicators: Sequence[NumberedItem]) -> None:
    """Give indicators without number one after the only sub-goal that they can belong to."""
    for position, item in enumerate(indicators, start=1):
        if not item.number:
            item.number = number if len(indicators) == 1 else f"{number}.{position}"


def _home(number: str, homes: Mapping[str, list[IndicatorText]]) -> list[IndicatorText] | None:
    """Return the indicators of the sub-goal with this number or its longest dotted beginning."""
    while number not in homes and "." in number:
        number = number.rpartition(".")[0]
    return homes.get(number)


def numbered_items(
    paragraphs: Iterable[Paragraph], goal: int, wanted: Sequence[str] = ()
) -> list[NumberedItem]:
    """Return a cell's items by the numbers before them, else one per paragraph without number.

    `wanted` are numbers that an item may carry although they skip some, as indicators do.
    """
    items: list[NumberedItem] = []
    for paragraph in paragraphs:
        is_item = fold(paragraph.style) in ITEM_STYLES
        if paragraph.label and paragraph.words:
            items.append(_labelled_item(paragraph, goal))
            continue
        for line in (paragraph,) if is_item else paragraph.lines():
            words = line.words
            if (match := ITEM.fullmatch(words)) is not None:
                first = NumberedItem(match["number"], match["title"], line.place)
                items += [first] if is_item else _split(first, goal, wanted)
            elif (not items or items[-1].is_plain) and (match := PLAIN_ITEM.fullmatch(words)):
                number = f"{goal}.{int(match['number'])}"
                items.append(NumberedItem(number, match["title"], line.place, is_plain=True))
            elif items and items[-1].number and not is_item:
                items[-1].title += f" {words}"
            else:
                items.append(NumberedItem("", words, line.place))
    return items


def _labelled_item(paragraph: Paragraph, goal: int) -> NumberedItem:
    """Return the item of a paragraph that Word numbers; another label stays in the text."""
    if (dotted := DOTTED_LABEL.fullmatch(paragraph.label)) is not None:
        return NumberedItem(dotted["number"], paragraph.words, paragraph.place)
    if PLAIN_LABEL.fullmatch(paragraph.label):
        number = f"{goal}.{paragraph.count}"
        return NumberedItem(number, paragraph.words, paragraph.place, is_plain=True)
    return NumberedItem("", f"{paragraph.label} {paragraph.words}", paragraph.place)


def _split(first: NumberedItem, goal: int, wanted: Sequence[str]) -> list[NumberedItem]:
    """Split items whose numbers were run together in one line: "1.1 aaa 1.2 bbb"."""
    items = [first]
    text = first.title
    begin = 0
    for match in NUMBER_INSIDE.finditer(text):
        number = match["number"]
        if not number.startswith(f"{goal}.") or not _goes_on(items[-1].number, number, wanted):
            continue
        if _is_in_sentence(text, begin, match):
            continue
        items[-1].title = clean(text[begin : match.start()])
        items.append(NumberedItem(number, "", first.place))
        begin = match.end()
    items[-1].title = clean(text[begin:])
    return items


def _is_in_sentence(text: str, begin: int, number: re.Match[str]) -> bool:
    """Tell whether a number is part of the sentence around it, and begins no item."""
    at, after = number.start(), number.end()
    if REFERS.search(text, begin, at) or UNIT.match(text, after):
        return True
    return text[after].islower() and GOES_ON.search(text, begin, at) is not None


def _goes_on(before: str, number: str, wanted: Sequence[str]) -> bool:
    """Tell whether a number is the next after `before`: its sibling, its child, or a parent's."""
    if before in wanted and number in wanted:
        return wanted.index(number) > wanted.index(before)
    parts = [int(part) for part in before.split(".")]
    following = [[*parts, 1]]
    following += [[*parts[: k - 1], parts[k - 1] + 1] for k in range(2, len(parts) + 1)]
    return [int(part) for part in number.split(".")] in following
