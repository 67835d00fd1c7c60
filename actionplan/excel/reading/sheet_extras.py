"""What a sheet shows beside the values of its cells: notes, boxes, pictures, headers. Pure.

None of it is read; whoever sends the file sees it all the same, and is to be told.
"""

import re
from enum import StrEnum
from typing import Final

import msgspec

from actionplan.excel.reading.book import unescaped
from actionplan.excel.reading.bounds import ADDRESS, WHOLE, column_letters
from actionplan.processes.xml_bounds import local, walk

# So much of each is told, and so many of them are looked at.
LONGEST_EXCERPT: Final = 300
MOST_BESIDE: Final = 5_000
# Excel's own note under a comment, for programs that know no comments.
STAND_IN: Final = "tc="
SECTION: Final = re.compile(r"&[LCR]")
# Page, pages, day, time, file, sheet, path: what Excel fills in.
FIELD: Final = re.compile("&[PNDTFAZ]")
# What our own files to print say: their title, and the page.
OURS: Final = re.compile("&L[^&]*&R[^&]*&P[^&]*&N[^&]*")
# Font, size, colour and looks of what follows.
LOOKS: Final = re.compile(
    r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K[0-9]{2}[-+][0-9]{3}|[0-9]{1,3}|[BIUESXYGHO])'
)


class SheetExtraKind(StrEnum):
    """What lies on a sheet."""

    NOTE = "note"
    COMMENT = "comment"
    BOX = "box"
    SHAPE = "shape"
    PICTURE = "picture"
    CHART = "chart"
    HEADER = "header"
    FOOTER = "footer"
    LINK = "link"
    MESSAGE = "message"
    CONTROL = "control"


class SheetExtra(msgspec.Struct, frozen=True, array_like=True):
    """One thing on a sheet that is no value: what, at which cell, its words and their author."""

    kind: SheetExtraKind
    address: str = ""
    words: str = ""
    by: str = ""


class SheetNotes:
    """The notes of a sheet; where it has comments, without those that only stand in for one."""

    def __init__(self, part: bytes, *, has_comments: bool, most: int) -> None:
        self.extras: list[SheetExtra] = []
        self._has_comments = has_comments
        self._authors: list[str] = []
        self._text = _ElementText()
        self._address = self._by = ""
        self.count = walk(
            part, most=most, opened=self._opened, closed=self._closed, words=self._text.add
        )

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name in ("author", "t"):
            self._text.is_open = True
        elif name == "rPh":
            self._text.aside += 1
        elif name == "comment":
            self._address = attributes.get("ref", "")
            at = attributes.get("authorId", "")
            number = int(at) if WHOLE.fullmatch(at) else len(self._authors)
            self._by = self._authors[number] if number < len(self._authors) else ""

    def _closed(self, name: str) -> None:
        name = local(name)
        if name in ("author", "t"):
            self._text.is_open = False
        elif name == "rPh":
            self._text.aside -= 1
        if name == "author":
            self._authors.append(self._text.taken())
        elif name == "comment":
            self._take()

    def _take(self) -> None:
        words, is_stand_in = self._text.taken(), self._by.startswith(STAND_IN)
        if is_stand_in and self._has_comments:
            return
        by = "" if is_stand_in else self._by
        # Excel writes the author above the words, too.
        words = words.removeprefix(f"{by}:").strip() if by else words
        _keep(self.extras, SheetExtra(SheetExtraKind.NOTE, self._address, words, by))


class Comments:
    """The comments of a sheet and the answers to them, each with its author."""

    def __init__(self, part: bytes, people: dict[str, str], *, most: int) -> None:
        self.extras: list[SheetExtra] = []
        self._people = people
        self._text = _ElementText()
        self._address = self._by = ""
        self.count = walk(
            part, most=most, opened=self._opened, closed=self._closed, words=self._text.add
        )

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) == "threadedComment":
            self._address = attributes.get("ref", "")
            self._by = self._people.get(attributes.get("personId", ""), "")
        elif local(name) == "text":
            self._text.is_open = True

    def _closed(self, name: str) -> None:
        if local(name) == "text":
            self._text.is_open = False
            comment = SheetExtra(
                SheetExtraKind.COMMENT, self._address, self._text.taken(), self._by
            )
            _keep(self.extras, comment)


class SheetDrawing:
    """What is drawn over a sheet: boxes and shapes, pictures, charts, each at its cell."""

    KINDS: Final = {
        "pic": SheetExtraKind.PICTURE,
        "graphicFrame": SheetExtraKind.CHART,
        "sp": SheetExtraKind.SHAPE,
    }

    def __init__(self, part: bytes, *, most: int) -> None:
        self.extras: list[SheetExtra] = []
        self._text, self._place = _ElementText(), _ElementText()
        self._column = self._row = 0
        # Inside the corner that says at which cell a thing begins; another says where it ends.
        self._is_from = False
        self._kind: SheetExtraKind | None = None
        self._name = ""
        # Inside what is for programs that do not know the real thing.
        self._instead = 0
        self.count = walk(
            part, most=most, opened=self._opened, closed=self._closed, words=self._words
        )

    def _words(self, text: str) -> None:
        self._text.add(text)
        self._place.add(text)

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "Fallback":
            self._instead += 1
        elif self._instead:
            return
        elif name in self.KINDS:
            self._kind, self._name = self.KINDS[name], ""
        elif name == "cNvPr":
            hidden = attributes.get("hidden", "0") in ("1", "true")
            self._kind = None if hidden else self._kind
            self._name = attributes.get("descr", "")
        elif name == "compatExt":
            # A box to tick, a list or an object; its stand-in for older Excel is hidden.
            self._kind = SheetExtraKind.CONTROL
        elif name == "t":
            self._text.is_open = True
        elif name in ("col", "row"):
            self._place.is_open = True
        elif name == "from":
            self._is_from = True

    def _closed(self, name: str) -> None:
        name = local(name)
        if name == "Fallback":
            self._instead -= 1
        elif name == "t":
            self._text.is_open = False
        elif name == "p":
            self._text.add_space()
        elif name in ("col", "row"):
            self._place.is_open = False
            digits = self._place.taken()
            number = int(digits) if WHOLE.fullmatch(digits) else 0
            if self._is_from and name == "col":
                self._column = number
            elif self._is_from:
                self._row = number
        elif name == "from":
            self._is_from = False
        elif name in self.KINDS and not self._instead:
            self._take()

    def _take(self) -> None:
        words, kind = self._text.taken(), self._kind
        if kind is SheetExtraKind.SHAPE and words:
            kind = SheetExtraKind.BOX
        if kind is not None:
            address = f"{column_letters(self._column + 1)}{self._row + 1}"
            _keep(self.extras, SheetExtra(kind, address, words or self._name[:LONGEST_EXCERPT]))
        self._kind = None


class _ElementText:
    """The text of the element that is open, the beginning of it where it is long."""

    def __init__(self) -> None:
        self.is_open = False
        self.aside = 0
        self._pieces: list[str] = []
        self._length = 0

    def add(self, text: str) -> None:
        if self.is_open and not self.aside and self._length <= LONGEST_EXCERPT:
            self._pieces.append(text)
            self._length += len(text)

    def add_space(self) -> None:
        self._pieces.append(" ")

    def taken(self) -> str:
        """Return the collected words, and clear them."""
        text = " ".join(unescaped("".join(self._pieces)).split())
        self._pieces, self._length = [], 0
        return shortened(text)


def shortened(words: str) -> str:
    """Return words as far as they are told, with a mark where more stood."""
    return words if len(words) <= LONGEST_EXCERPT else f"{words[:LONGEST_EXCERPT]} …"


def people(part: bytes, *, most: int) -> dict[str, str]:
    """Return the names of those who write comments, by identity."""
    names: dict[str, str] = {}

    def opened(element: str, attributes: dict[str, str]) -> None:
        if local(element) == "person":
            name = attributes.get("displayName", "")
            names[attributes.get("id", "")] = name[:LONGEST_EXCERPT]

    walk(part, most=most, opened=opened)
    return names


def of_pages(kind: SheetExtraKind, code: str) -> SheetExtra | None:
    """Return what a header or a footer says, without page numbers and what Excel fills in."""
    # Two are one sign and begin no code.
    code = code.replace("&&", "\0")
    if kind is SheetExtraKind.FOOTER and OURS.fullmatch(code):
        return None
    parts = [LOOKS.sub("", part) for part in SECTION.split(code) if not FIELD.search(part)]
    words = " ".join(" ".join(parts).replace("\0", "&").split())
    return SheetExtra(kind, words=shortened(words)) if words else None


def _keep(extras: list[SheetExtra], extra: SheetExtra) -> None:
    """Keep one of not too many, whose place is one."""
    if len(extras) < MOST_BESIDE and ADDRESS.fullmatch(extra.address):
        extras.append(extra)
