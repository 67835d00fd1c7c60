"""How each constraint of what was found, and of what is one's own, is broken."""

from datetime import date

from actionplan.models import User
from followup.models import CorrectiveAction, Deviation, Sanction, SentReminder
from tests.factories import ActionFactory, DeviationFactory
from tests.followup.following_cases import follow_up, requirement
from tests.project.breaking import Break

DATED = "En stängd avvikelse har ett datum, och bara en stängd har det."
BY_TWO = "En allvarlig avvikelse stängs av någon annan än den som registrerade åtgärden."
TOGETHER = "Vem som stängde avvikelsen och när anges tillsammans."
CLOSED = date(2026, 6, 1)


def coordinator() -> User:
    return User.objects.get(username="coordinator")


def reviewer() -> User:
    return User.objects.get(username="reviewer")


def deviation() -> Deviation:
    """An open, minor deviation, not stored yet."""
    return DeviationFactory.build(follow_up=follow_up(), requirement=requirement("SE-01"))


def closed() -> Deviation:
    """A minor deviation that one person remedied and closed."""
    row = deviation()
    row.state, row.closed_on, row.closed_by = "closed", CLOSED, coordinator()
    row.remedied_by = coordinator()
    return row


def closed_severe() -> Deviation:
    """A major one that two people closed, with evidence."""
    row = closed()
    row.severity, row.closed_by, row.evidence = "major", reviewer(), "Dnr 2026-17, bilaga 3."
    return row


def escalated() -> Deviation:
    row = deviation()
    row.state, row.escalation_reason = "escalated", "Ingen åtgärdsplan har kommit."
    return row


def action() -> CorrectiveAction:
    row = deviation()
    row.save()
    return ActionFactory.build(deviation=row)


def sanction() -> Sanction:
    return Sanction(
        follow_up=follow_up(), kind="penalty", decided_on=CLOSED, reference="Beslut 2026-9"
    )


def sent_again() -> SentReminder:
    """The reminder of the next step, beside the first."""
    fields = {"user": coordinator(), "kind": "deviation", "target_id": 1, "due_on": CLOSED}
    SentReminder.objects.get_or_create(**fields, step=1)
    return SentReminder(**fields, step=7)


CASES = [
    Break(
        "followup_deviation_severity_is_known",
        deviation,
        {"severity": "mild"},
        "En avvikelse har en av de fyra allvarlighetsgraderna.",
        is_told_by_field=True,
    ),
    Break(
        "followup_deviation_state_is_known",
        deviation,
        {"state": "lost"},
        "En avvikelse har ett av de kända lägena.",
        is_told_by_field=True,
    ),
    Break(
        "followup_deviation_finding_is_filled",
        deviation,
        {"finding": ""},
        "En avvikelse säger vad som konstaterades.",
        is_told_by_field=True,
    ),
    Break(
        "followup_deviation_found_on_before_due_on",
        deviation,
        {"due_on": date(2026, 3, 15)},
        "En avvikelse kan inte förfalla innan den konstaterades.",
    ),
    Break("followup_deviation_who_and_when", closed, {"closed_by": None}, TOGETHER),
    Break(
        "followup_deviation_who_and_when",
        deviation,
        {"closed_by": lambda row: coordinator()},
        TOGETHER,
    ),
    Break(
        "followup_deviation_closed_when_closed",
        closed,
        {"closed_on": None, "closed_by": None},
        DATED,
    ),
    Break("followup_deviation_closed_when_closed", closed, {"state": "remedied"}, DATED),
    Break(
        "followup_deviation_severe_by_two",
        closed_severe,
        {"closed_by": lambda row: row.remedied_by},
        BY_TWO,
    ),
    Break("followup_deviation_severe_by_two", closed_severe, {"remedied_by": None}, BY_TWO),
    Break(
        "followup_deviation_severe_by_two",
        closed_severe,
        {"severity": "zero_tolerance", "closed_by": lambda row: row.remedied_by},
        BY_TWO,
    ),
    Break(
        "followup_deviation_severe_with_evidence",
        closed_severe,
        {"evidence": ""},
        "En allvarlig avvikelse stängs med underlag.",
    ),
    Break(
        "followup_deviation_escalated_with_reason",
        escalated,
        {"escalation_reason": ""},
        "En eskalerad avvikelse säger varför.",
    ),
    Break(
        "followup_correctiveaction_text_is_filled",
        action,
        {"text": ""},
        "En åtgärd säger vad som görs.",
        is_told_by_field=True,
    ),
    Break(
        "followup_sanction_kind_is_known",
        sanction,
        {"kind": "shouting"},
        "En sanktion är vite, avropsstopp eller uppsägning.",
        is_told_by_field=True,
    ),
    Break(
        "followup_sanction_reference_is_filled",
        sanction,
        {"reference": ""},
        "En sanktion anger beslutet.",
        is_told_by_field=True,
    ),
    Break(
        "followup_sanction_lifted_after_decided",
        sanction,
        {"lifted_on": date(2026, 5, 31)},
        "En sanktion kan inte hävas innan den beslutades.",
    ),
    Break(
        "followup_sentreminder_kind_is_known",
        sent_again,
        {"kind": "song"},
        "En påminnelse är av ett känt slag.",
        is_told_by_field=True,
    ),
    Break(
        "followup_sentreminder_once",
        sent_again,
        {"step": 1},
        "Den påminnelsen är redan skickad.",
    ),
]
