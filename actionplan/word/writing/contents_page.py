"""Writes a page of contents into a document, from the headings that it has by then."""

from collections.abc import Iterator
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt
from lxml import etree

from actionplan.word.writing.body import add_run, element, paragraph, tag

HEADING: Final = "TOC Heading"
# What Word itself calls the styles of its entries.
ENTRY: Final = "toc {}"
# Word finds a list of contents by this, to be updated with a button; so does our reader.
GALLERY: Final = "Table of Contents"
INDENT: Final = 8  # millimetres a level


def add_contents(word: Document, after: etree._Element, *, title: str, deepest: int) -> None:
    """Put a page of contents after a paragraph; each entry leads to its heading.

    Only Word knows on which page a heading stands: it puts in the numbers when it opens the file.

    Args:
        deepest: the last level of headings that is listed.
    """
    entries = list(_marked(word, deepest))
    if not entries:
        return
    _add_styles(word, deepest)
    made = [_entry(*entry) for entry in entries]
    begin = element("fldChar", fldCharType="begin", dirty="true")
    instruction = element("instrText")
    instruction.text = f' TOC \\o "1-{deepest}" \\h \\z '
    separate = element("fldChar", fldCharType="separate")
    place = made[0].find(tag("w:pPr"))
    for part in (separate, instruction, begin):
        place.addnext(element("r", part))
    made[-1].append(element("r", element("fldChar", fldCharType="end")))
    page_break = element("p", element("r", element("br", type="page")))
    heading = paragraph([(title, None)], _style_id(word, HEADING))
    gallery = element("docPartObj", element("docPartGallery", val=GALLERY))
    content = element("sdtContent", heading, *made, page_break)
    after.addnext(element("sdt", element("sdtPr", gallery), content))


def _marked(word: Document, deepest: int) -> Iterator[tuple[int, str, str]]:
    """Add a bookmark to each heading, and yield its level, its words and that bookmark."""
    levels = {_style_id(word, f"Heading {level}"): level for level in range(1, deepest + 1)}
    for number, block in enumerate(word.element.body.findall(tag("w:p")), start=1):
        style = block.find(f"{tag('w:pPr')}/{tag('w:pStyle')}")
        level = None if style is None else levels.get(style.get(tag("w:val")))
        words = "".join(text.text or "" for text in block.iter(tag("w:t")))
        if level is None or not words:
            continue
        name = f"_Toc{number:08}"
        block.find(tag("w:pPr")).addnext(element("bookmarkStart", id=str(number), name=name))
        block.append(element("bookmarkEnd", id=str(number)))
        yield level, words, name


def _entry(level: int, words: str, name: str) -> etree._Element:
    made = paragraph([], f"TOC{level}")
    link = element("hyperlink", anchor=name, history="1")
    add_run(link, words)
    add_run(link, "\t")
    link.append(element("fldSimple", instr=f" PAGEREF {name} \\h ", dirty="true"))
    made.append(link)
    return made


def _style_id(word: Document, name: str) -> str:
    return str(word.styles[name].style_id)


def _add_styles(word: Document, deepest: int) -> None:
    section = word.sections[0]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    if HEADING not in word.styles:
        heading: Any = word.styles.add_style(HEADING, WD_STYLE_TYPE.PARAGRAPH)
        heading.base_style = word.styles["Normal"]
        heading.font.size, heading.font.bold = Pt(15), True
    for level in range(1, deepest + 1):
        style: Any = word.styles.add_style(ENTRY.format(level), WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(tag("w:styleId"), f"TOC{level}")
        style.base_style = word.styles["Normal"]
        style.font.bold = level == 1
        layout = style.paragraph_format
        layout.left_indent, layout.space_after = Mm(INDENT * (level - 1)), Pt(2)
        layout.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
