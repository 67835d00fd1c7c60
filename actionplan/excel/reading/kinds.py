"""What a file is that is no Excel workbook, told by what stands in it. Pure."""

import re
from collections.abc import Collection
from typing import Final

from actionplan.excel.reading.bounds import SheetFault

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Excel until 5, without a container around it.
OLDEST: Final = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
ENCRYPTED: Final = ("EncryptedPackage", "DRMEncrypted", "DRMContent", "DataSpaces")
BEGINNING: Final = 4096
MARKUP: Final = re.compile(rb"\s*<(!doctype|html|table|head|meta|body|\?xml|workbook)", re.I)
# In a text that somebody wrote there are no others.
CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")
BYTE_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8"))


def kind_of_bytes(data: bytes) -> SheetFault:
    """Tell the kind of a file that is no zip."""
    if not data.strip(b"\x00 \t\r\n"):
        return SheetFault.EMPTY_FILE
    if data.startswith(OLE):
        return _kind_of_container(data)
    if data.startswith(b"%PDF"):
        return SheetFault.PDF
    if data.startswith(OLDEST):
        return SheetFault.OLD_EXCEL
    if MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")[:BEGINNING]):
        return SheetFault.WEB_PAGE
    return SheetFault.TEXT_FILE if _is_text(data[:BEGINNING]) else SheetFault.NOT_EXCEL


def kind_of_parts(names: Collection[str], mimetype: bytes) -> SheetFault:
    """Tell the kind of a zip that holds no workbook, by the names of its parts in lower case."""
    if "xl/workbook.bin" in names:
        return SheetFault.BINARY_EXCEL
    if b"opendocument" in mimetype or "content.xml" in names:
        return SheetFault.OPEN_DOCUMENT
    if any(name.startswith("word/") for name in names):
        return SheetFault.WORD
    if any(name.startswith("ppt/") for name in names):
        return SheetFault.POWERPOINT
    return SheetFault.NOT_EXCEL


def kind_of_rest(data: bytes) -> SheetFault:
    """Tell the kind of a broken or incomplete zip, by the names that its entries still have."""
    if b"xl/" in data:
        return SheetFault.DAMAGED
    return SheetFault.WORD if b"word/" in data else SheetFault.NOT_EXCEL


def _kind_of_container(data: bytes) -> SheetFault:
    """Tell what an OLE file holds: encrypted, an old workbook, or something else."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if any(map(holds, ENCRYPTED)):
        return SheetFault.ENCRYPTED
    if holds("WordDocument"):
        return SheetFault.WORD
    if holds("PowerPoint Document"):
        return SheetFault.POWERPOINT
    # Nothing else of the kind is sent under this name.
    return SheetFault.OLD_EXCEL


def _is_text(beginning: bytes) -> bool:
    for mark, encoding in BYTE_MARKS:
        if beginning.startswith(mark):
            text = beginning.decode(encoding, "replace")
            break
    else:
        # Every byte is a letter there; a text has no control characters.
        text = beginning.decode("latin-1")
    return not CONTROL.search(text)
