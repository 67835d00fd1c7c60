"""Indexes in the order of the lists, which the admin of a whole nation reads fifty rows of."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0006_events_of_follow_up"),
        ("followup", "0001_follow_up"),
        ("requirements_pkg", "0007_history_of_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="deviation",
            index=models.Index(fields=["due_on", "id"], name="deviation_due"),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(fields=["planned_for", "id"], name="follow_up_planned"),
        ),
        migrations.AddIndex(
            model_name="indicatorreading",
            index=models.Index(fields=["-as_of", "-id"], name="reading_newest"),
        ),
        migrations.AddIndex(
            model_name="lesson",
            index=models.Index(fields=["-written_at", "-id"], name="lesson_newest"),
        ),
    ]
