"""What was agreed and how it went: contracts, follow-ups, readings, deviations, lessons."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from actionplan.migrations._create_tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("requirements_pkg", "0001_initial"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="CalendarFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_feed",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "token_sha256",
                            models.CharField(
                                max_length=64, unique=True, verbose_name="checksum of the address"
                            ),
                        ),
                        (
                            "made_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="made"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "calendar",
                        "verbose_name_plural": "calendars",
                    },
                ),
                migrations.CreateModel(
                    name="ReminderOptOut",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminder_opt_out",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "since",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="since"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person without reminders",
                        "verbose_name_plural": "people without reminders",
                    },
                ),
                migrations.CreateModel(
                    name="SentReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sent_reminders",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("follow_up", "follow-up"),
                                    ("deviation", "deviation"),
                                    ("action", "corrective action"),
                                    ("indicator", "indicator"),
                                    ("reading", "reading to approve"),
                                    ("change", "proposed change"),
                                    ("request", "request to a second person"),
                                    ("report", "follow-up report to write"),
                                    ("report_request", "follow-up report to approve"),
                                    ("publishing", "version to approve or send again"),
                                    ("masking", "words to mask"),
                                    ("summary_review", "summary to review for secrecy"),
                                    ("lesson_review", "lesson to review for secrecy"),
                                    ("look_over", "requirements to look over"),
                                    ("feedback", "feedback to answer"),
                                    ("consultation", "answers to a consultation"),
                                    ("consultation_request", "consultation to approve"),
                                    ("withdrawal", "withdrawal to approve"),
                                    ("mention", "comment to answer"),
                                    ("comments", "comments to settle"),
                                    ("links", "links to review again"),
                                    ("use_claim", "reported use to confirm"),
                                    ("contracts", "contracts whose requirements have changed"),
                                ],
                                max_length=20,
                                verbose_name="of what",
                            ),
                        ),
                        ("target_id", models.BigIntegerField(verbose_name="object")),
                        ("due_on", models.DateField(verbose_name="due on")),
                        (
                            "step",
                            models.SmallIntegerField(
                                help_text="Days after the due date; 0 means before it.",
                                verbose_name="step",
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="sent"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sent reminder",
                        "verbose_name_plural": "sent reminders",
                        "ordering": ["-sent_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "kind", "target_id", "due_on", "step"),
                                name="followup_sentreminder_once",
                                violation_error_message="This reminder has already been sent.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "follow_up",
                                            "deviation",
                                            "action",
                                            "indicator",
                                            "reading",
                                            "change",
                                            "request",
                                            "report",
                                            "report_request",
                                            "publishing",
                                            "masking",
                                            "summary_review",
                                            "lesson_review",
                                            "look_over",
                                            "feedback",
                                            "consultation",
                                            "consultation_request",
                                            "withdrawal",
                                            "mention",
                                            "comments",
                                            "links",
                                            "use_claim",
                                            "contracts",
                                        ],
                                    )
                                ),
                                name="followup_sentreminder_kind_is_known",
                                violation_error_message="The reminder is of an unknown kind.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorReading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="actionplan.indicator",
                                verbose_name="indicator",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                help_text="None chosen means the whole country.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="actionplan.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        ("as_of", models.DateField(verbose_name="as of")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("not_started", "not started"),
                                    ("on_track", "on track"),
                                    ("delayed", "delayed"),
                                    ("met", "met"),
                                    ("not_met", "not met"),
                                ],
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="In the unit of the indicator; only for measures.",
                                max_digits=14,
                                null=True,
                                verbose_name="value",
                            ),
                        ),
                        (
                            "comment",
                            models.TextField(
                                blank=True,
                                help_text="Public with the next report once the reading is approved.",
                                max_length=4000,
                                verbose_name="comment",
                            ),
                        ),
                        (
                            "evidence_url",
                            models.URLField(
                                blank=True,
                                help_text="A public page or document. Public with the next report once the reading is approved.",
                                max_length=500,
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="followup.indicatorreading",
                                verbose_name="corrects",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=20,
                                verbose_name="review",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="submitted"),
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
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=2000, verbose_name="reason"),
                        ),
                    ],
                    options={
                        "verbose_name": "indicator reading",
                        "verbose_name_plural": "indicator readings",
                        "ordering": ["-as_of", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["indicator", "as_of"], name="reading_of_indicator"
                            ),
                            models.Index(fields=["-as_of", "-id"], name="reading_newest"),
                            models.Index(
                                condition=models.Q(("organisation__isnull", True)),
                                fields=["indicator"],
                                name="reading_of_country",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ["not_started", "on_track", "delayed", "met", "not_met"],
                                    )
                                ),
                                name="followup_indicatorreading_status_is_known",
                                violation_error_message="Choose one of the five statuses.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "returned", "approved"])
                                ),
                                name="followup_indicatorreading_state_is_known",
                                violation_error_message="Choose draft, submitted, returned or approved.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_indicatorreading_who_and_when",
                                violation_error_message="State both who decided and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["returned", "approved"]), _negated=True
                                    ),
                                    ("decided_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="followup_indicatorreading_decided_when_decided",
                                violation_error_message="State who approved or returned the reading, and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="followup_indicatorreading_submitted_when_waiting",
                                violation_error_message="State when the reading was submitted.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(("author", models.F("decided_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="followup_indicatorreading_two_people",
                                violation_error_message="You cannot approve your own reading. Ask another reviewer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="followup_indicatorreading_returned_with_reason",
                                violation_error_message="Write why the reading is returned.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("corrects__isnull", True),
                                    models.Q(("corrects", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="followup_indicatorreading_not_of_itself",
                                violation_error_message="A reading cannot correct itself. Choose another one.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "reading",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="followup.indicatorreading",
                                verbose_name="reading",
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="file name")),
                        ("content", models.BinaryField(verbose_name="content")),
                        ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                        (
                            "uploaded_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="uploaded"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence",
                        "verbose_name_plural": "evidence",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("file_name", ""), _negated=True),
                                name="followup_evidence_file_name_is_filled",
                                violation_error_message="Enter the file name of the evidence.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportingPeriod",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reporting_periods",
                                to="actionplan.actionplan",
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="For example: spring 2026",
                                max_length=100,
                                verbose_name="name",
                            ),
                        ),
                        ("first_day", models.DateField(verbose_name="first day")),
                        ("last_day", models.DateField(verbose_name="last day")),
                        (
                            "locked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="locked by",
                            ),
                        ),
                        (
                            "locked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="locked"),
                        ),
                    ],
                    options={
                        "verbose_name": "reporting period",
                        "verbose_name_plural": "reporting periods",
                        "ordering": ["plan", "-first_day"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "first_day"),
                                name="followup_reportingperiod_first_day_once",
                                violation_error_message="Another period of the plan begins on this day. Choose another day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))),
                                name="followup_reportingperiod_first_day_before_last_day",
                                violation_error_message="The last day is before the first day. Correct one of them.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="followup_reportingperiod_name_is_filled",
                                violation_error_message="Enter the name of the period.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("locked_at__isnull", True), ("locked_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("locked_at__isnull", False), ("locked_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_reportingperiod_who_and_when",
                                violation_error_message="State both who locked the period and when.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClearedName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "key",
                            models.CharField(max_length=64, verbose_name="checksum of the words"),
                        ),
                        ("words", models.CharField(max_length=400, verbose_name="words")),
                        (
                            "reason",
                            models.TextField(max_length=2000, verbose_name="why they may stand"),
                        ),
                        (
                            "cleared_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="decided"
                            ),
                        ),
                        (
                            "cleared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cleared_names",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "words that may stand",
                        "verbose_name_plural": "words that may stand",
                        "ordering": ["package", "words"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("package", "key"),
                                name="followup_clearedname_cleared_once",
                                violation_error_message="It is already decided that these words may stand.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="followup_clearedname_reason_is_filled",
                                violation_error_message="Write why the words may stand.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("content", models.TextField(verbose_name="content")),
                        ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "note",
                            models.TextField(
                                help_text="It is shown to everybody.",
                                max_length=2000,
                                verbose_name="what is new",
                            ),
                        ),
                        ("as_of", models.DateField(verbose_name="as of")),
                        ("title", models.TextField(verbose_name="title")),
                        ("period", models.CharField(max_length=20, verbose_name="period")),
                        ("listing", models.JSONField(verbose_name="figures of lists")),
                        ("cells", models.JSONField(verbose_name="counts of cells")),
                        ("requirements", models.JSONField(verbose_name="counts of requirements")),
                        (
                            "shared_requirements",
                            models.JSONField(
                                verbose_name="counts of shared modules’ requirements"
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("osl_31_16", "OSL 31:16 (a supplier's business conditions)"),
                                    ("osl_19_3", "OSL 19:3 (tenders before the award)"),
                                    ("other", "another provision"),
                                ],
                                max_length=20,
                                verbose_name="provision applied",
                            ),
                        ),
                        (
                            "other_ground",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="which provision"
                            ),
                        ),
                        (
                            "conclusion",
                            models.TextField(
                                help_text="Why the report can be published. The reason is not published.",
                                max_length=2000,
                                verbose_name="conclusion",
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="published"
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "follow-up report",
                        "verbose_name_plural": "follow-up reports",
                        "ordering": ["package", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("package", "number"),
                                name="followup_followupreport_report_number_once",
                                violation_error_message="The package already has a report with this number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="followup_followupreport_report_number_from_one",
                                violation_error_message="Number the reports from 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_by", models.F("approved_by")), _negated=True
                                ),
                                name="followup_followupreport_report_by_two_people",
                                violation_error_message="Somebody other than the person who wrote the report has to approve it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("note", ""), _negated=True),
                                name="followup_followupreport_note_is_filled",
                                violation_error_message="Write what is new in the report.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("conclusion", ""), _negated=True),
                                name="followup_followupreport_conclusion_is_filled",
                                violation_error_message="State in the secrecy review why the report can be published.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ground__in", ["osl_31_16", "osl_19_3", "other"])
                                ),
                                name="followup_followupreport_ground_is_known",
                                violation_error_message="State which provision the secrecy review of the report applied.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ground", "other"), ("other_ground", ""), _connector="XOR"
                                ),
                                name="followup_followupreport_other_ground_is_named",
                                violation_error_message="Fill in only if the report’s review applied another provision: state which.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Masking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                help_text="Just as they were published. They are replaced by (maskerat).",
                                max_length=400,
                                verbose_name="words",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("osl_31_16", "OSL 31:16 (a supplier's business conditions)"),
                                    ("osl_19_3", "OSL 19:3 (tenders before the award)"),
                                    ("other", "another provision"),
                                ],
                                max_length=20,
                                verbose_name="provision applied",
                            ),
                        ),
                        (
                            "other_ground",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="which provision"
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                help_text="Why they are masked. Not published.",
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
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="maskings",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
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
                    ],
                    options={
                        "verbose_name": "masking",
                        "verbose_name_plural": "maskings",
                        "ordering": ["-requested_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="followup_masking_words_is_filled",
                                violation_error_message="Enter the words to mask.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="followup_masking_reason_is_filled",
                                violation_error_message="Write why the words are to be masked.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ground__in", ["osl_31_16", "osl_19_3", "other"])
                                ),
                                name="followup_masking_ground_is_known",
                                violation_error_message="State which provision the masking rests on.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ground", "other"), ("other_ground", ""), _connector="XOR"
                                ),
                                name="followup_masking_other_ground_is_named",
                                violation_error_message="Fill in only if the masking rests on another provision: state which one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["pending", "approved", "returned"])
                                ),
                                name="followup_masking_decision_is_known",
                                violation_error_message="Choose waiting, approved or returned for the masking.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_masking_who_and_when",
                                violation_error_message="State both who decided on the masking and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decision", "pending")
                                    ),
                                    models.Q(
                                        models.Q(("decision", "pending"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_masking_decided_when_decided",
                                violation_error_message="A decision on the masking needs a date, and a date needs a decision.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "approved"), _negated=True),
                                    models.Q(
                                        ("requested_by", models.F("decided_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_masking_masking_two_people",
                                violation_error_message="You cannot approve a masking that you asked for. Ask another reviewer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "returned"), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="followup_masking_returned_with_reason",
                                violation_error_message="Write why the masking is returned.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("content", models.TextField(verbose_name="content")),
                        ("basis", models.TextField(verbose_name="what it rests on")),
                        ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                        ("note", models.TextField(max_length=2000, verbose_name="what is new")),
                        ("as_of", models.DateField(verbose_name="as of")),
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
                            "reason",
                            models.TextField(blank=True, max_length=2000, verbose_name="reason"),
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
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report_requests",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
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
                    ],
                    options={
                        "verbose_name": "request to publish a report",
                        "verbose_name_plural": "requests to publish a report",
                        "ordering": ["-requested_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("package",),
                                name="followup_reportrequest_one_report_pending",
                                violation_error_message="A report of the plan is already waiting for approval.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["pending", "approved", "returned"])
                                ),
                                name="followup_reportrequest_decision_is_known",
                                violation_error_message="Choose waiting, approved or returned for the report.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_reportrequest_who_and_when",
                                violation_error_message="State both who decided on the report and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decision", "pending")
                                    ),
                                    models.Q(
                                        models.Q(("decision", "pending"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_reportrequest_decided_when_decided",
                                violation_error_message="A decision on the report needs a date, and a date needs a decision.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "approved"), _negated=True),
                                    models.Q(
                                        ("requested_by", models.F("decided_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_reportrequest_report_two_people",
                                violation_error_message="You cannot approve your own report. Ask another reviewer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "returned"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="followup_reportrequest_returned_with_reason",
                                violation_error_message="Write why the report is returned.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("note", ""), _negated=True),
                                name="followup_reportrequest_note_is_filled",
                                violation_error_message="Write what is new in the report that you send.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StoredReportBasis",
                    fields=[
                        (
                            "report",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="basis",
                                serialize=False,
                                to="followup.followupreport",
                                verbose_name="follow-up report",
                            ),
                        ),
                        ("content", models.TextField(verbose_name="content")),
                    ],
                    options={
                        "verbose_name": "basis of a follow-up report",
                        "verbose_name_plural": "bases of follow-up reports",
                    },
                ),
                migrations.CreateModel(
                    name="Supplier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "country",
                            models.CharField(
                                default="SE",
                                help_text="Two letters: SE, DE, CN.",
                                max_length=2,
                                verbose_name="country",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                blank=True,
                                help_text="As the country's authority writes it: 556036-0793. Empty for a sole trader, whose number is personal data.",
                                max_length=20,
                                verbose_name="organisation number",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "supplier",
                        "verbose_name_plural": "suppliers",
                        "ordering": ["name", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="followup_supplier_name_is_filled",
                                violation_error_message="Enter what the supplier is called.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("country", ""), _negated=True),
                                name="followup_supplier_country_is_filled",
                                violation_error_message="Enter the supplier's country.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("country", "number"),
                                name="followup_supplier_number_once",
                                violation_error_message="Another supplier has this number in this country.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number", "")),
                                fields=("country", "name"),
                                name="followup_supplier_name_once",
                                violation_error_message="Another supplier without a number has this name.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contract",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                help_text="The number in your own system. Confidential.",
                                max_length=100,
                                verbose_name="contract reference",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("own", "own contract"), ("joint", "joint contract")],
                                default="own",
                                max_length=20,
                                verbose_name="own or joint",
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="For the whole contract, options included.",
                                max_digits=14,
                                null=True,
                                verbose_name="value",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                default="SEK",
                                help_text="Three letters: SEK, EUR.",
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True,
                                help_text="Without options. Empty until stopped.",
                                null=True,
                                verbose_name="last day",
                            ),
                        ),
                        (
                            "options",
                            models.CharField(
                                blank=True,
                                help_text="How it can be extended: 2 × 12 months.",
                                max_length=200,
                                verbose_name="options",
                            ),
                        ),
                        (
                            "extended_to",
                            models.DateField(
                                blank=True, null=True, verbose_name="last day with options"
                            ),
                        ),
                        (
                            "cpv",
                            models.TextField(
                                blank=True,
                                help_text="With the check digit, 48820000-2; separate several with spaces.",
                                max_length=1000,
                                verbose_name="CPV codes",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="actionplan.organisation",
                                verbose_name="contract owner",
                            ),
                        ),
                        (
                            "product_areas",
                            models.ManyToManyField(
                                blank=True,
                                related_name="contracts",
                                through="followup.ContractArea",
                                to="actionplan.productarea",
                                verbose_name="product areas",
                            ),
                        ),
                        (
                            "joint_owners",
                            models.ManyToManyField(
                                blank=True,
                                related_name="joint_contracts",
                                through="followup.JointOwner",
                                to="actionplan.organisation",
                                verbose_name="joint owners",
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="followup.supplier",
                                verbose_name="supplier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contract",
                        "verbose_name_plural": "contracts",
                        "ordering": ["-starts_on", "-id"],
                        "indexes": [
                            models.Index(fields=["starts_on", "id"], name="contract_started")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reference", ""), _negated=True),
                                name="followup_contract_reference_is_filled",
                                violation_error_message="Enter the contract's reference.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("currency", ""), _negated=True),
                                name="followup_contract_currency_is_filled",
                                violation_error_message="Enter the currency of the value.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["own", "joint"])),
                                name="followup_contract_kind_is_known",
                                violation_error_message="Choose own or joint contract.",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation", "reference"),
                                name="followup_contract_reference_once",
                                violation_error_message="The contract owner already has a contract with this reference.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("value__isnull", True), ("value__gte", 0), _connector="OR"
                                ),
                                name="followup_contract_value_is_none_or_more",
                                violation_error_message="Enter a value of zero or more.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="followup_contract_ends_after_start",
                                violation_error_message="The contract ends before it starts. Correct one of the days.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("extended_to__isnull", True),
                                    models.Q(
                                        ("ends_on__isnull", False),
                                        ("extended_to__gte", models.F("ends_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_contract_extended_after_end",
                                violation_error_message="The last day with options comes after the last day without them.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "product_area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="actionplan.productarea",
                                verbose_name="product area",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                help_text="The version that the contract was made with.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="requirements_pkg.packageversion",
                                verbose_name="version of the package",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="actionplan.organisation",
                                verbose_name="contract owner",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("dialogue", "dialogue"),
                                    ("self_assessment", "self-assessment"),
                                    ("transparency", "supply chain transparency"),
                                    ("audit", "audit"),
                                ],
                                max_length=20,
                                verbose_name="method",
                            ),
                        ),
                        (
                            "audit_form",
                            models.CharField(
                                blank=True,
                                choices=[("office", "office audit"), ("site", "site audit")],
                                max_length=20,
                                verbose_name="form of audit",
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                blank=True,
                                help_text="The person who gets the reminders.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsible",
                            ),
                        ),
                        ("planned_for", models.DateField(verbose_name="planned for")),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="carried out"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("sent", "questionnaire sent"),
                                    ("answered", "questionnaire answered"),
                                    ("reviewed", "reviewed"),
                                    ("approved", "approved"),
                                    ("audit_decided", "audit decided"),
                                    ("audited", "audit carried out"),
                                    ("plan_requested", "corrective action plan requested"),
                                    ("plan_approved", "corrective action plan approved"),
                                    ("acting", "corrective actions under way"),
                                    ("re_audit", "follow-up audit"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "contract_reference",
                            models.CharField(
                                blank=True,
                                help_text="Of a contract that is not in the register. Confidential.",
                                max_length=100,
                                verbose_name="contract reference",
                            ),
                        ),
                        (
                            "supplier",
                            models.CharField(
                                blank=True,
                                help_text="Of a contract that is not in the register. Confidential.",
                                max_length=200,
                                verbose_name="supplier",
                            ),
                        ),
                        (
                            "sub_suppliers",
                            models.TextField(
                                blank=True,
                                help_text="One per line, the name first. Confidential, and never published.",
                                max_length=8000,
                                verbose_name="sub-suppliers",
                            ),
                        ),
                        (
                            "auditor",
                            models.CharField(
                                blank=True,
                                help_text="Confidential.",
                                max_length=200,
                                verbose_name="auditor",
                            ),
                        ),
                        (
                            "case_reference",
                            models.CharField(
                                blank=True,
                                help_text="Where the documents are kept. Confidential.",
                                max_length=200,
                                verbose_name="case reference",
                            ),
                        ),
                        (
                            "notes",
                            models.TextField(
                                blank=True,
                                help_text="Confidential.",
                                max_length=8000,
                                verbose_name="notes",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                help_text="Its reference and supplier stand there, and nowhere else.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="followup.contract",
                                verbose_name="contract in the register",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "follow-up",
                        "verbose_name_plural": "follow-ups",
                        "ordering": ["planned_for", "id"],
                        "indexes": [
                            models.Index(fields=["status", "planned_for"], name="follow_up_due"),
                            models.Index(fields=["planned_for", "id"], name="follow_up_planned"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "method__in",
                                        ["dialogue", "self_assessment", "transparency", "audit"],
                                    )
                                ),
                                name="followup_followup_method_is_known",
                                violation_error_message="Choose one of the four methods.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("audit_form__in", ["office", "site", ""])),
                                name="followup_followup_audit_form_is_known",
                                violation_error_message="Choose office audit or site audit.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "planned",
                                            "sent",
                                            "answered",
                                            "reviewed",
                                            "approved",
                                            "audit_decided",
                                            "audited",
                                            "plan_requested",
                                            "plan_approved",
                                            "acting",
                                            "re_audit",
                                            "closed",
                                            "cancelled",
                                        ],
                                    )
                                ),
                                name="followup_followup_status_is_known",
                                violation_error_message="The follow-up has an unknown status. Choose one of the options.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("audit_form", ""), ("method", "audit"), _connector="OR"
                                ),
                                name="followup_followup_form_of_audit_only",
                                violation_error_message="Leave the form of audit empty: only an audit has one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "status__in",
                                            [
                                                "reviewed",
                                                "approved",
                                                "audited",
                                                "plan_requested",
                                                "plan_approved",
                                                "acting",
                                                "re_audit",
                                                "closed",
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    ("done_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="followup_followup_done_when_ended_well",
                                violation_error_message="Enter when the follow-up was carried out.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("contract__isnull", True),
                                        models.Q(("contract_reference", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("contract__isnull", False),
                                        ("contract_reference", ""),
                                        ("supplier", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_followup_contract_stands_once",
                                violation_error_message="Choose the contract in the register, or enter the reference of one that is not there; not both.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="followup.followup",
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "from_status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("sent", "questionnaire sent"),
                                    ("answered", "questionnaire answered"),
                                    ("reviewed", "reviewed"),
                                    ("approved", "approved"),
                                    ("audit_decided", "audit decided"),
                                    ("audited", "audit carried out"),
                                    ("plan_requested", "corrective action plan requested"),
                                    ("plan_approved", "corrective action plan approved"),
                                    ("acting", "corrective actions under way"),
                                    ("re_audit", "follow-up audit"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                ],
                                max_length=20,
                                verbose_name="from",
                            ),
                        ),
                        (
                            "to_status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("sent", "questionnaire sent"),
                                    ("answered", "questionnaire answered"),
                                    ("reviewed", "reviewed"),
                                    ("approved", "approved"),
                                    ("audit_decided", "audit decided"),
                                    ("audited", "audit carried out"),
                                    ("plan_requested", "corrective action plan requested"),
                                    ("plan_approved", "corrective action plan approved"),
                                    ("acting", "corrective actions under way"),
                                    ("re_audit", "follow-up audit"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                ],
                                max_length=20,
                                verbose_name="to",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="when"
                            ),
                        ),
                        (
                            "note",
                            models.TextField(blank=True, max_length=2000, verbose_name="note"),
                        ),
                    ],
                    options={
                        "verbose_name": "step",
                        "verbose_name_plural": "steps",
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_status", models.F("to_status")), _negated=True
                                ),
                                name="followup_followupstep_leads_on",
                                violation_error_message="The step has to lead to another status.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("to_status", "cancelled"), _negated=True),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="followup_followupstep_cancelled_with_reason",
                                violation_error_message="Write why the follow-up is cancelled.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="followup.followup",
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                        (
                            "revision",
                            models.PositiveSmallIntegerField(default=1, verbose_name="wording"),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        ("text", models.TextField(max_length=8000, verbose_name="question")),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yes", "yes"),
                                    ("partly", "partly"),
                                    ("no", "no"),
                                    ("not_applicable", "not applicable"),
                                ],
                                max_length=20,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "comment",
                            models.TextField(blank=True, max_length=8000, verbose_name="comment"),
                        ),
                        (
                            "evidence",
                            models.TextField(blank=True, max_length=2000, verbose_name="evidence"),
                        ),
                        (
                            "answered_on",
                            models.DateField(blank=True, null=True, verbose_name="answered"),
                        ),
                        (
                            "assessed",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accepted", "accepted"),
                                    ("unclear", "to be clarified"),
                                    ("deviates", "deviates"),
                                ],
                                max_length=20,
                                verbose_name="assessment",
                            ),
                        ),
                        (
                            "explanation",
                            models.TextField(
                                blank=True,
                                help_text="Only for an answer that deviates and that no deviation is recorded for. Confidential.",
                                max_length=2000,
                                verbose_name="why it is no deviation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                        "ordering": ["follow_up", "position", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("follow_up", "requirement"),
                                name="followup_question_once",
                                violation_error_message="The follow-up already asks about this requirement.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answer__in", ["yes", "partly", "no", "not_applicable", ""])
                                ),
                                name="followup_question_answer_is_known",
                                violation_error_message="Choose yes, partly, no or not applicable.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("assessed__in", ["accepted", "unclear", "deviates", ""])
                                ),
                                name="followup_question_assessed_is_known",
                                violation_error_message="Choose accepted, to be clarified or deviates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="followup_question_text_is_filled",
                                violation_error_message="Enter the text of the question.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_on__isnull", True)),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_question_dated_when_answered",
                                violation_error_message="An answer needs a date, and a date needs an answer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("explanation", ""), ("assessed", "deviates"), _connector="OR"
                                ),
                                name="followup_question_explained_when_deviating",
                                violation_error_message="Only an answer that deviates is explained. Choose that it deviates, or remove the explanation.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReusedAudit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "follow_up",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reused",
                                to="followup.followup",
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(max_length=200, verbose_name="carried out by"),
                        ),
                        (
                            "clause_level",
                            models.CharField(
                                choices=[
                                    ("higher", "higher than ours"),
                                    ("same", "the same as ours"),
                                    ("lower", "lower than ours"),
                                ],
                                max_length=20,
                                verbose_name="level of the terms",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("dialogue", "dialogue"),
                                    ("self_assessment", "self-assessment"),
                                    ("transparency", "supply chain transparency"),
                                    ("audit", "audit"),
                                ],
                                max_length=20,
                                verbose_name="method",
                            ),
                        ),
                        ("audited_on", models.DateField(verbose_name="date of the audit")),
                        (
                            "reference",
                            models.CharField(blank=True, max_length=200, verbose_name="reference"),
                        ),
                    ],
                    options={
                        "verbose_name": "reused audit",
                        "verbose_name_plural": "reused audits",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("organisation", ""), _negated=True),
                                name="followup_reusedaudit_organisation_is_filled",
                                violation_error_message="Enter who carried out the reused audit.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("clause_level__in", ["higher", "same", "lower"])
                                ),
                                name="followup_reusedaudit_clause_level_is_known",
                                violation_error_message="Choose higher, the same or lower terms.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "method__in",
                                        ["dialogue", "self_assessment", "transparency", "audit"],
                                    )
                                ),
                                name="followup_reusedaudit_method_is_known",
                                violation_error_message="Choose one of the four methods for the reused audit.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("clause_level", "lower"), _negated=True),
                                name="followup_reusedaudit_level_suffices",
                                violation_error_message="An audit against lower terms than ours cannot be reused.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deviation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deviations",
                                to="followup.followup",
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deviations",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                        (
                            "revision",
                            models.PositiveSmallIntegerField(default=1, verbose_name="wording"),
                        ),
                        (
                            "severity",
                            models.CharField(
                                choices=[
                                    ("zero_tolerance", "zero tolerance"),
                                    ("major", "major"),
                                    ("minor", "minor"),
                                    ("observation", "observation"),
                                ],
                                max_length=20,
                                verbose_name="severity",
                            ),
                        ),
                        (
                            "finding",
                            models.TextField(
                                help_text="Confidential.", max_length=8000, verbose_name="finding"
                            ),
                        ),
                        ("found_on", models.DateField(verbose_name="found")),
                        ("due_on", models.DateField(verbose_name="to be remedied by")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("plan_submitted", "action plan submitted"),
                                    ("plan_approved", "action plan approved"),
                                    ("remedied", "remedied, not yet verified"),
                                    ("escalated", "escalated"),
                                    ("closed", "closed"),
                                ],
                                default="open",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "remedied_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded as remedied by",
                            ),
                        ),
                        (
                            "evidence",
                            models.TextField(
                                blank=True,
                                help_text="What shows that it is remedied, and where the documents are. Confidential.",
                                max_length=2000,
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="closed"),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "escalation_reason",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="why it is escalated"
                            ),
                        ),
                        (
                            "written_off_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written off by",
                            ),
                        ),
                        (
                            "written_off_reason",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="why it is written off"
                            ),
                        ),
                        (
                            "is_plan_approved",
                            models.BooleanField(
                                default=False, verbose_name="the action plan has been approved"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deviation",
                        "verbose_name_plural": "deviations",
                        "ordering": ["due_on", "id"],
                        "indexes": [
                            models.Index(fields=["due_on", "id"], name="deviation_due"),
                            models.Index(
                                fields=["follow_up", "state"], name="deviation_of_follow_up"
                            ),
                            models.Index(fields=["state", "due_on", "id"], name="deviation_state"),
                            models.Index(
                                fields=["-state", "due_on", "id"], name="deviation_state_back"
                            ),
                            models.Index(
                                fields=["severity", "due_on", "id"], name="deviation_severity"
                            ),
                            models.Index(
                                fields=["-severity", "due_on", "id"],
                                name="deviation_severity_back",
                            ),
                            models.Index(
                                condition=models.Q(("state", "closed"), _negated=True),
                                fields=["due_on", "follow_up"],
                                name="deviation_not_closed",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "severity__in",
                                        ["zero_tolerance", "major", "minor", "observation"],
                                    )
                                ),
                                name="followup_deviation_severity_is_known",
                                violation_error_message="Choose one of the four severities.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "open",
                                            "plan_submitted",
                                            "plan_approved",
                                            "remedied",
                                            "escalated",
                                            "closed",
                                        ],
                                    )
                                ),
                                name="followup_deviation_state_is_known",
                                violation_error_message="The deviation has an unknown state. Choose one of the options.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("finding", ""), _negated=True),
                                name="followup_deviation_finding_is_filled",
                                violation_error_message="Describe what was found.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("found_on"))),
                                name="followup_deviation_found_on_before_due_on",
                                violation_error_message="The due date is before the date it was found. Correct one of the dates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_by__isnull", True), ("closed_on__isnull", True)
                                    ),
                                    models.Q(
                                        ("closed_by__isnull", False), ("closed_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_deviation_who_and_when",
                                violation_error_message="State both who closed the deviation and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on__isnull", False), ("state", "closed")),
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True),
                                        ("closed_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_deviation_closed_when_closed",
                                violation_error_message="Give the date when the deviation is closed, and only then.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "escalated"), _negated=True),
                                    models.Q(("escalation_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="followup_deviation_escalated_with_reason",
                                violation_error_message="State why the deviation is escalated.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(
                                        ("severity__in", ("zero_tolerance", "major")),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("remedied_by__isnull", False),
                                        ("written_off_by__isnull", True),
                                        models.Q(
                                            ("remedied_by", models.F("closed_by")), _negated=True
                                        ),
                                    ),
                                    models.Q(
                                        ("written_off_by__isnull", False),
                                        models.Q(
                                            ("written_off_by", models.F("closed_by")),
                                            _negated=True,
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_deviation_severe_by_two",
                                violation_error_message="A major deviation has to be closed by somebody other than the person who recorded the remedy.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(
                                        ("severity__in", ("zero_tolerance", "major")),
                                        _negated=True,
                                    ),
                                    models.Q(("evidence", ""), _negated=True),
                                    ("written_off_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="followup_deviation_severe_with_evidence",
                                violation_error_message="State what shows that the major deviation is remedied before it is closed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("written_off_by__isnull", True),
                                        ("written_off_reason", ""),
                                    ),
                                    models.Q(
                                        ("written_off_by__isnull", False),
                                        models.Q(("written_off_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_deviation_who_and_why_written_off",
                                violation_error_message="State both who wrote the deviation off and why.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("written_off_by__isnull", True),
                                    ("state", "closed"),
                                    _connector="OR",
                                ),
                                name="followup_deviation_written_off_when_closed",
                                violation_error_message="Only a closed deviation is written off. Close it, or remove the reason.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CorrectiveAction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "deviation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="actions",
                                to="followup.deviation",
                                verbose_name="deviation",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                help_text="Confidential.", max_length=8000, verbose_name="action"
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="due on")),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="done")),
                        (
                            "evidence",
                            models.TextField(blank=True, max_length=2000, verbose_name="evidence"),
                        ),
                        (
                            "struck_reason",
                            models.TextField(
                                blank=True,
                                help_text="Only if the action will not be carried out. Confidential.",
                                max_length=2000,
                                verbose_name="why it is struck",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "corrective action",
                        "verbose_name_plural": "corrective actions",
                        "ordering": ["due_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="followup_correctiveaction_text_is_filled",
                                violation_error_message="Describe what is done.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_on__isnull", True),
                                    ("struck_reason", ""),
                                    _connector="OR",
                                ),
                                name="followup_correctiveaction_done_or_struck",
                                violation_error_message="The action is both done and struck. Remove the date, or the reason why it is struck.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sanction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sanctions",
                                to="followup.followup",
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("penalty", "penalty"),
                                    ("order_stop", "order stop"),
                                    ("termination", "termination"),
                                ],
                                max_length=20,
                                verbose_name="sanction",
                            ),
                        ),
                        ("decided_on", models.DateField(verbose_name="decided on")),
                        (
                            "reference",
                            models.CharField(
                                help_text="The reference of the decision in your own system.",
                                max_length=200,
                                verbose_name="reference",
                            ),
                        ),
                        (
                            "lifted_on",
                            models.DateField(blank=True, null=True, verbose_name="lifted"),
                        ),
                    ],
                    options={
                        "verbose_name": "sanction",
                        "verbose_name_plural": "sanctions",
                        "ordering": ["decided_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["penalty", "order_stop", "termination"])
                                ),
                                name="followup_sanction_kind_is_known",
                                violation_error_message="Choose penalty, order stop or termination.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reference", ""), _negated=True),
                                name="followup_sanction_reference_is_filled",
                                violation_error_message="Enter the reference of the decision.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lifted_on__isnull", True),
                                    ("lifted_on__gte", models.F("decided_on")),
                                    _connector="OR",
                                ),
                                name="followup_sanction_lifted_after_decided",
                                violation_error_message="The sanction cannot be lifted before it was decided. Correct one of the dates.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecrecyReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="secrecy_reviews",
                                to="followup.followup",
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("osl_31_16", "OSL 31:16 (a supplier's business conditions)"),
                                    ("osl_19_3", "OSL 19:3 (tenders before the award)"),
                                    ("other", "another provision"),
                                ],
                                max_length=20,
                                verbose_name="provision applied",
                            ),
                        ),
                        (
                            "other_ground",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="which provision"
                            ),
                        ),
                        (
                            "conclusion",
                            models.TextField(
                                help_text="Why the text can be published. The reason is not published.",
                                max_length=2000,
                                verbose_name="conclusion",
                            ),
                        ),
                        (
                            "may_name_supplier",
                            models.BooleanField(
                                default=False, verbose_name="the supplier may be named"
                            ),
                        ),
                        (
                            "text_sha256",
                            models.CharField(max_length=64, verbose_name="checksum of the text"),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reviewed by",
                            ),
                        ),
                        (
                            "reviewed_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="reviewed"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "secrecy review",
                        "verbose_name_plural": "secrecy reviews",
                        "ordering": ["-reviewed_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ground__in", ["osl_31_16", "osl_19_3", "other"])
                                ),
                                name="followup_secrecyreview_ground_is_known",
                                violation_error_message="State which provision the secrecy review applied.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ground", "other"), ("other_ground", ""), _connector="XOR"
                                ),
                                name="followup_secrecyreview_other_ground_is_named",
                                violation_error_message="Fill in only if another provision was applied: state which one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("conclusion", ""), _negated=True),
                                name="followup_secrecyreview_conclusion_is_filled",
                                violation_error_message="State in the secrecy review why the text can be published.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Summary",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "follow_up",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="summary",
                                to="followup.followup",
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                help_text="For everybody: name no supplier and no sub-supplier, and reveal no business secrets.",
                                max_length=4000,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "supplier",
                            models.CharField(
                                blank=True,
                                help_text="Shown only if the supplier may be named according to the secrecy review.",
                                max_length=200,
                                verbose_name="supplier",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
                            ),
                        ),
                        (
                            "review",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="summary",
                                to="followup.secrecyreview",
                                verbose_name="secrecy review",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="published"),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="withdrawn by",
                            ),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                        ),
                        (
                            "withdrawn_reason",
                            models.TextField(blank=True, max_length=2000, verbose_name="reason"),
                        ),
                    ],
                    options={
                        "verbose_name": "published summary",
                        "verbose_name_plural": "published summaries",
                        "ordering": ["-published_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="followup_summary_text_is_filled",
                                violation_error_message="Enter the text of the summary.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("published_at__isnull", True),
                                        ("published_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("published_at__isnull", False),
                                        ("published_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_summary_who_and_when_published",
                                violation_error_message="State both who published the summary and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_at__isnull", True),
                                    ("review__isnull", False),
                                    _connector="OR",
                                ),
                                name="followup_summary_reviewed_when_published",
                                violation_error_message="The summary has to be reviewed for secrecy before it is published.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawn_at__isnull", True),
                                        ("withdrawn_by__isnull", True),
                                        ("withdrawn_reason", ""),
                                    ),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        ("withdrawn_by__isnull", False),
                                        models.Q(("withdrawn_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_summary_who_when_and_why_withdrawn",
                                violation_error_message="State who withdrew the summary, when and why.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lessons",
                                to="followup.followup",
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                help_text="Confidential.", max_length=8000, verbose_name="lesson"
                            ),
                        ),
                        (
                            "public_text",
                            models.TextField(
                                blank=True,
                                help_text="Published with the version that it changes, after a secrecy review.",
                                max_length=4000,
                                verbose_name="public text",
                            ),
                        ),
                        (
                            "review",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lesson",
                                to="followup.secrecyreview",
                                verbose_name="secrecy review",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
                            ),
                        ),
                        (
                            "written_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="written"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lesson",
                        "verbose_name_plural": "lessons",
                        "ordering": ["-written_at", "-id"],
                        "indexes": [
                            models.Index(fields=["-written_at", "-id"], name="lesson_newest")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="followup_lesson_text_is_filled",
                                violation_error_message="Enter the text of the lesson.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("review__isnull", True),
                                    models.Q(("public_text", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="followup_lesson_review_has_words",
                                violation_error_message="Write the public text before the secrecy review.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposedChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "lesson",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="followup.lesson",
                                verbose_name="lesson",
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposed_changes",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(max_length=8000, verbose_name="proposed change"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("taken_in", "incorporated"),
                                    ("declined", "declined"),
                                ],
                                default="proposed",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "revision",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="incorporated in wording"
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=2000, verbose_name="reason"),
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
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                        ),
                    ],
                    options={
                        "verbose_name": "proposed change",
                        "verbose_name_plural": "proposed changes",
                        "ordering": ["lesson", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("lesson", "requirement"),
                                name="followup_proposedchange_once",
                                violation_error_message="The lesson already proposes a change to this requirement.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="followup_proposedchange_text_is_filled",
                                violation_error_message="Write what should be changed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["proposed", "taken_in", "declined"])
                                ),
                                name="followup_proposedchange_state_is_known",
                                violation_error_message="Choose proposed, incorporated or declined.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_proposedchange_who_and_when",
                                violation_error_message="State both who decided and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state", "proposed")),
                                    models.Q(
                                        models.Q(("state", "proposed"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_proposedchange_decision_and_date_agree",
                                violation_error_message="A decision needs a date, and a date needs a decision.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("revision__isnull", False), ("state", "taken_in")),
                                    models.Q(
                                        models.Q(("state", "taken_in"), _negated=True),
                                        ("revision__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_proposedchange_wording_when_taken_in",
                                violation_error_message="Name the wording when the change is incorporated, and only then.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="followup_proposedchange_declined_with_reason",
                                violation_error_message="Write why the change is declined.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecondPersonRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("cancel", "cancel the follow-up"),
                                    ("write_off", "write off the deviation"),
                                    ("severity", "lower the severity"),
                                    ("due_on", "move the due date"),
                                    ("unlock", "unlock the period"),
                                ],
                                max_length=20,
                                verbose_name="what",
                            ),
                        ),
                        (
                            "old",
                            models.CharField(blank=True, max_length=40, verbose_name="before"),
                        ),
                        ("new", models.CharField(blank=True, max_length=40, verbose_name="after")),
                        ("reason", models.TextField(max_length=2000, verbose_name="reason")),
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
                            "deviation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="followup.deviation",
                                verbose_name="deviation",
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="followup.followup",
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requests",
                                to="followup.reportingperiod",
                                verbose_name="reporting period",
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
                    ],
                    options={
                        "verbose_name": "request to a second person",
                        "verbose_name_plural": "requests to a second person",
                        "ordering": ["-requested_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["cancel", "write_off", "severity", "due_on", "unlock"],
                                    )
                                ),
                                name="followup_secondpersonrequest_kind_is_known",
                                violation_error_message="Choose one of the five things to ask for.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("deviation__isnull", True),
                                        ("follow_up__isnull", False),
                                        ("kind", "cancel"),
                                        ("period__isnull", True),
                                    ),
                                    models.Q(
                                        ("deviation__isnull", False),
                                        ("follow_up__isnull", False),
                                        ("kind__in", ("write_off", "severity", "due_on")),
                                        ("period__isnull", True),
                                    ),
                                    models.Q(
                                        ("deviation__isnull", True),
                                        ("follow_up__isnull", True),
                                        ("kind", "unlock"),
                                        ("period__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_secondpersonrequest_of_one_thing",
                                violation_error_message="State which follow-up, deviation or period the request is about.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending"), ("kind", "cancel")),
                                fields=("follow_up",),
                                name="followup_secondpersonrequest_one_cancellation",
                                violation_error_message="A request to cancel the follow-up is already waiting for an answer.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("kind", "deviation"),
                                name="followup_secondpersonrequest_one_of_deviation",
                                violation_error_message="The same change of the deviation is already waiting for an answer. Take that request back first.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("period",),
                                name="followup_secondpersonrequest_one_of_period",
                                violation_error_message="A request to unlock the period is already waiting for an answer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="followup_secondpersonrequest_reason_is_filled",
                                violation_error_message="Write why it is asked for.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["pending", "approved", "returned"])
                                ),
                                name="followup_secondpersonrequest_decision_is_known",
                                violation_error_message="Choose waiting, approved or returned for the request.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_secondpersonrequest_who_and_when",
                                violation_error_message="State both who decided on the request and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decision", "pending")
                                    ),
                                    models.Q(
                                        models.Q(("decision", "pending"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_secondpersonrequest_decided_when_decided",
                                violation_error_message="A decision on the request needs a date, and a date needs a decision.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "approved"), _negated=True),
                                    models.Q(
                                        ("requested_by", models.F("decided_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_secondpersonrequest_two_people",
                                violation_error_message="You cannot approve what you asked for yourself. Ask somebody else.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "returned"), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="followup_secondpersonrequest_returned_with_reason",
                                violation_error_message="Write why the request to a second person is returned.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContractArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="followup.contract",
                                verbose_name="contract",
                            ),
                        ),
                        (
                            "product_area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="actionplan.productarea",
                                verbose_name="product area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product area of a contract",
                        "verbose_name_plural": "product areas of contracts",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "product_area"),
                                name="followup_contractarea_once",
                                violation_error_message="The contract already names the product area.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContractRequirement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("code", models.CharField(max_length=11, verbose_name="code")),
                        ("revision", models.PositiveSmallIntegerField(verbose_name="wording")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "values",
                            models.JSONField(blank=True, default=dict, verbose_name="filled in"),
                        ),
                        (
                            "points",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="At most, in the contract's own evaluation.",
                                null=True,
                                verbose_name="points",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requirements",
                                to="followup.contract",
                                verbose_name="contract",
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="in_contracts",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requirements_pkg.packageversion",
                                verbose_name="version of the package",
                            ),
                        ),
                        (
                            "seen_note",
                            models.TextField(
                                blank=True,
                                max_length=1000,
                                verbose_name="what it means for the contract",
                            ),
                        ),
                        (
                            "seen_revision",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="wording looked at"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "requirement in a contract",
                        "verbose_name_plural": "requirements in contracts",
                        "ordering": ["contract", "position", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                name="followup_contractrequirement_code_is_filled",
                                violation_error_message="Enter the code of the requirement.",
                            ),
                            models.UniqueConstraint(
                                fields=("contract", "requirement"),
                                name="followup_contractrequirement_once",
                                violation_error_message="The requirement already stands in the contract.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("seen_revision__isnull", True),
                                    models.Q(("seen_note", ""), _negated=True),
                                    _connector="XOR",
                                ),
                                name="followup_contractrequirement_seen_with_note",
                                violation_error_message="Write what the change means for the contract.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JointOwner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="followup.contract",
                                verbose_name="contract",
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
                    options={
                        "verbose_name": "joint owner",
                        "verbose_name_plural": "joint owners",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "organisation"),
                                name="followup_jointowner_once",
                                violation_error_message="The organisation already has a part in the contract.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UseClaim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("selection", models.TextField(max_length=7800, verbose_name="selection")),
                        ("authority", models.CharField(max_length=100, verbose_name="authority")),
                        ("reference", models.CharField(max_length=100, verbose_name="reference")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("procurement", "procurement"),
                                    ("call_off", "call-off from a framework agreement"),
                                    ("renewal", "renewal of a contract"),
                                    ("direct", "direct award"),
                                    ("other", "something else"),
                                ],
                                max_length=20,
                                verbose_name="used in",
                            ),
                        ),
                        (
                            "value_class",
                            models.CharField(
                                choices=[
                                    ("unstated", "not stated"),
                                    ("small", "less than SEK 700,000"),
                                    ("medium", "SEK 700,000 to 5 million"),
                                    ("large", "SEK 5 to 50 million"),
                                    ("largest", "more than SEK 50 million"),
                                ],
                                default="unstated",
                                max_length=20,
                                verbose_name="value",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("basic", "basic"),
                                    ("advanced", "advanced"),
                                    ("spearhead", "spearhead"),
                                ],
                                max_length=20,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="email address"
                            ),
                        ),
                        (
                            "has_consented",
                            models.BooleanField(
                                default=False, verbose_name="consents to personal data"
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="sent"
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="confirmed from the mail"
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("pending", "waiting"),
                                    ("accepted", "confirmed"),
                                    ("refused", "refused"),
                                ],
                                default="pending",
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=2000, verbose_name="why"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="actionplan.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="use_claims",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reported use",
                        "verbose_name_plural": "reported use",
                        "ordering": ["-sent_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["procurement", "call_off", "renewal", "direct", "other"],
                                    )
                                ),
                                name="followup_useclaim_kind_is_known",
                                violation_error_message="Choose what the requirements were used in.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "value_class__in",
                                        ["unstated", "small", "medium", "large", "largest"],
                                    )
                                ),
                                name="followup_useclaim_value_class_is_known",
                                violation_error_message="Choose the value, or that it is not stated.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", ["basic", "advanced", "spearhead"])
                                ),
                                name="followup_useclaim_level_is_known",
                                violation_error_message="Choose the highest level that was used.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["pending", "accepted", "refused"])
                                ),
                                name="followup_useclaim_decision_is_known",
                                violation_error_message="Choose whether the use is confirmed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("selection", ""), _negated=True),
                                name="followup_useclaim_selection_is_filled",
                                violation_error_message="Say which selection was used.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reference", ""), _negated=True),
                                name="followup_useclaim_reference_is_filled",
                                violation_error_message="Enter your reference, such as a registration number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("authority", ""), _negated=True),
                                name="followup_useclaim_authority_is_filled",
                                violation_error_message="State which authority has used the selection.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("has_consented", True), ("email", ""), _connector="OR"
                                ),
                                name="followup_useclaim_address_with_consent",
                                violation_error_message="Tick that we may keep your address.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision", "pending"),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="followup_useclaim_decided_once_confirmed",
                                violation_error_message="Whoever said it has not confirmed it from the mail yet. Wait for that.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_useclaim_who_and_when",
                                violation_error_message="State both who decided on the use and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision", "pending"),
                                    ("decided_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="followup_useclaim_decided_at_with_decision",
                                violation_error_message="A decision on the use needs a date, and a date needs a decision.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="followup_useclaim_refused_with_reason",
                                violation_error_message="Write why the use does not count. Whoever said it can read it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UsedRequirement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requirements",
                                to="followup.useclaim",
                                verbose_name="reported use",
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requirements_pkg.packageversion",
                                verbose_name="version of the package",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "used requirement",
                        "verbose_name_plural": "used requirements",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "requirement"),
                                name="followup_usedrequirement_once",
                                violation_error_message="The requirement is already among those that were used.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="file name")),
                        ("content", models.BinaryField(verbose_name="content")),
                        ("size", models.PositiveIntegerField(verbose_name="size")),
                        ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "uploaded_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="uploaded"
                            ),
                        ),
                        (
                            "action",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="followup.correctiveaction",
                                verbose_name="corrective action",
                            ),
                        ),
                        (
                            "deviation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="followup.deviation",
                                verbose_name="deviation",
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="followup.followup",
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="followup.question",
                                verbose_name="question",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Nobody: the supplier did.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attachment",
                        "verbose_name_plural": "attachments",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("file_name", ""), _negated=True),
                                name="followup_attachment_file_name_is_filled",
                                violation_error_message="Enter the file name of the attachment.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("action__isnull", True),
                                        ("deviation__isnull", True),
                                        ("question__isnull", False),
                                    ),
                                    models.Q(
                                        ("action__isnull", True),
                                        ("deviation__isnull", False),
                                        ("question__isnull", True),
                                    ),
                                    models.Q(
                                        ("action__isnull", False),
                                        ("deviation__isnull", True),
                                        ("question__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="followup_attachment_of_one_thing",
                                violation_error_message="A file belongs to an answer, a deviation or a corrective action.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("uploaded_by__isnull", False),
                                    ("question__isnull", False),
                                    _connector="OR",
                                ),
                                name="followup_attachment_from_the_supplier_to_a_question",
                                violation_error_message="Only the files of answers come from the supplier.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupplierForm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "key",
                            models.CharField(max_length=22, verbose_name="key of the address"),
                        ),
                        ("reply_by", models.DateField(verbose_name="reply by")),
                        (
                            "sender",
                            models.CharField(
                                help_text="Who asks, as the supplier reads it.",
                                max_length=200,
                                verbose_name="sender",
                            ),
                        ),
                        (
                            "contact",
                            models.CharField(
                                help_text="Whom the supplier asks: a name, and a telephone number or an address.",
                                max_length=200,
                                verbose_name="contact",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True,
                                help_text="The link and reminders are sent here. Removed after a while. Confidential.",
                                max_length=254,
                                verbose_name="the supplier's email address",
                            ),
                        ),
                        (
                            "message",
                            models.TextField(
                                blank=True,
                                help_text="Stands above the questions, and in the mail.",
                                max_length=2000,
                                verbose_name="message",
                            ),
                        ),
                        (
                            "answers",
                            models.JSONField(
                                blank=True, default=dict, verbose_name="what is being written"
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="sent"
                            ),
                        ),
                        (
                            "mailed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="mailed"),
                        ),
                        (
                            "reminded_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="reminded"),
                        ),
                        (
                            "late_reminded_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="reminded when late"
                            ),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                        ),
                        (
                            "follow_up",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supplier_form",
                                to="followup.followup",
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sent by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "form for a supplier",
                        "verbose_name_plural": "forms for suppliers",
                        "ordering": ["reply_by", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                name="followup_supplierform_key_is_filled",
                                violation_error_message="The form needs a key. Send it again.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sender", ""), _negated=True),
                                name="followup_supplierform_sender_is_filled",
                                violation_error_message="Enter who asks, as the supplier reads it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("contact", ""), _negated=True),
                                name="followup_supplierform_contact_is_filled",
                                violation_error_message="Enter whom the supplier can ask.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("submitted_at__isnull", True),
                                    ("answers", {}),
                                    _connector="OR",
                                ),
                                name="followup_supplierform_submitted_as_answers",
                                violation_error_message="What was sent in stands as answers.",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
