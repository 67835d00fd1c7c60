"""Tables of which the database itself lets nobody change what stands there.

It stands with the migrations because, from the first release on, it is no more changed than they.
On SQLite a later change of a table (AlterField, AddField) builds it anew: its triggers are dropped
silently, and one of another table that reads it stops the change. `keeping_triggers` is for both.
A test sees that all are there.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.migrations.operations.base import Operation

from actionplan.migrations._statements import RunStatements


@dataclass(frozen=True)
class Guard:
    """A table, what is said to whoever tries, and which changes are let through.

    `may_change` and `may_remove` are conditions in SQL on OLD and, of a change, on NEW.
    """

    table: str
    sentence: str
    may_change: str = "FALSE"
    may_remove: str = "FALSE"
    # Where SQLite says it in other words.
    may_remove_on_sqlite: str = ""

    @property
    def name(self) -> str:
        """What its function and its triggers begin with."""
        return f"{self.table}_stands"

    def on_postgresql(self) -> list[str]:
        """Return the statements that guard the table, TRUNCATE included."""
        return [
            f"""
            CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF {self.may_change} THEN RETURN NEW; END IF;
                ELSIF TG_OP = 'DELETE' THEN
                    IF {self.may_remove} THEN RETURN OLD; END IF;
                END IF;
                RAISE EXCEPTION '{self.sentence}'
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"""
            CREATE TRIGGER {self.name} BEFORE UPDATE OR DELETE ON {self.table}
                FOR EACH ROW EXECUTE FUNCTION {self.name}()
            """,
            f"""
            CREATE TRIGGER {self.name}_whole BEFORE TRUNCATE ON {self.table}
                FOR EACH STATEMENT EXECUTE FUNCTION {self.name}()
            """,
        ]

    def off_postgresql(self) -> list[str]:
        """Return the statements that take the guard away."""
        return [
            f"DROP TRIGGER {self.name} ON {self.table}",
            f"DROP TRIGGER {self.name}_whole ON {self.table}",
            f"DROP FUNCTION {self.name}()",
        ]

    def on_sqlite(self) -> list[str]:
        """Return the statements that guard the table.

        A row that replaces another removes it: the settings have `recursive_triggers` on.
        """
        may_remove = self.may_remove_on_sqlite or self.may_remove
        tries = {
            "update": f"UPDATE ON {self.table} WHEN NOT ({self.may_change})",
            "delete": f"DELETE ON {self.table} WHEN NOT ({may_remove})",
        }
        return [
            f"CREATE TRIGGER {self.name}_{kind} BEFORE {what} "
            f"BEGIN SELECT RAISE(ABORT, '{self.sentence}'); END"
            for kind, what in tries.items()
        ]

    def off_sqlite(self) -> list[str]:
        """Return the statements that take the guard away."""
        return [f"DROP TRIGGER {self.name}_{kind}" for kind in ("update", "delete")]


def guarding(guards: Sequence[Guard]) -> RunStatements:
    """Return the operation that guards tables."""

    def on(schema_editor: Any) -> None:
        _run(schema_editor, guards, Guard.on_postgresql, Guard.on_sqlite)

    def off(schema_editor: Any) -> None:
        _run(schema_editor, guards, Guard.off_postgresql, Guard.off_sqlite)

    return RunStatements(on, off)


class KeptTriggers:
    """The triggers on a table, and those that read it, while SQLite builds it anew."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.statements: dict[str, str] = {}

    def lift(self, schema_editor: Any) -> None:
        """Take the triggers away, and remember how they are made."""
        if schema_editor.connection.vendor != "sqlite":
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
            rows = cursor.fetchall()
        reads = re.compile(rf"\b{self.table}\b")
        self.statements = {
            name: sql for name, table, sql in rows if table == self.table or reads.search(sql)
        }
        for name in self.statements:
            schema_editor.execute(f"DROP TRIGGER {name}")

    def put_back(self, schema_editor: Any) -> None:
        """Make them again."""
        for statement in self.statements.values():
            # Their percent signs are no places for values.
            schema_editor.execute(statement, None)


def keeping_triggers(table: str, *operations: Operation) -> list[Operation]:
    """Return operations that change a table, in the middle of what keeps its triggers on SQLite."""
    kept = KeptTriggers(table)
    return [
        RunStatements(kept.lift, kept.put_back),
        *operations,
        RunStatements(kept.put_back, kept.lift),
    ]


def _run(
    schema_editor: Any,
    guards: Sequence[Guard],
    postgresql: Callable[[Guard], list[str]],
    sqlite: Callable[[Guard], list[str]],
) -> None:
    of_vendor = {"postgresql": postgresql, "sqlite": sqlite}[schema_editor.connection.vendor]
    for guard in guards:
        for statement in of_vendor(guard):
            schema_editor.execute(statement)
