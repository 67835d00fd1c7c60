"""Indexes for what public pages count of a nation: deviations by state, readings of the country."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0002_national_size")]

    operations = [
        migrations.AlterField(
            model_name="deviation",
            name="follow_up",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deviations",
                to="followup.followup",
                verbose_name="follow-up",
            ),
        ),
        migrations.AddIndex(
            model_name="deviation",
            index=models.Index(fields=["follow_up", "state"], name="deviation_of_follow_up"),
        ),
        migrations.AddIndex(
            model_name="indicatorreading",
            index=models.Index(
                condition=models.Q(organisation__isnull=True),
                fields=["indicator"],
                name="reading_of_country",
            ),
        ),
    ]
