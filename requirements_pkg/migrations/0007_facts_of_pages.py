"""The facts of a version tell what the parts of its page need: all are made anew from its content.

`catch_up`, which an upgrade runs, makes them, and so does a page that meets a version without any.
A piece of a content is read where it stands, which PostgreSQL has to unpack for it: from now on by
lz4, where the server knows that, in a quarter of the time. What is stored stays as it is.
"""

from django.db import migrations, models

KNOWS_LZ4 = """
SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'
"""
PACK = "ALTER TABLE requirements_pkg_packageversion ALTER COLUMN content SET COMPRESSION {}"


def empty(apps, schema_editor):
    apps.get_model("requirements_pkg", "VersionFacts").objects.all().delete()


def pack(apps, schema_editor):
    if _knows_lz4(schema_editor.connection):
        schema_editor.execute(PACK.format("lz4"))


def pack_as_before(apps, schema_editor):
    if _knows_lz4(schema_editor.connection):
        schema_editor.execute(PACK.format("default"))


def _knows_lz4(connection):
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(KNOWS_LZ4)
        # A server older than 14 has no such setting.
        return (cursor.fetchone() or (False,))[0]


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0006_text_of_contents")]

    operations = [
        migrations.RunPython(empty, empty),
        migrations.AddField(
            model_name="versionfacts",
            name="entries",
            field=models.JSONField(
                blank=True, default=list, verbose_name="names of the requirements"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="versionfacts",
            name="choices",
            field=models.JSONField(blank=True, default=dict, verbose_name="what can be chosen"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="versionfacts",
            name="overview",
            field=models.JSONField(
                blank=True, default=dict, verbose_name="introductions and figures"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(pack, pack_as_before),
    ]
