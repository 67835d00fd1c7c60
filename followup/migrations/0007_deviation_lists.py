"""The list of deviations in order of state or severity, either way: a nation has 65 000."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0006_approved_action_plans")]

    operations = [
        migrations.AddIndex(
            model_name="deviation",
            index=models.Index(fields=[*columns, "due_on", "id"], name=name),
        )
        for name, *columns in (
            ("deviation_state", "state"),
            ("deviation_state_back", "-state"),
            ("deviation_severity", "severity"),
            ("deviation_severity_back", "-severity"),
        )
    ]
