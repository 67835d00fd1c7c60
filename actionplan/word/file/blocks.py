"""A Word file or a tab-separated text as one list of paragraphs and tables."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from lxml import etree

from actionplan.text import clean, is_number
from actionplan.word.document import ProblemKind, WordPlace
from actionplan.word.file.archive import (
    MEGABYTE,
    UnreadableFile,
    W,
    WordArchive,
    check_size,
    is_packed,
    open_package,
)
from actionplan.word.file.kinds import kind_of_bytes
from actionplan.word.file.margins import Margin, visible_margins
from actionplan.word.file.normalise import DELETED, normalise
from actionplan.word.file.numbering import ListLabel, Numbering
from actionplan.word.file.style_chain import StyleChain, value
from actionplan.word.file.symbols import BULLET_SIGN, has_unknown, settled
from actionplan.word.file.visible import (
    COMMENT,
    OmittedPart,
    ParagraphReader,
    VisibleText,
    comment_texts,
    note_texts,
)

# Word itself allows 63 columns; a forged span must not make a row of millions.
MOST_COLUMNS: Final = 64
# A plan has some 30 kB of text and some hundred rows. What a cell says counts for each place of
# the grid that it covers, since it is read there.
LARGEST_TEXT: Final = 2 * MEGABYTE
MOST_LINES: Final = 10_000
MOST_PARAGRAPHS: Final = 40_000
MOST_CELLS: Final = 150_000
MOST_CHARACTERS: Final = 5_000_000
LONGEST_PARAGRAPH: Final = 100_000
LINE_END: Final = re.compile(r"\r\n|[\n\r\v\f]")
NUMBER: Final = re.compile(r"\d{1,6}")
NOT_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# A paragraph in list 0 has left the list of its style.
NO_LIST: Final = "0"
MOST_LEVELS: Final = 8
CONTENTS_STYLE: Final = re.compile(
    r"(?:toc|innehåll)\s*\d|toc heading|innehållsförteckning|table of figures|figurförteckning",
    re.I,
)
CHUNKS: Final = (W + "altChunk", W + "subDoc")


# Each part of the reader asks a paragraph for its words, ten times and more.
_cleaned = lru_cache(maxsize=1024)(clean)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as written: a line break inside it is a newline."""

    text: str
    style: str = ""
    place: WordPlace = field(default_factory=WordPlace)
    # The number that Word makes in front of it, and which one it is in its list.
    label: str = ""
    count: int = 0
    is_item: bool = False
    is_contents: bool = False
    notes: tuple[tuple[int, str], ...] = ()
    left_out: tuple[OmittedPart, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return _cleaned(self.text)

    @property
    def is_listed(self) -> bool:
        """Whether it is an item of a list, by its format or by a sign that someone typed."""
        return self.is_item or bool(BULLET_SIGN.match(self.text))

    @property
    def noted(self) -> "Paragraph":
        """The paragraph with its foot- and endnotes in brackets, where they are told."""
        parts: list[str] = []
        begin = 0
        for at, note in self.notes:
            is_parted = not at or self.text[at - 1].isspace()
            parts += [self.text[begin:at], "" if is_parted else " ", f"(not: {note})"]
            begin = at
        return replace(self, text="".join([*parts, self.text[begin:]]), notes=())

    def lines(self) -> "Iterator[Paragraph]":
        """Cut the paragraph at its line breaks, empty lines left out."""
        for line in self.text.split("\n"):
            if clean(line):
                yield replace(self, text=line)


@dataclass(frozen=True, slots=True, eq=False)
class TableCell:
    """One cell; where cells are merged, every place of the grid holds this same object."""

    paragraphs: tuple[Paragraph, ...]
    place: WordPlace

    @property
    def words(self) -> str:
        return " ".join(filter(None, (paragraph.words for paragraph in self.paragraphs)))

    @property
    def label(self) -> str:
        """The number that Word makes in front of the only words of the cell, if it is one."""
        with_words = [paragraph for paragraph in self.paragraphs if paragraph.words]
        return with_words[0].label if len(with_words) == 1 else ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the grid; `carried` are the columns that go on from the row above."""

    cells: tuple[TableCell, ...]
    place: WordPlace
    carried: frozenset[int] = frozenset()

    @property
    def words(self) -> str:
        """What stands in the row, merged cells once."""
        return " | ".join(filter(None, (c.words for c in dict.fromkeys(self.cells))))


@dataclass(frozen=True, slots=True)
class WordTable:
    rows: tuple[TableRow, ...]


Block = Paragraph | WordTable


@dataclass(frozen=True, slots=True)
class Blocks:
    """A whole file; `is_text` tells the form that has lost the paragraphs of its cells.

    `comments` are those of words that are no part of it, such as a table of contents.
    """

    blocks: tuple[Block, ...]
    is_text: bool
    margins: tuple[Margin, ...] = ()
    comments: tuple[str, ...] = ()


def read_blocks(data: bytes) -> Blocks:
    """Read the blocks of a file of either form, which shows in its bytes and not in its name."""
    check_size(data)
    if is_packed(data):
        word = _WordBlocks(open_package(data))
        blocks = tuple(word.read())
        return Blocks(blocks, False, tuple(word.margins()), word.unplaced_comments())
    if len(data) > LARGEST_TEXT:
        raise UnreadableFile(ProblemKind.TEXT_TOO_LARGE)
    return Blocks(tuple(_text_blocks(_decoded(data))), True)


class _ReadingCount:
    """What was read so far; what is beyond any plan ends the reading."""

    def __init__(self) -> None:
        self.paragraphs = self.cells = self.characters = 0

    def paragraph(self, text: str) -> None:
        self.paragraphs += 1
        self.characters += len(text)
        if self.paragraphs > MOST_PARAGRAPHS or len(text) > LONGEST_PARAGRAPH:
            raise UnreadableFile(ProblemKind.TOO_MUCH_INSIDE)
        self._check()

    def places(self, cell: TableCell, places: int, *, is_new: bool) -> None:
        """Count a cell that fills so many places of the grid."""
        self.cells += places
        again = places - is_new
        if again:
            self.characters += again * sum(len(paragraph.text) for paragraph in cell.paragraphs)
        self._check()

    def _check(self) -> None:
        if self.cells > MOST_CELLS or self.characters > MOST_CHARACTERS:
            raise UnreadableFile(ProblemKind.TOO_MUCH_INSIDE)


class _WordBlocks:
    """Walks the body of a Word tree as a reader sees it, and counts as a person counts."""

    def __init__(self, package: WordArchive) -> None:
        self.styles = StyleChain(package.related.get("styles"))
        self.numbering = Numbering(package.related.get("numbering"))
        notes: dict[tuple[str, str], VisibleText] = {}
        for kind in ("footnotes", "endnotes"):
            if (root := package.related.get(kind)) is not None:
                normalise(root, self.styles)
                notes |= note_texts(kind, root, ParagraphReader(self.styles, {}, {}, {}))
        comments: dict[str, str] = {}
        if (root := package.related.get("comments")) is not None:
            normalise(root, self.styles)
            comments |= comment_texts(root, ParagraphReader(self.styles, {}, {}, {}))
        self.reader = ParagraphReader(self.styles, notes, comments, package.links)
        self.visible_margins = list(visible_margins(package))
        self.commented = [
            reference.get(W + "id", "")
            for reference in package.document.iter(COMMENT)
            if next(reference.iterancestors(*DELETED), None) is None
        ]
        normalise(package.document, self.styles)
        self.document = package.document
        self.paragraphs = 0
        self.tables = 0
        self.count = _ReadingCount()

    def read(self) -> Iterator[Block]:
        for element in self.document.find(W + "body"):
            if element.tag == W + "p" or element.tag in CHUNKS:
                paragraph = self._paragraph(element, WordPlace())
                if paragraph.words or paragraph.left_out or paragraph.comments:
                    self.paragraphs += 1
                    yield replace(paragraph, place=WordPlace(paragraph=self.paragraphs))
            elif element.tag == W + "tbl":
                self.tables += 1
                yield WordTable(tuple(self._rows(element)))

    def margins(self) -> Iterator[Margin]:
        """Yield what stands in the headers and footers that Word shows, paragraph by paragraph."""
        # What they call a link is another one in the document.
        self.reader.links = {}
        for what, root in self.visible_margins:
            normalise(root, self.styles)
            for element in root.iter(W + "p", *CHUNKS):
                paragraph = self._paragraph(element, WordPlace())
                yield Margin(what, paragraph.text, paragraph.left_out)

    def unplaced_comments(self) -> tuple[str, ...]:
        """Return the comments that were met in none of the paragraphs, and that Word shows."""
        comments = (self.reader.comments.pop(key, "") for key in self.commented)
        return tuple(filter(None, comments))

    def _paragraph(self, element: etree._Element, place: WordPlace) -> Paragraph:
        if element.tag in CHUNKS:
            return Paragraph(
                "", place=place, left_out=(OmittedPart(ProblemKind.EMBEDDED_NOT_READ, ""),)
            )
        style = self.styles.style_of(element)
        seen = self.reader.read(element, in_table=bool(place.table))
        self.count.paragraph(seen.text)
        label = self._label(element, style)
        return Paragraph(
            seen.text,
            self.styles.name(style),
            place,
            label="" if label is None or label.is_bullet else label.text,
            count=0 if label is None else label.count,
            is_item=label is not None,
            is_contents=self.styles.is_named(style, CONTENTS_STYLE),
            notes=tuple(seen.notes),
            left_out=tuple(seen.left_out),
            comments=tuple(seen.comments),
        )

    def _label(self, element: etree._Element, style: str) -> ListLabel | None:
        """Return what Word writes in front of a paragraph that is an item of a list."""
        number, level, numbered_style = self.styles.numbering(style)
        own = element.find(f"{W}pPr/{W}numPr")
        if own is not None:
            number = value(own.find(W + "numId")) or number
            level = value(own.find(W + "ilvl")) or level
        if not number or number == NO_LIST:
            return None
        at = int(level) if is_number(level) else self.numbering.level_of(number, numbered_style)
        return self.numbering.next(number, min(at, MOST_LEVELS))

    def _rows(self, table: etree._Element) -> Iterator[TableRow]:
        above: list[TableCell] = []
        for number, element in enumerate(table.findall(W + "tr"), start=1):
            row = self._row(element, WordPlace(table=self.tables, row=number), above)
            above = list(row.cells)
            yield row

    def _row(self, element: etree._Element, place: WordPlace, above: list[TableCell]) -> TableRow:
        cells: list[TableCell] = []
        carried: set[int] = set()
        for _ in range(_number(element.find(f"{W}trPr/{W}gridBefore"), least=0)):
            cells.append(TableCell((), replace(place, column=len(cells) + 1)))
            self.count.places(cells[-1], 1, is_new=True)
        for part in element.findall(W + "tc"):
            column = len(cells)
            if column >= MOST_COLUMNS:
                break
            at = replace(place, column=column + 1)
            if column and _merge(part, "hMerge") == "continue":
                cells.append(cells[-1])
                self.count.places(cells[-1], 1, is_new=False)
                continue
            goes_on = _merge(part, "vMerge") == "continue" and column < len(above)
            if goes_on:
                cell = above[column]
                carried.add(column)
            else:
                paragraphs = part.iter(W + "p", *CHUNKS)
                cell = TableCell(tuple(self._paragraph(p, at) for p in paragraphs), at)
            span = _number(part.find(f"{W}tcPr/{W}gridSpan"), least=1)
            places = min(span, MOST_COLUMNS - column)
            self.count.places(cell, places, is_new=not goes_on)
            cells.extend([cell] * places)
        return TableRow(tuple(cells), place, frozenset(carried))


def _number(element: etree._Element | None, *, least: int) -> int:
    """Read a count in the tree's properties, within what a table can have."""
    value = "" if element is None else element.get(W + "val", "")
    return min(max(int(value), least), MOST_COLUMNS) if NUMBER.fullmatch(value) else least


def _merge(cell: etree._Element, way: str) -> str:
    """Tell whether a cell begins a merged one or goes on with it; "" if it is not merged."""
    merge = cell.find(f"{W}tcPr/{W}{way}")
    return "" if merge is None else merge.get(W + "val", "continue")


def _decoded(data: bytes) -> str:
    """Decode a text file in the encodings that Swedish Windows programs write."""
    if (kind := kind_of_bytes(data)) != ProblemKind.NOT_WORD:
        raise UnreadableFile(kind)
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for code in ("utf-16",) if is_utf16 else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if NOT_TEXT.search(text):
            break
        if not text.strip():
            raise UnreadableFile(ProblemKind.EMPTY_FILE)
        return text
    raise UnreadableFile(ProblemKind.NOT_WORD)


def _text_blocks(text: str) -> Iterator[Block]:
    """Read lines with tabs as rows of a table, others as paragraphs, blank ones as nothing."""
    rows: list[TableRow] = []
    count = _ReadingCount()
    lines = LINE_END.split(text)
    if len(lines) > MOST_LINES:
        raise UnreadableFile(ProblemKind.TEXT_TOO_LARGE)
    for number, line in enumerate(lines, start=1):
        count.paragraph(line)
        if "\t" in line:
            rows.append(_text_row(line, number))
            for cell in rows[-1].cells:
                count.places(cell, 1, is_new=True)
            continue
        if rows:
            yield WordTable(tuple(rows))
            rows = []
        if clean(line):
            yield _text_paragraph(line, WordPlace(line=number))
    if rows:
        yield WordTable(tuple(rows))


def _text_row(line: str, number: int) -> TableRow:
    cells = []
    for column, text in enumerate(line.split("\t")[:MOST_COLUMNS], start=1):
        place = WordPlace(line=number, column=column)
        cells.append(TableCell((_text_paragraph(text, place),), place))
    return TableRow(tuple(cells), WordPlace(line=number))


def _text_paragraph(text: str, place: WordPlace) -> Paragraph:
    unknown = (
        (OmittedPart(ProblemKind.SIGN_NOT_READ, clean(settled(text))),)
        if has_unknown(text)
        else ()
    )
    return Paragraph(settled(text), place=place, left_out=unknown)
