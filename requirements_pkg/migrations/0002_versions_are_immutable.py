"""PostgreSQL itself refuses to change or delete a published version.

Only there: on SQLite a later change of the table would silently drop the trigger, and Django's
test flush deletes row by row; the guards in the model hold on both.
"""

from django.db import migrations

ADD = """
CREATE FUNCTION requirements_pkg_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A published version is never changed or deleted.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER requirements_pkg_version_is_immutable
    BEFORE UPDATE OR DELETE ON requirements_pkg_packageversion
    FOR EACH ROW EXECUTE FUNCTION requirements_pkg_refuse_change();
"""
DROP = """
DROP TRIGGER requirements_pkg_version_is_immutable ON requirements_pkg_packageversion;
DROP FUNCTION requirements_pkg_refuse_change();
"""


def run(sql):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0001_initial")]

    operations = [migrations.RunPython(run(ADD), run(DROP))]
