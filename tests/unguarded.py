"""Takes the guards of the database away for a while: between tests everything goes.

The application has no such way. On PostgreSQL only who owns a table can do it, on SQLite only who
has the file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_stands_%'"
POSTGRESQL = """
    SELECT tgname, tgrelid::regclass::text FROM pg_trigger
        WHERE NOT tgisinternal AND tgname LIKE '%\\_stands%'
"""
flush = BaseDatabaseOperations.execute_sql_flush


# No table is altered while something of it waits for the end of the transaction.
NOTHING_WAITS = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"


@contextmanager
def unguarded() -> Iterator[None]:
    """Let rows be changed that nobody may change."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if is_sqlite else POSTGRESQL)
        rows = cursor.fetchall()
        if not is_sqlite:
            cursor.execute(NOTHING_WAITS)
        for name, what in rows:
            off = f"ALTER TABLE {what} DISABLE TRIGGER {name}"
            cursor.execute(f"DROP TRIGGER {name}" if is_sqlite else off)
    yield
    with connection.cursor() as cursor:
        if not is_sqlite:
            cursor.execute(NOTHING_WAITS)
        for name, what in rows:
            cursor.execute(what if is_sqlite else f"ALTER TABLE {what} ENABLE TRIGGER {name}")


def flush_unguarded(operations: Any, sql_list: list[str]) -> None:
    """Empty all tables, as Django does it between tests that commit."""
    with unguarded():
        flush(operations, sql_list)


BaseDatabaseOperations.execute_sql_flush = flush_unguarded
