"""How each constraint of readings, their evidence and reporting periods is broken."""

from datetime import date

from django.utils import timezone

from actionplan.models import ActionPlan, Indicator, User
from followup.models import Evidence, IndicatorReading, ReportingPeriod
from tests.factories.followup import ReadingFactory
from tests.project.house.breaking import Break

DECIDED = "Ange vem som godkände eller lämnade tillbaka lägesrapporten, och när."
SUBMITTED = "Ange när lägesrapporten skickades in."
TOGETHER = "Ange både vem som beslutade och när."
LOCKED = "Ange både vem som låste perioden och när."


def person(name: str) -> User:
    return User.objects.get(username=name)


def draft() -> IndicatorReading:
    """A reading that is not stored yet."""
    return ReadingFactory.build(
        indicator=Indicator.objects.order_by("pk").first(), author=person("coordinator")
    )


def stored() -> IndicatorReading:
    there = IndicatorReading.objects.first()
    if there is None:
        there = draft()
        there.save()
    return there


def submitted() -> IndicatorReading:
    row = draft()
    row.state, row.submitted_at = "submitted", timezone.now()
    return row


def approved() -> IndicatorReading:
    row = submitted()
    row.state, row.decided_by, row.decided_at = "approved", person("reviewer"), timezone.now()
    return row


def returned() -> IndicatorReading:
    row = approved()
    row.state, row.reason = "returned", "Källan saknas."
    return row


def evidence() -> Evidence:
    return Evidence(
        reading=stored(),
        file_name="rapport.pdf",
        content=b"%PDF-1.7",
        sha256="0" * 64,
        uploaded_by=person("coordinator"),
    )


def period() -> ReportingPeriod:
    """A period beside another of the same plan."""
    plan = ActionPlan.objects.get(package__isnull=False)
    ReportingPeriod.objects.get_or_create(
        plan=plan, first_day=date(2025, 7, 1), last_day=date(2025, 12, 31), name="Hösten 2025"
    )
    return ReportingPeriod(
        plan=plan, first_day=date(2026, 1, 1), last_day=date(2026, 6, 30), name="Våren 2026"
    )


def locked() -> ReportingPeriod:
    row = period()
    row.locked_by, row.locked_at = person("reviewer"), timezone.now()
    return row


def refuses(name: str, right, wrong: dict, sentence: str, *, field: bool = False) -> Break:
    return Break(f"followup_{name}", right, wrong, sentence, is_field_error=field)


CASES = [
    refuses(
        "indicatorreading_status_is_known",
        draft,
        {"status": "great"},
        "Välj ett av de fem lägena.",
        field=True,
    ),
    refuses(
        "indicatorreading_state_is_known",
        stored,
        {"state": "eaten"},
        "Välj utkast, inskickad, återlämnad eller godkänd.",
        field=True,
    ),
    refuses("indicatorreading_who_and_when", returned, {"decided_by": None}, TOGETHER),
    refuses(
        "indicatorreading_who_and_when",
        submitted,
        {"decided_by": lambda row: row.author},
        TOGETHER,
    ),
    refuses("indicatorreading_decided_when_decided", submitted, {"state": "approved"}, DECIDED),
    refuses(
        "indicatorreading_decided_when_decided",
        submitted,
        {"state": "returned", "reason": "Fel."},
        DECIDED,
    ),
    refuses(
        "indicatorreading_submitted_when_waiting", submitted, {"submitted_at": None}, SUBMITTED
    ),
    refuses(
        "indicatorreading_submitted_when_waiting", approved, {"submitted_at": None}, SUBMITTED
    ),
    refuses(
        "indicatorreading_two_people",
        approved,
        {"decided_by": lambda row: row.author},
        "Du kan inte godkänna din egen lägesrapport. Be en annan granskare.",
    ),
    refuses(
        "indicatorreading_returned_with_reason",
        returned,
        {"reason": ""},
        "Skriv varför lägesrapporten lämnas tillbaka.",
    ),
    refuses(
        "indicatorreading_not_of_itself",
        stored,
        {"corrects": lambda row: row},
        "En lägesrapport kan inte rätta sig själv. Välj en annan.",
    ),
    refuses(
        "evidence_file_name_is_filled",
        evidence,
        {"file_name": ""},
        "Ange underlagets filnamn.",
        field=True,
    ),
    refuses(
        "reportingperiod_first_day_once",
        period,
        {"first_day": date(2025, 7, 1)},
        "En annan period i planen börjar den dagen. Välj en annan dag.",
    ),
    refuses(
        "reportingperiod_first_day_before_last_day",
        period,
        {"last_day": date(2025, 12, 31)},
        "Sista dagen ligger före den första. Rätta en av dem.",
    ),
    refuses(
        "reportingperiod_name_is_filled",
        period,
        {"name": ""},
        "Ange periodens namn.",
        field=True,
    ),
    refuses("reportingperiod_who_and_when", locked, {"locked_by": None}, LOCKED),
    refuses("reportingperiod_who_and_when", locked, {"locked_at": None}, LOCKED),
]
