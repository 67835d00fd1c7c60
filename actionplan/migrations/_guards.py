"""Tables of which the database itself lets nobody change what stands there.

It stands with the migrations because, from the first release on, it is no more changed than they.
On SQLite a later change of such a table (AlterField, AddField) builds it anew and silently drops the
triggers: a migration that does so has to guard the table again. A test sees that all are there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

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
