"""What a plan has from the period before; its requirements keep their identity."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from actionplan.migrations._guards import Guard, guarding

BEFORE = guarding(
    [
        guard
        for guard in import_module(
            "requirements_pkg.migrations.0002_versions_are_immutable"
        ).GUARDS
        if guard.table == "requirements_pkg_requirementrevision"
    ]
)
# A wording that a requirement has from the package of the period before goes with its copy.
GUARDS = (
    Guard(
        "requirements_pkg_requirementrevision",
        "A published wording is never changed or deleted.",
        may_remove=(
            "(SELECT package_id FROM requirements_pkg_packageversion WHERE id = OLD.version_id) <> "
            "(SELECT package_id FROM requirements_pkg_requirement WHERE id = OLD.requirement_id)"
        ),
    ),
)
AFTER = guarding(GUARDS)


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0007_next_period"),
        ("requirements_pkg", "0008_masked_words"),
        ("risks", "0003_searched_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CarriedPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("area", "product area"),
                            ("statement", "risk or opportunity"),
                            ("goal", "overall goal"),
                            ("sub_goal", "sub-goal"),
                            ("indicator", "indicator"),
                            ("requirement", "requirement"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("key", models.BigIntegerField(verbose_name="part")),
                (
                    "digest",
                    models.CharField(
                        help_text="Of its words as they were carried over.",
                        max_length=64,
                        verbose_name="checksum",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("undecided", "not decided"),
                            ("kept", "kept"),
                            ("dropped", "dropped"),
                        ],
                        default="undecided",
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                ),
            ],
            options={
                "verbose_name": "part carried over",
                "verbose_name_plural": "parts carried over",
                "ordering": ["plan", "id"],
            },
        ),
        migrations.AlterField(
            model_name="requirement",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="identity"),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(
                fields=("uid", "package"),
                name="requirements_pkg_requirement_uid_once",
                violation_error_message="The package already has this requirement.",
            ),
        ),
        migrations.AddField(
            model_name="carriedpart",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="carriedpart",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="carried_parts",
                to="actionplan.actionplan",
                verbose_name="action plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedpart",
            constraint=models.UniqueConstraint(
                fields=("kind", "key"),
                name="requirements_pkg_carriedpart_once",
                violation_error_message="The part has been carried over already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["area", "statement", "goal", "sub_goal", "indicator", "requirement"],
                    )
                ),
                name="requirements_pkg_carriedpart_kind_is_known",
                violation_error_message="The part is of an unknown kind.",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["undecided", "kept", "dropped"])),
                name="requirements_pkg_carriedpart_decision_is_known",
                violation_error_message="Choose not decided, kept or dropped.",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="requirements_pkg_carriedpart_who_and_when",
                violation_error_message="State both who decided and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decision", "undecided")),
                    models.Q(
                        models.Q(("decision", "undecided"), _negated=True),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="requirements_pkg_carriedpart_decision_and_date_agree",
                violation_error_message="A decision needs a date, and a date needs a decision.",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "dropped"), models.Q(("reason", ""), _negated=True)),
                    models.Q(models.Q(("decision", "dropped"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="requirements_pkg_carriedpart_dropped_with_reason",
                violation_error_message="Write why the part is dropped.",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest", ""), _negated=True),
                name="requirements_pkg_carriedpart_digest_is_filled",
                violation_error_message="The part lacks its checksum.",
            ),
        ),
        migrations.RunPython(BEFORE.reverse_code, BEFORE.code),
        migrations.RunPython(AFTER.code, AFTER.reverse_code),
    ]
