"""Opens an uploaded .docx within bounds, before anything else parses it."""

import codecs
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from actionplan.processes.xml_bounds import XmlFault, XmlRefused, local, walk_without
from actionplan.word.document import Problem, ProblemKind
from actionplan.word.file.kinds import OLE, kind_of_bytes, kind_of_parts
from actionplan.word.file.strict import transitional

MEGABYTE: Final = 1024 * 1024
LARGEST_UPLOAD: Final = 20 * MEGABYTE
LARGEST_UNPACKED: Final = 100 * MEGABYTE
# A parsed tree takes some twenty times the room of its text; a real plan has 30 kB of it.
LARGEST_PARSED: Final = 10 * MEGABYTE
# A plan has some thousands, one with a thousand requirements after it a hundred thousand.
MOST_ELEMENTS: Final = 250_000
MOST_PARTS: Final = 200
CHUNK: Final = 64 * 1024

ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
DIRECTORY_ENTRY: Final = b"PK\x01\x02"
DOCTYPES: Final = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
XML_ENDINGS: Final = (".xml", ".rels", ".vml")

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The parts beside the document that say what a reader of it sees, by kind of relationship.
RELATED: Final = ("styles", "numbering", "footnotes", "endnotes", "comments", "settings")
MARGINS: Final = ("header", "footer")
# A document has some headers; a forged one must not fill the memory with two hundred.
LARGEST_MARGINS: Final = 4 * MEGABYTE
CONTENT_TYPES: Final = "[content_types].xml"
WORD_TYPES: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
MACRO_TYPES: Final = (
    "application/vnd.ms-word.document.macroenabled.main+xml",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml",
)
VBA_TYPE: Final = "application/vnd.ms-office.vbaproject"

XML_TROUBLES: Final = {
    XmlFault.BROKEN: ProblemKind.BROKEN,
    XmlFault.ENTITIES: ProblemKind.ENTITIES,
    XmlFault.TOO_MANY_ELEMENTS: ProblemKind.TOO_MUCH_INSIDE,
    XmlFault.TOO_DEEP: ProblemKind.TOO_MUCH_INSIDE,
}

# What zipfile reads names with: found here, once, and not by each child for its file.
codecs.lookup("cp437")

# What zipfile, zlib and lxml have been seen to raise on damaged bytes.
DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    etree.LxmlError,
    EOFError,
    LookupError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class UnreadableFile(Exception):
    """The file cannot be read at all; `problem` says why."""

    def __init__(self, what: ProblemKind) -> None:
        super().__init__(what.value)
        self.problem = Problem(what)


@dataclass(frozen=True, slots=True)
class WordArchive:
    """The roots of the document and of those RELATED parts that it has.

    `margins` are its headers and footers, by the id that a section calls them by, and `links` the
    addresses outside that it leads to, by theirs.
    """

    document: etree._Element
    related: Mapping[str, etree._Element]
    margins: Mapping[str, etree._Element]
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Relation:
    """What a part calls another one, of which kind it is to it, and where it lies.

    `outside` is the address as it is written, of what is not in the package.
    """

    key: str
    kind: str
    path: str
    outside: str = ""


@dataclass(frozen=True, slots=True)
class _ContentTypes:
    """What the package says its parts are, by part name and by file ending."""

    parts: Mapping[str, str]
    endings: Mapping[str, str]

    def of(self, name: str) -> str:
        ending = name.rpartition(".")[2]
        return self.parts.get(name, self.endings.get(ending, ""))

    def name(self, content_type: str) -> bool:
        return content_type in self.parts.values() or content_type in self.endings.values()


def check_size(data: bytes) -> None:
    """Refuse a file that is empty or larger than any plan."""
    if not data:
        raise UnreadableFile(ProblemKind.EMPTY_FILE)
    if len(data) > LARGEST_UPLOAD:
        raise UnreadableFile(ProblemKind.TOO_LARGE)


def is_packed(data: bytes) -> bool:
    """Tell whether the bytes claim to be a Word file of some kind, rather than text."""
    return data.startswith((OLE, *ZIP))


def open_package(data: bytes) -> WordArchive:
    """Return the document in an uploaded .docx, or raise Unreadable; no other error escapes."""
    check_size(data)
    if not data.startswith(ZIP):
        raise UnreadableFile(kind_of_bytes(data))
    # zipfile makes an object per directory entry before anyone can count them.
    if data.count(DIRECTORY_ENTRY) > 10 * MOST_PARTS:
        raise UnreadableFile(ProblemKind.TOO_MANY_PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _package(archive)
    except DAMAGE as damage:
        raise UnreadableFile(ProblemKind.BROKEN) from damage


def check_package(data: bytes) -> None:
    """Refuse what is no .docx, or one that nobody should open.

    Raises:
        Unreadable: with the reason.
    """
    open_package(data)


def _package(archive: zipfile.ZipFile) -> WordArchive:
    parts = _checked_parts(archive)
    types = _content_types(archive, parts)
    main = _first(_relations(archive, parts, ""), "officedocument")
    kind = types.of(main)
    if kind in MACRO_TYPES:
        raise UnreadableFile(ProblemKind.MACROS)
    if kind not in WORD_TYPES:
        raise UnreadableFile(kind_of_parts(parts, b""))
    if types.name(VBA_TYPE) or any(name.endswith("vbaproject.bin") for name in parts):
        raise UnreadableFile(ProblemKind.MACROS)
    if main not in parts:
        raise UnreadableFile(ProblemKind.BROKEN)
    document = _parsed(archive, parts[main])
    if document.tag != W + "document":
        raise UnreadableFile(ProblemKind.NOT_WORD)
    if document.find(W + "body") is None:
        raise UnreadableFile(ProblemKind.BROKEN)
    relations = _relations(archive, parts, main)
    margins = _margins(archive, parts, relations)
    links = {
        relation.key: relation.outside for relation in relations if relation.kind == "hyperlink"
    }
    return WordArchive(document, _related(archive, parts, relations), margins, links)


def _checked_parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the parts by lower-case name, after unpacking all of them once within the bounds."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    parts = {info.filename.lower(): info for info in infos}
    if len(infos) > MOST_PARTS:
        raise UnreadableFile(ProblemKind.TOO_MANY_PARTS)
    if any(info.flag_bits & 0x1 for info in infos):
        raise UnreadableFile(ProblemKind.ENCRYPTED)
    # Two parts of one name: which one is read would depend on the reader.
    if len(parts) < len(infos):
        raise UnreadableFile(ProblemKind.BROKEN)
    # The lzma of zip may ask for gigabytes before it gives a byte; Word only deflates.
    if any(i.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for i in infos):
        raise UnreadableFile(ProblemKind.BROKEN)
    unpacked = 0
    for info in infos:
        before = b""
        for chunk in _chunks(archive, info):
            unpacked += len(chunk)
            if unpacked > LARGEST_UNPACKED:
                raise UnreadableFile(ProblemKind.UNPACKS_TOO_LARGE)
            window = before + chunk
            if info.filename.lower().endswith(XML_ENDINGS) and any(d in window for d in DOCTYPES):
                raise UnreadableFile(ProblemKind.ENTITIES)
            before = chunk[-32:]
    return parts


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as part:
        while chunk := part.read(CHUNK):
            yield chunk


def _parsed(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> etree._Element:
    """Parse a part without comments, instructions, entities or a look at the network.

    The styles of tables are left out: nothing of them is asked, and they may be nine tenths of all
    that there is to parse.
    """
    with archive.open(info) as part:
        data = part.read(LARGEST_PARSED + 1)
    if len(data) > LARGEST_PARSED:
        raise UnreadableFile(ProblemKind.UNPACKS_TOO_LARGE)
    try:
        data = walk_without(data, most=MOST_ELEMENTS, is_needless=_is_table_style)
    except XmlRefused as refused:
        raise UnreadableFile(XML_TROUBLES[refused.fault]) from refused
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(transitional(data), parser)
    # The search above reads the usual encodings; this is what the parser itself has seen.
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile(ProblemKind.ENTITIES)
    return root


def _is_table_style(name: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether a child of a part's root is the style of a table."""
    return local(name) == "style" and any(
        local(key) == "type" and attribute == "table" for key, attribute in attributes.items()
    )


def _content_types(
    archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]
) -> _ContentTypes:
    if CONTENT_TYPES not in parts:
        entry = parts.get("mimetype")
        mimetype = b"" if entry is None else next(_chunks(archive, entry), b"")
        raise UnreadableFile(kind_of_parts(parts, mimetype))
    names: dict[str, str] = {}
    endings: dict[str, str] = {}
    for element in _parsed(archive, parts[CONTENT_TYPES]):
        kind = element.get("ContentType", "").lower()
        if (name := element.get("PartName")) is not None:
            names[name.lower().lstrip("/")] = kind
        elif (ending := element.get("Extension")) is not None:
            endings[ending.lower()] = kind
    return _ContentTypes(names, endings)


def _relations(
    archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo], of: str
) -> list[_Relation]:
    """Return the relations of a part; those of the whole package if `of` is ""."""
    folder, name = posixpath.split(of)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in parts:
        return []
    targets = []
    for element in _parsed(archive, parts[relations]):
        path = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
        kind = element.get("Type", "").lower().rpartition("/")[2]
        outside = element.get("Target", "") if element.get("TargetMode") == "External" else ""
        key = element.get("Id", "")
        targets.append(_Relation(key, kind, path.lower().lstrip("/"), outside))
    return targets


def _first(relations: Iterable[_Relation], kind: str) -> str:
    """Return the part that the first relation of this kind leads to, or ""."""
    return next((relation.path for relation in relations if relation.kind == kind), "")


def _related(
    archive: zipfile.ZipFile,
    parts: Mapping[str, zipfile.ZipInfo],
    relations: Sequence[_Relation],
) -> dict[str, etree._Element]:
    names = {kind: _first(relations, kind) for kind in RELATED}
    # Word opens a document that names a part which is not there.
    return {k: _parsed(archive, parts[name]) for k, name in names.items() if name in parts}


def _margins(
    archive: zipfile.ZipFile,
    parts: Mapping[str, zipfile.ZipInfo],
    relations: Sequence[_Relation],
) -> dict[str, etree._Element]:
    margins = [
        relation for relation in relations if relation.kind in MARGINS and relation.path in parts
    ]
    paths = {relation.path for relation in margins}
    if sum(parts[path].file_size for path in paths) > LARGEST_MARGINS:
        raise UnreadableFile(ProblemKind.TOO_MUCH_INSIDE)
    roots = {path: _parsed(archive, parts[path]) for path in paths}
    return {relation.key: roots[relation.path] for relation in margins}
