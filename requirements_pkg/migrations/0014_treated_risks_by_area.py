"""The facts of a version tell how many risks are treated, area by area and cell by cell.

`requirements_pkg.published.stored_facts` fills the table again after the migration.
"""

from django.db import migrations, models

EMPTY = "DELETE FROM requirements_pkg_versionfacts"


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0013_more_search_synonyms")]

    operations = [
        migrations.RunSQL(EMPTY, EMPTY),
        migrations.AddField(
            model_name="versionfacts",
            name="covered",
            field=models.JSONField(
                blank=True, default=list, verbose_name="risks and their treatment by area"
            ),
            preserve_default=False,
        ),
    ]
