"""What people said when a plan was imported is kept with the plan."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0009_kept_items"),
        ("risks", "0005_kept_statements"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportAnswers",
            fields=[
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="import_answers",
                        serialize=False,
                        to="actionplan.actionplan",
                        verbose_name="action plan",
                    ),
                ),
                ("given", models.JSONField(default=list, verbose_name="answers")),
            ],
            options={
                "verbose_name": "answers of imports",
                "verbose_name_plural": "answers of imports",
            },
        ),
    ]
