"""Events of the next period of a plan, and where the baseline of an indicator comes from."""

from importlib import import_module

from django.db import migrations, models

from actionplan.migrations._guards import guarding

# On SQLite a constraint of the log builds its table anew, and its triggers are dropped.
GUARDED = import_module("actionplan.migrations.0004_logs_are_append_only").GUARDS[1:]
GUARDING = guarding(GUARDED)


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0004_logs_are_append_only"),
    ]

    operations = [
        migrations.RunPython(GUARDING.reverse_code, GUARDING.code),
        migrations.RemoveConstraint(
            model_name="changeevent",
            name="actionplan_changeevent_kind_is_known",
        ),
        migrations.AddField(
            model_name="indicator",
            name="baseline_source",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Where the baseline comes from: a reading of the period before, a report.",
                max_length=200,
                verbose_name="source of the baseline",
            ),
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
                    ("closed", "closed"),
                    ("reopened", "opened again"),
                    ("period_started", "next period started"),
                    ("period_undone", "next period taken back"),
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
                            "closed",
                            "reopened",
                            "period_started",
                            "period_undone",
                            "carried_decided",
                        ],
                    )
                ),
                name="actionplan_changeevent_kind_is_known",
                violation_error_message="The event is of an unknown kind. Choose one of the options.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("baseline_source", ""), ("baseline__isnull", False), _connector="OR"
                ),
                name="actionplan_indicator_source_is_of_a_baseline",
                violation_error_message="Enter a baseline, or leave its source empty.",
            ),
        ),
        migrations.RunPython(GUARDING.code, GUARDING.reverse_code),
    ]
