"""PostgreSQL keeps the text of each content beside it, and makes it itself.

Only there, where a content is kept in parts that are put together at each reading; SQLite keeps
texts. No model knows the column: nobody writes it, and who asks for a version does not read it.
"""

from django.db import migrations

ADD = """
ALTER TABLE requirements_pkg_packageversion
    ADD COLUMN content_text text GENERATED ALWAYS AS (content::text) STORED
"""
DROP = "ALTER TABLE requirements_pkg_packageversion DROP COLUMN content_text"


def run(sql):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0005_searched_texts")]

    operations = [migrations.RunPython(run(ADD), run(DROP))]
