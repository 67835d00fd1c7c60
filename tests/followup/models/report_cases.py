"""How each constraint of follow-up reports, and of the requests for them, is broken."""

from datetime import date

from django.utils import timezone

from followup.models import ClearedName, FollowUpReport, ReportRequest
from followup.report.facts import (
    ReportedCells,
    ReportedRequirements,
    ReportListing,
)
from followup.report.reading import written_report
from followup.report.schema import SCHEMA, Report, ReportedPlan
from requirements_pkg.models import RequirementsPackage
from tests.followup.finding_cases import person
from tests.project.house.breaking import Break


def package() -> RequirementsPackage:
    return RequirementsPackage.objects.get(plan__isnull=False)


DAY = date(2026, 3, 16)
# A report of a plan that has done nothing.
CONTENT = Report(
    schema=SCHEMA,
    plan=ReportedPlan("it", "IT", "2023–2025", "C", 1),
    as_of=DAY,
    counted_on=DAY,
    goals=(),
    indicators=(),
    readings=(),
    whole=None,
    areas=(),
    requirements=(),
    findings_told=False,
    cells=(),
    summaries=(),
    lessons=(),
)


def report() -> FollowUpReport:
    return FollowUpReport(
        package=package(),
        number=1,
        content=written_report(CONTENT).decode(),
        sha256="0" * 64,
        note="Läget.",
        as_of=date(2026, 3, 16),
        title="IT",
        period="2023–2025",
        listing=ReportListing(0, 0, {}, None, date(2026, 3, 16), None),
        cells=ReportedCells(None),
        requirements=ReportedRequirements(None, findings_told=False),
        shared_requirements=ReportedRequirements(None, findings_told=False),
        ground="osl_31_16",
        conclusion="Röjer ingenting.",
        published_by=person("coordinator"),
        approved_by=person("reviewer"),
    )


def report_request() -> ReportRequest:
    return ReportRequest(
        package=package(),
        content="{}",
        basis="{}",
        sha256="0" * 64,
        note="Läget.",
        as_of=date(2026, 3, 16),
        requested_by=person("coordinator"),
    )


def answered(decision: str = "approved") -> ReportRequest:
    row = report_request()
    row.decision, row.reason = decision, "Nej."
    row.decided_by, row.decided_at = person("reviewer"), timezone.now()
    return row


def returned() -> ReportRequest:
    return answered("returned")


def second_report() -> FollowUpReport:
    """Report 2 beside report 1."""
    if not FollowUpReport.objects.exists():
        report().save()
    row = report()
    row.number = 2
    return row


def second_request() -> ReportRequest:
    """An answered request beside one that waits."""
    if not ReportRequest.objects.pending().exists():
        report_request().save()
    return returned()


WAITING = {"decision": "pending", "decided_by": None, "decided_at": None}
DATED = "Ett beslut om rapporten ska ha ett datum, och ett datum ska ha ett beslut."
CASES = [
    Break(
        "followup_followupreport_report_number_once",
        second_report,
        {"number": 1},
        "Paketet har redan en rapport med det numret.",
    ),
    Break(
        "followup_followupreport_report_number_from_one",
        report,
        {"number": 0},
        "Numrera rapporterna från 1.",
    ),
    Break(
        "followup_followupreport_report_by_two_people",
        report,
        {"approved_by": lambda row: row.published_by},
        "Någon annan än den som skrev rapporten ska godkänna den.",
    ),
    Break(
        "followup_followupreport_note_is_filled",
        report,
        {"note": ""},
        "Skriv vad som är nytt i rapporten.",
        is_field_error=True,
    ),
    Break(
        "followup_followupreport_conclusion_is_filled",
        report,
        {"conclusion": ""},
        "Ange i sekretessprövningen varför rapporten kan publiceras.",
        is_field_error=True,
    ),
    Break(
        "followup_followupreport_ground_is_known",
        report,
        {"ground": "feeling"},
        "Ange vilken bestämmelse sekretessprövningen av rapporten gällde.",
        is_field_error=True,
    ),
    Break(
        "followup_followupreport_other_ground_is_named",
        report,
        {"other_ground": "OSL 27"},
        "Fyll bara i om rapporten prövades mot en annan bestämmelse: ange vilken.",
    ),
    Break(
        "followup_reportrequest_one_report_pending",
        second_request,
        WAITING,
        "En rapport om planen väntar redan på godkännande.",
    ),
    Break(
        "followup_reportrequest_decision_is_known",
        report_request,
        {
            "decision": "eaten",
            "decided_at": timezone.now(),
            "decided_by": lambda row: row.requested_by,
        },
        "Välj väntar, godkänd eller återlämnad för rapporten.",
        is_field_error=True,
    ),
    Break(
        "followup_reportrequest_who_and_when",
        returned,
        {"decided_by": None},
        "Ange både vem som avgjorde rapporten och när.",
    ),
    Break(
        "followup_reportrequest_decided_when_decided",
        report_request,
        {"decision": "approved"},
        DATED,
    ),
    Break(
        "followup_reportrequest_report_two_people",
        answered,
        {"decided_by": lambda row: row.requested_by},
        "Du kan inte godkänna din egen rapport. Be en annan granskare.",
    ),
    Break(
        "followup_reportrequest_returned_with_reason",
        returned,
        {"reason": ""},
        "Skriv varför rapporten lämnas tillbaka.",
    ),
    Break(
        "followup_reportrequest_note_is_filled",
        report_request,
        {"note": ""},
        "Skriv vad som är nytt i rapporten du skickar.",
        is_field_error=True,
    ),
]


def cleared() -> ClearedName:
    return ClearedName(
        package=package(),
        key="0" * 64,
        words="Slite El",
        reason="Så heter orten.",
        cleared_by=person("coordinator"),
    )


def second_cleared() -> ClearedName:
    if not ClearedName.objects.exists():
        cleared().save()
    row = cleared()
    row.key = "1" * 64
    return row


CASES += [
    Break(
        "followup_clearedname_cleared_once",
        second_cleared,
        {"key": "0" * 64},
        "Det är redan bestämt att orden får stå kvar.",
    ),
    Break(
        "followup_clearedname_reason_is_filled",
        cleared,
        {"reason": ""},
        "Skriv varför orden får stå kvar.",
        is_field_error=True,
    ),
]
