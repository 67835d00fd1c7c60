"""The styles of a tender document, added to whatever document they are missing in."""

from copy import deepcopy
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt

from actionplan.word.writing import styles

FACTS_STYLE: Final = "Kravfakta"
ADDRESS_STYLE: Final = "Fast adress"
MISSING_STYLE: Final = "Saknas"
HEADINGS: Final = {"Heading 1": 16, "Heading 2": 13, "Heading 3": 11, "Heading 4": 10.5}
# Those that the writer names, each after the one it is based on.
NEEDED: Final = (
    "Normal",
    "Title",
    *HEADINGS,
    "Footer",
    "Table Grid",
    styles.CELL_STYLE,
    styles.HEAD_STYLE,
)


def add_styles(word: Document, *, own: bool) -> None:
    """Give a document the styles that it lacks.

    Args:
        own: our own document, whose headings we dress; those of another stay as they are.
    """
    if own:
        _dress(word)
    else:
        _borrow(word)
    small = Pt(9)
    for name in (FACTS_STYLE, ADDRESS_STYLE):
        if name not in word.styles:
            style: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = word.styles["Normal"]
            style.font.size = small
            style.quick_style = True
            style.paragraph_format.space_before = Pt(0 if name == FACTS_STYLE else 6)
            style.paragraph_format.space_after = Pt(6)
            style.paragraph_format.keep_with_next = name == FACTS_STYLE
    if MISSING_STYLE not in word.styles:
        missing: Any = word.styles.add_style(MISSING_STYLE, WD_STYLE_TYPE.CHARACTER)
        missing.font.bold = True
        # Told by the weight and the brackets too, not by the colour alone. As shading, since
        # LibreOffice leaves out a highlight that stands in a style.
        shading = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "FFF1A6")):
            shading.set(qn(f"w:{key}"), value)
        missing.element.get_or_add_rPr().append(shading)


def _dress(word: Document) -> None:
    for name, size in HEADINGS.items():
        heading: Any = word.styles[name]
        heading.font.size = Pt(size)
        heading.font.bold = True
        heading.font.italic = False
        heading.font.color.rgb = styles.INK
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.space_before = Pt(size)
        heading.paragraph_format.space_after = Pt(4)


def _borrow(word: Document) -> None:
    ours = styles.new_document(title="", author="")
    _dress(ours)
    for name in NEEDED:
        if name not in word.styles:
            _copy(ours.styles[name], word)


def _copy(style: Any, word: Document) -> None:
    element = deepcopy(style.element)
    base = element.find(qn("w:basedOn"))
    if base is not None:
        there = style.base_style.name
        if there in word.styles:
            # The same style may have another identity in a document of another language.
            base.set(qn("w:val"), word.styles[there].style_id)
        else:
            element.remove(base)
    for tag in ("w:link", "w:next"):
        for reference in element.findall(qn(tag)):
            element.remove(reference)
    element.attrib.pop(qn("w:default"), None)
    word.styles.element.append(element)
