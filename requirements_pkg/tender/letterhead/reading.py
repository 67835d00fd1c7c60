"""A region's own Word template: what is kept of it, and what is refused. Pure; no Django.

Of the template stay its page, its headers and footers with their pictures, and its styles; the
words in its body do not, nor comments, notes or anything else that somebody may have left in it.
It is made clean and small when it is kept, since every buyer's download opens it.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Container, Iterator
from enum import StrEnum
from typing import Any, Final
from urllib.parse import unquote

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from actionplan.processes.xml_bounds import XmlFault, XmlRefused, walk
from actionplan.word.file.archive import DAMAGE, UnreadableFile, open_package
from actionplan.word.file.strict import transitional
from actionplan.word.writing import styles
from requirements_pkg.tender.letterhead.styles import add_styles

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 2 * MEGABYTE
LARGEST_UNPACKED: Final = 10 * MEGABYTE
# Of all parts, the body too: a new document of Word has some 10,000.
MOST_ELEMENTS: Final = 100_000
# The writer looks each style up by its name, again and again.
MOST_STYLES: Final = 800
MOST_RELATIONS: Final = 500
# A link that a reader may click is all that a letterhead may have outside itself.
CLICKED: Final = ("http://", "https://", "mailto:")
# Relations to what runs, or brings in what cannot be checked here.
RISKY: Final = (
    "/attachedtoolbars",
    "/afchunk",
    "/control",
    "/activexcontrolbinary",
    "/frame",
    "/keymapcustomizations",
    "/oleobject",
    "/package",
    "/subdocument",
    "/vbaproject",
)
# Fields that fetch something when the document is opened.
FETCHING: Final = re.compile(r"\b(?:DDE|DDEAUTO|IMPORT|INCLUDE\w*|LINK)\b", re.I)
# What the main part is kept with; the rest may hold what somebody wrote and forgot.
KEPT: Final = (
    "/fonttable",
    "/footer",
    "/header",
    "/numbering",
    "/settings",
    "/styles",
    "/theme",
    "/websettings",
)
TEMPLATE_TYPE: Final = b"wordprocessingml.template.main+xml"
DOCUMENT_TYPE: Final = b"wordprocessingml.document.main+xml"
CONTENT_TYPES: Final = "[Content_Types].xml"
XML_TYPES: Final = ("+xml", "/xml")
PARSER: Final = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
# What python-docx has been seen to raise on a file that is sound and still not for it.
UNFIT: Final = (*DAMAGE, OpcError, AssertionError, AttributeError, TypeError)


class LetterheadFault(StrEnum):
    """Why a template is not taken. The sentences stand in `letterhead`."""

    TOO_LARGE = "too_large"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    UNREADABLE = "unreadable"
    ENTITIES = "entities"
    TOO_MUCH_INSIDE = "too_much_inside"
    UNFIT = "unfit"
    FETCHING_FIELD = "fetching_field"
    OTHER_TEMPLATE = "other_template"
    EMBEDDED = "embedded"
    OUTSIDE = "outside"


XML_FAULTS: Final = {
    XmlFault.BROKEN: LetterheadFault.UNFIT,
    XmlFault.ENTITIES: LetterheadFault.ENTITIES,
    XmlFault.TOO_MANY_ELEMENTS: LetterheadFault.TOO_MUCH_INSIDE,
    XmlFault.TOO_DEEP: LetterheadFault.TOO_MUCH_INSIDE,
}


class LetterheadRefused(ValueError):
    """A template that is not taken, why, and what it leads to or what Word's reader found."""

    def __init__(self, fault: LetterheadFault, words: str = "") -> None:
        super().__init__(fault, words)
        self.fault, self.words = fault, words


def cleaned(data: bytes) -> bytes:
    """Return the template as it is kept: checked, without its body or what nothing needs.

    Raises:
        LetterheadRefused: it is no Word file, too large, or holds what no letterhead needs.
    """
    if len(data) > LARGEST:
        raise LetterheadRefused(LetterheadFault.TOO_LARGE)
    try:
        open_package(data)
    except UnreadableFile as unreadable:
        what = unreadable.problem.what
        raise LetterheadRefused(LetterheadFault.UNREADABLE, what) from unreadable
    try:
        _refuse_outside(data)
        kept = styles.packed(opened(_as_document(data)))
        _try(opened(kept))
    except UNFIT as error:
        if isinstance(error, LetterheadRefused):
            raise
        raise LetterheadRefused(LetterheadFault.UNFIT) from error
    return kept


def opened(data: bytes) -> Document:
    """Open the template as an empty document to write in."""
    word = docx.Document(io.BytesIO(data))
    body = word.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    _forget(word)
    _speak_swedish(word)
    return word


def has_footer(word: Document) -> bool:
    """Tell whether the template says something at the foot of its pages."""
    footer = word.sections[-1].footer
    return not footer.is_linked_to_previous and bool(
        "".join(footer._element.itertext()).strip() or footer.tables or footer.part.rels
    )


def _try(word: Document) -> None:
    """Do with a template what the writer does, so that nobody's download fails later."""
    add_styles(word, own=False)
    has_footer(word)
    word.add_heading("Prov", 1)
    styles.packed(word)


def _refuse_outside(data: bytes) -> None:
    """Refuse what would fetch, run or hold more than a letterhead does."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise LetterheadRefused(LetterheadFault.UNPACKS_TOO_LARGE)
        parser = _Parser()
        relations = 0
        for name in archive.namelist():
            if name.lower().endswith(".rels"):
                for relation in parser.parsed(archive.read(name)):
                    _refuse_relation(relation)
                    relations += 1
        if relations > MOST_RELATIONS:
            raise LetterheadRefused(LetterheadFault.TOO_MUCH_INSIDE)
        for root in _xml_parts(archive, parser):
            if sum(1 for _style in root.iter(qn("w:style"))) > MOST_STYLES:
                raise LetterheadRefused(LetterheadFault.TOO_MUCH_INSIDE)
            if FETCHING.search(" ".join(_instructions(root))):
                raise LetterheadRefused(LetterheadFault.FETCHING_FIELD)


class _Parser:
    """Builds the trees of a template, as long as they have few elements together."""

    def __init__(self) -> None:
        self.left = MOST_ELEMENTS

    def parsed(self, part: bytes) -> etree._Element:
        try:
            self.left -= walk(part, most=self.left)
        except XmlRefused as refused:
            raise LetterheadRefused(XML_FAULTS[refused.fault]) from refused
        return etree.fromstring(part, PARSER)


def _xml_parts(archive: zipfile.ZipFile, parser: _Parser) -> Iterator[etree._Element]:
    """Return all that Word reads as XML, by the part's ending or by the type it is given."""
    by_name = {name.casefold(): name for name in archive.namelist()}
    listing = parser.parsed(archive.read(by_name[CONTENT_TYPES.casefold()]))
    typed = {
        # An Override names a part, a Default an ending.
        unquote(entry.get("PartName") or f".{entry.get('Extension')}").casefold()
        for entry in listing.iter("{*}Override", "{*}Default")
        if (entry.get("ContentType") or "").lower().partition(";")[0].strip().endswith(XML_TYPES)
    }
    for folded, name in by_name.items():
        ending = f".{folded.rpartition('.')[2]}"
        if ending == ".xml" or typed & {ending, f"/{unquote(folded)}"}:
            yield parser.parsed(archive.read(name))


def _refuse_relation(relation: etree._Element) -> None:
    kind = (relation.get("Type") or "").lower()
    target = (relation.get("Target") or "").lower()
    is_outside = (relation.get("TargetMode") or "").lower() == "external"
    if kind.endswith("/attachedtemplate"):
        raise LetterheadRefused(LetterheadFault.OTHER_TEMPLATE)
    if kind.endswith(RISKY):
        raise LetterheadRefused(LetterheadFault.EMBEDDED)
    is_link = kind.endswith("/hyperlink") and target.startswith(CLICKED)
    if is_outside and not is_link:
        raise LetterheadRefused(LetterheadFault.OUTSIDE, target[:100])


def _instructions(root: etree._Element) -> Iterator[str]:
    """Yield what the fields of a part do; a field may be cut over several runs."""
    yield "".join(text.text or "" for text in root.iter(qn("w:instrText")))
    for field in root.iter(qn("w:fldSimple")):
        yield field.get(qn("w:instr")) or ""


def _as_document(data: bytes) -> bytes:
    """Turn a .dotx, or Strict Open XML, into the .docx that python-docx opens.

    Word opens a template that names a part which is not there, as some that come with Office do.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w") as package,
    ):
        parts = {name.casefold() for name in source.namelist()}
        for info in source.infolist():
            part = transitional(source.read(info))
            if info.filename.lower().endswith(".rels"):
                part = _without_missing(part, info.filename, parts)
            if info.filename.casefold() == CONTENT_TYPES.casefold():
                part = part.replace(TEMPLATE_TYPE, DOCUMENT_TYPE)
            entry = zipfile.ZipInfo(info.filename, styles.ZIP_DATE)
            package.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _without_missing(part: bytes, name: str, parts: Container[str]) -> bytes:
    """Remove the relations of a part that lead to a part which is not there."""
    folder = posixpath.dirname(posixpath.dirname(name))
    root = etree.fromstring(part, PARSER)
    for relation in list(root):
        is_outside = (relation.get("TargetMode") or "").lower() == "external"
        path = posixpath.join("/", folder, relation.get("Target") or "")
        if not is_outside and posixpath.normpath(path).lstrip("/").casefold() not in parts:
            root.remove(relation)
    kept: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return kept


def _forget(word: Document) -> None:
    """Drop comments, notes, data and properties: nobody meant to publish them."""
    relations = word.part.rels
    for key in [key for key, relation in relations.items() if not _is_kept(relation.reltype)]:
        del relations[key]
    package = word.part.package.rels
    for key in [k for k, relation in package.items() if not _is_main(relation.reltype)]:
        del package[key]
    settings: Any = word.settings.element
    for tag in ("w:footnotePr", "w:endnotePr", "w:mailMerge", "w:docVars", "w:rsids"):
        for element in settings.findall(qn(tag)):
            settings.remove(element)


def _is_kept(kind: str) -> bool:
    return kind.lower().endswith(KEPT)


def _is_main(kind: str) -> bool:
    return kind.lower().endswith("/officedocument")


def _speak_swedish(word: Document) -> None:
    """Say that the words are Swedish where the template does not say what they are."""
    defaults: Any = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    if defaults is None:
        return
    properties = defaults.find(qn("w:rPr"))
    if properties is None:
        properties = OxmlElement("w:rPr")
        defaults.append(properties)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), styles.LANGUAGE)
