"""Sheets of how contracts went: follow-ups, deviations, corrective actions.

A row is one contract's: with the product area, the region and the date it names the contract to
whoever looks in a public register. So they are only for who sees every follow-up in them.
"""

from typing import Final

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from actionplan.excel.columns import TEXT, Column
from actionplan.excel.columns.kinds import DATE, NUMBER, YES_NO, ChoiceKind
from followup.models import (
    AuditForm,
    CorrectiveAction,
    Deviation,
    DeviationState,
    FollowUpStatus,
    Method,
    Question,
    ReusedAudit,
    Severity,
    Summary,
)
from followup.models.follow_ups import reference_of, supplier_of
from followup.workbook.columns import (
    REQUIREMENT_CODE,
    REQUIREMENT_TITLE,
    QueryColumn,
    WorkbookTable,
    count,
    number_of,
    of_area,
    of_plan,
    secret,
    share,
)

THE_FOLLOW_UP: Final = _("The number of the follow-up; the same in every sheet.")
THE_DEVIATION: Final = _("The number of the deviation; the same in every sheet.")

ANSWERED: Final = Question.objects.exclude(answer="")
FOLLOW_UPS: Final = WorkbookTable(
    _("Follow-ups"),
    _("One row for each follow-up of a contract, cancelled ones too."),
    lambda filters: filters.follow_ups,
    (
        QueryColumn(Column("follow_up_no", _("Follow-up no."), 10, NUMBER, THE_FOLLOW_UP), "pk"),
        *of_plan("product_area__plan"),
        *of_area("product_area"),
        QueryColumn(
            Column(
                "version",
                _("Version"),
                10,
                NUMBER,
                _("The version that the contract was made with."),
            ),
            "version__number",
        ),
        QueryColumn(
            Column(
                "contract_region",
                _("Contract's region"),
                12,
                TEXT,
                _("The letter of the procurement region whose contract it is."),
            ),
            "organisation__procurement_region__code",
        ),
        QueryColumn(
            Column("method", _("Method"), 24, ChoiceKind(Method), _("How it is followed up.")),
            "method",
        ),
        QueryColumn(
            Column(
                "form_of_audit",
                _("Form of audit"),
                16,
                ChoiceKind(AuditForm),
                _("For audits only."),
            ),
            "audit_form",
        ),
        QueryColumn(
            Column("planned_for", _("Planned for"), 12, DATE, _("The day it is planned for.")),
            "planned_for",
        ),
        QueryColumn(
            Column("carried_out", _("Carried out"), 12, DATE, _("The day it was carried out.")),
            "done_on",
        ),
        QueryColumn(
            Column(
                "status",
                _("Status"),
                26,
                ChoiceKind(FollowUpStatus),
                _("How far the follow-up has come."),
            ),
            "status",
        ),
        QueryColumn(
            Column(
                "reused_audit",
                _("Reused audit"),
                10,
                YES_NO,
                _("Whether it relies on another organisation's audit."),
            ),
            Exists(ReusedAudit.objects.filter(follow_up=OuterRef("pk"))),
        ),
        *share(
            count(
                "questions_answered",
                _("Questions answered"),
                _("Number of questions that have an answer."),
                lambda filters: number_of(ANSWERED, "follow_up"),
            ),
            count(
                "questions",
                _("Questions"),
                _("Number of questions asked."),
                lambda filters: number_of(Question.objects.all(), "follow_up"),
            ),
            _("Share answered"),
        ),
        *share(
            count(
                "deviations_closed",
                _("Deviations closed"),
                _("Out of those that it found, whenever that was."),
                lambda filters: number_of(Deviation.objects.closed(), "follow_up"),
            ),
            count(
                "deviations_found",
                _("Deviations found"),
                _("Everything it found, whenever that was."),
                lambda filters: number_of(Deviation.objects.all(), "follow_up"),
            ),
            _("Share closed"),
        ),
        QueryColumn(
            Column(
                "summary_published",
                _("Summary published"),
                12,
                YES_NO,
                _("Whether the public may read a summary of it."),
            ),
            Exists(Summary.objects.public().filter(follow_up=OuterRef("pk"))),
        ),
        *map(
            secret,
            (
                QueryColumn(
                    Column(
                        "contract_owner",
                        _("Contract owner"),
                        24,
                        TEXT,
                        _("Which organisation owns the contract."),
                    ),
                    "organisation__name",
                ),
                QueryColumn(
                    Column(
                        "contract_reference",
                        _("Contract reference"),
                        16,
                        TEXT,
                        _("In the contract owner's system."),
                    ),
                    reference_of(),
                ),
                QueryColumn(
                    Column("supplier", _("Supplier"), 28, TEXT, _("Who is followed up.")),
                    supplier_of(),
                ),
                QueryColumn(
                    Column("sub_suppliers", _("Sub-suppliers"), 30, TEXT, _("Never published.")),
                    "sub_suppliers",
                ),
                QueryColumn(
                    Column("auditor", _("Auditor"), 20, TEXT, _("Who carried it out.")), "auditor"
                ),
                QueryColumn(
                    Column(
                        "case_reference",
                        _("Case reference"),
                        16,
                        TEXT,
                        _("Where the documents are."),
                    ),
                    "case_reference",
                ),
                QueryColumn(
                    Column(
                        "responsible",
                        _("Responsible"),
                        16,
                        TEXT,
                        _("The person who gets the reminders."),
                    ),
                    "responsible__username",
                ),
                QueryColumn(Column("notes", _("Notes"), 40, TEXT, _("What was noted.")), "notes"),
            ),
        ),
    ),
    ("planned_for", "pk"),
    confidential=True,
)

DONE: Final = CorrectiveAction.objects.filter(done_on__isnull=False)
DEVIATIONS: Final = WorkbookTable(
    _("Deviations"),
    _("One row for each deviation from a requirement."),
    lambda filters: filters.deviations,
    (
        QueryColumn(
            Column("deviation_no", _("Deviation no."), 10, NUMBER, THE_DEVIATION),
            "pk",
        ),
        QueryColumn(
            Column("follow_up_no", _("Follow-up no."), 10, NUMBER, THE_FOLLOW_UP), "follow_up_id"
        ),
        *of_plan("follow_up__product_area__plan"),
        *of_area("follow_up__product_area"),
        QueryColumn(REQUIREMENT_CODE, "requirement__code"),
        QueryColumn(
            Column("wording", _("Wording"), 10, NUMBER, _("The wording that the contract has.")),
            "revision",
        ),
        QueryColumn(REQUIREMENT_TITLE, "requirement__title"),
        QueryColumn(
            Column("severity", _("Severity"), 16, ChoiceKind(Severity), _("How serious it is.")),
            "severity",
        ),
        QueryColumn(Column("found", _("Found"), 12, DATE, _("The day it was found.")), "found_on"),
        QueryColumn(
            Column("to_be_remedied_by", _("To be remedied by"), 12, DATE, _("The day it is due.")),
            "due_on",
        ),
        QueryColumn(
            Column(
                "state",
                _("State"),
                24,
                ChoiceKind(DeviationState),
                _("How far the work has come."),
            ),
            "state",
        ),
        QueryColumn(
            Column("closed", _("Closed"), 12, DATE, _("The day it was closed.")), "closed_on"
        ),
        *share(
            count(
                "actions_done",
                _("Actions done"),
                _("Number of steps in the supplier's action plan that are done."),
                lambda filters: number_of(DONE, "deviation"),
            ),
            count(
                "actions",
                _("Actions"),
                _("Number of steps in the supplier's action plan."),
                lambda filters: number_of(CorrectiveAction.objects.all(), "deviation"),
            ),
            _("Share done"),
        ),
        *map(
            secret,
            (
                QueryColumn(
                    Column("finding", _("Finding"), 50, TEXT, _("What was found.")), "finding"
                ),
                QueryColumn(
                    Column("evidence", _("Evidence"), 40, TEXT, _("What shows the remedy.")),
                    "evidence",
                ),
                QueryColumn(
                    Column("why_escalated", _("Why escalated"), 40, TEXT, _("The reason.")),
                    "escalation_reason",
                ),
            ),
        ),
    ),
    ("found_on", "pk"),
    confidential=True,
)

ACTIONS: Final = WorkbookTable(
    _("Corrective actions"),
    _("One row for each step of a supplier's action plan."),
    lambda filters: CorrectiveAction.objects.filter(deviation__in=filters.deviations),
    (
        QueryColumn(
            Column("deviation_no", _("Deviation no."), 10, NUMBER, THE_DEVIATION), "deviation_id"
        ),
        QueryColumn(Column("action", _("Action"), 60, TEXT, _("What is done.")), "text"),
        QueryColumn(Column("due_on", _("Due on"), 12, DATE, _("By when.")), "due_on"),
        QueryColumn(Column("done", _("Done"), 12, DATE, _("The day it was done.")), "done_on"),
        QueryColumn(Column("evidence", _("Evidence"), 40, TEXT, _("What shows it.")), "evidence"),
    ),
    ("deviation_id", "due_on", "pk"),
    confidential=True,
)
