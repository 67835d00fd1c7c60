"""Labels and section headings with typing errors, spelt as the template spells them."""

import re
from dataclasses import replace
from itertools import islice
from typing import Final

from actionplan.text import fold
from actionplan.word.document import Remark
from actionplan.word.file.blocks import Paragraph, TableCell, WordTable
from actionplan.word.likeness import misspelt
from actionplan.word.reading.findings import ReadingProblems
from actionplan.word.reading.headings import (
    CATEGORY,
    GOALS,
    RISKS,
    area_heading,
    category_heading,
    fact_label,
    goal_heading,
    goal_label,
    is_title,
    section,
)

SECTION_NAMES: Final = (
    "Introduktion",
    "Inledning",
    "Risker och möjligheter",
    "Väsentliga risker och möjligheter",
    "Mål och indikatorer",
    "Mål och målindikatorer",
    "Målsättningar",
    "Kravpaketets krav",
)
HEAD_LABELS: Final = (
    "Handlingsplan",
    "Prioriterad inköpskategori",
    "Upphandlingsregion",
    "Regional samordnare",
    "Samordnare",
    "Kontaktperson",
    "Kontaktpersoner",
    "Period",
    "Planperiod",
    "Giltighetstid",
)
AREA_LABELS: Final = ("Produktområde",)
GOAL_LABELS: Final = ("Övergripande mål", "Delmål", "Målindikatorer", "Indikatorer")
# What may stand where; a section may begin anywhere, and a table may be of any of them.
LABELS: Final = {CATEGORY: HEAD_LABELS, RISKS: AREA_LABELS, GOALS: GOAL_LABELS}
OF_TABLES: Final = (*HEAD_LABELS, *AREA_LABELS, *GOAL_LABELS)
NUMBER: Final = re.compile(r"(?:(?:[ivx]+|\d+)[.)]\s*)?", re.I)
WORD: Final = re.compile(r"[^\s:]+")
AFTER: Final = re.compile(r"\s*(?:$|[:.]|\d)|\s+[a-zåäö]$", re.I)
# How many words each has, and how it is compared.
KNOWN: Final = {label: (len(label.split()), fold(label)) for label in (*SECTION_NAMES, *OF_TABLES)}
LONGEST_LABEL: Final = max(length for length, _folded in KNOWN.values())
# A line that is longer is a sentence.
LONGEST: Final = 300


def paragraph_as_spelt(paragraph: Paragraph, where: str, findings: ReadingProblems) -> Paragraph:
    """Return the paragraph with its label as the template has it; note what was read as what."""
    words = paragraph.words
    if _is_known(words, paragraph.label):
        return paragraph
    respelt = _respelt(words, LABELS.get(where, ())) or _respelt(words, SECTION_NAMES, alone=True)
    if respelt is None:
        return paragraph
    written, label, text = respelt
    findings.note(Remark.READ_AS, paragraph.place, written, label)
    return replace(paragraph, text=text)


def table_as_spelt(table: WordTable, findings: ReadingProblems) -> WordTable:
    """Return the table with the labels of its rows as the template has them.

    A label stands in the first cell of a row, that of an area also over all columns but the first.
    """
    spelt: dict[TableCell, TableCell] = {}
    for row in table.rows:
        for cell in row.cells[:1]:
            spelt.setdefault(cell, _cell_as_spelt(cell, OF_TABLES, findings))
        if len({cell.words for cell in row.cells[1:]}) == 1:
            for cell in dict.fromkeys(row.cells[1:]):
                spelt.setdefault(cell, _cell_as_spelt(cell, AREA_LABELS, findings))
    return WordTable(
        tuple(replace(row, cells=tuple(spelt.get(c, c) for c in row.cells)) for row in table.rows)
    )


def _cell_as_spelt(
    cell: TableCell, labels: tuple[str, ...], findings: ReadingProblems
) -> TableCell:
    first = next((at for at, paragraph in enumerate(cell.paragraphs) if paragraph.words), None)
    if first is None or _is_known(cell.words, cell.label):
        return cell
    paragraphs = list(cell.paragraphs)
    if (respelt := _respelt(paragraphs[first].words, labels)) is None:
        return cell
    written, label, text = respelt
    findings.note(Remark.READ_AS, cell.place, written, label)
    paragraphs[first] = replace(paragraphs[first], text=text)
    return replace(cell, paragraphs=tuple(paragraphs))


def _is_known(words: str, label: str) -> bool:
    """Tell whether the template's own spellings say what a text is."""
    return bool(
        len(words) > LONGEST
        or section(words)
        or is_title(words)
        or category_heading(words) is not None
        or fact_label(words)
        or goal_label(words)
        or area_heading(words, label)
        or goal_heading(words, label)
    )


def _respelt(
    text: str, labels: tuple[str, ...], *, alone: bool = False
) -> tuple[str, str, str] | None:
    """Return the label as written, as in the template, and the text with it; None if none is near.

    Args:
        alone: nothing may follow it.
    """
    begin = NUMBER.match(text).end()  # type: ignore[union-attr]  # it may be nothing
    beginnings = _beginnings(text, begin, alone=alone)
    best: tuple[int, str, str, str] | None = None
    # A word may be parted.
    for label, more in ((label, more) for label in labels for more in (0, 1)):
        length, spelling = KNOWN[label]
        if (beginning := beginnings.get(length + more)) is None:
            continue
        written, key, rest = beginning
        errors = misspelt(key, spelling)
        if errors is not None and (best is None or errors < best[0]):
            best = errors, written, label, f"{text[:begin]}{label}{rest}"
    return None if best is None else best[1:]


def _beginnings(text: str, begin: int, *, alone: bool) -> dict[int, tuple[str, str, str]]:
    """Return what a text begins with, by its number of words: as written, folded, what follows.

    A beginning ends where a label may end; if it must stand `alone`, nothing may follow it.
    """
    beginnings = {}
    words = islice(WORD.finditer(text, begin), LONGEST_LABEL + 1)
    for length, word in enumerate(words, start=1):
        written, rest = text[begin : word.end()].rstrip("."), text[word.end() :]
        if not rest.strip(" :.") if alone else AFTER.match(rest):
            beginnings[length] = written, fold(written), rest
    return beginnings
