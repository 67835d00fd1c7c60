"""Columns for the facts of each version beside its content."""

from django.db import migrations, models

COLUMNS = {
    "title": models.TextField(default="", editable=False, verbose_name="title"),
    "listing": models.JSONField(default=dict, editable=False, verbose_name="facts for lists"),
    "codes": models.JSONField(
        default=list, editable=False, verbose_name="codes of the requirements"
    ),
    "outline": models.JSONField(default=dict, editable=False, verbose_name="goals and indicators"),
    "lessons": models.JSONField(default=list, editable=False, verbose_name="incorporated lessons"),
    "matrix": models.JSONField(
        default=dict, editable=False, verbose_name="risks and their treatment"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0007_history_of_links")]

    operations = [
        migrations.AddField(model_name="packageversion", name=name, field=column)
        for name, column in COLUMNS.items()
    ]
