"""What an uploaded file is allowed to be."""

import contextlib
import io
import random
import struct
import tracemalloc
import zipfile

import pytest

from actionplan.word.document import ProblemKind
from actionplan.word.file.archive import (
    LARGEST_UPLOAD,
    UnreadableFile,
    open_package,
)
from actionplan.word.file.kinds import OLE
from actionplan.word.file.style_chain import StyleChain
from actionplan.word.reading.reader import read
from tests.actionplan.word.documents import HEADINGS, plan, saved

DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
WORD_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.fixture(scope="module")
def good() -> bytes:
    return saved(plan())


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def noise(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same noise every time


def trouble(data: bytes) -> ProblemKind | None:
    """Why the reader refuses the file; None if it opens."""
    with contextlib.suppress(UnreadableFile):
        open_package(data)
        return None
    (fault,) = read(data, headings=HEADINGS).faults
    return fault.what


def test_a_word_file_opens(good):
    package = open_package(good)
    assert package.document.tag.endswith("}document")
    assert StyleChain(package.related["styles"]).name("Heading1") == "heading 1"


def test_an_empty_file_is_refused():
    assert trouble(b"") == ProblemKind.EMPTY_FILE


def test_a_file_above_twenty_megabytes_is_refused(good):
    assert trouble(good + b"\0" * (LARGEST_UPLOAD - len(good) + 1)) == ProblemKind.TOO_LARGE


def test_a_word_file_with_a_password_is_refused():
    assert (
        trouble(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
        == ProblemKind.ENCRYPTED
    )


def test_an_old_doc_file_is_refused():
    assert trouble(OLE + "WordDocument".encode("utf-16-le")) == ProblemKind.OLD_WORD


def test_encrypted_zip_entries_are_refused(good):
    flagged = bytearray(good)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        flagged[flagged.find(signature) + offset] |= 1
    assert trouble(bytes(flagged)) == ProblemKind.ENCRYPTED


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj\n", ProblemKind.PDF),
        (b"{\\rtf1\\ansi Plan}", ProblemKind.RICH_TEXT),
        (b"<html><body>Plan</body></html>", ProblemKind.WEB_PAGE),
        (OLE + "Workbook".encode("utf-16-le"), ProblemKind.WORKBOOK),
        (packed({"mimetype": OPEN_TEXT}), ProblemKind.OPEN_DOCUMENT),
        (packed({TYPES: b"<Types/>", "xl/workbook.xml": b"<a/>"}), ProblemKind.WORKBOOK),
        (OLE + b"\0" * 600, ProblemKind.NOT_WORD),
    ],
    ids=str,
)
def test_another_kind_of_file_is_named_for_what_it_is(data, kind):
    assert [fault.what for fault in read(data, headings=HEADINGS).faults] == [kind]


def test_an_excel_file_named_docx_is_refused(good):
    parts = parts_of(good)
    excel = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts[TYPES] = parts[TYPES].replace(WORD_TYPE, excel)
    assert trouble(packed(parts)) == ProblemKind.NOT_WORD


def test_any_other_zip_file_is_refused():
    assert trouble(packed({"läsmig.txt": b"hej"})) == ProblemKind.NOT_WORD
    assert trouble(packed({})) == ProblemKind.NOT_WORD


def test_random_bytes_are_refused():
    data = noise(1).randbytes(5000)
    assert [fault.what for fault in read(data, headings=HEADINGS).faults] == [ProblemKind.NOT_WORD]


def test_a_docm_is_refused_whatever_its_name(good):
    parts = parts_of(good)
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    parts[TYPES] = parts[TYPES].replace(WORD_TYPE, macros)
    assert trouble(packed(parts)) == ProblemKind.MACROS


def test_a_macro_part_is_refused(good):
    assert trouble(packed(parts_of(good) | {"word/vbaProject.bin": b"x"})) == ProblemKind.MACROS


def test_a_macro_part_under_another_name_is_refused(good):
    parts = parts_of(good) | {"word/bild.bin": b"x"}
    override = (
        b'<Override PartName="/word/bild.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    )
    parts[TYPES] = parts[TYPES].replace(b"</Types>", override + b"</Types>")
    assert trouble(packed(parts)) == ProblemKind.MACROS


def test_more_than_two_hundred_parts_are_refused(good):
    parts = parts_of(good)
    full = parts | {f"word/media/{n}.png": b"x" for n in range(200 - len(parts))}
    assert trouble(packed(full)) is None
    assert trouble(packed(full | {"word/media/one-more.png": b"x"})) == ProblemKind.TOO_MANY_PARTS


def test_a_directory_of_many_entries_is_refused_before_it_is_read(good):
    assert trouble(good + b"PK\x01\x02" * 2001) == ProblemKind.TOO_MANY_PARTS


def test_a_zip_bomb_is_refused_without_the_memory_it_asks_for(good):
    bomb = packed(parts_of(good) | {"word/media/noll.bin": b"\0" * (150 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    tracemalloc.start()
    assert trouble(bomb) == ProblemKind.UNPACKS_TOO_LARGE
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 1024 * 1024


def test_a_bomb_that_lies_about_its_size_is_refused(good):
    bomb = bytearray(packed({"a.xml": b" " * 1000, **parts_of(good)}))
    entry = bomb.find(b"PK\x01\x02")
    bomb[entry + 24 : entry + 28] = struct.pack("<I", 10)
    assert trouble(bytes(bomb)) == ProblemKind.BROKEN


def test_a_document_too_large_to_parse_is_refused(good):
    parts = parts_of(good)
    parts[DOCUMENT] = parts[DOCUMENT].replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 2_000_000)
    assert trouble(packed(parts)) == ProblemKind.UNPACKS_TOO_LARGE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-16"])
def test_a_doctype_in_any_xml_part_is_refused(good, encoding):
    evil = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    parts = parts_of(good)
    assert (
        trouble(packed(parts | {"word/extra.xml": evil.encode(encoding)})) == ProblemKind.ENTITIES
    )
    assert trouble(packed(parts | {DOCUMENT: evil.encode(encoding)})) == ProblemKind.ENTITIES


def test_a_doctype_across_two_chunks_is_found(good):
    for padding in (64 * 1024 - 4, 64 * 1024 - 9, 64 * 1024):
        evil = b" " * padding + b"<!DOCTYPE x>"
        assert trouble(packed(parts_of(good) | {"word/x.xml": evil})) == ProblemKind.ENTITIES


def test_a_doctype_in_an_encoding_the_search_cannot_read_is_refused(good):
    evil = '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-32-be")
    parts = parts_of(good) | {DOCUMENT: b"\x00\x00\xfe\xff" + evil}
    assert trouble(packed(parts)) in (ProblemKind.ENTITIES, ProblemKind.BROKEN)


def test_an_illustration_with_a_doctype_is_no_reason_to_refuse(good):
    svg = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>'
    assert trouble(packed(parts_of(good) | {"word/media/logo.svg": svg})) is None


def test_malformed_xml_is_refused(good):
    assert trouble(packed(parts_of(good) | {DOCUMENT: b"<w:document>"})) == ProblemKind.BROKEN


def test_a_missing_document_is_refused(good):
    parts = parts_of(good)
    del parts[DOCUMENT]
    assert trouble(packed(parts)) == ProblemKind.BROKEN


def test_a_document_without_a_body_is_refused(good):
    root = parts_of(good)[DOCUMENT].split(b"<w:body>")[0] + b"</w:document>"
    assert trouble(packed(parts_of(good) | {DOCUMENT: root})) == ProblemKind.BROKEN


def test_two_parts_of_one_name_are_refused(good):
    parts = parts_of(good)
    assert trouble(packed(parts | {DOCUMENT.upper(): parts[DOCUMENT]})) == ProblemKind.BROKEN


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_compression_that_word_does_not_use_is_refused(good, method):
    assert trouble(packed(parts_of(good), method)) == ProblemKind.BROKEN


def test_strict_open_xml_opens(good):
    parts = parts_of(good)
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts[DOCUMENT] = parts[DOCUMENT].replace(transitional, strict)
    assert trouble(packed(parts)) is None


def test_a_truncated_file_is_refused_wherever_it_ends(good):
    for end in range(4, len(good) - 22, 997):
        assert trouble(good[:end]) == ProblemKind.BROKEN


def test_no_damage_raises_anything_but_unreadable(good):
    chance = noise(2)
    for _ in range(400):
        damaged = bytearray(good)
        for _ in range(chance.choice((1, 3, 30))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        read(bytes(damaged), headings=HEADINGS)


def test_no_damage_inside_the_parts_raises_anything_but_unreadable(good):
    chance = noise(3)
    parts = parts_of(good)
    names = [TYPES, "_rels/.rels", "word/_rels/document.xml.rels", "word/styles.xml", DOCUMENT]
    for _ in range(150):
        name = chance.choice(names)
        damaged = bytearray(parts[name])
        for _ in range(chance.choice((1, 5))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        read(packed(parts | {name: bytes(damaged)}, zipfile.ZIP_STORED), headings=HEADINGS)
