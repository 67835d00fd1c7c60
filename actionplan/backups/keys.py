"""The keys that a database gives next. One that was given once never comes again.

The log names rows that are gone by their keys, so that a new row must not get one of those.
"""

from django.db import connection
from django.db.backends.utils import CursorWrapper

from actionplan.backups.tables import BackupTable


def last_key(table: BackupTable) -> int | None:
    """Return the highest key that was given in a table; None where the database gives none."""
    if not table.counts_keys:
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                # A sequence of ours and no values of anybody's.
                f"SELECT last_value, is_called FROM {_sequence(cursor, table)}"  # noqa: S608
            )
            value, is_given = cursor.fetchone()
            return int(value) if is_given else int(value) - 1
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [_name(table)])
        return int((cursor.fetchone() or (0,))[0])


def go_on_after(table: BackupTable, key: int | None) -> None:
    """Have the database give the keys after this one; taken back with the transaction."""
    if key is None or not table.counts_keys:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Unlike `setval` a part of the transaction; the number is ours.
            cursor.execute(f"ALTER SEQUENCE {_sequence(cursor, table)} RESTART WITH {key + 1:d}")
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [_name(table)])
        cursor.execute(
            "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [_name(table), key]
        )


def _sequence(cursor: CursorWrapper, table: BackupTable) -> str:
    column = table.model._meta.pk.column
    quoted = connection.ops.quote_name(_name(table))
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted, column])
    return str(cursor.fetchone()[0])


def _name(table: BackupTable) -> str:
    return str(table.model._meta.db_table)
