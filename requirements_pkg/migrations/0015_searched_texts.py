"""An index of the texts that the list of the admin is searched for, on PostgreSQL."""

from django.db import migrations

from actionplan.database.trigrams import trigram_index


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0014_treated_risks_by_area")]

    operations = [
        trigram_index(
            "requirement_searched", "requirements_pkg_requirement", "code", "title", "text"
        ),
    ]
