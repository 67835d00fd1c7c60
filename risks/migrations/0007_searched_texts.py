"""An index of the texts that the list of the admin is searched for, on PostgreSQL."""

from django.db import migrations

from actionplan.database.trigrams import trigram_index


class Migration(migrations.Migration):
    dependencies = [("risks", "0006_import_answers")]

    operations = [
        trigram_index("statement_searched", "risks_riskstatement", "text"),
    ]
