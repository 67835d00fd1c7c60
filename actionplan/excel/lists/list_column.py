"""A column of a list: where its value stands in a row, and what an import does with it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from actionplan.excel.columns import Column, ColumnKind, StrOrPromise


class ColumnUse(Enum):
    """What an import does with a column."""

    # It is told, and never read.
    READ_ONLY = auto()
    # It is written to the row itself.
    WRITTEN = auto()
    # It names where the row belongs, which is found in `place`.
    PLACE = auto()
    # It tells rows of other tables in one text, held in `linked` until they are written.
    LINKED = auto()


@dataclass(frozen=True)
class ListColumn:
    """A column, and where its values are.

    Args:
        path: from the row to the value; "" where the list works it out in `details`.
        use: what an import does with it.
        keeps: an empty cell leaves what is stored alone, where the model wants a value.
        aliases: what others call such a column, parted by commas.
    """

    column: Column
    path: str = ""
    use: ColumnUse = ColumnUse.READ_ONLY
    keeps: bool = False
    aliases: StrOrPromise = ""

    @cached_property
    def name(self) -> str:
        """What the list calls it."""
        return self.column.name

    @property
    def label(self) -> StrOrPromise:
        """What stands above it."""
        return self.column.label

    @cached_property
    def kind(self) -> ColumnKind:
        """What it holds."""
        return self.column.kind

    @cached_property
    def is_read(self) -> bool:
        """Whether an import reads it at all."""
        return self.use is not ColumnUse.READ_ONLY

    @property
    def choices(self) -> list[tuple[Any, str]]:
        """The few values a cell may have, where they are few."""
        names = self.kind.names() if self.is_read else None
        return list(names.items()) if names else []

    def for_reading(self) -> Column:
        """Return the column as a file of shown values has it."""
        return self.column.for_reading(offers=tuple(label for _value, label in self.choices))

    def value(self, instance: Any) -> object:
        """Return the value of a row; a linked text is held beside it."""
        match self.use:
            case ColumnUse.WRITTEN:
                return getattr(instance, self.path)
            case ColumnUse.LINKED:
                return instance.linked.get(self.name)
        return _followed(instance, self.path)

    def put(self, instance: Any, cell: object) -> None:
        """Write what a cell says to the row; ValueError when it says nothing that fits."""
        if self.use is ColumnUse.LINKED:
            instance.linked[self.name] = self.kind.read(cell)
        elif self.use is ColumnUse.WRITTEN:
            value = self.kind.read(cell)
            if value is not None or not self.keeps:
                setattr(instance, self.path, value)

    def read(self, cell: object) -> Any:
        """Return what a cell says; ValueError when it says nothing that fits."""
        return self.kind.read(cell)

    def value_or_cell(self, cell: object) -> Any:
        """Return what a cell says, or the cell: what is stored may be older than a rule."""
        try:
            return self.kind.read(cell)
        except ValueError:
            return cell


def canonical_word(value: object) -> str:
    """Return a value as one text, the same however the number or date was held."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def _followed(instance: models.Model, path: str) -> object:
    value: object = instance
    for name in path.split("__"):
        try:
            value = getattr(value, name, None)
        except (ValueError, ObjectDoesNotExist):
            return None
    return value
