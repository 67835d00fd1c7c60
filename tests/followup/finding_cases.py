"""How each constraint of deviations, actions and sanctions is broken."""

from datetime import date

from actionplan.models import User
from followup.models import (
    CorrectiveAction,
    Deviation,
    Sanction,
    SanctionKind,
)
from tests.followup.following_cases import follow_up, requirement
from tests.project.house.breaking import Break

FOUND_ON, DUE = date(2026, 3, 16), date(2026, 6, 16)
CLOSED_DATE = "Ange datum när avvikelsen stängs, och bara då."
TOGETHER = "Ange både vem som stängde avvikelsen och när."


def person(name: str) -> User:
    return User.objects.get(username=name)


def deviation() -> Deviation:
    return Deviation(
        follow_up=follow_up(),
        requirement=requirement("SE-01"),
        severity="minor",
        finding="Listan saknar två smältverk.",
        found_on=FOUND_ON,
        due_on=DUE,
    )


def closed(severity: str = "minor") -> Deviation:
    row = deviation()
    row.severity, row.state, row.evidence = severity, "closed", "Ny lista."
    row.closed_on, row.closed_by = DUE, person("reviewer")
    row.remedied_by = person("coordinator")
    return row


def severe() -> Deviation:
    return closed("zero_tolerance")


def written_off() -> Deviation:
    """A severe one that nobody remedied."""
    row = severe()
    row.evidence, row.remedied_by = "", None
    row.written_off_by, row.written_off_reason = person("coordinator"), "Avtalet är slut."
    return row


def escalated() -> Deviation:
    row = deviation()
    row.state, row.escalation_reason = "escalated", "Ingen plan har kommit."
    return row


def action() -> CorrectiveAction:
    row = deviation()
    row.save()
    return CorrectiveAction(deviation=row, text="Komplettera listan.", due_on=DUE)


def struck() -> CorrectiveAction:
    row = action()
    row.struck_reason = "Smältverket levererar inte längre."
    return row


def sanction() -> Sanction:
    return Sanction(
        follow_up=follow_up(),
        kind=SanctionKind.PENALTY,
        decided_on=FOUND_ON,
        reference="Beslut 3",
        lifted_on=DUE,
    )


CASES = [
    Break(
        "followup_deviation_severity_is_known",
        deviation,
        {"severity": "mild"},
        "Välj en av de fyra allvarlighetsgraderna.",
        is_field_error=True,
    ),
    Break(
        "followup_deviation_state_is_known",
        deviation,
        {"state": "lost"},
        "Avvikelsen har en okänd status. Välj ett av alternativen.",
        is_field_error=True,
    ),
    Break(
        "followup_deviation_finding_is_filled",
        deviation,
        {"finding": ""},
        "Beskriv iakttagelsen.",
        is_field_error=True,
    ),
    Break(
        "followup_deviation_found_on_before_due_on",
        deviation,
        {"due_on": date(2026, 3, 15)},
        "Slutdatumet ligger före den dag då avvikelsen konstaterades. Rätta ett av datumen.",
    ),
    Break("followup_deviation_who_and_when", closed, {"closed_by": None}, TOGETHER),
    Break("followup_deviation_closed_when_closed", deviation, {"state": "closed"}, CLOSED_DATE),
    Break("followup_deviation_closed_when_closed", closed, {"state": "open"}, CLOSED_DATE),
    Break(
        "followup_deviation_severe_by_two",
        severe,
        {"remedied_by": lambda row: row.closed_by},
        "En allvarlig avvikelse ska stängas av någon annan än den som antecknade åtgärden.",
    ),
    Break(
        "followup_deviation_severe_with_evidence",
        severe,
        {"evidence": ""},
        "Ange underlag innan den allvarliga avvikelsen stängs.",
    ),
    Break(
        "followup_deviation_escalated_with_reason",
        escalated,
        {"escalation_reason": ""},
        "Ange varför avvikelsen eskaleras.",
    ),
    Break(
        "followup_deviation_severe_by_two",
        severe,
        {"written_off_by": lambda row: row.closed_by, "written_off_reason": "Avtalet är slut."},
        "En allvarlig avvikelse ska stängas av någon annan än den som antecknade åtgärden.",
    ),
    Break(
        "followup_deviation_who_and_why_written_off",
        written_off,
        {"written_off_reason": ""},
        "Ange både vem som skrev av avvikelsen och varför.",
    ),
    Break(
        "followup_deviation_who_and_why_written_off",
        closed,
        {"written_off_reason": "Avtalet är slut."},
        "Ange både vem som skrev av avvikelsen och varför.",
    ),
    Break(
        "followup_deviation_written_off_when_closed",
        written_off,
        {"state": "open", "closed_on": None, "closed_by": None},
        "Bara en avslutad avvikelse är avskriven. Stäng den, eller ta bort skälet.",
    ),
    Break(
        "followup_correctiveaction_text_is_filled",
        action,
        {"text": ""},
        "Beskriv vad som görs.",
        is_field_error=True,
    ),
    Break(
        "followup_correctiveaction_done_or_struck",
        struck,
        {"done_on": DUE},
        "Åtgärden är både genomförd och struken. Ta bort datumet, eller skälet till att den "
        "stryks.",
    ),
    Break(
        "followup_sanction_kind_is_known",
        sanction,
        {"kind": "scolding"},
        "Välj vite, avropsstopp eller uppsägning.",
        is_field_error=True,
    ),
    Break(
        "followup_sanction_reference_is_filled",
        sanction,
        {"reference": ""},
        "Ange beslutets referens.",
        is_field_error=True,
    ),
    Break(
        "followup_sanction_lifted_after_decided",
        sanction,
        {"lifted_on": date(2026, 3, 15)},
        "Sanktionen kan inte upphävas innan den beslutades. Rätta ett av datumen.",
    ),
]
