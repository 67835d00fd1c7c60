"""How each constraint of requests to a second person is broken."""

from datetime import date

from django.utils import timezone

from actionplan.models import ActionPlan, User
from followup.models import Deviation, ReportingPeriod, SecondPersonRequest
from tests.followup.finding_cases import deviation, person
from tests.followup.following_cases import follow_up
from tests.project.house.breaking import Break

TOGETHER = "Ange både vem som avgjorde begäran och när."
DATED = "Ett beslut om begäran ska ha ett datum, och ett datum ska ha ett beslut."
ABOUT = "Ange vilken uppföljning, avvikelse eller period begäran gäller."


def cancelling() -> SecondPersonRequest:
    return SecondPersonRequest(
        kind="cancel",
        follow_up=follow_up(),
        old="planned",
        new="cancelled",
        reason="Avtalet är uppsagt.",
        requested_by=person("coordinator"),
    )


def of_deviation() -> SecondPersonRequest:
    row = cancelling()
    stored = Deviation.objects.first() or deviation()
    stored.save()
    row.kind, row.deviation = "write_off", stored
    return row


def of_period() -> SecondPersonRequest:
    row = cancelling()
    row.kind, row.follow_up = "unlock", None
    days = {"first_day": date(2026, 1, 1), "last_day": date(2026, 6, 30)}
    row.period = ReportingPeriod.objects.get_or_create(
        plan=ActionPlan.objects.first(), name="Våren", **days
    )[0]
    return row


def answered(decision: str = "approved") -> SecondPersonRequest:
    row = cancelling()
    row.decision, row.answer = decision, "Nej."
    row.decided_by, row.decided_at = person("reviewer"), timezone.now()
    return row


def returned() -> SecondPersonRequest:
    return answered("returned")


def second_cancellation() -> SecondPersonRequest:
    return _second(cancelling())


def second_of_deviation() -> SecondPersonRequest:
    return _second(of_deviation())


def second_of_period() -> SecondPersonRequest:
    return _second(of_period())


def _second(row: SecondPersonRequest) -> SecondPersonRequest:
    """An answered request beside one that waits."""
    if not SecondPersonRequest.objects.pending().exists():
        values = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields}
        SecondPersonRequest.objects.create(**values)
    row.decision, row.answer = "returned", "Nej."
    row.decided_by, row.decided_at = person("reviewer"), timezone.now()
    return row


WAITING = {"decision": "pending", "decided_by": None, "decided_at": None}
CASES = [
    Break(
        "followup_secondpersonrequest_kind_is_known",
        cancelling,
        {"kind": "forget"},
        "Välj en av de fem saker man kan begära.",
        is_field_error=True,
    ),
    Break("followup_secondpersonrequest_of_one_thing", cancelling, {"follow_up": None}, ABOUT),
    Break("followup_secondpersonrequest_of_one_thing", of_deviation, {"deviation": None}, ABOUT),
    Break("followup_secondpersonrequest_of_one_thing", of_period, {"kind": "cancel"}, ABOUT),
    Break(
        "followup_secondpersonrequest_one_cancellation",
        second_cancellation,
        WAITING,
        "En begäran om att ställa in uppföljningen väntar redan på svar.",
    ),
    Break(
        "followup_secondpersonrequest_one_of_deviation",
        second_of_deviation,
        WAITING,
        "Samma ändring av avvikelsen väntar redan på svar. Ta tillbaka den begäran först.",
    ),
    Break(
        "followup_secondpersonrequest_one_of_period",
        second_of_period,
        WAITING,
        "En begäran om att låsa upp perioden väntar redan på svar.",
    ),
    Break(
        "followup_secondpersonrequest_reason_is_filled",
        cancelling,
        {"reason": ""},
        "Skriv varför du begär det.",
        is_field_error=True,
    ),
    Break(
        "followup_secondpersonrequest_decision_is_known",
        cancelling,
        {
            "decision": "eaten",
            "decided_at": timezone.now(),
            "decided_by": lambda _row: User.objects.first(),
        },
        "Välj väntar, godkänd eller återlämnad för begäran.",
        is_field_error=True,
    ),
    Break("followup_secondpersonrequest_who_and_when", returned, {"decided_by": None}, TOGETHER),
    Break(
        "followup_secondpersonrequest_decided_when_decided",
        cancelling,
        {"decision": "approved"},
        DATED,
    ),
    Break(
        "followup_secondpersonrequest_two_people",
        answered,
        {"decided_by": lambda row: row.requested_by},
        "Du kan inte godkänna det du själv har begärt. Be någon annan.",
    ),
    Break(
        "followup_secondpersonrequest_returned_with_reason",
        returned,
        {"answer": ""},
        "Skriv varför begäran lämnas tillbaka.",
    ),
]
