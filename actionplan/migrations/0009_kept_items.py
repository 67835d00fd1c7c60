"""What an import keeps although the document no longer has it tells the number that it had."""

from django.db import migrations, models

MODELS = ["goal", "indicator", "productarea", "subgoal"]


def former_number() -> models.CharField:
    return models.CharField(
        blank=True,
        editable=False,
        help_text="The number it had in the plan's document, which no longer contains it.",
        max_length=20,
        verbose_name="former number",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0008_national_size"),
    ]

    operations = [
        migrations.AddField(name, "former_number", former_number())
        for model in MODELS
        for name in (model, f"historical{model}")
    ]
