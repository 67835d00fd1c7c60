"""Go through XML that a stranger wrote, element by element, before a parser builds a tree. Pure.

What an element costs a parser is many times its size in the file, and a file may have millions
of them in a few bytes: they are counted as they come, and the first one too many ends the reading.
"""

from collections.abc import Callable
from enum import StrEnum
from itertools import pairwise
from typing import Final
from xml.parsers import expat  # nosec: entities and document types are refused below

# Word and Excel nest a dozen, a table in a text box in a table perhaps forty.
DEEPEST: Final = 100
# The root of a Word part names some forty namespaces.
MOST_ATTRIBUTES: Final = 200

# How deep a child of the root stands.
CHILD: Final = 2

Opened = Callable[[str, dict[str, str]], None]
Child = Callable[[str, dict[str, str], int], None]


class XmlFault(StrEnum):
    """Why a part is not parsed."""

    BROKEN = "broken"
    ENTITIES = "entities"
    TOO_MANY_ELEMENTS = "too_many_elements"
    TOO_DEEP = "too_deep"


class XmlRefused(Exception):
    """A part that is not well-formed, or beyond its bounds."""

    def __init__(self, fault: XmlFault) -> None:
        super().__init__(fault)
        self.fault = fault


def _refuse_doctype(*_declaration: object) -> None:
    raise XmlRefused(XmlFault.ENTITIES)


class _Bounds:
    """Counts what a part opens and closes, and refuses what is too much."""

    def __init__(
        self,
        most: int,
        opened: Opened | None,
        closed: Callable[[str], None] | None,
        child: Child | None,
    ) -> None:
        self.most, self.opened, self.closed, self.child = most, opened, closed, child
        self.count = self.depth = 0
        self.at: Callable[[], int] = int

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        self.depth += 1
        if self.count > self.most or len(attributes) > MOST_ATTRIBUTES:
            raise XmlRefused(XmlFault.TOO_MANY_ELEMENTS)
        if self.depth > DEEPEST:
            raise XmlRefused(XmlFault.TOO_DEEP)
        if self.opened is not None:
            self.opened(name, attributes)
        if self.depth == CHILD and self.child is not None:
            self.child(name, attributes, self.at())

    def close(self, name: str) -> None:
        self.depth -= 1
        if self.closed is not None:
            self.closed(name)


def walk(
    data: bytes,
    *,
    most: int,
    opened: Opened | None = None,
    closed: Callable[[str], None] | None = None,
    words: Callable[[str], None] | None = None,
    child: Child | None = None,
) -> int:
    """Count the elements of a part, and call what is given for each that opens and closes.

    Args:
        most: elements that the part may have.
        opened: called with the name as it is written and the attributes.
        closed: called with the name.
        words: called with the text between elements, a long one in pieces.
        child: called for each child of the root as `opened` is, and with the byte it begins at.

    Raises:
        XmlRefused: the part is broken, has a document type, or is beyond its bounds.
    """
    bounds = _Bounds(most, opened, closed, child)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    bounds.at = lambda: parser.CurrentByteIndex
    parser.StartElementHandler = bounds.open
    parser.EndElementHandler = bounds.close
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if words is not None:
        parser.CharacterDataHandler = words
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # An encoding that Python does not know, or that has several bytes to a character.
        raise XmlRefused(XmlFault.BROKEN) from error
    return bounds.count


def walk_without(
    data: bytes, *, most: int, is_needless: Callable[[str, dict[str, str]], bool]
) -> bytes:
    """Bound a part as `walk` does, and give it without those children of its root.

    The last one stays, needless or not: where it ends is not told.
    """
    begins: list[tuple[int, bool]] = []

    def child(name: str, attributes: dict[str, str], at: int) -> None:
        begins.append((at, is_needless(name, attributes)))

    walk(data, most=most, child=child)
    kept, begin = [], 0
    for (at, needless), (following, _needless) in pairwise(begins):
        if needless:
            kept.append(data[begin:at])
            begin = following
    return b"".join([*kept, data[begin:]])


def local(name: str) -> str:
    """Return an element's name without its prefix."""
    return name.rpartition(":")[2]
