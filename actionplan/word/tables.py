"""Builds the tables of a written plan, with the marks that a screen reader needs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from actionplan.word.styles import CELL_STYLE

# XML has no way to write these; a text file can hold them all the same.
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TEXT_WIDTH: Final = 14570
HEADER_FILL: Final = "E8EDF2"


@dataclass(frozen=True, slots=True)
class CellText:
    """The paragraphs of a cell, each with its style name, and how many columns it covers."""

    paragraphs: Sequence[tuple[str, str]]
    span: int = 1


def xml_text(text: str) -> str:
    return NOT_XML.sub("", text)


def add_table(
    word: Document,
    widths: Sequence[int],
    rows: Iterable[Sequence[CellText]],
    *,
    title: str,
    header_rows: int = 0,
) -> Any:
    """Append a table and return it; its first rows are repeated on every page it goes on to."""
    grid = _element("tblGrid", *(_element("gridCol", w=str(width)) for width in widths))
    look = word.styles["Table Grid"].style_id or ""
    table = _element("tbl", _properties(look, sum(widths), title, bool(header_rows)), grid)
    for number, row in enumerate(rows):
        table.append(_row(word, widths, row, is_header=number < header_rows))
    body: Any = word.element.body
    body.insert_element_before(table, "w:sectPr")
    return table


def _element(name: str, *children: Any, **attributes: str) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    element.extend(children)
    return element


def _properties(look: str, width: int, title: str, has_header: bool) -> Any:
    return _element(
        "tblPr",
        _element("tblStyle", val=look),
        _element("tblW", w=str(width), type="dxa"),
        _element("tblLayout", type="fixed"),
        _element("tblCellMar", _element("top", w="40", type="dxa")),
        _element("tblLook", val="04A0", firstRow=str(int(has_header)), firstColumn="1"),
        _element("tblCaption", val=xml_text(title)),
    )


def _row(
    word: Document, widths: Sequence[int], cells: Sequence[CellText], *, is_header: bool
) -> Any:
    properties = _element("trPr", _element("cantSplit"))
    if is_header:
        properties.append(_element("tblHeader"))
    row = _element("tr", properties)
    column = 0
    for cell in cells:
        width = sum(widths[column : column + cell.span])
        row.append(_cell(word, cell, width, is_header=is_header))
        column += cell.span
    return row


def _cell(word: Document, cell: CellText, width: int, *, is_header: bool) -> Any:
    properties = _element("tcPr", _element("tcW", w=str(width), type="dxa"))
    if cell.span > 1:
        properties.append(_element("gridSpan", val=str(cell.span)))
    if is_header:
        properties.append(_element("shd", val="clear", color="auto", fill=HEADER_FILL))
    # A cell without a paragraph is no cell to Word.
    paragraphs = cell.paragraphs or [("", CELL_STYLE)]
    return _element("tc", properties, *(_paragraph(word, *pair) for pair in paragraphs))


def _paragraph(word: Document, text: str, style: str) -> Any:
    style_id = word.styles[style].style_id or ""
    paragraph = _element("p", _element("pPr", _element("pStyle", val=style_id)))
    if text:
        words = _element("t")
        words.text = xml_text(text)
        words.set(qn("xml:space"), "preserve")
        paragraph.append(_element("r", words))
    return paragraph
