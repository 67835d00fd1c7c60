"""Empty the facts of versions, which tell the coverage of each cell now; they are made anew."""

from django.db import migrations


def forget(apps, _schema_editor):
    apps.get_model("requirements_pkg", "VersionFacts").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0009_facts_in_a_table_of_their_own")]

    operations = [migrations.RunPython(forget, forget)]
