"""Rows written as tuples: no instance is made of them, and the database alone looks at them.

Django's own bulk insert takes five times as long.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, Final

from django.db import connection, models

Row = tuple[object, ...]
# So many values any SQLite takes in one statement.
PARAMETERS: Final = 999
# And so many almost any; where the rows are short, it saves statements.
MOST_OF_SHORT_ROWS: Final = 4 * PARAMETERS
# SQLite keeps these as texts; psycopg takes them as they are.
TEXTS: Final = (models.DateField, models.DecimalField, models.UUIDField)


def insert(
    model: type[models.Model], names: Iterable[str], rows: Iterable[Row], *, most: int = PARAMETERS
) -> None:
    """Store rows of a model, each as the values of these fields.

    Every column that has no default in the database is to be named, and of a foreign key the
    value is the key.

    Args:
        most: so many values are sent at once.
    """
    fields = [model._meta.get_field(name) for name in names]
    waiting = iter(_readied(fields, rows))
    # Where there is nothing to store, nothing is asked of the database.
    for first in waiting:
        insert_as_stored(model, fields, chain([first], waiting), most=most)


def next_keys(model: type[models.Model], number: int) -> Sequence[int]:
    """Return keys for so many new rows, which nobody else gets; call it in a transaction."""
    if not number:
        return ()
    table, key = model._meta.db_table, str(model._meta.pk.column)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [quote(table), key, number],
            )
            return [given for (given,) in cursor.fetchall()]
        # The transaction has the one write lock, and a key that was used never comes again.
        cursor.execute(
            f"SELECT max(coalesce((SELECT max({quote(key)}) FROM {quote(table)}), 0), "  # noqa: S608
            "coalesce((SELECT seq FROM sqlite_sequence WHERE name = %s), 0))",
            [table],
        )
        (last,) = cursor.fetchone()
    return range(last + 1, last + 1 + number)


def insert_as_stored(
    model: type[models.Model],
    fields: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    *,
    most: int = PARAMETERS,
) -> None:
    """Store rows whose values are what the columns of these fields hold already.

    Args:
        most: so many values are in memory at once, at the least those of one row.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(field.column) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django translates the errors of its own calls only.
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
            return
        # Many rows a statement: its end is what costs where a trigger fills a full-text index.
        limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        at_once = min(most, limit) // len(fields)
        waiting = iter(rows)
        while lot := list(islice(waiting, at_once)):
            stand_ins = f"({', '.join(['%s'] * len(fields))})"
            # Names of ours and no values of anybody's.
            sql = f"INSERT INTO {table} ({columns}) VALUES {', '.join([stand_ins] * len(lot))}"  # noqa: S608
            cursor.execute(sql, list(chain.from_iterable(lot)))


def _readied(fields: Sequence[object], rows: Iterable[Row]) -> Iterable[Row]:
    """Convert the rows to what the columns store."""
    prepared = [(at, _prepare(field)) for at, field in enumerate(fields) if _is_other(field)]
    if not prepared:
        return rows
    return (_with(row, prepared) for row in rows)


def _with(row: Row, prepared: list[tuple[int, Callable[[object], object]]]) -> Row:
    values = list(row)
    for at, prepare in prepared:
        values[at] = prepare(values[at])
    return tuple(values)


def _is_other(field: object) -> bool:
    """Tell whether the values of a column are kept as something else than what they are."""
    is_text = connection.vendor != "postgresql" and isinstance(field, TEXTS)
    return is_text or isinstance(field, models.JSONField)


def _prepare(field: Any) -> Callable[[object], object]:
    if isinstance(field, models.JSONField):
        # Either database takes JSON as a text.
        return partial(json.dumps, ensure_ascii=False)

    def prepare(value: object) -> object:
        return None if value is None else field.get_db_prep_save(value, connection)

    return prepare
