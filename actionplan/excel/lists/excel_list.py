"""A list of the admin as a sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import tablib
from django.db import models

from actionplan.django_edges import AnyRows
from actionplan.excel.columns import Column, StrOrPromise
from actionplan.excel.lists.incoming import Incoming
from actionplan.excel.lists.list_column import ListColumn

FINGERPRINT: Final = "fingerprint"
# In a workbook to fill in.
EMPTY_ROWS: Final = 200
# Values by row for columns without a path, in one query for each batch of rows.
Details = Callable[[AnyRows], dict[int, dict[str, object]]]


def as_they_are(rows: AnyRows) -> AnyRows:
    """Return the rows: the paths of most lists need nothing more."""
    return rows


@dataclass(frozen=True)
class ExcelList:
    """What stands in a list, and how it comes back.

    Args:
        columns: in their order; of a list that comes back, the first identifies its rows.
        owner_path: from a row to what decides who may change it.
        prepare: the rows with what the paths of the columns need.
        details: makes the values of columns without a path.
        incoming: what is particular about rows that come back; None where none do.
    """

    model: type[models.Model]
    name: StrOrPromise
    columns: tuple[ListColumn, ...]
    owner_path: str = ""
    prepare: Callable[[AnyRows], AnyRows] = as_they_are
    details: Details | None = None
    incoming: type[Incoming] | None = None

    @cached_property
    def by_name(self) -> dict[str, ListColumn]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @cached_property
    def read(self) -> list[ListColumn]:
        """The columns that an import reads."""
        return [column for column in self.columns if column.is_read]

    @property
    def identity(self) -> str:
        """The column that identifies a row, whatever else is changed in it."""
        return self.columns[0].name

    @property
    def wanted(self) -> list[str]:
        """The columns that a file must have, or that somebody must point out."""
        keys = (self.identity, FINGERPRINT)
        return [column.name for column in self.columns if column.is_read or column.name in keys]

    def for_reading(self) -> list[Column]:
        """Return the columns as its files have them."""
        return [column.for_reading() for column in self.columns]

    def empty(self) -> tablib.Dataset:
        """Return the columns that are read, and rows to fill in."""
        columns = [self.by_name[name].for_reading() for name in self.wanted]
        rows = [[""] * len(columns)] * EMPTY_ROWS
        return dataset(str(self.name), columns, rows)


def dataset(title: str, columns: list[Column], rows: Any) -> tablib.Dataset:
    """Return rows below their columns, as import-export hands them on."""
    sheet = tablib.Dataset(*rows, headers=[str(column.label) for column in columns], title=title)
    sheet.columns = columns
    return sheet
