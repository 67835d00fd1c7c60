"""From stored JSON to a document, and back to the bytes that its checksum is taken of."""

import hashlib
import re
from collections.abc import Iterable
from typing import Final

import msgspec

from requirements_pkg.document.schema import SCHEMA, Document, Part
from requirements_pkg.document.upgrade import upgraded

ESCAPED: Final = re.compile(rb"\\(?:u[0-9a-f]{4}|.)")
_decoder: Final = msgspec.json.Decoder(Document)
_encoder: Final = msgspec.json.Encoder(order="sorted")


def read(stored: bytes | str | dict[str, object]) -> Document:
    """Return the stored document in the schema of today, whatever it was written in.

    Raises:
        msgspec.ValidationError: it is none; says where.
        ValueError: its schema is unknown.
    """
    if isinstance(stored, dict):
        return msgspec.convert(upgraded(stored), Document)
    # Almost every version has the schema of today: it is made without a detour.
    try:
        document = _decoder.decode(stored)
    except msgspec.ValidationError:
        document = None
    if document is not None and document.schema == SCHEMA:
        return document
    return msgspec.convert(upgraded(msgspec.json.decode(stored)), Document)


def written(part: Part) -> bytes:
    """Write down a document, or a part of it, in the one way there is.

    Sorted keys, no white space, UTF-8: `json.dumps(…, ensure_ascii=False, sort_keys=True,
    separators=(",", ":"))` gives the same bytes.
    """
    return _encoder.encode(part)


def written_requirements(document: Document) -> list[bytes]:
    """Write each requirement down by itself, as it stands in the whole."""
    return list(map(written, document.requirements))


def put_together(document: Document, requirements: Iterable[bytes]) -> bytes:
    """Write down a document as `written` does, whose requirements are written down already."""
    fields = {name: getattr(document, name) for name in document.__struct_fields__}
    return _encoder.encode(fields | {"requirements": list(map(msgspec.Raw, requirements))})


def in_order(stored: bytes) -> bytes:
    """Write down stored JSON as `written` does, whatever its order and in its own schema."""
    return _encoder.encode(msgspec.json.decode(stored))


def in_a_row(content: bytes) -> bytes:
    """Return all texts of what is written down, with their names, for who looks through them.

    What JSON marks, no letter or figure ever, is white space.
    """
    return ESCAPED.sub(b" ", content) if b"\\" in content else content


def digest(content: bytes) -> str:
    """Return the checksum of what is written down."""
    return hashlib.sha256(content).hexdigest()


def checksum(document: Document) -> str:
    """Return the checksum that an approval names and a version carries."""
    return digest(written(document))
