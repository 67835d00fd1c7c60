"""Both databases let nobody change, take away or empty what was published, decided or said."""

from django.db import migrations

from actionplan.migrations._guards import Guard, guarding

GUARDS = (
    Guard("requirements_pkg_packageversion", "A published version is never changed or deleted."),
    # A wording that a requirement has from the package of the period before goes with its copy.
    Guard(
        "requirements_pkg_requirementrevision",
        "A published wording is never changed or deleted.",
        may_remove=(
            "(SELECT package_id FROM requirements_pkg_packageversion WHERE id = OLD.version_id) <> "
            "(SELECT package_id FROM requirements_pkg_requirement WHERE id = OLD.requirement_id)"
        ),
    ),
    Guard("requirements_pkg_versionwithdrawal", "A withdrawal is never changed or deleted."),
    Guard(
        "requirements_pkg_publishrequest",
        "A request that was decided on is never changed, and none is deleted.",
        may_change="OLD.decision = 'pending'",
    ),
    Guard("requirements_pkg_comment", "A comment is never changed or deleted."),
    Guard(
        "requirements_pkg_withdrawalrequest",
        "A request to withdraw that was decided on is never changed, and none is deleted.",
        may_change="OLD.decision = 'pending'",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0001_initial")]

    operations = [guarding(GUARDS)]
