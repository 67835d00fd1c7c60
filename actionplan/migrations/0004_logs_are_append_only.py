"""Both databases let nobody change, take away or empty what the logs tell, or who did it."""

from django.db import migrations

from actionplan.migrations._guards import Guard, guarding

SENTENCE = "The change log is only ever added to."
# Who read what is about people at work: it may go after five years. What was changed never goes.
READING = "OLD.kind IN ('read', 'exported') AND OLD.at < "
TRACES = (
    "EXISTS (SELECT 1 FROM actionplan_changelog WHERE by_name = OLD.username AND by_id = OLD.id) "
    "OR EXISTS (SELECT 1 FROM actionplan_changeevent WHERE actor = OLD.username)"
)
GUARDS = (
    Guard(
        "actionplan_changelog",
        SENTENCE,
        may_remove=f"{READING} now() - interval '5 years'",
        may_remove_on_sqlite=f"{READING} datetime('now', '-5 years')",
    ),
    Guard("actionplan_changeevent", SENTENCE),
)
PEOPLE = (
    Guard(
        "actionplan_user",
        "Whoever has done something is deactivated, not deleted.",
        may_change="TRUE",
        may_remove=f"NOT ({TRACES})",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0003_cache_table")]

    operations = [guarding((*GUARDS, *PEOPLE))]
