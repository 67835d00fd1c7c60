"""An event more: an import that was taken back.

SQLite builds the table anew for it and drops its guard, which is set up again.
"""

from importlib import import_module

from django.db import migrations, models

from actionplan.migrations._guards import guarding
from actionplan.migrations._statements import RunStatements

# The guard of people looks into the table, too.
LOGS = import_module("actionplan.migrations.0004_logs_are_append_only")
ON = guarding((*LOGS.GUARDS, *LOGS.PEOPLE))
OFF = RunStatements(ON.off, ON.on)


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0004_logs_are_append_only"),
    ]

    operations = [
        OFF,
        migrations.RemoveConstraint(
            model_name="changeevent",
            name="actionplan_changeevent_kind_is_known",
        ),
        migrations.AlterField(
            model_name="changeevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("imported", "imported"),
                    ("requested", "sent for approval"),
                    ("returned", "returned"),
                    ("published", "published"),
                    ("withdrawn", "withdrawn"),
                    ("confirmed", "reviewed and confirmed"),
                    ("restored", "withdrawal undone"),
                    ("included", "module included"),
                    ("excluded", "module removed"),
                    ("submitted", "submitted"),
                    ("approved", "approved"),
                    ("locked", "locked"),
                    ("unlocked", "unlocked"),
                    ("planned", "planned"),
                    ("advanced", "moved to the next step"),
                    ("reviewed", "reviewed for secrecy"),
                    ("taken_in", "incorporated"),
                    ("declined", "declined"),
                    ("person_added", "person added"),
                    ("person_changed", "person changed"),
                    ("person_removed", "person removed"),
                    ("deactivated", "deactivated"),
                    ("activated", "activated"),
                    ("role_given", "role given"),
                    ("role_taken", "role taken away"),
                    ("link_sent", "password link sent"),
                    ("password_set", "password set by another"),
                    ("factors_removed", "second step of the log-in removed"),
                    ("invited", "invited"),
                    ("invitation_cancelled", "invitation cancelled"),
                    ("invitation_accepted", "invitation accepted"),
                    ("closed", "closed"),
                    ("reopened", "opened again"),
                    ("period_started", "next period started"),
                    ("period_undone", "next period taken back"),
                    ("import_undone", "import undone"),
                    ("carried_decided", "decided on what was carried over"),
                ],
                max_length=20,
                verbose_name="what",
            ),
        ),
        migrations.AddConstraint(
            model_name="changeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "imported",
                            "requested",
                            "returned",
                            "published",
                            "withdrawn",
                            "confirmed",
                            "restored",
                            "included",
                            "excluded",
                            "submitted",
                            "approved",
                            "locked",
                            "unlocked",
                            "planned",
                            "advanced",
                            "reviewed",
                            "taken_in",
                            "declined",
                            "person_added",
                            "person_changed",
                            "person_removed",
                            "deactivated",
                            "activated",
                            "role_given",
                            "role_taken",
                            "link_sent",
                            "password_set",
                            "factors_removed",
                            "invited",
                            "invitation_cancelled",
                            "invitation_accepted",
                            "closed",
                            "reopened",
                            "period_started",
                            "period_undone",
                            "import_undone",
                            "carried_decided",
                        ],
                    )
                ),
                name="actionplan_changeevent_kind_is_known",
                violation_error_message="The event is of an unknown kind. Choose one of the options.",
            ),
        ),
        ON,
    ]
