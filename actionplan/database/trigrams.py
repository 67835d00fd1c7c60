"""Indexes for the searches of lists: which rows have some letters anywhere in a text.

Only PostgreSQL has them, and only where its extension pg_trgm is at hand, as in Debian's packages
and in the official image. Everywhere else a list is searched row by row, and finds the same.
"""

from typing import Any, Final

from django.db import migrations

# As Django writes `icontains`. Whoever may not add the extension goes without.
ADD: Final = """
    DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
            CREATE EXTENSION IF NOT EXISTS pg_trgm;
            CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin ({columns});
        END IF;
    EXCEPTION WHEN insufficient_privilege OR undefined_object THEN NULL;
    END $$
    """
REMOVE: Final = "DROP INDEX IF EXISTS {name}"


def trigram_index(name: str, table: str, *columns: str) -> migrations.RunPython:
    """Add an index of texts that are searched together, as an operation of a migration."""
    told = ", ".join(f"upper({column}::text) gin_trgm_ops" for column in columns)

    def run(statement: str) -> Any:
        def on_postgresql(_apps: Any, schema_editor: Any) -> None:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(statement)

        return on_postgresql

    return migrations.RunPython(
        run(ADD.format(name=name, table=table, columns=told)), run(REMOVE.format(name=name))
    )
