"""Corrective actions that are struck, with the reason."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0003_second_person_requests"),
    ]

    operations = [
        migrations.AddField(
            model_name="correctiveaction",
            name="struck_reason",
            field=models.TextField(
                blank=True,
                help_text="Only if the action will not be carried out. Confidential.",
                max_length=2000,
                verbose_name="why it is struck",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctiveaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_on__isnull", True), ("struck_reason", ""), _connector="OR"
                ),
                name="followup_correctiveaction_done_or_struck",
                violation_error_message="The action is both done and struck. Remove the date, or the reason why it is struck.",
            ),
        ),
    ]
