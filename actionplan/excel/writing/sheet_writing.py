"""Sheets on their way out: rows become Excel or CSV as they come, in the memory of one batch."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext

from actionplan.excel.columns import Column
from actionplan.excel.streaming import (
    LinesSheet,
    NativeTable,
    PageLine,
    StreamReport,
    WorkbookStream,
)
from actionplan.excel.streaming.cells import LABEL, TEXTS, TITLE
from actionplan.excel.writing.spreadsheet import PIECE, footer, local, spread

RISKY: Final = re.compile(r"'*[=+\-@\t\r]")
# What a text begins with that may be one.
SUSPECT: Final = frozenset("'=+-@\t\r")
# Fixed, so that the same rows give the same bytes.
CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
BATCH: Final = 1000


def xlsx_pieces(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]
) -> Iterator[bytes]:
    """Write the rows as a native table, and a sheet that tells what the columns mean."""
    table = NativeTable(title, columns, _fitted(rows), footer(title), edited=True)

    def read_me(_report: StreamReport) -> LinesSheet:
        lines = [PageLine([str(column.label), str(column.help)], LABEL) for column in columns]
        return LinesSheet(
            gettext("Read me"), [30, 90], [PageLine([title], TITLE), PageLine([]), *lines]
        )

    is_explained = any(column.help for column in columns)
    book = WorkbookStream(title, created=CREATED)
    return book.stream([table], back=read_me if is_explained else None)


def _fitted(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    """Yield the rows as cells hold them: moments by the clock, and too long a text in several."""
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        columns = [_clocked(column) for column in zip(*batch, strict=True)]
        fitting = zip(*columns, strict=True)
        if any(map(_has_long, columns)):
            yield from (line for row in fitting for line in spread(row))
        else:
            yield from fitting


def _clocked(column: tuple[object, ...]) -> Sequence[object]:
    if not any(issubclass(kind, datetime) for kind in set(map(type, column))):
        return column
    return [local(value) if isinstance(value, datetime) else value for value in column]


def _has_long(column: Sequence[Any]) -> bool:
    if TEXTS.issuperset(map(type, column)):
        return max(map(len, filter(None, column)), default=0) > PIECE
    return any(len(value) > PIECE for value in column if isinstance(value, str))


def csv_pieces(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]
) -> Iterator[bytes]:
    """Yield what Swedish Excel expects: semicolons, decimal commas and a byte order mark."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow([_csv_value(str(column.label)) for column in columns])
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        writer.writerows(zip(*map(_csv_column, zip(*batch, strict=True)), strict=True))
        yield _taken(out)
    yield _taken(out)


def _taken(out: StringIO) -> bytes:
    data = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return data


def _csv_column(values: Sequence[Any]) -> list[str]:
    if not TEXTS.issuperset(map(type, values)):
        return list(map(_csv_value, values))
    texts = ("" if value is None else value for value in values)
    return [_csv_value(text) if text[:1] in SUSPECT else text for text in texts]


def _csv_value(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if RISKY.match(value) else value
        case int():
            return str(value)
        case float() | Decimal():
            return f"{Decimal(str(value)):f}".replace(".", ",")
        case datetime():
            return local(value).strftime("%Y-%m-%d %H:%M")
        case _:
            text = str(value)
            return f"'{text}" if RISKY.match(text) else text
