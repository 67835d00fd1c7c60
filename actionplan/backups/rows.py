"""Rows as lines of JSON, which are the same whichever database they come from.

Documents stay the text that they are: no field upgrades, sorts or shortens them on the way.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any, Final

import msgspec
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, reset_queries
from django.db.models.functions import Cast

from actionplan.backups.tables import BackupTable
from actionplan.database import bulk_tuples

Convert = Callable[[Any], object]
Conversions = list[tuple[int, Convert]]
# So many rows are in memory at once.
AT_ONCE: Final = 2000
DOCUMENTS_AT_ONCE: Final = 20


def lines_of(table: BackupTable) -> Generator[bytes, None, None]:
    """Yield the rows of a table as lines, by their keys; who stops before the end closes it."""
    columns = (
        Cast(field.attname, models.TextField()) if _is_document(field) else field.attname
        for field in table.fields
    )
    rows = table.model._base_manager.order_by("pk").values_list(*columns)
    conversions = _conversions(table, _out)
    for row in rows.iterator(chunk_size=_at_once(table)):
        yield msgspec.json.encode(_converted(row, conversions)) + b"\n"


def insert_lines(table: BackupTable, lines: Iterable[bytes]) -> None:
    """Store rows that were written as lines, with their keys; the log tells nothing of it.

    Raises:
        msgspec.DecodeError: a line is no row of this table.
    """
    read = msgspec.json.Decoder(_row_type(table)).decode
    conversions = _conversions(table, _in)
    rows = (_converted(read(line), conversions) for line in _forgotten(lines, _at_once(table)))
    # A statement holds one row where that may be large.
    single_rows = table.has_files or table.has_documents
    most = len(table.fields) if single_rows else bulk_tuples.PARAMETERS
    for lot in _lots(table, rows):
        bulk_tuples.insert_as_stored(table.model, table.fields, lot, most=most)


def _forgotten(lines: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Hand on lines, and let go of those before: DEBUG keeps what thousands of statements hold."""
    for number, line in enumerate(lines):
        if number % most == 0:
            reset_queries()
        yield line


def _lots(table: BackupTable, rows: Iterator[list[object]]) -> Iterator[Iterable[list[object]]]:
    """Yield rows as they come, or in lots where to make one may have to ask the database.

    It answers nothing while it takes rows in.
    """
    if not any(field.related_model is ContentType for field in table.fields):
        yield rows
        return
    while lot := list(islice(rows, AT_ONCE)):
        yield lot


def are_the_same(line: bytes, other: bytes) -> bool:
    """Tell whether two lines are of the same row: PostgreSQL writes documents in another order."""
    return line == other or bool(msgspec.json.decode(line) == msgspec.json.decode(other))


def _at_once(table: BackupTable) -> int:
    if table.has_files:
        return 1
    return DOCUMENTS_AT_ONCE if table.has_documents else AT_ONCE


def _is_document(field: object) -> bool:
    return isinstance(field, models.JSONField)


def _conversions(table: BackupTable, way: Callable[[object], Convert | None]) -> Conversions:
    ways = ((at, way(field)) for at, field in enumerate(table.fields))
    return [(at, convert) for at, convert in ways if convert is not None]


def _converted(row: Iterable[object], conversions: Conversions) -> list[object]:
    values = list(row)
    for at, convert in conversions:
        if values[at] is not None:
            values[at] = convert(values[at])
    return values


def _out(field: Any) -> Convert | None:
    """Return what makes of a value in the database one of a line; the rest is known to msgspec."""
    if _is_document(field):
        return _on_one_line
    if field.related_model is ContentType:
        names = {pk: ".".join(words) for pk, *words in _content_types()}
        return names.__getitem__
    return None


def _in(field: Any) -> Convert | None:
    """Return what makes of a value in a line one of the database."""
    if _is_document(field):
        return _as_text
    if field.related_model is ContentType:
        return partial(
            _content_type, known={".".join(words): pk for pk, *words in _content_types()}
        )
    if connection.vendor != "postgresql" and isinstance(field, bulk_tuples.TEXTS):
        return partial(field.get_db_prep_save, connection=connection)
    return None


def _row_type(table: BackupTable) -> object:
    """Return the type of a line: so many values, files from their letters, documents as text."""
    types = (
        msgspec.Raw
        if _is_document(field)
        else bytes | None
        if isinstance(field, models.BinaryField)
        else object
        for field in table.fields
    )
    return tuple[tuple(types)]  # type: ignore[misc]


def _on_one_line(text: str) -> msgspec.Raw:
    raw = text.encode()
    return msgspec.Raw(msgspec.json.format(raw, indent=0) if b"\n" in raw else raw)


def _as_text(raw: msgspec.Raw) -> str:
    return bytes(raw).decode()


def _content_types() -> Iterable[tuple[Any, ...]]:
    return ContentType.objects.values_list("pk", "app_label", "model")


def _content_type(name: str, *, known: dict[str, int]) -> int:
    """Return the key of a type of rows, which may be one that no model has any more."""
    if name not in known:
        app_label, _dot, model = name.partition(".")
        known[name] = ContentType.objects.create(app_label=app_label, model=model).pk
    return known[name]
