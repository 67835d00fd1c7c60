"""Reads "Strict Open XML" of Word: the same format, with other names for its vocabularies."""

import re
from typing import Final

PLACE: Final = b"purl.oclc.org/ooxml/"
NAMES: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
CLAIM: Final = re.compile(rb'\s\w+:conformance="strict"')


def transitional(part: bytes) -> bytes:
    """Return the XML of a part, with the strict names replaced by the usual ones."""
    if PLACE not in part:
        return part
    return CLAIM.sub(b"", NAMES.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part))
