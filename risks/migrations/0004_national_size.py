"""Indexes in the order of the lists, which the admin of a whole nation reads fifty rows of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("risks", "0003_level_sources"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="riskstatement",
            index=models.Index(fields=["cell", "position", "id"], name="statement_in_order"),
        ),
    ]
