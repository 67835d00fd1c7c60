"""Fields as they stand on paper: what they show, not what they are told to do."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from actionplan.word.file.archive import W
from actionplan.word.file.style_chain import is_on, value
from actionplan.word.file.symbols import sign

CHARACTER: Final = W + "fldChar"
INSTRUCTION: Final = W + "instrText"
SIMPLE: Final = W + "fldSimple"
# An element of our own, for what a field shows and nobody but Word can work out.
UNREAD: Final = "unread"
# Another one, for the address that a field leads to.
LINK: Final = "link"
LINKING: Final = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.I)
# What these show is a list of what stands elsewhere in the document.
LISTS: Final = ("TOC", "TOA", "INDEX")
# What these show is worked out by Word, and stands nowhere in the file.
DRAWN: Final = ("EQ", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM", "BARCODE")
PROMPTS: Final = ("MACROBUTTON", "GOTOBUTTON")
SYMBOL: Final = re.compile(r"SYMBOL\s+(?P<code>0x[0-9a-f]+|\d+)(?P<rest>.*)", re.I | re.S)
SYMBOL_FONT: Final = re.compile(r'\\f\s+(?:"(?P<quoted>[^"]*)"|(?P<plain>\S+))', re.I)
CHECKED, UNCHECKED = "☒", "☐"


@dataclass(slots=True)
class _Field:
    begin: etree._Element
    # Whether it stands where nobody sees it: in the instruction of another field, or in a list.
    is_inside: bool
    instruction: str = ""
    in_result: bool = False
    has_result: bool = False

    @property
    def kind(self) -> str:
        return kind_of(self.instruction)

    @property
    def is_hidden(self) -> bool:
        """Whether what stands at this point of the field is seen by nobody."""
        return self.is_inside or not self.in_result or self.kind in LISTS


def kind_of(instruction: str) -> str:
    return instruction.strip().partition(" ")[0].upper()


def settle_fields(root: etree._Element, visible_tags: Iterable[str]) -> None:
    """Leave of every field what it shows; `visible_tags` are the elements that a reader sees."""
    tags = tuple(visible_tags)
    _settle_simple(root, tags)
    pairs = _pairs(root)
    fields: list[_Field] = []
    for element in list(root.iter(CHARACTER, INSTRUCTION, *tags)):
        if element.tag == CHARACTER:
            _step(element, fields, pairs)
        elif not fields:
            continue
        elif element.tag == INSTRUCTION:
            fields[-1].instruction += "" if fields[-1].in_result else element.text or ""
        elif fields[-1].is_hidden:
            _drop(element)
        elif element.tag != W + "t" or (element.text or "").strip():
            fields[-1].has_result = True


def _pairs(root: etree._Element) -> set[etree._Element]:
    """Pair beginnings with their ends; a lost one must not hide the rest of a text."""
    begun: list[etree._Element] = []
    paired: set[etree._Element] = set()
    for element in root.iter(CHARACTER):
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            begun.append(element)
        elif kind == "end" and begun:
            paired |= {begun.pop(), element}
    return paired


def _step(element: etree._Element, fields: list[_Field], pairs: set[etree._Element]) -> None:
    kind = element.get(W + "fldCharType")
    if kind == "separate" and fields:
        fields[-1].in_result = True
    elif element in pairs and kind == "begin":
        fields.append(_Field(element, bool(fields) and fields[-1].is_hidden))
    elif element in pairs:
        field = fields.pop()
        if not field.is_inside and (leads := LINKING.match(field.instruction)):
            _put_link(element, leads[1])
        if not field.is_inside and not field.has_result:
            _put_result(element, field.instruction, field.begin.find(W + "ffData"))
        if fields:
            fields[-1].has_result = True


def _settle_simple(root: etree._Element, tags: tuple[str, ...]) -> None:
    for field in root.iter(SIMPLE):
        instruction = field.get(W + "instr", "")
        if kind_of(instruction) in LISTS:
            for element in list(field.iter(*tags)):
                _drop(element)
            continue
        if leads := LINKING.match(instruction):
            etree.SubElement(field, LINK).text = leads[1]
        if next(field.iter(*tags), None) is None:
            _put_result(etree.SubElement(etree.SubElement(field, W + "r"), W + "t"), instruction)


def _put_result(end: etree._Element, instruction: str, form: etree._Element | None = None) -> None:
    """Write what a field shows where it ends, if its result stands nowhere in the file."""
    text = _form_words(form) if form is not None else _instructed(instruction)
    if text:
        words = etree.Element(W + "t")
        words.text = text
        end.addnext(words)
    elif kind_of(instruction) in DRAWN:
        unread = etree.Element(UNREAD)
        unread.text = instruction.strip()
        end.addnext(unread)


def _put_link(end: etree._Element, address: str) -> None:
    """Write where a field leads where it ends, in an element of its own."""
    link = etree.Element(LINK)
    link.text = address
    end.addnext(link)


def _form_words(form: etree._Element) -> str:
    """Return what a field of an older form shows: the entry chosen, or whether a box is ticked."""
    if (box := form.find(W + "checkBox")) is not None:
        state = box.find(W + "checked")
        state = box.find(W + "default") if state is None else state
        return CHECKED if state is not None and is_on(state) else UNCHECKED
    if (choice := form.find(W + "ddList")) is not None:
        entries = [value(entry) for entry in choice.findall(W + "listEntry")]
        number = value(choice.find(W + "result")) or value(choice.find(W + "default")) or "0"
        at = int(number) if re.fullmatch(r"\d{1,4}", number) else 0
        return entries[at] if at < len(entries) else ""
    return ""


def _instructed(instruction: str) -> str:
    """Return what a field's own instruction shows: a sign, or the words of a prompt."""
    if kind_of(instruction) in PROMPTS:
        return "".join(instruction.strip().split(None, 2)[2:])
    if (match := SYMBOL.match(instruction.strip())) is None:
        return ""
    code = match["code"].lower()
    number = int(code, 16) if code.startswith("0x") else int(code[:6])
    font = SYMBOL_FONT.search(match["rest"])
    name = (font["quoted"] or font["plain"] or "") if font else ""
    return sign(name, f"{number:X}")


def _drop(element: etree._Element) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)
