"""How each constraint of secrecy reviews, summaries, lessons and proposed changes is broken."""

from django.utils import timezone

from actionplan.models import User
from followup.models import LegalGround, Lesson, ProposedChange, SecrecyReview, Summary
from tests.factories import LessonFactory, reviewed
from tests.followup.following_cases import follow_up, requirement
from tests.project.house.breaking import Break

PUBLISHED = "Ange både vem som publicerade sammanfattningen och när."
WITHDRAWN = "Ange vem som drog in sammanfattningen, när och varför."
DECIDED = "Ett beslut ska ha ett datum, och ett datum ska ha ett beslut."
WORDING = "Ange lydelsen när ändringen är inarbetad, och bara då."
OTHER = "Fyll bara i om en annan bestämmelse prövades: ange vilken."


def person(name: str) -> User:
    return User.objects.get(username=name)


def review() -> SecrecyReview:
    return SecrecyReview(
        follow_up=follow_up(),
        ground=LegalGround.BUSINESS,
        conclusion="Inget rör affärsförhållanden.",
        text_sha256="0" * 64,
        reviewed_by=person("reviewer"),
    )


def by_another_rule() -> SecrecyReview:
    row = review()
    row.ground, row.other_ground = LegalGround.OTHER, "OSL 21:7"
    return row


def summary() -> Summary:
    return Summary(follow_up=follow_up(), text="Uppföljd.", written_by=person("coordinator"))


def published() -> Summary:
    row = summary()
    made = SecrecyReview.objects.first() or review()
    if made.pk is None:
        made.save()
    row.review = made
    row.published_by, row.published_at = person("coordinator"), timezone.now()
    return row


def withdrawn() -> Summary:
    row = published()
    row.withdrawn_by, row.withdrawn_at = person("coordinator"), timezone.now()
    row.withdrawn_reason = "Fel avtal."
    return row


def stored() -> Lesson:
    there = Lesson.objects.first()
    return there or LessonFactory(follow_up=follow_up(), written_by=person("coordinator"))


def lesson() -> Lesson:
    return Lesson(follow_up=follow_up(), text="Frågan.", written_by=person("coordinator"))


def looked_at() -> Lesson:
    row = stored()
    if row.review is None:
        reviewed(row, person("reviewer"))
    return row


def change() -> ProposedChange:
    """A second one of a lesson, beside one of another requirement."""
    ProposedChange.objects.get_or_create(
        lesson=stored(), requirement=requirement("SE-01"), defaults={"text": "Räkna upp."}
    )
    return ProposedChange(lesson=stored(), requirement=requirement("SE-02"), text="Ange tid.")


def decided(state: str, **fields: object) -> ProposedChange:
    row = change()
    row.state, row.decided_by, row.decided_at = state, person("coordinator"), timezone.now()
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def taken_in() -> ProposedChange:
    return decided("taken_in", revision=2)


def declined() -> ProposedChange:
    return decided("declined", reason="Går redan längre.")


CASES = [
    Break(
        "followup_secrecyreview_ground_is_known",
        review,
        {"ground": "feeling"},
        "Ange vilken bestämmelse som prövades.",
        is_field_error=True,
    ),
    Break(
        "followup_secrecyreview_other_ground_is_named",
        by_another_rule,
        {"other_ground": ""},
        OTHER,
    ),
    Break(
        "followup_secrecyreview_other_ground_is_named", review, {"other_ground": "OSL 21:7"}, OTHER
    ),
    Break(
        "followup_secrecyreview_conclusion_is_filled",
        review,
        {"conclusion": ""},
        "Ange i sekretessprövningen varför texten kan publiceras.",
        is_field_error=True,
    ),
    Break(
        "followup_summary_text_is_filled",
        summary,
        {"text": ""},
        "Ange sammanfattningens text.",
        is_field_error=True,
    ),
    Break("followup_summary_who_and_when_published", published, {"published_by": None}, PUBLISHED),
    Break(
        "followup_summary_reviewed_when_published",
        published,
        {"review": None},
        "Sammanfattningen ska sekretessprövas innan den publiceras.",
    ),
    Break(
        "followup_summary_who_when_and_why_withdrawn",
        withdrawn,
        {"withdrawn_reason": ""},
        WITHDRAWN,
    ),
    Break(
        "followup_summary_who_when_and_why_withdrawn", withdrawn, {"withdrawn_by": None}, WITHDRAWN
    ),
    Break(
        "followup_lesson_text_is_filled",
        lesson,
        {"text": ""},
        "Ange lärdomens text.",
        is_field_error=True,
    ),
    Break(
        "followup_lesson_review_has_words",
        looked_at,
        {"public_text": ""},
        "Skriv den offentliga texten före sekretessprövningen.",
    ),
    Break(
        "followup_proposedchange_once",
        change,
        {"requirement": lambda row: requirement("SE-01")},
        "Lärdomen föreslår redan en ändring av kravet.",
    ),
    Break(
        "followup_proposedchange_text_is_filled",
        change,
        {"text": ""},
        "Skriv vad som ska ändras.",
        is_field_error=True,
    ),
    Break(
        "followup_proposedchange_state_is_known",
        declined,
        {"state": "lost", "reason": ""},
        "Välj föreslagen, inarbetad eller avslagen.",
        is_field_error=True,
    ),
    Break(
        "followup_proposedchange_who_and_when",
        declined,
        {"decided_by": None},
        "Ange både vem som beslutade och när.",
    ),
    Break(
        "followup_proposedchange_decision_and_date_agree",
        change,
        {"decided_by": lambda row: person("reviewer"), "decided_at": timezone.now()},
        DECIDED,
    ),
    Break("followup_proposedchange_wording_when_taken_in", taken_in, {"revision": None}, WORDING),
    Break("followup_proposedchange_wording_when_taken_in", declined, {"revision": 2}, WORDING),
    Break(
        "followup_proposedchange_declined_with_reason",
        declined,
        {"reason": ""},
        "Skriv varför ändringen avslås.",
    ),
]
