"""The change log tells of reading, too; and both databases let nobody change what the logs tell.

Takes the place of the trigger of PostgreSQL alone, which a TRUNCATE passed by.
"""

from importlib import import_module

from django.db import migrations, models

from actionplan.migrations._guards import Guard, guarding

before = import_module("actionplan.migrations.0004_change_log_is_append_only")
SENTENCE = "The change log is only ever added to."
# Who read what is about people at work: it may go after five years. What was changed never goes.
READING = "OLD.kind IN ('read', 'exported') AND OLD.at < "
GUARDS = (
    Guard(
        "actionplan_changelog",
        SENTENCE,
        may_remove=f"{READING} now() - interval '5 years'",
        may_remove_on_sqlite=f"{READING} datetime('now', '-5 years')",
    ),
    Guard("actionplan_changeevent", SENTENCE),
)
KINDS = [
    ("added", "added"),
    ("changed", "changed"),
    ("removed", "removed"),
    ("read", "read"),
    ("exported", "taken out"),
]
KIND = "actionplan_changelog_kind_is_known"
INDEXES = {
    "change_at": ["at"],
    "change_of_plan": ["plan"],
    "change_of_person": ["by_name"],
}


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0006_areas_of_sub_goals")]

    operations = [
        migrations.RunPython(before.run(before.DROP), before.run(before.ADD)),
        # Before the guards: on SQLite some of these build the table anew.
        migrations.RemoveConstraint("changelog", KIND),
        migrations.AlterField(
            "changelog",
            "kind",
            models.CharField(choices=KINDS, max_length=10, verbose_name="what"),
        ),
        migrations.AddConstraint(
            "changelog",
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _label in KINDS]),
                name=KIND,
                violation_error_message="Choose added, changed, removed, read or taken out.",
            ),
        ),
        *(
            migrations.AddIndex("changelog", models.Index(fields=fields, name=name))
            for name, fields in INDEXES.items()
        ),
        guarding(GUARDS),
    ]
