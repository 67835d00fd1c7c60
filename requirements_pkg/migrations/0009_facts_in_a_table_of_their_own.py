"""The facts of versions in a table that may be filled at any time: what is published stands.

`requirements_pkg.published.stored_facts` fills it after the migration.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0008_facts_of_versions")]

    operations = [
        migrations.CreateModel(
            name="VersionFacts",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="facts",
                        serialize=False,
                        to="requirements_pkg.packageversion",
                        verbose_name="version",
                    ),
                ),
                ("title", models.TextField(blank=True, verbose_name="title")),
                ("listing", models.JSONField(blank=True, verbose_name="facts for lists")),
                ("codes", models.JSONField(blank=True, verbose_name="codes of the requirements")),
                ("outline", models.JSONField(blank=True, verbose_name="goals and indicators")),
                ("lessons", models.JSONField(blank=True, verbose_name="incorporated lessons")),
                ("matrix", models.JSONField(blank=True, verbose_name="risks and their treatment")),
            ],
            options={
                "verbose_name": "facts of a version",
                "verbose_name_plural": "facts of versions",
            },
        ),
        *(
            migrations.RemoveField(model_name="packageversion", name=name)
            for name in ("title", "listing", "codes", "outline", "lessons", "matrix")
        ),
    ]
