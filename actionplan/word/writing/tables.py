"""Builds the tables of a written plan, with the marks that a screen reader needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from actionplan.word.writing.body import SPACE, DocumentBody, element, paragraph, tag, xml_text
from actionplan.word.writing.styles import CELL_STYLE

TEXT_WIDTH: Final = 14570
TEXT: Final = tag("w:t")
HEADER_FILL: Final = "E8EDF2"


@dataclass(frozen=True, slots=True)
class CellText:
    """The paragraphs of a cell, each with its style name, and how many columns it covers."""

    paragraphs: Sequence[tuple[str, str]]
    span: int = 1


def add_table(
    body: DocumentBody,
    widths: Sequence[int],
    rows: Iterable[Sequence[CellText]],
    *,
    title: str,
    header_rows: int = 0,
) -> etree._Element:
    """Append a table and return it; its first rows are repeated on every page it goes on to."""
    grid = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
    look = body.style_id("Table Grid")
    table = element("tbl", _properties(look, sum(widths), title, bool(header_rows)), grid)
    for number, row in enumerate(rows):
        table.append(_row(body, widths, row, is_header=number < header_rows))
    return body.append(table)


def _properties(look: str, width: int, title: str, has_header: bool) -> object:
    return element(
        "tblPr",
        element("tblStyle", val=look),
        element("tblW", w=str(width), type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblCellMar", element("top", w="40", type="dxa")),
        element("tblLook", val="04A0", firstRow=str(int(has_header)), firstColumn="1"),
        element("tblCaption", val=xml_text(title)),
    )


def _row(
    body: DocumentBody, widths: Sequence[int], cells: Sequence[CellText], *, is_header: bool
) -> object:
    properties = element("trPr", element("cantSplit"))
    if is_header:
        properties.append(element("tblHeader"))
    row = element("tr", properties)
    column = 0
    for cell in cells:
        width = sum(widths[column : column + cell.span])
        row.append(_cell(body, cell, width, is_header=is_header))
        column += cell.span
    return row


def _cell(body: DocumentBody, cell: CellText, width: int, *, is_header: bool) -> object:
    properties = element("tcPr", element("tcW", w=str(width), type="dxa"))
    if cell.span > 1:
        properties.append(element("gridSpan", val=str(cell.span)))
    if is_header:
        properties.append(element("shd", val="clear", color="auto", fill=HEADER_FILL))
    # A cell without a paragraph is no cell to Word.
    paragraphs = cell.paragraphs or [("", CELL_STYLE)]
    return element("tc", properties, *(_paragraph(body, *pair) for pair in paragraphs))


def _paragraph(body: DocumentBody, text: str, style: str) -> object:
    made = paragraph([(text, None)] if text else (), body.style_id(style))
    for words in made.iter(TEXT):
        words.set(SPACE, "preserve")
    return made
