"""What a reader sees of one paragraph: its text, its notes, and what cannot be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from actionplan.text import clean, says_address
from actionplan.word.document import ProblemKind
from actionplan.word.file.archive import W
from actionplan.word.file.fields import LINK, UNREAD
from actionplan.word.file.style_chain import StyleChain
from actionplan.word.file.symbols import FIGURE, has_unknown, raised, settled, sign, symbol_text

MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
DIAGRAM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
IMAGE: Final = "{urn:schemas-microsoft-com:vml}imagedata"
WORD_ART: Final = "{urn:schemas-microsoft-com:vml}textpath"
PROPERTIES: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
SIGNS: Final = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
NOTES: Final = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
DRAWN: Final = (W + "drawing", W + "pict", W + "object")
COMMENT: Final = W + "commentReference"
VISIBLE: Final = (W + "t", MATH + "t", W + "sym", UNREAD, LINK, COMMENT, *SIGNS, *NOTES, *DRAWN)
HYPERLINK: Final = W + "hyperlink"
RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# A fraction on one line; without the bar 1/2 were 12.
BARS: Final = {MATH + "den": "/", MATH + "sup": "^"}


@dataclass(frozen=True, slots=True)
class OmittedPart:
    """What stands in a paragraph and is not part of its text."""

    what: ProblemKind
    words: str


@dataclass(slots=True)
class VisibleText:
    """What a reader sees of a paragraph; a note stands at a place of the text."""

    text: str = ""
    notes: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[OmittedPart] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


class ParagraphReader:
    """Reads paragraphs of a normalised tree, one by one."""

    def __init__(
        self,
        styles: StyleChain,
        notes: Mapping[tuple[str, str], VisibleText],
        comments: Mapping[str, str],
        links: Mapping[str, str],
    ) -> None:
        self.styles = styles
        self.links = links
        self.notes = dict(notes)
        self.comments = dict(comments)

    def read(self, paragraph: etree._Element, *, in_table: bool) -> VisibleText:
        seen = VisibleText()
        style = self.styles.style_of(paragraph)
        parts: list[str] = []
        struck: list[str] = []
        addresses: list[str] = []
        length = 0
        for part in paragraph.iter(*VISIBLE, HYPERLINK):
            if part.tag in NOTES:
                self._note(part, length, seen)
            elif part.tag == COMMENT:
                seen.comments += filter(None, [self.comments.pop(part.get(W + "id", ""), "")])
            elif part.tag in DRAWN:
                seen.left_out += _objects(part, in_table=in_table)
            elif part.tag in (LINK, HYPERLINK):
                addresses.append(self._leads(part))
            elif part.tag == UNREAD:
                seen.left_out.append(OmittedPart(ProblemKind.FIELD_NOT_READ, part.text or ""))
            elif self._is_struck(part, style):
                struck.append(_words(part))
            else:
                parts.append(self._raised(part, _words(part), style))
                length += len(parts[-1])
        text = "".join(parts)
        seen.text = settled(text)
        for address in filter(None, dict.fromkeys(addresses)):
            if not says_address(text, address):
                seen.left_out.append(OmittedPart(ProblemKind.LINK_NOT_READ, address))
        if has_unknown(text):
            seen.left_out.append(OmittedPart(ProblemKind.SIGN_NOT_READ, clean(seen.text)))
        if words := clean(settled("".join(struck))):
            seen.left_out.append(OmittedPart(ProblemKind.STRUCK_OUT, words))
        return seen

    def _leads(self, link: etree._Element) -> str:
        """Return the address that a link leads to, "" for a place in the document itself."""
        if link.tag == LINK:
            return link.text or ""
        is_drawn = next(link.iter(W + "t", *DRAWN), None) is not None
        return self.links.get(link.get(RELATION, ""), "") if is_drawn else ""

    def _note(self, reference: etree._Element, at: int, seen: VisibleText) -> None:
        key = (NOTES[reference.tag], reference.get(W + "id", ""))
        # Word tells each note once.
        if (note := self.notes.pop(key, None)) is not None:
            seen.left_out += note.left_out
            if note.text:
                seen.notes.append((at, note.text))

    def _raised(self, part: etree._Element, words: str, style: str) -> str:
        """Return words, or the figure that stands above the line as such."""
        run = part.getparent()
        if run is None or run.tag != W + "r" or not FIGURE.fullmatch(words):
            return words
        is_raised = self.styles.is_raised(run.find(W + "rPr"), style)
        return raised(words) if is_raised else words

    def _is_struck(self, part: etree._Element, style: str) -> bool:
        run = part.getparent()
        if run is None or run.tag != W + "r":
            return False
        properties = run.find(W + "rPr")
        return any(
            self.styles.run_has(properties, style, toggle) for toggle in ("strike", "dstrike")
        )


def note_texts(
    kind: str, root: etree._Element | None, reader: ParagraphReader
) -> Iterator[tuple[tuple[str, str], VisibleText]]:
    """Yield the foot- or endnotes of a normalised part by kind and id."""
    for note in () if root is None else root.iter(W + kind.removesuffix("s")):
        paragraphs = [reader.read(p, in_table=False) for p in note.iter(W + "p")]
        text = " ".join(filter(None, (clean(paragraph.text) for paragraph in paragraphs)))
        left_out = [part for paragraph in paragraphs for part in paragraph.left_out]
        yield (kind, note.get(W + "id", "")), VisibleText(text, [], left_out)


def comment_texts(root: etree._Element, reader: ParagraphReader) -> Iterator[tuple[str, str]]:
    """Yield the comments of a normalised part by id, each with who wrote it."""
    for comment in root.iter(W + "comment"):
        texts = (clean(reader.read(p, in_table=False).text) for p in comment.iter(W + "p"))
        text = " ".join(filter(None, texts))
        author = clean(comment.get(W + "author", ""))
        yield comment.get(W + "id", ""), f"{text} ({author})" if text and author else text


def _words(part: etree._Element) -> str:
    """Return the words or the sign of one element of a run."""
    parent = part.getparent()
    if part.tag == W + "sym":
        return sign(part.get(W + "font", ""), part.get(W + "char", ""))
    if part.tag in SIGNS:
        # A tab stop in the paragraph's properties has the name of a tab in its text.
        is_stop = parent is not None and parent.tag == W + "tabs"
        return "" if is_stop else SIGNS[part.tag]
    text = part.text or ""
    if part.tag == MATH + "t":
        return _bar(part) + text
    fonts = None if parent is None else parent.find(f"{W}rPr/{W}rFonts")
    if fonts is None:
        return text
    return symbol_text(text, fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "")


def _bar(part: etree._Element) -> str:
    """Return what separates a part of a formula from the last: a fraction's bar, or a power."""
    run = part.getparent()
    above = None if run is None else run.getparent()
    if run is None or above is None or above.tag not in BARS or above.find(MATH + "r") is not run:
        return ""
    return BARS[above.tag] if run.find(MATH + "t") is part else ""


def _objects(element: etree._Element, *, in_table: bool) -> Iterator[OmittedPart]:
    """Yield what a drawing or an embedded object shows that is no text of the document."""
    texts = [text.text or "" for text in element.iter(DRAWING + "t")]
    texts += [path.get("string", "") for path in element.iter(WORD_ART)]
    if words := clean(" ".join(texts)):
        yield OmittedPart(ProblemKind.TEXT_NOT_UNDERSTOOD, words)
    is_picture = next(element.iter(PICTURE, IMAGE), None) is not None
    is_made = element.tag == W + "object" or next(element.iter(CHART, DIAGRAM), None) is not None
    # A picture outside the tables is a logotype; inside, it may be what a cell says.
    if is_made or (is_picture and in_table):
        properties = next(element.iter(PROPERTIES), None)
        name = (
            ""
            if properties is None
            else properties.get("descr") or properties.get("title") or properties.get("name")
        )
        yield OmittedPart(ProblemKind.OBJECT_NOT_READ, clean(name or "") or "…")


def is_hidden(run: etree._Element, style: str, styles: StyleChain) -> bool:
    """Tell whether Word hides the text of a run in a paragraph of this style."""
    return styles.run_has(run.find(W + "rPr"), style, "vanish")


def mark_is_hidden(paragraph: etree._Element, styles: StyleChain) -> bool:
    """Tell whether Word hides the end of a paragraph, so that the next one goes on in its line."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return styles.run_has(properties, styles.style_of(paragraph), "vanish")
