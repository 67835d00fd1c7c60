"""Indexes in the order of the lists, which the admin of a whole nation reads fifty rows of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0007_people_by_role"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="changeevent",
            index=models.Index(fields=["-at", "-id"], name="event_newest"),
        ),
    ]
