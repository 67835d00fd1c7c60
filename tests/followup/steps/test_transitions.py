"""The state machine: every pair of statuses, allowed or refused, and every persona."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from actionplan.models import ChangeEvent, Organisation
from followup.actions.follow_ups import advance
from followup.models import FollowUp, FollowUpStatus, Method, ReusedAudit
from followup.steps.transitions import STEPS, FollowUpFacts, StepNeed, refusal, steps_from
from tests.factories import DeviationFactory, FollowUpFactory
from tests.factories.followup import DONE

# As in docs/follow-up.md, written once more so that a slip in the table is seen.
LEADS = {
    "planned": "sent reviewed audit_decided audited cancelled",
    "sent": "answered cancelled",
    "answered": "reviewed cancelled",
    "reviewed": "approved plan_requested audit_decided cancelled",
    "approved": "closed cancelled",
    "audit_decided": "audited cancelled",
    "audited": "closed plan_requested cancelled",
    "plan_requested": "plan_approved cancelled",
    "plan_approved": "acting cancelled",
    "acting": "closed re_audit cancelled",
    "re_audit": "closed plan_requested cancelled",
    "closed": "",
    "cancelled": "",
}
STEP_BY_STEP = [(status, step) for status, steps in STEPS.items() for step in steps]
IDS = [f"{status}-{step.to}" for status, step in STEP_BY_STEP]
OTHERS = [
    (status, to)
    for status in FollowUpStatus
    for to in FollowUpStatus
    if to not in {step.to for step in STEPS[status]}
]


def test_the_table_is_that_of_the_process():
    assert {status: {step.to for step in steps} for status, steps in STEPS.items()} == {
        status: set(steps.split()) for status, steps in LEADS.items()
    }


def facts(status, step, **fields) -> FollowUpFacts:
    """A follow-up that has all a step needs."""
    method = next(iter(step.methods), Method.DIALOGUE)
    whole = {
        "open_deviations": int(StepNeed.OPEN in step.needs),
        "is_reused": StepNeed.REUSED in step.needs,
        "has_date": StepNeed.DONE_ON in step.needs,
        "has_note": StepNeed.REASON in step.needs,
    }
    return FollowUpFacts(status, method, **whole | fields)


LACKING = {
    StepNeed.DONE_ON: ({"has_date": False}, "vilken dag"),
    StepNeed.OPEN: ({"open_deviations": 0}, "ingen öppen avvikelse"),
    StepNeed.NONE_OPEN: ({"open_deviations": 2}, "2 avvikelser är fortfarande öppna"),
    StepNeed.NONE_UNDECIDED: ({"open_deviations": 1}, "1 avvikelse är fortfarande öppen. Stäng"),
    StepNeed.ANSWERS_DECIDED: ({"undecided_answers": 2}, "2 svar avviker och är inte avgjorda"),
    StepNeed.REASON: ({"has_note": False}, "varför"),
    StepNeed.PLANNED: ({"unplanned": 1}, "1 avvikelse saknar åtgärdsplan"),
    StepNeed.REUSED: ({"is_reused": False}, "ingen revision från en annan"),
}
NEEDS = [(status, step, need) for status, step in STEP_BY_STEP for need in step.needs]


@pytest.mark.parametrize(("status", "step"), STEP_BY_STEP, ids=IDS)
def test_a_step_with_all_it_needs_is_taken(status, step):
    assert refusal(facts(status, step), step.to) == ""


@pytest.mark.parametrize(
    ("status", "step", "need"), NEEDS, ids=[f"{s}-{t.to}-{n.name}" for s, t, n in NEEDS]
)
def test_a_step_that_lacks_something_is_refused_with_what(status, step, need):
    lacking, sentence = LACKING[need]
    assert sentence in refusal(facts(status, step, **lacking), step.to)


@pytest.mark.parametrize(("status", "to"), OTHERS)
def test_what_is_not_in_the_table_is_refused(status, to):
    everything = FollowUpFacts(
        status, Method.AUDIT, 0, is_reused=True, has_date=True, has_note=True
    )
    sentence = refusal(everything, to)
    assert str(status.label) in sentence
    assert str(to.label) in sentence


@pytest.mark.parametrize("method", Method)
def test_a_planned_follow_up_leads_where_its_method_does(method):
    own = {
        "dialogue": "reviewed",
        "audit": "audit_decided",
        "self_assessment": "sent",
        "transparency": "sent",
    }
    steps = steps_from(FollowUpFacts("planned", method))
    assert [step.to for step in steps] == [own[method], "cancelled"]
    others = {"sent", "reviewed", "audit_decided"} - {own[method]}
    for to in others:
        sentence = refusal(FollowUpFacts("planned", method, has_date=True), to)
        assert sentence.startswith("Det steget hör till en annan metod")


@pytest.mark.parametrize("method", Method)
def test_a_reused_audit_leads_any_planned_follow_up_to_audited(method):
    steps = steps_from(FollowUpFacts("planned", method, is_reused=True))
    assert "audited" in [step.to for step in steps]


def test_an_unknown_status_is_refused_by_its_name():
    assert "eaten" in refusal(FollowUpFacts("planned", Method.AUDIT), "eaten")


# Who takes steps: those who coordinate the plan's region, or that of the contract owner.
WRITERS = {
    ("coordinator", "stockholm"),
    ("coordinator", "skane"),
    ("other_coordinator", "skane"),
    ("superuser", "stockholm"),
    ("superuser", "skane"),
}
PERSONAS = ["coordinator", "other_coordinator", "reviewer", "analyst", "staff", "superuser"]


def stand(version, status, step, owner) -> FollowUp:
    """A stored follow-up that has all a step needs."""
    known = facts(status, step)
    dated = status not in ("planned", "sent", "answered", "audit_decided")
    follow_up = FollowUpFactory(
        version=version,
        organisation=Organisation.objects.get(code=owner),
        method=known.method,
        status=status,
        done_on=DONE if dated else None,
    )
    if known.open_deviations:
        DeviationFactory(follow_up=follow_up, requirement=version.package.requirements.first())
    if known.is_reused:
        ReusedAudit.objects.create(
            follow_up=follow_up,
            organisation="Region Skåne",
            clause_level="same",
            method="audit",
            audited_on=DONE,
        )
    return follow_up


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize(("status", "step"), STEP_BY_STEP, ids=IDS)
def test_a_step_is_taken_by_whoever_writes_in_the_follow_up(
    demanding, request, persona, status, step
):
    by, today = request.getfixturevalue(persona), timezone.localdate()
    for owner in ("stockholm", "skane"):
        follow_up = stand(demanding, status, step, owner)
        given = {"to": step.to, "by": by, "on": today, "note": "Klart."}
        if (persona, owner) in WRITERS:
            advance(follow_up=follow_up, **given)
            assert follow_up.steps.get().from_status == status
            assert ChangeEvent.objects.about(follow_up).count() == 1
        else:
            with pytest.raises(PermissionDenied):
                advance(follow_up=follow_up, **given)
            assert not follow_up.steps.exists()
            assert not ChangeEvent.objects.about(follow_up).exists()
        now = step.to if (persona, owner) in WRITERS else status
        assert FollowUp.objects.get(pk=follow_up.pk).status == now


def test_a_refused_step_stores_nothing(demanding, coordinator):
    follow_up = FollowUpFactory(version=demanding, reviewed=True)
    DeviationFactory(follow_up=follow_up, requirement=demanding.package.requirements.first())
    with pytest.raises(ValidationError, match="1 avvikelse är fortfarande öppen"):
        advance(follow_up=follow_up, to="approved", by=coordinator)
    follow_up.deviations.update(state="closed", closed_on=DONE, closed_by=coordinator)
    advance(follow_up=follow_up, to="approved", by=coordinator)
    assert FollowUp.objects.get(pk=follow_up.pk).status == "approved"


def test_what_was_found_after_the_approval_keeps_a_follow_up_open(demanding, coordinator):
    follow_up = FollowUpFactory(version=demanding, status="approved", done_on=DONE)
    DeviationFactory(follow_up=follow_up, requirement=demanding.package.requirements.first())
    with pytest.raises(ValidationError, match="1 avvikelse är fortfarande öppen"):
        advance(follow_up=follow_up, to="closed", by=coordinator)
    follow_up.deviations.update(state="closed", closed_on=DONE, closed_by=coordinator)
    advance(follow_up=follow_up, to="closed", by=coordinator)
