"""Rows made, changed and removed by the many, and told in the log, each by a few statements.

Others wait while this runs, so rows are written as tuples.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from django.db import connection, models

from actionplan.database import bulk_tuples
from actionplan.django_edges import AnyField
from actionplan.models import ChangeLog, User
from actionplan.models.change_log import NO_REASON
from actionplan.models.logged import added, changed, known_values, removed
from actionplan.models.written import keep_typed

BATCH: Final = 500
# An enumeration is not, though its members are texts.
PLAIN: Final = frozenset((str, int, bool, date, datetime, Decimal, UUID, type(None)))


def make(
    model: type[models.Model],
    rows: Iterable[models.Model],
    *,
    by: User | None,
    reason: str = NO_REASON,
) -> None:
    """Store new rows of a model; call it in a transaction.

    Args:
        by: whoever is logged in, where it is not said.
        reason: why, for the log.
    """
    made = list(rows)
    keep_typed(model, made)
    _insert(model, made)
    ChangeLog.objects.write(model, added(made), by=by, reason=reason)


def change(
    model: type[models.Model],
    rows: Iterable[models.Model],
    fields: Iterable[str],
    *,
    by: User | None,
    reason: str = NO_REASON,
) -> None:
    """Store these fields of rows that are there.

    Args:
        by: whoever is logged in, where it is not said.
        reason: why, for the log.
    """
    written, names = list(rows), list(fields)
    keep_typed(model, written, names)
    stored = known_values(model, written, names)
    update(model, written, names)
    ChangeLog.objects.write(model, changed(written, names, stored), by=by, reason=reason)


def remove(model: type[models.Model], rows: Iterable[models.Model], *, by: User | None) -> None:
    """Delete rows of a model that nothing points at.

    Args:
        by: whoever is logged in, where it is not said.
    """
    keys = [row.pk for row in rows]
    ChangeLog.objects.write(model, removed(model, keys), by=by)
    for start in range(0, len(keys), BATCH):
        batch = model._base_manager.filter(pk__in=keys[start : start + BATCH])
        # An ordinary delete asks first what goes along.
        batch._raw_delete(batch.db)


def _insert(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Write rows as tuples, under keys that are taken first: rows may point at each other."""
    new = [row for row in rows if row.pk is None]
    for row, key in zip(new, bulk_tuples.next_keys(model, len(new)), strict=True):
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
    bulk_tuples.insert(model, [field.name for field in fields], zip(*columns, strict=True))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
        row.is_stored()


def _plain(field: AnyField, values: list[object]) -> list[object]:
    """Return the values of a column, in kinds that a database knows."""
    if set(map(type, values)) <= PLAIN:
        return values
    return [field.get_prep_value(value) for value in values]


def update(model: Any, rows: Sequence[Any], names: Iterable[str]) -> None:
    """Store fields of rows, and tell nobody.

    One prepared statement for all rows: the CASE of a bulk_update costs ten times as much.
    """
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
    for row in rows:
        row.is_stored([field.name for field in fields])
