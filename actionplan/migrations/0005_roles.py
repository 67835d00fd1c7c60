"""Two roles that reach every region; who was administrator goes on as that of the own region."""

from typing import Any

from django.db import migrations, models


def renamed(before: str, after: str) -> Any:
    def run(apps: Any, _schema_editor: Any) -> None:
        memberships = apps.get_model("actionplan", "Membership").objects.filter(role=before)
        memberships.update(role=after)

    return run


ROLES = [
    ("coordinator", "coordinator"),
    ("reviewer", "reviewer"),
    ("analyst", "analyst"),
    ("secretariat", "secretariat"),
    ("region_administrator", "region administrator"),
    ("administrator", "administrator"),
]
KNOWN = "actionplan_membership_role_is_known"


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0004_logs_are_append_only")]

    operations = [
        migrations.RemoveConstraint("membership", KNOWN),
        migrations.AlterField(
            "membership",
            "role",
            models.CharField(choices=ROLES, max_length=20, verbose_name="role"),
        ),
        migrations.RunPython(
            renamed("administrator", "region_administrator"),
            renamed("region_administrator", "administrator"),
        ),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                condition=models.Q(("role__in", [role for role, _label in ROLES])),
                name=KNOWN,
                violation_error_message="Choose one of the roles in the list.",
            ),
        ),
    ]
