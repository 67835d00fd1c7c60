"""Writes at the end of a document, at the same cost however long it is.

python-docx searches the whole body at every `add_paragraph`, all styles for the name of one, and
all relations at every link; a thousand requirements took a minute.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, oxml_parser
from lxml import etree

# XML has no way to write these; a text file can hold them all the same.
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BREAKS: Final = re.compile("([\t\n\r])")
SPACE: Final = qn("xml:space")
# A text and the name of its character style, or "" for that of its paragraph.
Run = tuple[str, str]

tag = cache(qn)


def xml_text(text: str) -> str:
    """Return a text without the characters that XML forbids."""
    return NOT_XML.sub("", text)


def element(name: str, /, *children: object, **attributes: str) -> etree._Element:
    """Make an element of WordprocessingML with its children and attributes."""
    made: Any = oxml_parser.makeelement(tag(f"w:{name}"), nsmap=None)
    for key, value in attributes.items():
        made.set(tag(f"w:{key}"), value)
    made.extend(children)
    return made


def paragraph(runs: Iterable[tuple[str, str | None]], style_id: str | None) -> etree._Element:
    """Make a paragraph of texts, each with the id of its character style, or None."""
    made = element("p")
    if style_id is not None:
        properties = etree.SubElement(made, tag("w:pPr"))
        etree.SubElement(properties, tag("w:pStyle")).set(tag("w:val"), style_id)
    for text, run_style in runs:
        run = add_run(made, text)
        if run_style is not None:
            properties = element("rPr", element("rStyle", val=run_style))
            run.insert(0, properties)
    return made


def add_run(parent: object, text: str) -> etree._Element:
    """Add a text at the end of a paragraph or link; its tabs and line breaks are Word's own."""
    run = etree.SubElement(parent, tag("w:r"))
    for part in BREAKS.split(xml_text(text)):
        if part == "\t":
            etree.SubElement(run, tag("w:tab"))
        elif part in ("\n", "\r"):
            etree.SubElement(run, tag("w:br"))
        elif part:
            words = etree.SubElement(run, tag("w:t"))
            words.text = part
            if part[0] == " " or part[-1] == " ":
                words.set(SPACE, "preserve")
    return run


class DocumentBody:
    """The end of a document, where paragraphs and tables are put one after another."""

    def __init__(self, word: Document) -> None:
        self._end = word.element.body.find(qn("w:sectPr"))
        self._relations = word.part.rels
        self._links: dict[str, str] = {}
        self._ids: dict[str | None, str] = {
            style.name: style.style_id or "" for style in word.styles
        }

    def style_id(self, name: str) -> str:
        """Return the id of a style by the name that python-docx gives it."""
        return self._ids[name]

    @property
    def last(self) -> object:
        """What was put last."""
        return self._end.getprevious()

    def append(self, made: object) -> object:
        """Put an element last, before the properties of the section."""
        self._end.addprevious(made)
        return made

    def paragraph(self, *runs: Run, style: str = "Normal") -> object:
        """Append a paragraph."""
        style_id = None if style == "Normal" else self._ids[style]
        styled = ((text, self._ids[name] if name else None) for text, name in runs)
        return self.append(paragraph(styled, style_id))

    def add_link(self, parent: etree._Element, address: str) -> None:
        """Add a link at the end of a paragraph, which reads as the address it leads to."""
        link = OxmlElement("w:hyperlink")
        link.set(tag("r:id"), self._relation(address))
        add_run(link, address)
        parent.append(link)

    def _relation(self, address: str) -> str:
        if address not in self._links:
            key = f"link{len(self._relations)}"
            while key in self._relations:
                key += "_"
            kind = RELATIONSHIP_TYPE.HYPERLINK
            self._relations.add_relationship(kind, address, key, is_external=True)
            self._links[address] = key
        return self._links[address]
