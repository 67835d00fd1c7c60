"""Where the baseline of an indicator comes from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0006_invitations"),
    ]

    operations = [
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
    ]
