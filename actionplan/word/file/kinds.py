"""What a file is that is no Word document, told by what stands in it."""

from collections.abc import Collection
from typing import Final

from actionplan.word.document import ProblemKind

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What an OLE file holds is named by its streams.
STREAMS: Final = {
    "EncryptedPackage": ProblemKind.ENCRYPTED,
    "WordDocument": ProblemKind.OLD_WORD,
    "Workbook": ProblemKind.WORKBOOK,
}
BEGINNINGS: Final = {
    b"%PDF": ProblemKind.PDF,
    b"{\\rtf": ProblemKind.RICH_TEXT,
    b"<": ProblemKind.WEB_PAGE,
    b"MIME-Version:": ProblemKind.WEB_PAGE,
}


def kind_of_bytes(data: bytes) -> ProblemKind:
    """Tell the kind of a file that is no zip."""
    if data.startswith(OLE):
        ole_kinds = (
            kind for stream, kind in STREAMS.items() if stream.encode("utf-16-le") in data
        )
        return next(ole_kinds, ProblemKind.NOT_WORD)
    kinds = (kind for beginning, kind in BEGINNINGS.items() if data.startswith(beginning))
    return next(kinds, ProblemKind.NOT_WORD)


def kind_of_parts(names: Collection[str], mimetype: bytes) -> ProblemKind:
    """Tell the kind of a zip that holds no document, by the names of its parts in lower case."""
    if b"opendocument" in mimetype or "content.xml" in names:
        return ProblemKind.OPEN_DOCUMENT
    if any(name.startswith("xl/") for name in names):
        return ProblemKind.WORKBOOK
    return ProblemKind.NOT_WORD
