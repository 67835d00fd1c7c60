"""An index of the texts that the list of the admin is searched for, on PostgreSQL.

Only PostgreSQL has it, and only where its extension pg_trgm is at hand, as in Debian's packages and
in the official image. Everywhere else a list is searched row by row, and finds the same.
"""

from django.db import migrations

from actionplan.migrations._statements import RunStatements

# As Django writes `icontains`. Whoever may not add the extension goes without.
ADD = """
    DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
            CREATE EXTENSION IF NOT EXISTS pg_trgm;
            CREATE INDEX IF NOT EXISTS requirement_searched ON requirements_pkg_requirement USING gin (
                upper(code::text) gin_trgm_ops,
                upper(title::text) gin_trgm_ops,
                upper(text::text) gin_trgm_ops
            );
        END IF;
    EXCEPTION WHEN insufficient_privilege OR undefined_object THEN NULL;
    END $$
    """
REMOVE = "DROP INDEX IF EXISTS requirement_searched"


def add(schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def remove(schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE)


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0004_search_synonyms")]

    operations = [RunStatements(add, remove)]
