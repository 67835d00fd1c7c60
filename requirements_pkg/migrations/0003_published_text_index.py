"""The index of the words of published texts, made for each database.

PostgreSQL keeps the terms as a stored column with a GIN index. SQLite keeps them in a full-text
table that reads the texts from their own table, and three triggers that keep it up to date.
Neither takes the terms apart further: they are whole words, the same on both.

On SQLite a later change of the table (AlterField, AddField) builds it anew and silently drops the
triggers; a migration that does so has to run these statements again.
"""

# ruff: noqa: S608 - nothing is put into the statements but the name below.
from django.db import migrations

from actionplan.migrations._statements import RunStatements

TABLE = "requirements_pkg_publishedtext"
POSTGRESQL = (
    (
        f"""
        ALTER TABLE {TABLE} ADD COLUMN lexemes tsvector
            GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(terms), ' '))) STORED
        """,
        f"CREATE INDEX requirements_pkg_publishedtext_lexemes ON {TABLE} USING gin (lexemes)",
    ),
    # The index goes with its column.
    (f"ALTER TABLE {TABLE} DROP COLUMN lexemes",),
)
SQLITE = (
    (
        f"""
        CREATE VIRTUAL TABLE {TABLE}_terms USING fts5(
            terms, content='{TABLE}', content_rowid='id',
            tokenize='ascii', detail='none', columnsize=0
        )
        """,
        f"INSERT INTO {TABLE}_terms ({TABLE}_terms) VALUES ('rebuild')",
        f"""
        CREATE TRIGGER {TABLE}_terms_insert AFTER INSERT ON {TABLE} BEGIN
            INSERT INTO {TABLE}_terms (rowid, terms) VALUES (new.id, new.terms);
        END
        """,
        f"""
        CREATE TRIGGER {TABLE}_terms_delete AFTER DELETE ON {TABLE} BEGIN
            INSERT INTO {TABLE}_terms ({TABLE}_terms, rowid, terms)
                VALUES ('delete', old.id, old.terms);
        END
        """,
        f"""
        CREATE TRIGGER {TABLE}_terms_update AFTER UPDATE ON {TABLE} BEGIN
            INSERT INTO {TABLE}_terms ({TABLE}_terms, rowid, terms)
                VALUES ('delete', old.id, old.terms);
            INSERT INTO {TABLE}_terms (rowid, terms) VALUES (new.id, new.terms);
        END
        """,
    ),
    (
        f"DROP TRIGGER {TABLE}_terms_update",
        f"DROP TRIGGER {TABLE}_terms_delete",
        f"DROP TRIGGER {TABLE}_terms_insert",
        f"DROP TABLE {TABLE}_terms",
    ),
)
STATEMENTS = {"postgresql": POSTGRESQL, "sqlite": SQLITE}


def run(direction):
    def on_each_database(schema_editor):
        for statement in STATEMENTS[schema_editor.connection.vendor][direction]:
            schema_editor.execute(statement)

    return on_each_database


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0002_versions_are_immutable")]

    operations = [RunStatements(run(0), run(1))]
