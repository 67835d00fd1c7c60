"""PostgreSQL itself refuses to change or take away what the change log says.

Only there: on SQLite a later change of the table would silently drop the trigger, and Django's
test flush deletes row by row; the guards in the model hold on both.
"""

from django.db import migrations

ADD = """
CREATE FUNCTION actionplan_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The change log is only ever added to.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER actionplan_changelog_is_append_only
    BEFORE UPDATE OR DELETE ON actionplan_changelog
    FOR EACH ROW EXECUTE FUNCTION actionplan_refuse_change();
"""
DROP = """
DROP TRIGGER actionplan_changelog_is_append_only ON actionplan_changelog;
DROP FUNCTION actionplan_refuse_change();
"""


def run(sql):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0003_cache_table")]

    operations = [migrations.RunPython(run(ADD), run(DROP))]
