"""Sheets of how it went: readings, follow-ups, deviations, lessons.

The contract owner is among what is confidential: with the product area and the date, it names the
contract to whoever looks in a public register.
"""

from typing import Final

from django.db.models import Case, Exists, F, OuterRef, Q, TextField, When
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from actionplan.models import IndicatorKind
from followup.models import (
    AuditForm,
    ChangeState,
    CorrectiveAction,
    Deviation,
    DeviationState,
    FollowUpStatus,
    IndicatorReading,
    Method,
    Question,
    ReadingState,
    ReadingStatus,
    ReusedAudit,
    Severity,
    Summary,
)
from followup.workbook.columns import (
    Field,
    Sheet,
    count,
    number_of,
    of_area,
    of_plan,
    secret,
    share,
)

NUMBER: Final = _("The number of the follow-up; the same in every sheet.")
INDICATOR: Final = "indicator__sub_goal"
CORRECTED: Final = Exists(IndicatorReading.objects.approved().filter(corrects=OuterRef("pk")))

READINGS: Final = Sheet(
    _("Indicator readings"),
    _("One row for each reading, drafts too; those that count are approved and not corrected."),
    lambda chosen: chosen.readings,
    (
        Field(_("Reading no."), _("The number of the reading."), "pk", "number", 10),
        *of_plan(f"{INDICATOR}__goal__plan"),
        Field(
            _("Goal"),
            _("The number of the overall goal."),
            f"{INDICATOR}__goal__number",
            "number",
            8,
        ),
        Field(_("Sub-goal"), _("The number of the sub-goal."), f"{INDICATOR}__number", width=10),
        Field(_("Indicator"), _("The number of the indicator."), "indicator__number", width=10),
        Field(_("Indicator's text"), _("The indicator's text."), "indicator__text", width=50),
        Field(
            _("Type of indicator"),
            _("A milestone is done or not; a measure has a unit and a target."),
            "indicator__kind",
            choices=IndicatorKind,
        ),
        Field(
            _("Organisation"),
            _("Which organisation it is for; empty for the whole country."),
            "organisation__name",
            width=24,
        ),
        Field(_("As of"), _("The day that it concerns."), "as_of", "date", 12),
        Field(_("Status"), _("The status of the indicator."), "status", choices=ReadingStatus),
        Field(_("Value"), _("In the unit of the indicator."), "value", "number", 12),
        Field(_("Target"), _("The target value."), "indicator__target", "number", 12),
        Field(_("Unit"), _("For measures only."), "indicator__unit", width=12),
        Field(_("Comment"), _("The comment on the reading."), "comment", width=50),
        Field(_("Evidence"), _("A public page or document."), "evidence_url", width=30),
        Field(_("State"), _("Whether it is approved."), "state", choices=ReadingState),
        Field(
            _("Decided"),
            _("When it was approved or returned."),
            TruncDate("decided_at"),
            "date",
            12,
        ),
        Field(
            _("Corrects"),
            _("The number of the reading that it corrects."),
            "corrects_id",
            "number",
            10,
        ),
        Field(
            _("Corrected"),
            _("Whether an approved reading corrects it."),
            CORRECTED,
            is_yes_no=True,
            width=10,
        ),
    ),
    ("as_of", "pk"),
)

ANSWERED: Final = Question.objects.exclude(answer="")
FOLLOW_UPS: Final = Sheet(
    _("Follow-ups"),
    _("One row for each follow-up of a contract, cancelled ones too."),
    lambda chosen: chosen.follow_ups,
    (
        Field(_("Follow-up no."), NUMBER, "pk", "number", 10),
        *of_plan("product_area__plan"),
        *of_area("product_area"),
        Field(
            _("Version"),
            _("The version that the contract was made with."),
            "version__number",
            "number",
            10,
        ),
        Field(
            _("Contract's region"),
            _("The letter of the procurement region whose contract it is."),
            "organisation__procurement_region__code",
            width=12,
        ),
        Field(_("Method"), _("How it is followed up."), "method", choices=Method, width=24),
        Field(_("Form of audit"), _("For audits only."), "audit_form", choices=AuditForm),
        Field(_("Planned for"), _("The day it is planned for."), "planned_for", "date", 12),
        Field(_("Carried out"), _("The day it was carried out."), "done_on", "date", 12),
        Field(
            _("Status"),
            _("How far the follow-up has come."),
            "status",
            choices=FollowUpStatus,
            width=26,
        ),
        Field(
            _("Reused audit"),
            _("Whether it relies on another organisation's audit."),
            Exists(ReusedAudit.objects.filter(follow_up=OuterRef("pk"))),
            is_yes_no=True,
            width=10,
        ),
        *share(
            count(
                _("Questions answered"),
                _("Number of questions that have an answer."),
                lambda chosen: number_of(ANSWERED, "follow_up"),
            ),
            count(
                _("Questions"),
                _("Number of questions asked."),
                lambda chosen: number_of(Question.objects.all(), "follow_up"),
            ),
            _("Share answered"),
        ),
        *share(
            count(
                _("Deviations closed"),
                _("Out of those that it found, whenever that was."),
                lambda chosen: number_of(Deviation.objects.closed(), "follow_up"),
            ),
            count(
                _("Deviations found"),
                _("Everything it found, whenever that was."),
                lambda chosen: number_of(Deviation.objects.all(), "follow_up"),
            ),
            _("Share closed"),
        ),
        Field(
            _("Summary published"),
            _("Whether the public may read a summary of it."),
            Exists(Summary.objects.public().filter(follow_up=OuterRef("pk"))),
            is_yes_no=True,
            width=12,
        ),
        *map(
            secret,
            (
                Field(
                    _("Contract owner"),
                    _("Which organisation owns the contract."),
                    "organisation__name",
                    width=24,
                ),
                Field(
                    _("Contract reference"),
                    _("In the contract owner's system."),
                    "contract_reference",
                ),
                Field(_("Supplier"), _("Who is followed up."), "supplier", width=28),
                Field(_("Sub-suppliers"), _("Never published."), "sub_suppliers", width=30),
                Field(_("Auditor"), _("Who carried it out."), "auditor", width=20),
                Field(_("Case reference"), _("Where the documents are."), "case_reference"),
                Field(
                    _("Responsible"),
                    _("The person who gets the reminders."),
                    "responsible__username",
                ),
                Field(_("Notes"), _("What was noted."), "notes", width=40),
            ),
        ),
    ),
    ("planned_for", "pk"),
)

DONE: Final = CorrectiveAction.objects.filter(done_on__isnull=False)
DEVIATIONS: Final = Sheet(
    _("Deviations"),
    _("One row for each deviation from a requirement."),
    lambda chosen: chosen.deviations,
    (
        Field(
            _("Deviation no."),
            _("The number of the deviation; the same in every sheet."),
            "pk",
            "number",
            10,
        ),
        Field(_("Follow-up no."), NUMBER, "follow_up_id", "number", 10),
        *of_plan("follow_up__product_area__plan"),
        *of_area("follow_up__product_area"),
        Field(_("Code"), _("As buyers refer to it."), "requirement__code", width=10),
        Field(_("Wording"), _("The wording that the contract has."), "revision", "number", 10),
        Field(_("Title"), _("The requirement's title."), "requirement__title", width=36),
        Field(_("Severity"), _("How serious it is."), "severity", choices=Severity),
        Field(_("Found"), _("The day it was found."), "found_on", "date", 12),
        Field(_("To be remedied by"), _("The day it is due."), "due_on", "date", 12),
        Field(
            _("State"), _("How far the work has come."), "state", choices=DeviationState, width=24
        ),
        Field(_("Closed"), _("The day it was closed."), "closed_on", "date", 12),
        *share(
            count(
                _("Actions done"),
                _("Number of steps in the supplier's action plan that are done."),
                lambda chosen: number_of(DONE, "deviation"),
            ),
            count(
                _("Actions"),
                _("Number of steps in the supplier's action plan."),
                lambda chosen: number_of(CorrectiveAction.objects.all(), "deviation"),
            ),
            _("Share done"),
        ),
        *map(
            secret,
            (
                Field(_("Finding"), _("What was found."), "finding", width=50),
                Field(_("Evidence"), _("What shows the remedy."), "evidence", width=40),
                Field(_("Why escalated"), _("The reason."), "escalation_reason", width=40),
            ),
        ),
    ),
    ("found_on", "pk"),
)

ACTIONS: Final = Sheet(
    _("Corrective actions"),
    _("One row for each step of a supplier's action plan."),
    lambda chosen: CorrectiveAction.objects.filter(deviation__in=chosen.deviations),
    (
        Field(_("Deviation no."), NUMBER, "deviation_id", "number", 10),
        Field(_("Action"), _("What is done."), "text", width=60),
        Field(_("Due on"), _("By when."), "due_on", "date", 12),
        Field(_("Done"), _("The day it was done."), "done_on", "date", 12),
        Field(_("Evidence"), _("What shows it."), "evidence", width=40),
    ),
    ("deviation_id", "due_on", "pk"),
    confidential=True,
)

PUBLIC_WORDS: Final = Case(
    When(Q(review__isnull=False), then=F("public_text")), output_field=TextField()
)
LESSONS: Final = Sheet(
    _("Lessons"),
    _("One row for each change that a lesson proposes; a lesson without proposals has a row too."),
    lambda chosen: chosen.lessons,
    (
        Field(_("Lesson no."), _("The number of the lesson."), "pk", "number", 10),
        Field(_("Follow-up no."), NUMBER, "follow_up_id", "number", 10),
        *of_plan("follow_up__product_area__plan"),
        *of_area("follow_up__product_area"),
        Field(
            _("Method"), _("How it is followed up."), "follow_up__method", choices=Method, width=24
        ),
        Field(_("Written"), _("The day it was written."), TruncDate("written_at"), "date", 12),
        Field(
            _("Public text"),
            _("Only after a secrecy review; empty until then."),
            PUBLIC_WORDS,
            width=60,
        ),
        Field(
            _("Code"),
            _("Of the requirement that should be changed."),
            "changes__requirement__code",
            width=10,
        ),
        Field(
            _("State"),
            _("What was decided on the proposal."),
            "changes__state",
            choices=ChangeState,
        ),
        Field(
            _("Incorporated in wording"),
            _("The wording of the requirement that contains it."),
            "changes__revision",
            "number",
            10,
        ),
        Field(
            _("Decided"),
            _("When it was incorporated or declined."),
            TruncDate("changes__decided_at"),
            "date",
            12,
        ),
        *map(
            secret,
            (
                Field(_("Lesson"), _("What was learnt."), "text", width=60),
                Field(_("Proposed change"), _("What is proposed."), "changes__text", width=50),
                Field(_("Reason"), _("Why it was declined."), "changes__reason", width=40),
            ),
        ),
    ),
    ("written_at", "pk", "changes__pk"),
    joined="changes",
)
