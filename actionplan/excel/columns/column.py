"""A column of a file: what each is called and means, what it holds, how that is read.

A list of the admin, the file of a tender, the workbook of analysts and a questionnaire all declare
`Column`s, and add to them only where their own values come from. Whatever writes a file, streamed
or designed, takes columns; whatever reads one asks their kinds. Nothing here knows Django or the
models; kinds that refuse a cell in words are in `kinds.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from actionplan import text
from actionplan.excel.reading.values import NumberText, words

StrOrPromise = Any
# How cells look. "code" is short text such as 1.10 that Excel must take neither for a number nor
# for a date; "answer" is where whoever gets the file writes, and what is written there already is
# not asked; "link" is an address.
Look = Literal["text", "code", "number", "date", "share", "answer", "link"]
TEXT_LOOKS: Final = frozenset(("text", "code", "answer", "link"))


@dataclass(frozen=True)
class ColumnKind:
    """What the cells of a column hold; values of this one are shown as they are.

    Args:
        look: how the cells look.
        offers: what Excel offers in them, and all that it takes.
    """

    look: Look = "text"
    offers: tuple[str, ...] = field(default=(), kw_only=True)

    def names(self) -> Mapping[object, str] | None:
        """Return what values are called where they are few, in the active language."""
        return None

    def show(self, value: object) -> Any:
        """Return a stored value as a cell shows it."""
        return value

    def read(self, cell: object) -> object:
        """Return what a cell says; ValueError when it says nothing that fits."""
        return cell


@dataclass(frozen=True)
class FreeTextKind(ColumnKind):
    """Text, cleaned on its way in as everywhere else."""

    look: Look = field(default="text", kw_only=True)
    paragraphs: bool = False

    def show(self, value: object) -> str:
        """Return the text, and nothing where there is none."""
        return "" if value is None else str(value)

    def read(self, cell: object) -> Any:
        """Return the text of a cell."""
        clean = text.clean_paragraphs if self.paragraphs else text.clean
        return "" if cell is None else clean(self.words(cell))

    def words(self, cell: object) -> str:
        """Return a cell as a text."""
        return words(cell)


@dataclass(frozen=True)
class CodeKind(FreeTextKind):
    """Short text such as 1.10, which Excel may have taken for a number."""

    look: Look = field(default="code", kw_only=True)

    def words(self, cell: object) -> str:
        """Return the number that a cell holds, however it shows it."""
        return cell.number if isinstance(cell, NumberText) else str(cell)


@dataclass(frozen=True)
class ShareKind(ColumnKind):
    """A share of a whole, which has no values of its own.

    Args:
        part: the name of the column that is the numerator.
        whole: the name of the one that is the denominator.
    """

    look: Look = field(default="share", kw_only=True)
    part: str = ""
    whole: str = ""


TEXT: Final = FreeTextKind()
PARAGRAPHS: Final = FreeTextKind(paragraphs=True)
CODE: Final = CodeKind()
LINK: Final = ColumnKind("link")
ANSWER: Final = ColumnKind("answer")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file.

    Args:
        name: what programs call it; no two of a sheet have the same.
        label: what stands above it.
        width: in characters.
        kind: what it holds, and how that is shown and read.
        help: what it means, for who reads the file or fills it in.
        earlier: what stood above it in files that earlier versions of the system made.
    """

    name: str
    label: StrOrPromise
    width: int = 20
    kind: ColumnKind = TEXT
    help: StrOrPromise = ""
    earlier: tuple[str, ...] = field(default=(), kw_only=True)

    def for_reading(self, *, offers: tuple[str, ...] = ()) -> "Column":
        """Return the column for values that are shown already."""
        return replace(self, kind=ColumnKind(self.kind.look, offers=offers))
