"""Invitations; and the database keeps people whose name stands behind something."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Lower

from actionplan.migrations._create_tables import CreateTables
from actionplan.migrations._guards import Guard, guarding, unguarding

# Of the log of verbs, which has new ones.
LOG = (Guard("actionplan_changeevent", "The change log is only ever added to."),)
TRACES = (
    "EXISTS (SELECT 1 FROM actionplan_changelog WHERE by_name = OLD.username AND by_id = OLD.id) "
    "OR EXISTS (SELECT 1 FROM actionplan_changeevent WHERE actor = OLD.username)"
)
PEOPLE = (
    Guard(
        "actionplan_user",
        "Whoever has done something is deactivated, not deleted.",
        may_change="TRUE",
        may_remove=f"NOT ({TRACES})",
    ),
)
KINDS = [
    ("imported", "imported"),
    ("requested", "sent for approval"),
    ("returned", "returned"),
    ("published", "published"),
    ("withdrawn", "withdrawn"),
    ("confirmed", "reviewed and confirmed"),
    ("restored", "withdrawal undone"),
    ("included", "module included"),
    ("excluded", "module removed"),
    ("submitted", "submitted"),
    ("approved", "approved"),
    ("locked", "locked"),
    ("unlocked", "unlocked"),
    ("planned", "planned"),
    ("advanced", "moved to the next step"),
    ("reviewed", "reviewed for secrecy"),
    ("taken_in", "incorporated"),
    ("declined", "declined"),
    ("person_added", "person added"),
    ("person_changed", "person changed"),
    ("person_removed", "person removed"),
    ("deactivated", "deactivated"),
    ("activated", "activated"),
    ("role_given", "role given"),
    ("role_taken", "role taken away"),
    ("link_sent", "password link sent"),
    ("password_set", "password set by another"),
    ("factors_removed", "second step of the log-in removed"),
    ("invited", "invited"),
    ("invitation_cancelled", "invitation cancelled"),
    ("invitation_accepted", "invitation accepted"),
    ("closed", "closed"),
    ("reopened", "opened again"),
    ("period_started", "next period started"),
    ("period_undone", "next period taken back"),
    ("carried_decided", "decided on what was carried over"),
]
KNOWN = "actionplan_changeevent_kind_is_known"
ROLES = [
    ("coordinator", "coordinator"),
    ("reviewer", "reviewer"),
    ("analyst", "analyst"),
    ("secretariat", "secretariat"),
    ("region_administrator", "region administrator"),
    ("administrator", "administrator"),
]
WAITING = Q(accepted_at__isnull=True, cancelled_at__isnull=True)


def person(name: str, *, is_given: bool) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        verbose_name=name,
        **({} if is_given else {"null": True, "blank": True}),
    )


TABLES = [
    migrations.CreateModel(
        "Invitation",
        [
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("email", models.EmailField(max_length=254, verbose_name="email address")),
            (
                "token_sha256",
                models.CharField(
                    max_length=64, unique=True, verbose_name="checksum of the address"
                ),
            ),
            (
                "days",
                models.PositiveSmallIntegerField(default=7, verbose_name="the link works for"),
            ),
            (
                "invited_at",
                models.DateTimeField(default=django.utils.timezone.now, verbose_name="invited"),
            ),
            ("expires_at", models.DateTimeField(verbose_name="ends")),
            (
                "cancelled_at",
                models.DateTimeField(blank=True, null=True, verbose_name="cancelled at"),
            ),
            (
                "accepted_at",
                models.DateTimeField(blank=True, null=True, verbose_name="accepted at"),
            ),
            ("invited_by", person("invited by", is_given=True)),
            ("person", person("person", is_given=False)),
        ],
        {
            "verbose_name": "invitation",
            "verbose_name_plural": "invitations",
            "ordering": ["-invited_at", "-id"],
            "constraints": [
                models.UniqueConstraint(
                    Lower("email"),
                    F("invited_by"),
                    condition=WAITING,
                    name="actionplan_invitation_open_once",
                    violation_error_message="You have invited this address already. Send that one again, or cancel it.",
                ),
                models.CheckConstraint(
                    condition=Q(expires_at__gt=F("invited_at")),
                    name="actionplan_invitation_ends_later",
                    violation_error_message="The invitation has to end after it was sent.",
                ),
                models.CheckConstraint(
                    condition=Q(accepted_at__isnull=True) | Q(cancelled_at__isnull=True),
                    name="actionplan_invitation_accepted_or_cancelled",
                    violation_error_message="An invitation that was accepted is not cancelled.",
                ),
                models.CheckConstraint(
                    condition=Q(accepted_at__isnull=True, person__isnull=True)
                    | Q(accepted_at__isnull=False, person__isnull=False),
                    name="actionplan_invitation_accepted_by_somebody",
                    violation_error_message="An accepted invitation says when, and by whom.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "InvitedRole",
        [
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("role", models.CharField(choices=ROLES, max_length=20, verbose_name="role")),
            (
                "invitation",
                models.ForeignKey(
                    db_index=False,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="roles",
                    to="actionplan.invitation",
                    verbose_name="invitation",
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="actionplan.organisation",
                    verbose_name="organisation",
                ),
            ),
        ],
        {
            "verbose_name": "role of an invitation",
            "verbose_name_plural": "roles of invitations",
            "constraints": [
                models.UniqueConstraint(
                    fields=("invitation", "organisation", "role"),
                    name="actionplan_invitedrole_once",
                    violation_error_message="The invitation gives this role at this organisation already.",
                ),
                models.CheckConstraint(
                    condition=Q(role__in=[role for role, _label in ROLES]),
                    name="actionplan_invitedrole_role_is_known",
                    violation_error_message="Choose one of the roles in the list.",
                ),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0005_roles")]

    operations = [
        CreateTables(TABLES),
        # On SQLite the table is built anew, without its triggers.
        unguarding(LOG),
        migrations.RemoveConstraint("changeevent", KNOWN),
        migrations.AlterField(
            "changeevent",
            "kind",
            models.CharField(choices=KINDS, max_length=20, verbose_name="what"),
        ),
        migrations.AddConstraint(
            "changeevent",
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _label in KINDS]),
                name=KNOWN,
                violation_error_message="The event is of an unknown kind. Choose one of the options.",
            ),
        ),
        guarding(LOG),
        guarding(PEOPLE),
    ]
