"""The table of the database cache, so that no machine has to remember `createcachetable`."""

from django.core.management import call_command
from django.db import migrations

from actionplan.migrations._statements import RunStatements


def add(schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def nothing(schema_editor):
    """Leave it: nothing in it lasts."""


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0002_reference_organisations")]

    # Backwards the table stays: it holds nothing that matters, and the next way forward finds it.
    operations = [RunStatements(add, nothing)]
