"""A statement that an import kept, though the document no longer has it, is marked as such."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("risks", "0004_national_size"),
    ]

    operations = [
        migrations.AddField(
            name,
            "is_kept",
            models.BooleanField(default=False, editable=False, verbose_name="kept"),
        )
        for name in ("historicalriskstatement", "riskstatement")
    ]
