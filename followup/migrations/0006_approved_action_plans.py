"""Which deviations have had their action plan approved, also those of earlier days."""

from django.db import migrations, models


def mark(apps, schema_editor):
    """Mark what stands beyond the approval, and what an event says was approved once."""
    deviations = apps.get_model("followup", "Deviation").objects
    events = apps.get_model("actionplan", "ChangeEvent").objects
    told = events.filter(target="followup.Deviation", detail__to="plan_approved")
    approved = deviations.filter(state="plan_approved") | deviations.filter(
        pk__in=told.values("target_id")
    )
    approved.update(is_plan_approved=True)


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0005_explained_answers"),
        ("actionplan", "0004_change_log_is_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="deviation",
            name="is_plan_approved",
            field=models.BooleanField(
                default=False, verbose_name="the action plan has been approved"
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
