"""An index of the texts that the list of the admin is searched for, on PostgreSQL."""

from django.db import migrations

from actionplan.database.trigrams import trigram_index


class Migration(migrations.Migration):
    dependencies = [("followup", "0003_counts_of_a_nation")]

    operations = [
        trigram_index("reading_searched", "followup_indicatorreading", "comment"),
        trigram_index("follow_up_searched", "followup_followup", "contract_reference", "supplier"),
    ]
