"""Follow-up reports, which PostgreSQL itself refuses to change or delete.

Only there: see `requirements_pkg.migrations.0002_versions_are_immutable`.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

ADD = """
CREATE FUNCTION followup_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A published follow-up report is never changed or deleted.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER followup_report_is_immutable
    BEFORE UPDATE OR DELETE ON followup_followupreport
    FOR EACH ROW EXECUTE FUNCTION followup_refuse_change();
CREATE TRIGGER followup_report_basis_is_immutable
    BEFORE UPDATE OR DELETE ON followup_storedreportbasis
    FOR EACH ROW EXECUTE FUNCTION followup_refuse_change();
"""
DROP = """
DROP TRIGGER followup_report_is_immutable ON followup_followupreport;
DROP TRIGGER followup_report_basis_is_immutable ON followup_storedreportbasis;
DROP FUNCTION followup_refuse_change();
"""


def run(sql):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0002_searched_texts"),
        ("requirements_pkg", "0006_text_of_contents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClearedName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, verbose_name="checksum of the words")),
                ("words", models.CharField(max_length=400, verbose_name="words")),
                ("reason", models.TextField(max_length=2000, verbose_name="why they may stand")),
                (
                    "cleared_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="decided"
                    ),
                ),
            ],
            options={
                "verbose_name": "words that may stand",
                "verbose_name_plural": "words that may stand",
                "ordering": ["package", "words"],
            },
        ),
        migrations.CreateModel(
            name="FollowUpReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    models.JSONField(verbose_name="counts of shared modules’ requirements"),
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
                    models.CharField(blank=True, max_length=200, verbose_name="which provision"),
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
            ],
            options={
                "verbose_name": "follow-up report",
                "verbose_name_plural": "follow-up reports",
                "ordering": ["package", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Masking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        help_text="Just as they stand in the report. They are replaced by [maskerat].",
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
                    models.CharField(blank=True, max_length=200, verbose_name="which provision"),
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
            ],
            options={
                "verbose_name": "masking",
                "verbose_name_plural": "maskings",
                "ordering": ["-requested_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ReportRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
            ],
            options={
                "verbose_name": "request to publish a report",
                "verbose_name_plural": "requests to publish a report",
                "ordering": ["-requested_at", "-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="sentreminder",
            name="followup_sentreminder_kind_is_known",
        ),
        migrations.AlterField(
            model_name="sentreminder",
            name="kind",
            field=models.CharField(
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
                ],
                max_length=20,
                verbose_name="of what",
            ),
        ),
        migrations.AddConstraint(
            model_name="sentreminder",
            constraint=models.CheckConstraint(
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
                        ],
                    )
                ),
                name="followup_sentreminder_kind_is_known",
                violation_error_message="The reminder is of an unknown kind.",
            ),
        ),
        migrations.AddField(
            model_name="clearedname",
            name="cleared_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="clearedname",
            name="package",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cleared_names",
                to="requirements_pkg.requirementspackage",
                verbose_name="package",
            ),
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
        migrations.AddField(
            model_name="followupreport",
            name="approved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="approved by",
            ),
        ),
        migrations.AddField(
            model_name="followupreport",
            name="package",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="requirements_pkg.requirementspackage",
                verbose_name="package",
            ),
        ),
        migrations.AddField(
            model_name="followupreport",
            name="published_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="published by",
            ),
        ),
        migrations.AddField(
            model_name="masking",
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
            model_name="masking",
            name="package",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="maskings",
                to="requirements_pkg.requirementspackage",
                verbose_name="package",
            ),
        ),
        migrations.AddField(
            model_name="masking",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="requested by",
            ),
        ),
        migrations.AddField(
            model_name="reportrequest",
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
            model_name="reportrequest",
            name="package",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="report_requests",
                to="requirements_pkg.requirementspackage",
                verbose_name="package",
            ),
        ),
        migrations.AddField(
            model_name="reportrequest",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="requested by",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearedname",
            constraint=models.UniqueConstraint(
                fields=("package", "key"),
                name="followup_clearedname_cleared_once",
                violation_error_message="It is already decided that these words may stand.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearedname",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="followup_clearedname_reason_is_filled",
                violation_error_message="Write why the words may stand.",
            ),
        ),
        migrations.AddConstraint(
            model_name="followupreport",
            constraint=models.UniqueConstraint(
                fields=("package", "number"),
                name="followup_followupreport_report_number_once",
                violation_error_message="The package already has a report with this number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="followupreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)),
                name="followup_followupreport_report_number_from_one",
                violation_error_message="Number the reports from 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="followupreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_by", models.F("approved_by")), _negated=True),
                name="followup_followupreport_report_by_two_people",
                violation_error_message="Somebody other than the person who wrote the report has to approve it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="followupreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True),
                name="followup_followupreport_note_is_filled",
                violation_error_message="Write what is new in the report.",
            ),
        ),
        migrations.AddConstraint(
            model_name="followupreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("conclusion", ""), _negated=True),
                name="followup_followupreport_conclusion_is_filled",
                violation_error_message="State in the secrecy review why the report can be published.",
            ),
        ),
        migrations.AddConstraint(
            model_name="followupreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground__in", ["osl_31_16", "osl_19_3", "other"])),
                name="followup_followupreport_ground_is_known",
                violation_error_message="State which provision the secrecy review of the report applied.",
            ),
        ),
        migrations.AddConstraint(
            model_name="followupreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground", "other"), ("other_ground", ""), _connector="XOR"),
                name="followup_followupreport_other_ground_is_named",
                violation_error_message="Fill in only if the report’s review applied another provision: state which.",
            ),
        ),
        migrations.AddConstraint(
            model_name="masking",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True),
                name="followup_masking_words_is_filled",
                violation_error_message="Enter the words to mask.",
            ),
        ),
        migrations.AddConstraint(
            model_name="masking",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="followup_masking_reason_is_filled",
                violation_error_message="Write why the words are to be masked.",
            ),
        ),
        migrations.AddConstraint(
            model_name="masking",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground__in", ["osl_31_16", "osl_19_3", "other"])),
                name="followup_masking_ground_is_known",
                violation_error_message="State which provision the masking rests on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="masking",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground", "other"), ("other_ground", ""), _connector="XOR"),
                name="followup_masking_other_ground_is_named",
                violation_error_message="Fill in only if the masking rests on another provision: state which one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="masking",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["pending", "approved", "returned"])),
                name="followup_masking_decision_is_known",
                violation_error_message="Choose waiting, approved or returned for the masking.",
            ),
        ),
        migrations.AddConstraint(
            model_name="masking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="followup_masking_who_and_when",
                violation_error_message="State both who decided on the masking and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="masking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decision", "pending")),
                    models.Q(
                        models.Q(("decision", "pending"), _negated=True),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="followup_masking_decided_when_decided",
                violation_error_message="A decision on the masking needs a date, and a date needs a decision.",
            ),
        ),
        migrations.AddConstraint(
            model_name="masking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "approved"), _negated=True),
                    models.Q(("requested_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="followup_masking_masking_two_people",
                violation_error_message="You cannot approve a masking that you asked for. Ask another reviewer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="masking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "returned"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="followup_masking_returned_with_reason",
                violation_error_message="Write why the masking is returned.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "pending")),
                fields=("package",),
                name="followup_reportrequest_one_report_pending",
                violation_error_message="A report of the plan is already waiting for approval.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["pending", "approved", "returned"])),
                name="followup_reportrequest_decision_is_known",
                violation_error_message="Choose waiting, approved or returned for the report.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="followup_reportrequest_who_and_when",
                violation_error_message="State both who decided on the report and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decision", "pending")),
                    models.Q(
                        models.Q(("decision", "pending"), _negated=True),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="followup_reportrequest_decided_when_decided",
                violation_error_message="A decision on the report needs a date, and a date needs a decision.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "approved"), _negated=True),
                    models.Q(("requested_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="followup_reportrequest_report_two_people",
                violation_error_message="You cannot approve your own report. Ask another reviewer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "returned"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="followup_reportrequest_returned_with_reason",
                violation_error_message="Write why the report is returned.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True),
                name="followup_reportrequest_note_is_filled",
                violation_error_message="Write what is new in the report that you send.",
            ),
        ),
        migrations.RunPython(run(ADD), run(DROP)),
    ]
