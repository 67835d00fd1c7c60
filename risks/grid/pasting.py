"""What is pasted into a cell from Word, Excel or a mail: statements, read as an import reads."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from actionplan.text import clean, fold
from actionplan.word.file.blocks import Paragraph
from actionplan.word.file.symbols import BULLET_SIGN, BULLETS, LETTERS
from actionplan.word.reading.statements import cell_words
from risks.grid.rows import Row

# A word that stands by itself, as a heading or in a column of its own, and says only a kind.
KINDS: Final = {
    **dict.fromkeys(("risk", "risker", "risk:", "risker:"), "Risker:"),
    **dict.fromkeys(("möjlighet", "möjligheter", "möjlighet:", "möjligheter:"), "Möjligheter:"),
}
# What a list begins its items with: a sign, or a number.
NUMBER: Final = re.compile(r"\s*(?:\d{1,2}|[a-z])[.)](?:\s+|$)")
ALONE: Final = frozenset(BULLETS + LETTERS)


def pasted_rows(text: str) -> list[Row]:
    """Return what was pasted as new rows: a row each, without bullets, each with its kind."""
    paragraphs = list(_paragraphs(text))
    words = cell_words(paragraphs)
    rows = [
        Row(None, statement.kind, _without_bullet(statement.text))
        for statement in words.statements
        if fold(statement.text) not in KINDS
    ]
    return [row for row in rows if row.text]


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield a paragraph for each line and each cell; after a word for a kind they are its list."""
    is_below = False
    for line in _lines(text):
        for part in line:
            if heading := KINDS.get(fold(part), ""):
                is_below = True
                yield Paragraph(text=heading)
            else:
                yield Paragraph(text=part, is_item=is_below)


def _lines(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line that say something; Excel quotes one that has line breaks."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" in plain:
        lines = list(csv.reader(StringIO(plain), delimiter="\t"))
    else:
        lines = [[line] for line in plain.split("\n")]
    for row in lines:
        parts = [line for cell in row for line in cell.split("\n")]
        if kept := [part for part in parts if not _is_sign(part)]:
            yield kept


def _is_sign(part: str) -> bool:
    return not clean(part) or clean(part) in ALONE or NUMBER.fullmatch(part) is not None


def _without_bullet(text: str) -> str:
    sign = BULLET_SIGN.match(text) or NUMBER.match(text)
    return clean(text[sign.end() :]) if sign else clean(text)
