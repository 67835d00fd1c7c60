"""Both databases let nobody change, take away or empty what the logs tell.

Takes the place of the trigger of PostgreSQL alone, which a TRUNCATE passed by.
"""

from importlib import import_module

from django.db import migrations

from actionplan.migrations._guards import Guard, guarding

before = import_module("actionplan.migrations.0004_change_log_is_append_only")
SENTENCE = "The change log is only ever added to."
GUARDS = (Guard("actionplan_changelog", SENTENCE), Guard("actionplan_changeevent", SENTENCE))


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0005_areas_of_sub_goals")]

    operations = [
        migrations.RunPython(before.run(before.DROP), before.run(before.ADD)),
        guarding(GUARDS),
    ]
