"""Reads the head facts of a plan: category, period, region, coordinator and contacts."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from actionplan.text import clean
from actionplan.word.document import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    ContactText,
    ProblemKind,
    WordPlace,
)
from actionplan.word.file.blocks import Paragraph, TableCell, TableRow, WordTable
from actionplan.word.reading.contacts import read_contacts
from actionplan.word.reading.findings import LONGEST_NAME, ReadingProblems
from actionplan.word.reading.headings import (
    CATEGORY,
    CONTACTS,
    COORDINATOR,
    PERIOD,
    REGION,
    category_heading,
    fact_label,
    is_title,
)
from actionplan.word.reading.period import AmbiguousPeriod, is_period, period

NOTHING_GIVEN: Final[Mapping[str, str]] = MappingProxyType({})
YEARS: Final = re.compile(r"(?<!\d)(?:19|2\d)\d\d")
MISSING: Final = {
    CATEGORY: ProblemKind.NO_CATEGORY,
    PERIOD: ProblemKind.NO_PERIOD,
    REGION: ProblemKind.NO_REGION,
}


@dataclass(slots=True)
class _Fact:
    label: str
    values: list[str]
    place: WordPlace


class HeadReader:
    """Takes the paragraphs and tables before the introduction, one by one."""

    def __init__(
        self, findings: ReadingProblems, given: Mapping[str, str] = NOTHING_GIVEN
    ) -> None:
        self.findings = findings
        self.given = given
        self.facts: dict[str, list[str]] = {}
        self.places: dict[str, WordPlace] = {}
        self.awaited = ""
        self.title_place = WordPlace()

    def title(self, paragraph: Paragraph) -> bool:
        """Take "Handlingsplan 2023–2025", once."""
        if not is_title(paragraph.words) or self.title_place != WordPlace():
            return False
        self.title_place = paragraph.place
        has_years = bool(YEARS.search(paragraph.words))
        self._give(PERIOD, [paragraph.words] if has_years else [], paragraph.place)
        return True

    def category(self, paragraph: Paragraph) -> bool:
        """Take "Prioriterad inköpskategori: X", once."""
        name = category_heading(paragraph.words)
        if name is None or CATEGORY in self.facts:
            return False
        self._give(CATEGORY, [name] if name else [], paragraph.place)
        return True

    def paragraph(self, paragraph: Paragraph) -> None:
        """Take "Label: value", or the value of a label that stood alone."""
        if (fact := fact_label(paragraph.words)) is not None:
            label, value = fact
            self._give(label, [value] if value else [], paragraph.place)
        elif self.awaited and (self.awaited != PERIOD or is_period(paragraph.words)):
            self.facts[self.awaited].append(paragraph.text)
            self.places[self.awaited] = paragraph.place
            if self.awaited != CONTACTS:
                self.awaited = ""
        else:
            self.findings.leave_out(paragraph.place, paragraph.words)

    def takes(self, table: WordTable) -> bool:
        return any(_row_facts(row) for row in table.rows)

    def table(self, table: WordTable) -> None:
        """Take the rows of labels and values."""
        self.awaited = ""
        last = ""
        for row in table.rows:
            facts = _row_facts(row)
            if not facts and last == CONTACTS and not row.cells[0].words:
                # One more person below the label.
                texts = [p.text for cell in dict.fromkeys(row.cells) for p in cell.paragraphs]
                self.facts[CONTACTS] += texts
            elif not facts:
                self.findings.leave_out(row.place, row.words)
            if facts:
                self._leave_out_before(row)
            for fact in facts:
                self._give(fact.label, fact.values, fact.place)
                last = fact.label
        self.awaited = ""

    def _leave_out_before(self, row: TableRow) -> None:
        """Report what stands before the first label of a row."""
        for cell in itertools.takewhile(lambda cell: _label(cell) is None, row.cells):
            self.findings.leave_out(cell.place, cell.words)

    def _give(self, label: str, values: Sequence[str], place: WordPlace) -> None:
        given = self.facts.get(label)
        if given and values and list(values) != given:
            if label == CONTACTS:
                given += values
            elif label == PERIOD:
                self._compare_periods(place, values)
            else:
                self.findings.leave_out(place, clean(" ".join(values)))
            return
        self.facts[label] = list(values) or self.facts.get(label, [])
        self.places[label] = place
        self.awaited = "" if values else label

    def _compare_periods(self, place: WordPlace, values: Sequence[str]) -> None:
        """Let a period be said twice, also in other words, but not two of them."""
        words = clean(" ".join(values))
        if PERIOD not in self.given and _years(words) != _years(self.value(PERIOD)):
            both = f"{self.value(PERIOD)} / {words}"
            self.findings.fault(ProblemKind.PERIOD_UNCLEAR, place, both)

    def value(self, label: str) -> str:
        """Return a fact as cleaned text, "" if neither the document nor a person gives it.

        What a person said goes first, but for the category: which one the document's own name
        means is a question of its own.
        """
        own, given = self.own(label), self.given.get(label, "")
        return (own or given) if label == CATEGORY else (given or own)

    def own(self, label: str) -> str:
        """Return a fact as the document itself gives it, "" if it does not."""
        return clean(" ".join(self.facts.get(label, [])))

    @property
    def years(self) -> tuple[int, int]:
        """First and last year, zero if the document gives none."""
        return _years(self.value(PERIOD)) or (0, 0)

    def contacts(self) -> tuple[ContactText, ...]:
        contacts = read_contacts(self.facts.get(CONTACTS, []))
        for contact in contacts.people:
            self.findings.check_length(contact.name, LONGEST_NAME, self.places[CONTACTS])
        for words in contacts.left_out:
            self.findings.leave_out(self.places[CONTACTS], words)
        return tuple(contacts.people)

    def check(self) -> None:
        """Report the facts that are missing, impossible or too long."""
        first, last = self.years
        given = {CATEGORY: self.value(CATEGORY), PERIOD: first, REGION: self.value(REGION)}
        for label, missing in MISSING.items():
            place = self.places.get(label, self.title_place)
            if not given[label]:
                # What stands where a period is wanted has been told to be none.
                is_unclear = label == PERIOD and bool(self.value(PERIOD))
                what = ProblemKind.PERIOD_UNCLEAR if is_unclear else missing
                self.findings.fault(what, place, self.value(label))
        if first and not EARLIEST_YEAR <= first <= last <= LATEST_YEAR:
            self.findings.fault(
                ProblemKind.PERIOD_BACKWARDS,
                self.places.get(PERIOD, self.title_place),
                self.value(PERIOD),
            )
        for label in (CATEGORY, REGION, COORDINATOR):
            place = self.places.get(label, WordPlace())
            self.findings.check_length(self.value(label), LONGEST_NAME, place)


def _years(text: str) -> tuple[int, int] | None:
    """Return the first and last year of a period, None where they are missing or unclear."""
    try:
        return period(text)
    except AmbiguousPeriod:
        return None


def _row_facts(row: TableRow) -> list[_Fact]:
    """Return the facts in a row: labels, each with the cells up to the next, or in one cell."""
    facts: list[_Fact] = []
    for cell in dict.fromkeys(row.cells):
        if (label := _label(cell)) is not None:
            facts.append(_Fact(label[0], [label[1]] if label[1] else [], cell.place))
        elif facts:
            fact = facts[-1]
            # An empty value is missing in its own cell, the first one after the label.
            is_next = fact.place.column + 1 == cell.place.column
            fact.place = cell.place if not fact.values and (is_next or cell.words) else fact.place
            fact.values += [p.text for p in cell.paragraphs if p.words]
    return facts


def _label(cell: TableCell) -> tuple[str, str] | None:
    name = category_heading(cell.words)
    return fact_label(cell.words) if name is None else (CATEGORY, name)
