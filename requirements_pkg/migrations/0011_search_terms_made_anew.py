"""The terms of published texts say more than before, so they are made anew.

`catch_up`, which an upgrade runs, makes them.
"""

from django.db import migrations


def empty(apps, schema_editor):
    for name in ("PublishedText", "VersionWords"):
        apps.get_model("requirements_pkg", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0010_marks_of_requirements")]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
