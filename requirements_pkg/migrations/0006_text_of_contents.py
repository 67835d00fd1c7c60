"""PostgreSQL keeps the text of each content beside it, and makes it itself.

Only there, where a content is kept in parts that are put together at each reading; SQLite keeps
texts. No model knows the column: nobody writes it, and who asks for a version does not read it. It
is packed by lz4 where the server knows that, which unpacks in a third less time than its own way.
"""

from django.db import migrations

from actionplan.migrations._statements import RunStatements

ADD = """
ALTER TABLE requirements_pkg_packageversion
    ADD COLUMN content_text text {packed} GENERATED ALWAYS AS (content::text) STORED
"""
KNOWS_LZ4 = """
SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'
"""
DROP = "ALTER TABLE requirements_pkg_packageversion DROP COLUMN content_text"


def add(schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(KNOWS_LZ4)
        # A server older than 14 has no such setting.
        knows_lz4 = (cursor.fetchone() or (False,))[0]
    schema_editor.execute(ADD.format(packed="COMPRESSION lz4" if knows_lz4 else ""))


def drop(schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0005_searched_texts")]

    operations = [RunStatements(add, drop)]
