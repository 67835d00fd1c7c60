"""The parts of a workbook that say what its sheets are: names, texts, formats. Pure."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from actionplan.excel.reading.bounds import (
    FEW_ELEMENTS,
    LONGEST_TEXT,
    MOST_ELEMENTS,
    MOST_SHEETS,
    MOST_STRINGS,
    SheetFault,
    SheetRefused,
    bounded,
)
from actionplan.excel.reading.formats.number_formats import BUILT_IN, GENERAL
from actionplan.excel.reading.runs import TRUE, RunFormat, is_on
from actionplan.processes.xml_bounds import local, walk

# How Excel writes what XML cannot hold.
ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
SURROGATES: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    is_visible: bool


class SheetNames:
    """The sheets that a workbook has, in order, and which calendar their days are of."""

    def __init__(self, part: bytes) -> None:
        self.sheets: list[SheetEntry] = []
        self.is_1904 = False
        walk(part, most=FEW_ELEMENTS, opened=self._opened)

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "").casefold() in TRUE
        if name != "sheet":
            return
        keys = [key for key in attributes if key.endswith(":id")]
        if len(self.sheets) >= MOST_SHEETS or len(keys) != 1:
            raise SheetRefused(SheetFault.DAMAGED)
        is_visible = attributes.get("state", "visible") == "visible"
        self.sheets.append(SheetEntry(attributes.get("name", ""), attributes[keys[0]], is_visible))


class Targets:
    """What the relations of a part lead to: kind and path of the part, by identity."""

    def __init__(self, part: bytes, folder: str) -> None:
        self.folder = folder
        self.parts: dict[str, tuple[str, str]] = {}
        # Addresses outside the file.
        self.outside: dict[str, str] = {}
        walk(part, most=FEW_ELEMENTS, opened=self._opened)

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) != "Relationship":
            return
        if attributes.get("TargetMode") == "External":
            self.outside[attributes.get("Id", "")] = attributes.get("Target", "")
        else:
            kind = attributes.get("Type", "").rpartition("/")[2]
            path = posixpath.join("/", self.folder, attributes.get("Target", ""))
            inside = posixpath.normpath(path).lstrip("/").casefold()
            self.parts[attributes.get("Id", "")] = (kind, inside)

    def of_kind(self, kind: str) -> Iterator[str]:
        """Return the paths of the parts of a kind."""
        return (path for part_kind, path in self.parts.values() if part_kind == kind)


class Strings:
    """The texts that cells refer to by number, without the readings beside Japanese ones."""

    def __init__(self, part: bytes) -> None:
        self.texts: list[str] = []
        # The places of those of which something is struck out.
        self.struck: set[int] = set()
        self._run = RunFormat()
        self._pieces: list[str] | None = None  # of the text that is open, if one is
        self._run_texts: list[str] = []  # of its run
        self._length = self._aside = 0
        self._is_text = False
        walk(
            part,
            most=MOST_ELEMENTS,
            opened=self._opened,
            closed=self._closed,
            words=self._words,
        )

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "t":
            self._is_text = not self._aside
        elif name == "si":
            self._pieces, self._length = [], 0
        elif name == "r":
            self._run.clear()
        elif name == "rPh":
            self._aside += 1
        elif name == "sst":
            for key in ("count", "uniqueCount"):
                bounded(attributes.get(key, "0"), MOST_STRINGS)
        else:
            self._run.opened(name, attributes)

    def _closed(self, name: str) -> None:
        name = local(name)
        if name == "t":
            if self._pieces is not None and self._is_text:
                self._pieces.append(self._run.visible_text("".join(self._run_texts)))
            self._is_text, self._run_texts = False, []
        elif name == "rPh":
            self._aside -= 1
        elif name == "si":
            self.texts.append(unescaped("".join(self._pieces or ())))
            self._pieces = None
            self._run.clear()
            if len(self.texts) > MOST_STRINGS:
                raise SheetRefused(SheetFault.TOO_MANY_CELLS)

    def _words(self, text: str) -> None:
        if self._pieces is not None and self._is_text:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise SheetRefused(SheetFault.TEXT_TOO_LONG)
            self._run_texts.append(text)
            if self._run.is_struck and text.strip():
                self.struck.add(len(self.texts))


class Styles:
    """What the styles of cells mean: a number format, and perhaps a line through the text."""

    def __init__(self, part: bytes | None) -> None:
        self._codes = dict(BUILT_IN)
        self._numbers: list[int] = []
        self._fonts: list[int] = []
        # The fonts that strike out, and how many there are.
        self._struck: set[int] = set()
        # The names of fonts.
        self._names: dict[int, str] = {}
        self._font = 0
        self._part = ""
        if part is not None:
            walk(part, most=FEW_ELEMENTS, opened=self._opened, closed=self._closed)

    def code(self, style: str | None) -> str:
        """Return the format of a style; one that is not told is General, as Excel has it."""
        at = _place(style)
        number = self._numbers[at] if at < len(self._numbers) else 0
        return self._codes.get(number, GENERAL)

    def is_struck(self, style: str | None) -> bool:
        """Tell whether a style strikes out what stands in its cells."""
        at = _place(style)
        return at < len(self._fonts) and self._fonts[at] in self._struck

    def font(self, style: str | None) -> str:
        """Return the name of the font of a style."""
        at = _place(style)
        return self._names.get(self._fonts[at], "") if at < len(self._fonts) else ""

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name in ("cellXfs", "fonts"):
            self._part = name
        elif name == "xf" and self._part == "cellXfs":
            self._numbers.append(self._number(attributes, "numFmtId"))
            self._fonts.append(self._number(attributes, "fontId"))
        elif name == "font" and self._part == "fonts":
            self._font += 1
        elif name == "strike" and self._part == "fonts" and is_on(attributes):
            self._struck.add(self._font - 1)
        elif name == "name" and self._part == "fonts":
            self._names[self._font - 1] = attributes.get("val", "")
        elif name == "numFmt" and "formatCode" in attributes:
            self._codes[self._number(attributes, "numFmtId")] = attributes["formatCode"]

    def _closed(self, name: str) -> None:
        if local(name) == self._part:
            self._part = ""

    def _number(self, attributes: dict[str, str], key: str) -> int:
        digits = attributes.get(key, "0")
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def _place(style: str | None) -> int:
    """Return the place of a style among those of cells, 0 where none is given."""
    is_index = style and style.isascii() and style.isdigit() and len(style) < 7
    return int(style) if style and is_index else 0


def unescaped(text: str) -> str:
    """Return a text as Excel shows it, without halves of characters (surrogates)."""
    if "_x" in text:
        text = SURROGATES.sub("", ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
    return text
