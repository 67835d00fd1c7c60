"""Both databases let no two reporting periods of a plan overlap, whoever writes them.

That two begin on the same day is told by a rule of the model, which comes first.
"""

from django.db import migrations

from actionplan.migrations._statements import RunStatements

TABLE = "followup_reportingperiod"
NAME = f"{TABLE}_apart"
SENTENCE = "Reporting periods of a plan do not overlap."
# ruff: noqa: S608 - the names are our own.
OVERLAPS = f"""EXISTS (
    SELECT 1 FROM {TABLE} AS other
        WHERE other.plan_id = NEW.plan_id AND other.id IS NOT NEW.id
            AND other.first_day <> NEW.first_day
            AND other.first_day <= NEW.last_day AND other.last_day >= NEW.first_day
)"""
ON_SQLITE = [
    f"CREATE TRIGGER {NAME}_{kind} BEFORE {kind} ON {TABLE} WHEN {OVERLAPS} "
    f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    for kind in ("insert", "update")
]
OFF_SQLITE = [f"DROP TRIGGER {NAME}_{kind}" for kind in ("insert", "update")]
# The plan as a range of one number: without an extension, gist knows no other equality.
ON_POSTGRESQL = [
    f"""
    ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} EXCLUDE USING gist (
        int8range(plan_id, plan_id, '[]') WITH &&,
        daterange(first_day, last_day, '[]') WITH &&
    )
    """
]
OFF_POSTGRESQL = [f"ALTER TABLE {TABLE} DROP CONSTRAINT {NAME}"]


def on(schema_editor):
    is_file = schema_editor.connection.vendor == "sqlite"
    for statement in ON_SQLITE if is_file else ON_POSTGRESQL:
        schema_editor.execute(statement)


def off(schema_editor):
    is_file = schema_editor.connection.vendor == "sqlite"
    for statement in OFF_SQLITE if is_file else OFF_POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("followup", "0003_what_is_decided_stands")]

    operations = [RunStatements(on, off)]
