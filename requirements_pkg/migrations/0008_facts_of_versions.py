"""The facts of each version beside its content, for those that are stored already as well.

PostgreSQL refuses to change a version (0002); its trigger stands aside while what was always true
of a version is written down, and nothing else is.
"""

from django.db import migrations, models

from requirements_pkg.facts import facts_of

TABLE = "requirements_pkg_packageversion"
TRIGGER = "requirements_pkg_version_is_immutable"
COLUMNS = {
    "title": models.TextField(default="", editable=False, verbose_name="title"),
    "listing": models.JSONField(default=dict, editable=False, verbose_name="facts for lists"),
    "codes": models.JSONField(
        default=list, editable=False, verbose_name="codes of the requirements"
    ),
    "outline": models.JSONField(default=dict, editable=False, verbose_name="goals and indicators"),
    "lessons": models.JSONField(default=list, editable=False, verbose_name="lessons taken in"),
    "matrix": models.JSONField(
        default=dict, editable=False, verbose_name="risks and their treatment"
    ),
}


def fill(apps, schema_editor):
    """One version at a time: its content may be large."""
    versions = apps.get_model("requirements_pkg", "PackageVersion").objects
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER {TRIGGER}")
    for pk in list(versions.order_by("pk").values_list("pk", flat=True)):
        facts = facts_of(versions.values_list("content", flat=True).get(pk=pk))
        versions.filter(pk=pk).update(**{name: getattr(facts, name) for name in COLUMNS})
    if on_postgresql:
        schema_editor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER {TRIGGER}")


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0007_history_of_links")]

    operations = [
        *(
            migrations.AddField(model_name="packageversion", name=name, field=column)
            for name, column in COLUMNS.items()
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
