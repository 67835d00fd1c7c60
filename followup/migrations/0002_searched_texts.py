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
            CREATE INDEX IF NOT EXISTS reading_searched ON followup_indicatorreading USING gin (
                upper(comment::text) gin_trgm_ops
            );
            CREATE INDEX IF NOT EXISTS follow_up_searched ON followup_followup USING gin (
                upper(contract_reference::text) gin_trgm_ops,
                upper(supplier::text) gin_trgm_ops
            );
        END IF;
    EXCEPTION WHEN insufficient_privilege OR undefined_object THEN NULL;
    END $$
    """
REMOVE = "DROP INDEX IF EXISTS reading_searched; DROP INDEX IF EXISTS follow_up_searched"


def add(schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def remove(schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE)


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_contracts_use_and_follow_ups")]

    operations = [RunStatements(add, remove)]
