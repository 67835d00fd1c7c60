"""Rows made, changed and removed by the many: each with its history, in a few statements.

Others wait while this runs, so rows are written as tuples, and no row of history passes through
Python: the database copies it from the row that it is about.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

from actionplan.database import tuples
from actionplan.models import User

BATCH: Final = 500
NO_REASON: Final = ""
MADE, CHANGED, REMOVED = "+", "~", "-"
# An enumeration is not, though its members are texts.
PLAIN: Final = frozenset((str, int, bool, date, datetime, Decimal, UUID, type(None)))


def make(
    model: Any, rows: Iterable[models.Model], *, by: User | None, reason: str = NO_REASON
) -> None:
    """Store new rows of a model; call it in a transaction.

    Args:
        by: whoever is logged in, where it is not said.
        reason: why, for the history.
    """
    made = list(rows)
    _insert(model, made)
    _tell(model, made, MADE, by, reason)


def change(
    model: Any,
    rows: Iterable[models.Model],
    fields: Iterable[str],
    *,
    by: User | None,
    reason: str = NO_REASON,
) -> None:
    """Store these fields of rows that are there.

    Args:
        by: whoever is logged in, where it is not said.
        reason: why, for the history.
    """
    changed = list(rows)
    _update(model, changed, fields)
    _tell(model, changed, CHANGED, by, reason)


def remove(model: Any, rows: Iterable[models.Model], *, by: User | None) -> None:
    """Delete rows of a model that nothing points at.

    Args:
        by: whoever is logged in, where it is not said.
    """
    gone = list(rows)
    _tell(model, gone, REMOVED, by, NO_REASON)
    for keys in _batches(gone):
        found = model._base_manager.filter(pk__in=keys)
        # An ordinary delete tells the history of every row by itself, a query for each.
        found._raw_delete(found.db)


def _insert(model: Any, rows: Sequence[models.Model]) -> None:
    """Write rows as tuples, under keys that are taken first: rows may point at each other."""
    new = [row for row in rows if row.pk is None]
    for row, key in zip(new, tuples.next_keys(model, len(new)), strict=True):
        row.pk = key
    fields = model._meta.concrete_fields
    relations = [field for field in fields if field.is_relation]
    for row in rows:
        # What points at a row that was stored just now gets its key.
        row._prepare_related_fields_for_save(operation_name="bulk_create", fields=relations)
    columns = [
        _plain(field, [field.pre_save(row, add=True) for row in rows])
        if type(field).pre_save is not models.Field.pre_save
        else _plain(field, list(map(attrgetter(field.attname), rows)))
        for field in fields
    ]
    tuples.insert(model, [field.name for field in fields], zip(*columns, strict=True))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _plain(field: Any, values: list[Any]) -> list[Any]:
    """The values of a column, in kinds that a database knows."""
    if set(map(type, values)) <= PLAIN:
        return values
    return [field.get_prep_value(value) for value in values]


def _update(model: Any, rows: Sequence[models.Model], names: Iterable[str]) -> None:
    """One prepared statement for all rows; the CASE of a bulk_update costs ten times as much."""
    fields = [model._meta.get_field(name) for name in names]
    if not rows or not fields:
        return
    for row in rows:
        # What points at a row that was stored just now gets its key.
        row._prepare_related_fields_for_save(operation_name="save", fields=fields)
    quote = connection.ops.quote_name
    given = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table, key = quote(model._meta.db_table), model._meta.pk
    values = [
        [
            *(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields),
            key.get_db_prep_save(row.pk, connection),
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        # All names are the models' own.
        sql = f"UPDATE {table} SET {given} WHERE {quote(key.column)} = %s"  # noqa: S608
        cursor.executemany(sql, values)


def _tell(
    model: Any, rows: Sequence[models.Model], kind: str, by: User | None, reason: str
) -> None:
    """Write the history of rows as they are stored now."""
    if not rows:
        return
    record, quote = _record(model), connection.ops.quote_name
    by = by or record.get_default_history_user(rows[0])
    columns = ", ".join(quote(field.column) for field in record.tracked_fields)
    added = {
        "history_date": timezone.now(),
        "history_type": kind,
        "history_user": by.pk if by else None,
        "history_change_reason": reason,
    }
    fields = {name: record._meta.get_field(name) for name in added}
    values = [fields[name].get_db_prep_save(value, connection) for name, value in added.items()]
    names = ", ".join(quote(field.column) for field in fields.values())
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    with connection.cursor() as cursor:
        for keys in _batches(rows):
            # All names are the models' own.
            cursor.execute(
                f"INSERT INTO {quote(record._meta.db_table)} ({columns}, {names}) "  # noqa: S608
                f"SELECT {columns}, %s, %s, %s, %s FROM {table} "
                f"WHERE {key} IN ({', '.join(['%s'] * len(keys))}) ORDER BY {key}",
                [*values, *keys],
            )


@cache
def _record(model: Any) -> Any:
    """The model of a model's history; asking for it makes a class of a manager each time."""
    return model.history.model


def _batches(rows: Sequence[models.Model]) -> Iterator[list[Any]]:
    """The keys of rows, as many at a time as a statement takes."""
    for start in range(0, len(rows), BATCH):
        yield [row.pk for row in rows[start : start + BATCH]]
