"""Planning, asking, answering and reusing: what is stored, what is refused, and for whom."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from actionplan.models import ChangeEvent, ChangeLog, EventKind, Organisation
from followup.actions.deviations import write_off
from followup.actions.follow_ups import (
    advance,
    ask,
    cancel,
    plan_follow_up,
    record_answers,
    reuse,
    take_back,
    years_before,
)
from followup.models import FollowUp, FollowUpStatus, Question, ReusedAudit
from tests.factories import DeviationFactory, FollowUpFactory, RequirementFactory
from tests.factories.followup import DONE

TODAY = timezone.localdate


def uids(requirements) -> list[str]:
    return [str(requirement.uid) for requirement in requirements]


def an_audit(day: date, **fields) -> ReusedAudit:
    facts = {"clause_level": "same", "method": "audit", "organisation": "Region Skåne"}
    return ReusedAudit(audited_on=day, **facts | fields)


def test_a_planned_follow_up_is_stored_with_its_event(demanding, coordinator):
    follow_up = plan_follow_up(
        follow_up=FollowUpFactory.build(version=demanding, done_on=DONE, status="closed"),
        by=coordinator,
    )
    assert (follow_up.status, follow_up.done_on) == ("planned", None)
    event = ChangeEvent.objects.about(follow_up).get()
    assert (event.kind, event.detail) == (EventKind.PLANNED, {"status": "planned"})
    assert ChangeLog.objects.about(follow_up).get().by == coordinator


@pytest.mark.parametrize(
    ("persona", "owner", "may"),
    [
        ("coordinator", "stockholm", True),
        # Whose contract it is counts as much as whose plan.
        ("coordinator", "skane", True),
        ("other_coordinator", "skane", True),
        ("other_coordinator", "stockholm", False),
        ("reviewer", "stockholm", False),
        ("analyst", "uppsala", False),
        ("staff", "stockholm", False),
        ("superuser", "stockholm", True),
    ],
)
def test_who_plans_depends_on_the_plans_region_and_the_contract_owners(
    demanding, request, persona, owner, may
):
    by = request.getfixturevalue(persona)
    follow_up = FollowUpFactory.build(
        version=demanding, organisation=Organisation.objects.get(code=owner)
    )
    if may:
        assert plan_follow_up(follow_up=follow_up, by=by).pk
    else:
        with pytest.raises(PermissionDenied):
            plan_follow_up(follow_up=follow_up, by=by)
        assert not FollowUp.objects.exists()


def test_a_question_is_what_the_version_says_or_a_common_one(follow_up, requirements, coordinator):
    requirements[0].supplier_question = "Något nytt som inte är publicerat."
    requirements[0].save()
    ask(follow_up=follow_up, requirement_uids=uids(requirements)[::-1], by=coordinator)
    questions = follow_up.questions.values_list("requirement__code", "revision", "text")
    assert list(questions) == [
        ("SE-01", 1, "Vilka smältverk finns i er leveranskedja?"),
        ("SE-02", 1, "Hur uppfyller ni kravet, och vad visar det?"),
    ]
    event = ChangeEvent.objects.about(follow_up).get()
    assert event.detail == {"questions": 2}


def test_what_is_asked_already_is_not_asked_again(follow_up, requirements, coordinator):
    first, second = uids(requirements)
    ask(follow_up=follow_up, requirement_uids=[first], by=coordinator)
    made = ask(follow_up=follow_up, requirement_uids=[first, second], by=coordinator)
    assert [question.requirement.code for question in made] == ["SE-02"]
    assert follow_up.questions.count() == 2


def test_a_requirement_that_the_version_has_not_is_refused(follow_up, coordinator):
    newer = RequirementFactory(package=follow_up.version.package, code="SE-09")
    with pytest.raises(ValidationError, match="gäller inte i den version"):
        ask(follow_up=follow_up, requirement_uids=[str(newer.uid)], by=coordinator)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("sent", "utskickad till leverantören"), ("closed", "avslutad"), ("cancelled", "avslutad")],
)
def test_it_is_too_late_to_ask(follow_up, requirements, coordinator, status, sentence):
    FollowUp.objects.filter(pk=follow_up.pk).update(status=status, done_on=DONE)
    with pytest.raises(ValidationError, match=sentence):
        ask(follow_up=follow_up, requirement_uids=uids(requirements), by=coordinator)
    assert not Question.objects.exists()


def test_only_an_unanswered_question_is_taken_back(follow_up, requirements, coordinator):
    made = ask(follow_up=follow_up, requirement_uids=uids(requirements), by=coordinator)
    made[0].answer = "yes"
    record_answers(follow_up=follow_up, questions=made[:1], by=coordinator)
    keys = [question.pk for question in made]
    assert take_back(follow_up=follow_up, questions=keys, by=coordinator) == 1
    assert [question.pk for question in follow_up.questions.all()] == [made[0].pk]


def test_an_answer_is_dated_and_loses_its_date_with_its_answer(
    follow_up, requirements, coordinator
):
    (question, _other) = ask(
        follow_up=follow_up, requirement_uids=uids(requirements), by=coordinator
    )
    question.answer = "partly"
    record_answers(follow_up=follow_up, questions=[question], by=coordinator)
    assert Question.objects.get(pk=question.pk).answered_on == TODAY()
    question.answer = ""
    record_answers(follow_up=follow_up, questions=[question], by=coordinator)
    assert Question.objects.get(pk=question.pk).answered_on is None


def test_a_question_of_another_follow_up_is_not_answered_here(
    follow_up, requirements, coordinator
):
    other = FollowUpFactory(version=follow_up.version)
    made = ask(follow_up=other, requirement_uids=uids(requirements), by=coordinator)
    made[0].answer = "yes"
    with pytest.raises(PermissionDenied):
        record_answers(follow_up=follow_up, questions=made, by=coordinator)
    assert not Question.objects.exclude(answer="").exists()


def test_who_comes_second_with_a_reused_audit_is_told_so(follow_up, coordinator):
    reuse(follow_up=follow_up, audit=an_audit(TODAY()), by=coordinator)
    with pytest.raises(ValidationError, match="Någon annan har redan angett"):
        reuse(follow_up=follow_up, audit=an_audit(TODAY()), by=coordinator)
    assert ReusedAudit.objects.count() == 1


def test_an_audit_of_exactly_three_years_ago_is_reused(follow_up, coordinator):
    day = years_before(TODAY(), 3)
    reuse(follow_up=follow_up, audit=an_audit(day), by=coordinator)
    assert ReusedAudit.objects.get().follow_up == follow_up


@pytest.mark.parametrize(
    ("days", "sentence"), [(-1, "äldre än 3 år"), (None, "ligger i framtiden")]
)
def test_an_audit_that_is_too_old_or_to_come_is_refused(follow_up, coordinator, days, sentence):
    day = TODAY() + timedelta(1) if days is None else years_before(TODAY(), 3) - timedelta(1)
    with pytest.raises(ValidationError, match=sentence):
        reuse(follow_up=follow_up, audit=an_audit(day), by=coordinator)
    assert not ReusedAudit.objects.exists()


def test_an_audit_against_lower_terms_is_refused(follow_up, coordinator):
    with pytest.raises(ValidationError, match="lägre villkor"):
        reuse(follow_up=follow_up, audit=an_audit(TODAY(), clause_level="lower"), by=coordinator)


def test_three_years_before_a_leap_day_is_the_28th():
    assert years_before(date(2028, 2, 29), 3) == date(2025, 2, 28)
    assert years_before(date(2026, 10, 5), 3) == date(2023, 10, 5)


def test_a_step_is_kept_with_who_and_why_and_its_event_tells_no_secret(follow_up, coordinator):
    advance(follow_up=follow_up, to="sent", by=coordinator, note="Skickad till Hemliga Hallar.")
    step = follow_up.steps.get()
    assert (step.from_status, step.to_status, step.by) == ("planned", "sent", coordinator)
    assert step.note == "Skickad till Hemliga Hallar."
    assert ChangeEvent.objects.about(follow_up).get().detail == {"from": "planned", "to": "sent"}


def test_a_cancelled_follow_up_says_why(follow_up, coordinator):
    with pytest.raises(ValidationError, match="varför"):
        cancel(follow_up=follow_up, by=coordinator, reason="  ")
    cancel(follow_up=follow_up, by=coordinator, reason="Avtalet är uppsagt.")
    follow_up.refresh_from_db()
    assert follow_up.status == FollowUpStatus.CANCELLED


def test_nothing_is_carried_out_in_the_future(follow_up, coordinator):
    FollowUp.objects.filter(pk=follow_up.pk).update(status="answered")
    tomorrow = TODAY() + timedelta(1)
    with pytest.raises(ValidationError, match="framtiden"):
        advance(follow_up=follow_up, to="reviewed", by=coordinator, on=tomorrow)
    advance(follow_up=follow_up, to="reviewed", by=coordinator, on=TODAY())
    follow_up.refresh_from_db()
    assert follow_up.done_on == TODAY()


def test_a_step_is_taken_from_where_it_is_stored_and_not_from_an_old_page(follow_up, coordinator):
    old = FollowUp.objects.get(pk=follow_up.pk)
    advance(follow_up=follow_up, to="sent", by=coordinator)
    with pytest.raises(ValidationError):
        advance(follow_up=old, to="sent", by=coordinator)
    assert follow_up.steps.count() == 1


def test_an_answer_that_deviates_becomes_a_deviation_or_is_explained_first(
    follow_up, requirements, coordinator
):
    made = ask(follow_up=follow_up, requirement_uids=uids(requirements), by=coordinator)
    for question in made:
        question.answer, question.assessed = "no", "deviates"
    record_answers(follow_up=follow_up, questions=made, by=coordinator)
    FollowUp.objects.filter(pk=follow_up.pk).update(status="reviewed", done_on=DONE)
    with pytest.raises(ValidationError, match="2 svar avviker och är inte avgjorda"):
        advance(follow_up=follow_up, to="approved", by=coordinator)
    made[0].explanation = "Smältverket är nytt i år."
    record_answers(follow_up=follow_up, questions=made[:1], by=coordinator)
    # A deviation of another follow-up decides nothing of this one.
    other = FollowUpFactory(version=follow_up.version)
    for source in (other, follow_up):
        with pytest.raises(ValidationError, match="1 svar avviker och är inte avgjort"):
            advance(follow_up=follow_up, to="approved", by=coordinator)
        row = DeviationFactory(follow_up=source, requirement=requirements[1])
        write_off(deviation=row, by=coordinator, reason="Rättat.")
    advance(follow_up=follow_up, to="approved", by=coordinator)


def test_a_new_answer_is_not_explained_by_what_was_said_of_the_old(
    follow_up, requirements, coordinator
):
    (question, _other) = ask(
        follow_up=follow_up, requirement_uids=uids(requirements), by=coordinator
    )
    question.answer, question.assessed, question.explanation = "no", "accepted", "Ny."
    with pytest.raises(ValidationError, match="Bara ett svar som avviker förklaras"):
        record_answers(follow_up=follow_up, questions=[question], by=coordinator)
    assert not Question.objects.exclude(answer="").exists()
