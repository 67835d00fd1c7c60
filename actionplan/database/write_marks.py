"""Whether anybody has written anything since: what was worked out in between then still holds.

What takes time is worked out while nobody waits. Whoever then holds the rows to write them asks
for the mark again, which costs one statement however much was read.
"""

from typing import Final

from django.db import connection

# How often something is worked out anew because somebody else wrote meanwhile.
ATTEMPTS: Final = 3
# SQLite counts what other connections have committed, and what this one has changed. A snapshot of
# PostgreSQL names the transactions that are through: one that wrote in between is among them.
MARKS: Final = {
    "sqlite": "SELECT data_version, total_changes() FROM pragma_data_version",
    "postgresql": "SELECT pg_current_snapshot()::text",
}
Mark = tuple[object, ...]


def mark() -> Mark | None:
    """Read the mark of the whole database now; ask before anything is read that is worked on.

    None in a transaction: what it has written itself does not show.
    """
    return None if connection.in_atomic_block else _read()


def is_as_it_was(before: Mark | None) -> bool:
    """Tell whether nobody has written since a mark; call it where the rows are held.

    Where this is false somebody may have written something else, and only the rows tell.
    """
    return before is not None and before == _read()


def _read() -> Mark:
    with connection.cursor() as cursor:
        cursor.execute(MARKS[connection.vendor])
        row: Mark = cursor.fetchone()
    return row
