"""The look of the plans that we write: page, fonts, and the styles that carry meaning."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT: Final = "Arial"
LANGUAGE: Final = "sv-SE"
INK: Final = RGBColor(0x1F, 0x2A, 0x37)
MARGIN: Final = Mm(20)
# The same plan gives the same bytes, whenever it is written.
WRITTEN: Final = datetime(2000, 1, 1, tzinfo=UTC)
ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)

CAPTION: Final = "Caption"
RISK_STYLE: Final = "Risk"
OPPORTUNITY_STYLE: Final = "Möjlighet"
SUB_GOAL_STYLE: Final = "Delmål"
INDICATOR_STYLE: Final = "Målindikator"
LEVEL_STYLE: Final = "Risknivå"
LINK_STYLE: Final = "Hänvisning"
CELL_STYLE: Final = "Tabelltext"
HEAD_STYLE: Final = "Tabellhuvud"


def new_document(*, title: str, author: str) -> Document:
    """Make an empty landscape A4 document in Swedish with our styles."""
    word = docx.Document()
    _set_page(word)
    _set_fonts(word)
    _set_headings(word)
    _add_styles(word)
    set_properties(word, title, author)
    _drop_thumbnail(word)
    return word


def _set_page(word: Document) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN


def _set_fonts(word: Document) -> None:
    """Set one font and one language throughout, instead of those of the template's theme."""
    styles = word.styles.element
    for fonts in styles.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    normal = _style(word, "Normal")
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)


def _set_headings(word: Document) -> None:
    for name, size in (("Title", 24), ("Heading 1", 15), (CAPTION, 11)):
        style = _style(word, name)
        style.font.size = Pt(size)
        style.font.bold = True
        style.font.color.rgb = INK
        style.paragraph_format.keep_with_next = True
    _style(word, "Heading 1").paragraph_format.space_before = Pt(18)
    _style(word, CAPTION).paragraph_format.space_before = Pt(12)


def _style(word: Document, name: str) -> ParagraphStyle:
    style = word.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - the template is our own
    return style


def _add_styles(word: Document) -> None:
    cell = _add_style(word, CELL_STYLE, "Normal")
    cell.font.size = Pt(9)
    cell.paragraph_format.space_after = Pt(3)
    _add_style(word, HEAD_STYLE, CELL_STYLE).font.bold = True
    _add_style(word, RISK_STYLE, CELL_STYLE)
    # Told apart by slant and a line at the left, not by colour alone.
    opportunity = _add_style(word, OPPORTUNITY_STYLE, CELL_STYLE)
    opportunity.font.italic = True
    opportunity.paragraph_format.left_indent = Mm(2)
    _add_left_border(opportunity)
    _add_style(word, LEVEL_STYLE, CELL_STYLE).font.bold = True
    _add_style(word, LINK_STYLE, CELL_STYLE).font.size = Pt(8)
    _add_style(word, SUB_GOAL_STYLE, CELL_STYLE)
    _add_style(word, INDICATOR_STYLE, CELL_STYLE)


def _add_style(word: Document, name: str, base: str) -> ParagraphStyle:
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - that is what was asked for
    style.base_style = _style(word, base)
    style.quick_style = True
    return style


def _add_left_border(style: ParagraphStyle) -> None:
    line = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "2F6B3A")):
        line.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:pBdr")
    borders.append(line)
    properties: Any = style.element.get_or_add_pPr()
    # The schema wants the borders before the indents.
    properties.insert_element_before(borders, "w:spacing", "w:ind")


def set_properties(word: Document, title: str, author: str) -> None:
    """Say what the document is and who it is from, and nothing of who wrote it when."""
    properties = word.core_properties
    properties.title = title[:255]
    properties.author = author[:255]
    properties.last_modified_by = author[:255]
    properties.language = LANGUAGE
    properties.comments = ""
    properties.keywords = ""
    properties.created = properties.modified = WRITTEN
    properties.revision = 1


def _drop_thumbnail(word: Document) -> None:
    """Drop the picture of itself that the template comes with."""
    relations = word.part.package.rels
    for key in [key for key, rel in relations.items() if rel.reltype.endswith("/thumbnail")]:
        del relations[key]


def packed(word: Document) -> bytes:
    """Return the document as a file whose bytes depend on its content alone."""
    written = io.BytesIO()
    word.save(written)
    target = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, source.read(name))
    return target.getvalue()
