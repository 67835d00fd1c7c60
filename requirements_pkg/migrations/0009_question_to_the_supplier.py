"""Keep what a supplier is asked about a requirement."""

from django.db import migrations, models

from actionplan.migrations._guards import keeping_triggers


class Migration(migrations.Migration):
    dependencies = [
        ("requirements_pkg", "0008_consulted_drafts_stand"),
    ]

    operations = keeping_triggers(
        "requirements_pkg_requirement",
        migrations.AddField(
            model_name="requirement",
            name="supplier_question",
            field=models.TextField(
                blank=True,
                help_text=(
                    "What the supplier is asked in a follow-up. Fields of the requirement text"
                    " are filled in with the contract's values: [number of weeks]."
                ),
                max_length=8000,
                verbose_name="question to the supplier",
            ),
        ),
    )
