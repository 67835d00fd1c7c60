"""Requests to a second person, and deviations that are written off."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0002_searched_texts"),
        ("requirements_pkg", "0006_text_of_contents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondPersonRequest",
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
                ("old", models.CharField(blank=True, max_length=40, verbose_name="before")),
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
            ],
            options={
                "verbose_name": "request to a second person",
                "verbose_name_plural": "requests to a second person",
                "ordering": ["-requested_at", "-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="deviation",
            name="followup_deviation_severe_by_two",
        ),
        migrations.RemoveConstraint(
            model_name="deviation",
            name="followup_deviation_severe_with_evidence",
        ),
        migrations.AddField(
            model_name="deviation",
            name="written_off_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="written off by",
            ),
        ),
        migrations.AddField(
            model_name="deviation",
            name="written_off_reason",
            field=models.TextField(
                blank=True, max_length=2000, verbose_name="why it is written off"
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("severity__in", ("zero_tolerance", "major")), _negated=True),
                    models.Q(
                        ("remedied_by__isnull", False),
                        ("written_off_by__isnull", True),
                        models.Q(("remedied_by", models.F("closed_by")), _negated=True),
                    ),
                    models.Q(
                        ("written_off_by__isnull", False),
                        models.Q(("written_off_by", models.F("closed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="followup_deviation_severe_by_two",
                violation_error_message="A major deviation has to be closed by somebody other than the person who recorded the remedy.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("severity__in", ("zero_tolerance", "major")), _negated=True),
                    models.Q(("evidence", ""), _negated=True),
                    ("written_off_by__isnull", False),
                    _connector="OR",
                ),
                name="followup_deviation_severe_with_evidence",
                violation_error_message="State what shows that the major deviation is remedied before it is closed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("written_off_by__isnull", True), ("written_off_reason", "")),
                    models.Q(
                        ("written_off_by__isnull", False),
                        models.Q(("written_off_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="followup_deviation_who_and_why_written_off",
                violation_error_message="State both who wrote the deviation off and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("written_off_by__isnull", True), ("state", "closed"), _connector="OR"
                ),
                name="followup_deviation_written_off_when_closed",
                violation_error_message="Only a closed deviation is written off. Close it, or remove the reason.",
            ),
        ),
        migrations.AddField(
            model_name="secondpersonrequest",
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
            model_name="secondpersonrequest",
            name="deviation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="followup.deviation",
                verbose_name="deviation",
            ),
        ),
        migrations.AddField(
            model_name="secondpersonrequest",
            name="follow_up",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="followup.followup",
                verbose_name="follow-up",
            ),
        ),
        migrations.AddField(
            model_name="secondpersonrequest",
            name="period",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="requests",
                to="followup.reportingperiod",
                verbose_name="reporting period",
            ),
        ),
        migrations.AddField(
            model_name="secondpersonrequest",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="requested by",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondpersonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["cancel", "write_off", "severity", "due_on", "unlock"])
                ),
                name="followup_secondpersonrequest_kind_is_known",
                violation_error_message="Choose one of the five things to ask for.",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondpersonrequest",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="secondpersonrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "pending"), ("kind", "cancel")),
                fields=("follow_up",),
                name="followup_secondpersonrequest_one_cancellation",
                violation_error_message="A request to cancel the follow-up is already waiting for an answer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondpersonrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "pending")),
                fields=("kind", "deviation"),
                name="followup_secondpersonrequest_one_of_deviation",
                violation_error_message="The same change of the deviation is already waiting for an answer. Take that request back first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondpersonrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "pending")),
                fields=("period",),
                name="followup_secondpersonrequest_one_of_period",
                violation_error_message="A request to unlock the period is already waiting for an answer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondpersonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="followup_secondpersonrequest_reason_is_filled",
                violation_error_message="Write why it is asked for.",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondpersonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["pending", "approved", "returned"])),
                name="followup_secondpersonrequest_decision_is_known",
                violation_error_message="Choose waiting, approved or returned for the request.",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondpersonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="followup_secondpersonrequest_who_and_when",
                violation_error_message="State both who decided on the request and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondpersonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decision", "pending")),
                    models.Q(
                        models.Q(("decision", "pending"), _negated=True),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="followup_secondpersonrequest_decided_when_decided",
                violation_error_message="A decision on the request needs a date, and a date needs a decision.",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondpersonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "approved"), _negated=True),
                    models.Q(("requested_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="followup_secondpersonrequest_two_people",
                violation_error_message="You cannot approve what you asked for yourself. Ask somebody else.",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondpersonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "returned"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="followup_secondpersonrequest_returned_with_reason",
                violation_error_message="Write why the request to a second person is returned.",
            ),
        ),
    ]
