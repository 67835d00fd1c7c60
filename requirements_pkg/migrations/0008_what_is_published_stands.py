"""Both databases let nobody change, take away or empty what was published, or who decided so.

Takes the place of the trigger of PostgreSQL alone, which a TRUNCATE passed by.
"""

from importlib import import_module

from django.db import migrations

from actionplan.migrations._guards import Guard, guarding

before = import_module("requirements_pkg.migrations.0002_versions_are_immutable")
GUARDS = (
    Guard("requirements_pkg_packageversion", "A published version is never changed or deleted."),
    Guard(
        "requirements_pkg_requirementrevision", "A published wording is never changed or deleted."
    ),
    Guard("requirements_pkg_versionwithdrawal", "A withdrawal is never changed or deleted."),
    Guard(
        "requirements_pkg_publishrequest",
        "A request that was decided on is never changed, and none is deleted.",
        may_change="OLD.decision = 'pending'",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0007_facts_of_pages")]

    operations = [
        migrations.RunPython(before.run(before.DROP), before.run(before.ADD)),
        guarding(GUARDS),
    ]
