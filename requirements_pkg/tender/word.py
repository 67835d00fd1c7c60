"""Requirements as a Word document: to edit, to send out, and for a bidder to answer in."""

import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any, Final

import docx
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from actionplan.word.reading.headings import REQUIREMENTS_HEADING
from actionplan.word.writing import styles
from actionplan.word.writing.body import DocumentBody, add_run, xml_text
from actionplan.word.writing.contents_page import add_contents
from actionplan.word.writing.tables import CellText, add_table
from requirements_pkg.tender.answering import AnswerRow, answer_rows, unanswered
from requirements_pkg.tender.document import Tender, TenderGroup
from requirements_pkg.tender.letterhead import reading
from requirements_pkg.tender.letterhead.styles import (
    ADDRESS_STYLE,
    FACTS_STYLE,
    MISSING_STYLE,
    add_styles,
)
from requirements_pkg.tender.requirement import (
    TenderRequirement,
    TextPiece,
    background_of,
    facts_of,
    parts_of,
    withdrawal_of,
)
from requirements_pkg.tender.words import (
    LANGUAGE,
    address_label,
    at_a_glance,
    front_words,
    package_name,
    page_words,
    title_of,
)

TWIP: Final = 635  # of Word's smallest unit
ANSWER_HEIGHT: Final = "1100"  # twips
LABEL_SHARE: Final = 0.3
# Word calls a file broken whose control has a longer name.
LONGEST_ALIAS: Final = 64
W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
CHECKBOX: Final = parse_xml(f"""
<w:sdt xmlns:w="{nsmap["w"]}" xmlns:w14="{W14}">
  <w:sdtPr>
    <w:alias/>
    <w14:checkbox>
      <w14:checked w14:val="0"/>
      <w14:checkedState w14:val="2612" w14:font="MS Gothic"/>
      <w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>
    </w14:checkbox>
  </w:sdtPr>
  <w:sdtContent>
    <w:r>
      <w:rPr><w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"/></w:rPr>
      <w:t>☐</w:t>
    </w:r>
  </w:sdtContent>
</w:sdt>
""")


def write_tender(made: Tender, *, paper: bytes | None = None) -> bytes:
    """Write the requirements as a document of their own.

    Args:
        paper: a region's own template, which `letterhead.checked` has passed.
    """
    with override(LANGUAGE):
        title = xml_text(title_of(made))
        word = reading.opened(paper) if paper else _portrait(title, made)
        add_styles(word, own=paper is None)
        styles.set_properties(word, title, xml_text(made.region))
        if not reading.has_footer(word):
            _footer(word.sections[-1], made)
        writer = _Writer(word, made)
        writer.front(title)
        for part in made.further and made.parts:
            writer.package(part)
        if not made.further:
            writer.overview()
            writer.groups()
        if not made.selected or made.further:
            writer.contents(writer.front_end)
        return styles.packed(word)


def append_requirements(plan: bytes, made: Tender) -> bytes:
    """Append the requirements to a plan's document, on pages that stand upright."""
    with override(LANGUAGE):
        warning = made.source.warning
        if not made.items and not warning:
            return plan
        word = docx.Document(io.BytesIO(plan))
        add_styles(word, own=True)
        if made.source.consultation is not None:
            # Whoever gets a single page of it sees that it does not apply.
            _footer(word.sections[0], made)
        # The plan's own title comes first.
        front = word.paragraphs[0]._p
        if warning:
            paragraph = _Writer(word, made).paragraph(TextPiece(warning, missing=True))
            front.addnext(paragraph)
            front = paragraph
        if not made.items:
            return styles.packed(word)
        section = word.add_section(WD_SECTION.NEW_PAGE)
        _shrink(word.paragraphs[-1])
        _upright(section)
        section.footer.is_linked_to_previous = False
        _footer(section, made)
        writer = _Writer(word, made, deeper=1)
        word.add_heading(REQUIREMENTS_HEADING, 1)
        for text in (made.origin, *front_words(made).about):
            writer.paragraph(TextPiece(text))
        writer.overview()
        writer.groups()
        writer.contents(front)
        return styles.packed(word)


def _shrink(paragraph: Paragraph) -> None:
    """Let the end of a section take no room: after a full page it would be a page of its own."""
    before = paragraph._p.getprevious()
    if before is not None and before.tag == qn("w:p") and not "".join(before.itertext()):
        before.getparent().remove(before)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(1)


def _portrait(title: str, made: Tender) -> Document:
    word = styles.new_document(title=title, author=xml_text(made.region))
    _upright(word.sections[0])
    return word


def _upright(section: Section) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)


def _footer(section: Section, made: Tender) -> None:
    """Write package, version and date at the left, the page at the right."""
    paragraph = section.footer.paragraphs[0]
    stops = paragraph.paragraph_format.tab_stops
    # The tabs of Word's own footer stand where the margin of a letter would be.
    for stop in paragraph.style.paragraph_format.tab_stops:
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(_text_width(section) * TWIP, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(xml_text(front_words(made).footer))
    before, between, after = page_words()
    paragraph.add_run(f"\t{before}")
    _field(paragraph, "PAGE")
    paragraph.add_run(between)
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(after)


def _field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    add_run(field, "1")
    paragraph._p.append(field)


def _text_width(section: Section) -> int:
    """Return the room between the margins in twips, which is what tables are measured in."""
    margins = (section.left_margin or 0) + (section.right_margin or 0)
    return ((section.page_width or Mm(210)) - margins) // TWIP


class _Writer:
    """Writes requirements into a document, its headings `deeper` than the document's first."""

    def __init__(self, word: Document, made: Tender, deeper: int = 0) -> None:
        self.word, self.made, self.deeper = word, made, deeper
        self.body = DocumentBody(word)
        # The last of what stands before the requirements.
        self.front_end: object = None
        self.width = _text_width(word.sections[-1])

    def paragraph(self, *pieces: TextPiece, style: str = "Normal") -> etree._Element:
        """Append a paragraph; what is missing is marked, and an address at the end leads there."""
        words = [piece for piece in pieces if not piece.is_link]
        runs = ((piece.text, MISSING_STYLE if piece.missing else "") for piece in words)
        paragraph = self.body.paragraph(*runs, style=style)
        for piece in pieces[len(words) :]:
            self.body.add_link(paragraph, piece.text)
        return paragraph

    def heading(self, text: str, level: int) -> None:
        self.paragraph(TextPiece(text), style=f"Heading {level + self.deeper}")

    def front(self, title: str) -> None:
        """Write what the document is, and where it comes from."""
        self.paragraph(TextPiece(title), style="Title")
        words = front_words(self.made)
        if words.warning:
            self.paragraph(TextPiece(words.warning, missing=True))
        for text in (*(part.origin for part in self.made.parts), *words.about):
            self.paragraph(TextPiece(text))
        if words.missing:
            self.paragraph(TextPiece(words.missing, missing=True))
        self.front_end = self.body.last

    def package(self, part: Tender) -> None:
        """Write the requirements of one of several packages, under a heading of its own."""
        self.heading(package_name(part), 1)
        writer = _Writer(self.word, part, deeper=self.deeper + 1)
        writer.overview()
        writer.groups()

    def contents(self, after: object) -> None:
        """Add the page of contents, when everything is written."""
        deepest = (3 if self.made.further else 2) + self.deeper
        add_contents(self.word, after, title=_("Contents"), deepest=deepest)

    def overview(self) -> None:
        """Write the table of all requirements."""
        self.heading(_("The requirements at a glance"), 1)
        heads, lines = at_a_glance(self.made)
        rows = [[_cell(head, styles.HEAD_STYLE) for head in heads]]
        rows += [[_cell(value, styles.CELL_STYLE) for value in row] for row in lines]
        shares = (0.12, 0.34, 0.25, 0.18)
        widths = [int(self.width * share) for share in shares]
        widths.append(self.width - sum(widths))
        add_table(self.body, widths, rows, title=_("The requirements at a glance"), header_rows=1)

    def groups(self) -> None:
        """Write the requirements kind by kind."""
        for group in self.made.groups:
            self.group(group)

    def group(self, group: TenderGroup) -> None:
        self.heading(group.heading, 1)
        if group.meaning:
            self.paragraph(TextPiece(group.meaning)).get_or_add_pPr().get_or_add_keepNext()
        for item in group.items:
            self.item(item)

    def item(self, item: TenderRequirement) -> None:
        names = self.made.names
        self.heading(f"{item.citation} {item.title}", 2)
        if sentence := withdrawal_of(item, names):
            self.paragraph(TextPiece(sentence, missing=True), style=FACTS_STYLE)
        facts = facts_of(item, names, internal=self.made.internal)
        summary = " · ".join(f"{label}: {value}" for label, value in facts)
        self.paragraph(TextPiece(summary), style=FACTS_STYLE)
        self.paragraphs(item.paragraphs("text"))
        parts = [*parts_of(item, self.made.contents)]
        if not self.made.selected:
            parts += background_of(item, names)
        for part in parts:
            self.heading(part.heading, 3)
            self.paragraphs(part.paragraphs)
        if self.made.has_answers:
            self.answers(item)
        self.address(item)

    def paragraphs(self, paragraphs: Iterable[Sequence[TextPiece]]) -> None:
        for pieces in paragraphs:
            self.paragraph(*pieces)

    def answers(self, item: TenderRequirement) -> None:
        """Write the box in which the bidder answers."""
        title = _("The bidder’s answer")
        self.heading(title, 3)
        if sentence := unanswered(item):
            self.paragraph(TextPiece(sentence)).get_or_add_pPr().get_or_add_keepNext()
        answers = answer_rows(item)
        if not answers:
            return
        label = int(self.width * LABEL_SHARE)
        rows = [[_cell(answer.label, styles.HEAD_STYLE), CellText([])] for answer in answers]
        table = add_table(
            self.body, [label, self.width - label], rows, title=f"{title}: {item.citation}"
        )
        for answer, row in zip(answers, table.findall(qn("w:tr")), strict=True):
            _to_fill_in(answer, row, item.citation)
        for paragraph in table.iter(qn("w:p")):
            # The box stays on one page, with the address below it.
            paragraph.get_or_add_pPr().get_or_add_keepNext()

    def address(self, item: TenderRequirement) -> None:
        words = address_label(self.made)
        paragraph = self.paragraph(TextPiece(f"{words} "), style=ADDRESS_STYLE)
        self.body.add_link(paragraph, item.address)


def _cell(text: str, style: str) -> CellText:
    return CellText([(text, style)])


def _to_fill_in(answer: AnswerRow, row: Any, citation: str) -> None:
    """Write boxes that Word ticks, or room for words."""
    last = row.findall(qn("w:tc"))[1].find(qn("w:p"))
    empty = deepcopy(last)
    for at, choice in enumerate(answer.choices):
        if at and answer.is_list:
            last.addnext(deepcopy(empty))
            last = last.getnext()
        box = deepcopy(CHECKBOX)
        box.find(f".//{qn('w:alias')}").set(
            qn("w:val"), xml_text(f"{citation} {choice}")[:LONGEST_ALIAS]
        )
        last.append(box)
        add_run(last, f" {choice}" if answer.is_list else f" {choice}      ")
    if answer.is_long:
        height = OxmlElement("w:trHeight")
        height.set(qn("w:val"), ANSWER_HEIGHT)
        height.set(qn("w:hRule"), "atLeast")
        row.find(qn("w:trPr")).append(height)
