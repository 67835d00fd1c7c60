"""Whether anybody has written anything since: what was worked out in between then still holds.

What takes time is worked out while nobody waits. Whoever then holds the rows to write them asks
for the mark again, which costs one statement however much was read.

Where somebody wrote, rows can be asked whether it was they (`row_marks`), which reads no text.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import BigIntegerField, Count, Func, Sum, TextField
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from actionplan.django_edges import AnyRows, Handed, TupleRows

# How often something is worked out anew because somebody else wrote meanwhile.
ATTEMPTS: Final = 3
# SQLite counts what other connections have committed, and what this one has changed. A snapshot of
# PostgreSQL names the transactions that are through: one that wrote in between is among them.
MARKS: Final = {
    "sqlite": "SELECT data_version, total_changes() FROM pragma_data_version",
    "postgresql": "SELECT pg_current_snapshot()::text",
}
# Another database, or the same put back from a copy, may have come to the same numbers.
SHARED: Final = (
    "SELECT current_database(), pg_postmaster_start_time()::text, pg_current_snapshot()::text"
)
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


@dataclass(frozen=True, slots=True)
class SharedMark:
    """A mark as every connection has it, and of which database since it was last started."""

    database: Mark
    written: str


def shared_mark() -> SharedMark | None:
    """Read a mark for what a process remembers for all its threads.

    None on SQLite, where each connection counts for itself, and in a transaction.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute(SHARED)
        *database, written = cursor.fetchone()
    return SharedMark(tuple(database), written)


class RowMark(Func):
    """What is another once a row was written, by any column of it; 0 of a row that is not there.

    PostgreSQL keeps with each row the transaction that wrote it last. No two have one number, and
    others see a transaction once it is through, so that a row never comes back to a mark. What is
    summed up are hashes: a sum of numbers might be that of others.
    """

    output_field = BigIntegerField()

    # Nothing of a function's own is written: neither its name nor how it joins what it is given.
    def as_sql(
        self, compiler: SQLCompiler, connection: object, *_given: Handed, **_context: Handed
    ) -> Any:
        """Write it for the table that the column is of."""
        (column,) = self.get_source_expressions()
        table = compiler.quote_name_unless_alias(column.alias)
        return f"COALESCE(HASHTEXTEXTENDED({table}.xmin::text, 0), 0)", ()


def row_marks(rows: AnyRows, key: str, *columns: str) -> TupleRows:
    """Return by a key how many rows there are, and by table what is another once one was written.

    Args:
        rows: those that are asked.
        key: what they are grouped by.
        columns: one of each table whose rows are asked.
    """
    marks = {
        f"mark_{at}": Cast(Sum(RowMark(column)), TextField()) for at, column in enumerate(columns)
    }
    grouped = rows.order_by().values(key).annotate(rows=Count("*"), **marks)
    sums: TupleRows = grouped.values_list(key, "rows", *marks)
    return sums


def _read() -> Mark:
    with connection.cursor() as cursor:
        cursor.execute(MARKS[connection.vendor])
        row: Mark = cursor.fetchone()
    return row
