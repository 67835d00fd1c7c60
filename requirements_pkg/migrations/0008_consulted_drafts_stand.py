"""Both databases let nobody change or take away the words that a consultation is about."""

from django.db import migrations

from actionplan.migrations._guards import Guard, guarding

GUARDS = (
    Guard(
        "requirements_pkg_consulteddraft",
        "A draft for consultation is never changed or deleted.",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0007_contents_are_packed")]

    operations = [guarding(GUARDS)]
