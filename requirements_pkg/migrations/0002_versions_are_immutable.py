"""Both databases let nobody change, take away or empty what was published, or who decided so."""

from django.db import migrations

from actionplan.migrations._guards import Guard, guarding

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
    dependencies = [("requirements_pkg", "0001_initial")]

    operations = [guarding(GUARDS)]
