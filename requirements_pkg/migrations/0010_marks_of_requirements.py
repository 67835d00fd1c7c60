"""The facts of a version mark each requirement, so that its history is found without contents.

`requirements_pkg.published.stored_facts` fills the table again after the migration.
"""

from django.db import migrations, models

EMPTY = "DELETE FROM requirements_pkg_versionfacts"


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0009_facts_in_a_table_of_their_own")]

    operations = [
        migrations.RunSQL(EMPTY, EMPTY),
        migrations.RemoveField(model_name="versionfacts", name="codes"),
        migrations.AddField(
            model_name="versionfacts",
            name="requirements",
            field=models.JSONField(
                blank=True, default=dict, verbose_name="marks of the requirements"
            ),
            preserve_default=False,
        ),
    ]
