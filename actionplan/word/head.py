"""Reads the head facts of a plan: category, period, region, coordinator and contacts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from actionplan.text import clean
from actionplan.word.blocks import Paragraph, Row, Table
from actionplan.word.document import EARLIEST_YEAR, LATEST_YEAR, ContactText, Place, Trouble
from actionplan.word.findings import LONGEST_NAME, Findings
from actionplan.word.headings import (
    CATEGORY,
    CONTACTS,
    COORDINATOR,
    PERIOD,
    REGION,
    category_heading,
    fact_label,
    is_title,
    years,
)

EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
BETWEEN_CONTACTS: Final = re.compile(r"[;\n]|\s(?:och|samt|&)\s")
AROUND_NAME: Final = re.compile(r"(?:e-?post|e-?mail|mejl|mailto)\s*:?", re.I)
FULL_NAME: Final = re.compile(r"[A-ZÅÄÖÉ][\w’'-]+(?: (?:[a-z]{2,3} )?[A-ZÅÄÖÉ][\w’'-]+)+")
MISSING: Final = {
    CATEGORY: Trouble.NO_CATEGORY,
    PERIOD: Trouble.NO_PERIOD,
    REGION: Trouble.NO_REGION,
}


class HeadReader:
    """Takes the paragraphs and tables before the introduction, one by one."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.facts: dict[str, list[str]] = {}
        self.places: dict[str, Place] = {}
        self.awaited = ""
        self.title_place = Place()

    def title(self, paragraph: Paragraph) -> bool:
        """Take "Handlingsplan 2023–2025", once."""
        if not is_title(paragraph.words) or self.title_place != Place():
            return False
        self.title_place = paragraph.place
        self._give(PERIOD, [paragraph.words] if years(paragraph.words) else [], paragraph.place)
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
        if (found := fact_label(paragraph.words)) is not None:
            label, value = found
            self._give(label, [value] if value else [], paragraph.place)
        elif self.awaited and (self.awaited != PERIOD or years(paragraph.words)):
            self.facts[self.awaited].append(paragraph.text)
            self.places[self.awaited] = paragraph.place
            if self.awaited != CONTACTS:
                self.awaited = ""
        else:
            self.findings.leave_out(paragraph.place, paragraph.words)

    def takes(self, table: Table) -> bool:
        return any(_row_facts(row) for row in table.rows)

    def table(self, table: Table) -> None:
        """Take the rows of labels and values."""
        self.awaited = ""
        for row in table.rows:
            found = _row_facts(row)
            if not found:
                self.findings.leave_out(row.place, row.words)
            for label, values, place in found:
                self._give(label, values, place)
        self.awaited = ""

    def _give(self, label: str, values: Sequence[str], place: Place) -> None:
        if self.facts.get(label) and values and list(values) != self.facts[label]:
            self.findings.leave_out(place, clean(" ".join(values)))
            return
        self.facts[label] = list(values) or self.facts.get(label, [])
        self.places[label] = place
        self.awaited = "" if values else label

    def value(self, label: str) -> str:
        """A fact as cleaned text, "" if the document does not give it."""
        return clean(" ".join(self.facts.get(label, [])))

    @property
    def years(self) -> tuple[int, int]:
        """First and last year, zero if the document gives none."""
        return years(self.value(PERIOD)) or (0, 0)

    def contacts(self) -> tuple[ContactText, ...]:
        found = tuple(contacts(self.facts.get(CONTACTS, [])))
        for contact in found:
            self.findings.check_length(contact.name, LONGEST_NAME, self.places[CONTACTS])
        return found

    def check(self) -> None:
        """Report the facts that are missing, impossible or too long."""
        first, last = self.years
        given = {CATEGORY: self.value(CATEGORY), PERIOD: first, REGION: self.value(REGION)}
        for label, missing in MISSING.items():
            place = self.places.get(label, self.title_place)
            if not given[label]:
                self.findings.fault(missing, place, self.value(label))
        if first and not EARLIEST_YEAR <= first <= last <= LATEST_YEAR:
            self.findings.fault(Trouble.PERIOD_BACKWARDS, self.places[PERIOD], self.value(PERIOD))
        for label in (CATEGORY, REGION, COORDINATOR):
            place = self.places.get(label, Place())
            self.findings.check_length(self.value(label), LONGEST_NAME, place)


def _row_facts(row: Row) -> list[tuple[str, list[str], Place]]:
    """The facts in a row: "Label | value", or "Label: value" in one cell."""
    found = []
    cells = list(dict.fromkeys(row.cells))
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        if (name := category_heading(cell.words)) is not None:
            label: tuple[str, str] | None = (CATEGORY, name)
        else:
            label = fact_label(cell.words)
        if label is None:
            continue
        values = [label[1]] if label[1] else []
        if following is not None and fact_label(following.words) is None:
            values += [p.text for p in following.paragraphs if p.words]
        found.append((label[0], values, (following or cell).place))
    return found


def contacts(paragraphs: Iterable[str]) -> Iterator[ContactText]:
    """People with their addresses: "Anne Ek, anne.ek@region.example; Bo Ek <bo@…>"."""
    for paragraph in paragraphs:
        for part in BETWEEN_CONTACTS.split(paragraph):
            yield from _contacts_in(clean(part))


def _contacts_in(part: str) -> Iterator[ContactText]:
    begin = 0
    for address in EMAIL.finditer(part):
        name = _bare_name(part[begin : address.start()])
        yield ContactText(name or address[0], address[0])
        begin = address.end()
    rest = _bare_name(part[begin:])
    names = [name.strip() for name in rest.split(",")]
    if len(names) > 1 and all(FULL_NAME.fullmatch(name) for name in names):
        yield from map(ContactText, names)
    elif rest:
        yield ContactText(rest)


def _bare_name(text: str) -> str:
    return clean(AROUND_NAME.sub(" ", text)).strip(" ,:;<>()[]–-")
