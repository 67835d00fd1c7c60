"""Rows made, changed and removed by the many: each with its history, in a few statements.

Others wait while this runs, so no row of history passes through Python: the database copies it
from the row that it is about.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.db import connection, models
from django.utils import timezone

from actionplan.models import User

BATCH: Final = 500
NO_REASON: Final = ""
MADE, CHANGED, REMOVED = "+", "~", "-"


def make(
    model: Any, rows: Iterable[models.Model], *, by: User | None, reason: str = NO_REASON
) -> None:
    """Store new rows of a model.

    Args:
        by: whoever is logged in, where it is not said.
        reason: why, for the history.
    """
    made = list(rows)
    model._base_manager.bulk_create(made, batch_size=BATCH)
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


def fill(
    model: Any, rows: Iterable[models.Model], fields: Iterable[str], *, by: User | None
) -> None:
    """Store these fields of rows that were made just now, empty; their history begins here.

    Args:
        by: whoever is logged in, where it is not said.
    """
    filled = list(rows)
    _update(model, filled, fields)
    _tell(model, filled, MADE, by, NO_REASON)


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
    record, quote = model.history.model, connection.ops.quote_name
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


def _batches(rows: Sequence[models.Model]) -> Iterator[list[Any]]:
    """The keys of rows, as many at a time as a statement takes."""
    for start in range(0, len(rows), BATCH):
        yield [row.pk for row in rows[start : start + BATCH]]
