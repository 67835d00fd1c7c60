"""A lesson's way into a requirement: who proposes, who decides, and what the draft must say."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actionplan.models import ChangeEvent, ChangeLog, Organisation, Role
from followup.actions import lessons, summaries
from followup.models import Lesson, ProposedChange
from requirements_pkg.actions.publishing import publish
from tests.factories import (
    ChangeFactory,
    FollowUpFactory,
    LessonFactory,
    RequirementFactory,
    UserFactory,
)

PERSONAS = ["coordinator", "other_coordinator", "reviewer", "analyst", "staff"]
TRIED = {"ground": "osl_31_16", "conclusion": "Inget rör affärsförhållanden."}


@pytest.fixture
def lesson(follow_up, coordinator) -> Lesson:
    return LessonFactory(follow_up=follow_up, written_by=coordinator)


@pytest.fixture
def change(lesson, requirements) -> ProposedChange:
    """A proposed change of SE-01, whose draft reads as what is published."""
    return ChangeFactory(lesson=lesson, requirement=requirements[0])


@pytest.fixture
def edited(change) -> ProposedChange:
    """The same, with a draft that reads otherwise."""
    reword(change, "Leverantören ska räkna upp metallerna.")
    return change


def reword(change: ProposedChange, text: str) -> None:
    change.requirement.text = text
    change.requirement.save()


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_writes_in_the_follow_up_writes_lessons_and_proposes(
    follow_up, requirements, request, persona
):
    by = request.getfixturevalue(persona)
    unsaved = Lesson(follow_up=follow_up, text="Frågan var oklar.")
    stored = LessonFactory(follow_up=follow_up, written_by=by)
    details = {"lesson": stored, "requirement": requirements[0], "text": "Räkna upp."}
    if persona == "coordinator":
        assert lessons.write_lesson(lesson=unsaved, by=by).written_by == by
        change = lessons.propose_change(by=by, **details)
        assert change.state == "proposed"
        event = ChangeEvent.objects.about(change).get()
        assert (event.kind, event.detail) == ("submitted", {"from": "", "to": "proposed"})
    else:
        for verb in (
            lambda: lessons.write_lesson(lesson=unsaved, by=by),
            lambda: lessons.propose_change(by=by, **details),
        ):
            with pytest.raises(PermissionDenied):
                verb()
        assert not ProposedChange.objects.exists()


def test_other_public_words_lose_their_review_and_other_inner_words_do_not(
    lesson, coordinator, reviewer, stockholm
):
    summaries.review_secrecy(subject=lesson, by=reviewer, **TRIED)
    lesson.text = "Hemliga Hallar AB förstod inte."
    assert lessons.write_lesson(lesson=lesson, by=coordinator).is_reviewed
    second = UserFactory(username="second", role=Role.COORDINATOR, at=stockholm)
    lesson.public_text = "Frågan var oklar."
    lessons.write_lesson(lesson=lesson, by=second)
    lesson.refresh_from_db()
    assert (lesson.review, lesson.written_by) == (None, second)
    with pytest.raises(PermissionDenied):
        summaries.review_secrecy(subject=lesson, by=second, **TRIED)


def test_a_review_that_was_made_meanwhile_stays(lesson, coordinator, reviewer):
    read = Lesson.objects.get(pk=lesson.pk)
    summaries.review_secrecy(subject=lesson, by=reviewer, **TRIED)
    read.text = "Längre fram i kedjan."
    lessons.write_lesson(lesson=read, by=coordinator)
    assert Lesson.objects.get(pk=lesson.pk).is_reviewed


def test_a_change_is_of_a_requirement_of_the_package_and_asked_for_once(
    lesson, requirements, coordinator
):
    details = {"lesson": lesson, "text": "Räkna upp.", "by": coordinator}
    for other in (RequirementFactory(code="XX-01"), withdrawn(requirements[1])):
        with pytest.raises(ValidationError, match="gäller inte i kravpaketet"):
            lessons.propose_change(requirement=other, **details)
    with pytest.raises(ValidationError, match="tomt"):
        lessons.propose_change(requirement=requirements[0], **details | {"text": " "})
    lessons.propose_change(requirement=requirements[0], **details)
    with pytest.raises(ValidationError, match="föreslår redan"):
        lessons.propose_change(requirement=requirements[0], **details)


def withdrawn(requirement):
    requirement.state = "withdrawn"
    requirement.withdrawn_on, requirement.withdrawn_reason = (
        "2026-01-01",
        "Lagen har hunnit ifatt.",
    )
    requirement.save()
    return requirement


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("verb", ["take_in", "decline", "take_out"])
def test_who_edits_the_package_decides(edited, request, persona, verb):
    by, details = request.getfixturevalue(persona), {"change": edited}
    if verb == "take_out":
        lessons.take_in(change=edited, by=request.getfixturevalue("coordinator"))
    if verb == "decline":
        details["reason"] = "Kravet går redan längre."
    before = ProposedChange.objects.get(pk=edited.pk).state
    after = {"take_in": "taken_in", "decline": "declined", "take_out": "proposed"}[verb]
    if persona == "coordinator":
        row = getattr(lessons, verb)(by=by, **details)
        assert row.state == after
        event = ChangeEvent.objects.about(edited).first()
        assert event.detail == {"from": before, "to": after}
        assert ChangeLog.objects.about(row).first().by == by
    else:
        with pytest.raises(PermissionDenied):
            getattr(lessons, verb)(by=by, **details)
        assert ProposedChange.objects.get(pk=edited.pk).state == before


def test_the_contract_owners_region_proposes_and_the_plans_region_decides(
    demanding, requirements, other_coordinator, coordinator
):
    skane = Organisation.objects.get(code="skane")
    shared = FollowUpFactory(version=demanding, organisation=skane)
    lesson = lessons.write_lesson(
        lesson=Lesson(follow_up=shared, text="Frågan."), by=other_coordinator
    )
    change = lessons.propose_change(
        lesson=lesson, requirement=requirements[0], text="Räkna upp.", by=other_coordinator
    )
    reword(change, "Ny lydelse.")
    with pytest.raises(PermissionDenied):
        lessons.take_in(change=change, by=other_coordinator)
    assert lessons.take_in(change=change, by=coordinator).revision == 2


def test_the_requirement_is_changed_before_the_change_is_taken_in(change, coordinator):
    with pytest.raises(ValidationError, match="Ändra kravet först"):
        lessons.take_in(change=change, by=coordinator)
    published = change.requirement.text
    reword(change, "Leverantören ska räkna upp metallerna.")
    assert lessons.take_in(change=change, by=coordinator).revision == 2
    lessons.take_out(change=change, by=coordinator)
    reword(change, published)
    with pytest.raises(ValidationError, match="Ändra kravet först"):
        lessons.take_in(change=change, by=coordinator)


def test_a_requirement_that_was_never_published_has_it_in_its_first_wording(
    lesson, requirements, coordinator
):
    new = RequirementFactory(package=requirements[0].package, code="SE-09")
    change = ChangeFactory(lesson=lesson, requirement=new)
    assert lessons.take_in(change=change, by=coordinator).revision == 1


def test_what_is_published_with_the_change_is_not_taken_out(edited, coordinator, reviewer):
    lessons.take_in(change=edited, by=coordinator)
    out = lessons.take_out(change=edited, by=coordinator)
    assert (out.revision, out.decided_by, out.decided_at) == (None, None, None)
    lessons.take_in(change=edited, by=coordinator)
    package = edited.requirement.package
    publish(package=package, by=coordinator, approved_by=reviewer, note="Lärdomen.")
    with pytest.raises(ValidationError, match="är publicerad"):
        lessons.take_out(change=edited, by=coordinator)


def test_a_change_is_decided_once_and_declined_with_a_reason(edited, coordinator):
    with pytest.raises(ValidationError, match="är inte inarbetad"):
        lessons.take_out(change=edited, by=coordinator)
    with pytest.raises(ValidationError, match="varför ändringen avslås"):
        lessons.decline(change=edited, by=coordinator, reason=" ")
    lessons.decline(change=edited, by=coordinator, reason="Hemliga Hallar är ensamma.")
    for verb, details in [(lessons.take_in, {}), (lessons.decline, {"reason": "Igen."})]:
        with pytest.raises(ValidationError, match="redan beslutat"):
            verb(change=edited, by=coordinator, **details)
    assert "Hemliga" not in str(list(ChangeEvent.objects.values_list("detail", flat=True)))
