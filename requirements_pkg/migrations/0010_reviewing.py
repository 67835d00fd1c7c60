"""What is read, said and asked for of a draft and of a version; what was said stands for ever."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from actionplan.migrations._guards import Guard, guarding

GUARDS = (
    Guard("requirements_pkg_comment", "A comment is never changed or deleted."),
    Guard(
        "requirements_pkg_withdrawalrequest",
        "A request to withdraw that was decided on is never changed, and none is deleted.",
        may_change="OLD.decision = 'pending'",
    ),
)


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0004_logs_are_append_only"),
        ("requirements_pkg", "0009_parts_carried_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CommentThread",
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
                            ("krav", "requirement"),
                            ("ruta", "cell"),
                            ("mal", "overall goal"),
                            ("delmal", "sub-goal"),
                        ],
                        max_length=20,
                        verbose_name="about",
                    ),
                ),
                ("target_id", models.PositiveBigIntegerField(verbose_name="object")),
                ("name", models.CharField(max_length=400, verbose_name="what it was called")),
                (
                    "quote",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="words that it is about"
                    ),
                ),
                (
                    "resolved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="resolved"),
                ),
                (
                    "module",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment_threads",
                        to="requirements_pkg.requirementspackage",
                        verbose_name="shared module",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment_threads",
                        to="actionplan.actionplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="resolved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "thread of comments",
                "verbose_name_plural": "threads of comments",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="comment")),
                (
                    "written_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="written"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="requirements_pkg.commentthread",
                        verbose_name="thread of comments",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["thread", "written_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReadTick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=200, verbose_name="change")),
                ("digest", models.CharField(max_length=64, verbose_name="checksum")),
                (
                    "read_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="read at"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ticks",
                        to="requirements_pkg.publishrequest",
                        verbose_name="request to publish",
                    ),
                ),
            ],
            options={
                "verbose_name": "change that was read",
                "verbose_name_plural": "changes that were read",
                "ordering": ["request", "item"],
            },
        ),
        migrations.CreateModel(
            name="WithdrawalRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        help_text="It is shown to everybody once the version is withdrawn.",
                        max_length=2000,
                        verbose_name="reason",
                    ),
                ),
                (
                    "requested_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="requested"
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("pending", "waiting"),
                            ("approved", "approved"),
                            ("returned", "returned"),
                        ],
                        default="pending",
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="why it is returned"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requirements_pkg.packageversion",
                        verbose_name="use instead",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal_requests",
                        to="requirements_pkg.packageversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to withdraw a version",
                "verbose_name_plural": "requests to withdraw a version",
                "ordering": ["-requested_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CommentMention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="requirements_pkg.comment",
                        verbose_name="comment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment_mentions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "person mentioned in a comment",
                "verbose_name_plural": "people mentioned in comments",
                "ordering": ["comment", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "person"),
                        name="requirements_pkg_commentmention_once",
                        violation_error_message="The comment already mentions this person.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="commentthread",
            index=models.Index(fields=["kind", "target_id"], name="thread_about"),
        ),
        migrations.AddConstraint(
            model_name="commentthread",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["krav", "ruta", "mal", "delmal"])),
                name="requirements_pkg_commentthread_kind_is_known",
                violation_error_message="Choose what the comment is about.",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentthread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("module__isnull", True), ("plan__isnull", False)),
                    models.Q(("kind", "krav"), ("module__isnull", False), ("plan__isnull", True)),
                    _connector="OR",
                ),
                name="requirements_pkg_commentthread_of_plan_or_module",
                violation_error_message="State which plan or which shared module the comment belongs to.",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentthread",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="requirements_pkg_commentthread_name_is_filled",
                violation_error_message="State what the comment is about.",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentthread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                    _connector="OR",
                ),
                name="requirements_pkg_commentthread_who_and_when",
                violation_error_message="State both who resolved the thread and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="requirements_pkg_comment_text_is_filled",
                violation_error_message="Write the comment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="readtick",
            constraint=models.UniqueConstraint(
                fields=("person", "request", "item"),
                name="requirements_pkg_readtick_once",
                violation_error_message="The change is already ticked as read.",
            ),
        ),
        migrations.AddConstraint(
            model_name="readtick",
            constraint=models.CheckConstraint(
                condition=models.Q(("item", ""), _negated=True),
                name="requirements_pkg_readtick_item_is_filled",
                violation_error_message="State which change was read.",
            ),
        ),
        migrations.AddConstraint(
            model_name="readtick",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest", ""), _negated=True),
                name="requirements_pkg_readtick_digest_is_filled",
                violation_error_message="State how the change read.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "pending")),
                fields=("version",),
                name="requirements_pkg_withdrawalrequest_one_pending",
                violation_error_message="A request to withdraw the version is already waiting for an answer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["pending", "approved", "returned"])),
                name="requirements_pkg_withdrawalrequest_decision_is_known",
                violation_error_message="Choose waiting, approved or returned for the withdrawal.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="requirements_pkg_withdrawalrequest_who_and_when",
                violation_error_message="State both who decided on the withdrawal and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decision", "pending")),
                    models.Q(
                        models.Q(("decision", "pending"), _negated=True),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="requirements_pkg_withdrawalrequest_decided_when_decided",
                violation_error_message="A decision on the withdrawal needs a date, and a date needs a decision.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "approved"), _negated=True),
                    models.Q(("requested_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="requirements_pkg_withdrawalrequest_two_people",
                violation_error_message="You cannot approve a withdrawal that you asked for. Ask another reviewer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "returned"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="requirements_pkg_withdrawalrequest_returned_with_reason",
                violation_error_message="Write why the withdrawal is returned.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="requirements_pkg_withdrawalrequest_reason_is_filled",
                violation_error_message="Write why the version is to be withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaced_by", models.F("version")), _negated=True),
                name="requirements_pkg_withdrawalrequest_not_replaced_by_itself",
                violation_error_message="A version cannot be replaced by itself. Choose another version.",
            ),
        ),
        guarding(GUARDS),
    ]
