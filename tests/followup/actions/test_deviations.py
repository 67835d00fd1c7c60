"""A deviation on its way: every step allowed or refused, for every persona, and what is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ChangeEvent, ChangeLog, User
from followup.actions import deviations
from followup.actions.deviations import STEPS, steps_from
from followup.models import Deviation, DeviationState, FollowUp, Severity
from requirements_pkg.actions.publishing import publish
from tests.factories import (
    ActionFactory,
    DeviationFactory,
    FollowUpFactory,
    RequirementFactory,
    UserFactory,
)
from tests.factories.followup import DONE

# As in docs/follow-up.md, written once more so that a slip in the table is seen.
LEADS = {
    "open": "plan_submitted escalated",
    "plan_submitted": "plan_approved escalated",
    "plan_approved": "remedied escalated",
    "remedied": "closed open escalated",
    "escalated": "plan_submitted",
    "closed": "",
}
VERBS = {
    "plan_submitted": deviations.submit_action_plan,
    "plan_approved": deviations.approve_action_plan,
    "remedied": deviations.record_remedy,
    "closed": deviations.close,
    "escalated": deviations.escalate,
    "open": deviations.reopen,
}
SENTENCES = {
    "remedied": {"evidence": "Dnr 2026-17, bilaga 3."},
    "escalated": {"reason": "Hemliga Hallar AB svarar inte."},
    "open": {"note": "Hemliga Hallar AB har inte åtgärdat allt."},
}
PAIRS = [(state, to) for state in DeviationState.values for to in DeviationState.values]
ALLOWED = [(state, to) for state, to in PAIRS if to in LEADS[state].split()]
REFUSED = [pair for pair in PAIRS if pair not in ALLOWED]
WRITERS = {"coordinator", "superuser"}
PERSONAS = ["coordinator", "other_coordinator", "reviewer", "analyst", "staff", "superuser"]


@pytest.fixture
def remedier(db) -> User:
    """Who recorded the remedy: nobody whose turn it is in a test."""
    return UserFactory(username="remedier")


@pytest.fixture
def at_state(follow_up, requirements, remedier):
    """A function that gives a deviation in a state, with all that any step needs."""

    def deviation(state: str, **fields: object) -> Deviation:
        whole = {"state": state, "remedied_by": remedier, "evidence": "Dnr 2026-17."}
        if state == "closed":
            whole |= {"closed_by": remedier, "closed_on": DONE}
        if state == "escalated":
            whole["escalation_reason"] = "Inget svar."
        row = DeviationFactory(follow_up=follow_up, requirement=requirements[0], **whole | fields)
        ActionFactory(deviation=row, done_on=DONE)
        return row

    return deviation


def take(deviation: Deviation, to: str, by, **details: str) -> Deviation:
    return VERBS[to](deviation=deviation, by=by, **SENTENCES.get(to, {}) | details)


def test_the_table_is_that_of_the_process():
    assert {state: set(steps) for state, steps in STEPS.items()} == {
        state: set(steps.split()) for state, steps in LEADS.items()
    }


@pytest.mark.parametrize(("state", "to"), ALLOWED)
def test_a_step_that_leads_on_is_taken_with_its_event(at_state, coordinator, state, to):
    row = at_state(state)
    take(row, to, coordinator)
    assert row.state == Deviation.objects.get(pk=row.pk).state == to
    event = ChangeEvent.objects.about(row).get()
    assert event.detail == {"from": state, "to": to, "severity": "minor"}
    assert (event.kind, event.actor) == ("advanced", "coordinator")
    assert ChangeLog.objects.about(row).first().by == coordinator


@pytest.mark.parametrize(("state", "to"), REFUSED)
def test_a_step_that_does_not_lead_on_is_refused_to_all(at_state, request, state, to):
    row = at_state(state)
    for persona in PERSONAS:
        refusal = ValidationError if may(persona, to, "minor") else PermissionDenied
        with pytest.raises(refusal, match="kan inte bli" if refusal is ValidationError else None):
            take(row, to, request.getfixturevalue(persona))
    assert Deviation.objects.get(pk=row.pk).state == state
    assert not ChangeEvent.objects.about(row).exists()


def may(persona: str, to: str, severity: str) -> bool:
    """Who takes a step; the remedy was recorded by somebody else than all of them."""
    if persona == "reviewer":
        return to == "open" or (to == "closed" and severity == "major")
    return persona in WRITERS


@pytest.mark.parametrize("severity", ["major", "minor"])
@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize(("state", "to"), ALLOWED)
def test_who_takes_a_step_depends_on_the_region_the_role_and_the_severity(
    at_state, remedier, request, state, to, persona, severity
):
    row = at_state(state, severity=severity, remedied_by=remedier)
    by = request.getfixturevalue(persona)
    if may(persona, to, severity):
        take(row, to, by)
        assert Deviation.objects.get(pk=row.pk).state == to
    else:
        with pytest.raises(PermissionDenied):
            take(row, to, by)
        assert Deviation.objects.get(pk=row.pk).state == state


@pytest.mark.parametrize("severity", ["zero_tolerance", "major"])
@pytest.mark.parametrize("persona", ["coordinator", "superuser"])
def test_nobody_closes_a_severe_one_that_they_remedied(
    at_state, request, reviewer, severity, persona
):
    by = request.getfixturevalue(persona)
    row = take(at_state("plan_approved", severity=severity), "remedied", by)
    assert row.remedied_by == by
    with pytest.raises(PermissionDenied):
        take(row, "closed", by)
    closed = take(row, "closed", reviewer)
    assert (closed.closed_by, closed.closed_on) == (reviewer, timezone.localdate())


@pytest.mark.parametrize("severity", ["minor", "observation"])
def test_who_remedied_a_lesser_one_closes_it_too(at_state, coordinator, severity):
    row = take(at_state("plan_approved", severity=severity), "remedied", coordinator, evidence="")
    assert take(row, "closed", coordinator).closed_by == coordinator


def test_a_severe_one_is_remedied_and_closed_with_evidence_only(at_state, coordinator, reviewer):
    row = at_state("plan_approved", severity="major", evidence="")
    with pytest.raises(ValidationError, match="Ange vad som visar"):
        take(row, "remedied", coordinator, evidence="  ")
    Deviation.objects.filter(pk=row.pk).update(state="remedied", remedied_by=coordinator)
    with pytest.raises(
        ValidationError, match="Ange underlag innan den allvarliga avvikelsen stängs"
    ):
        take(row, "closed", reviewer)
    assert Deviation.objects.get(pk=row.pk).state == "remedied"


def test_a_severe_one_that_nobody_remedied_is_not_closed(at_state, reviewer):
    row = at_state("remedied", severity="major", remedied_by=None)
    with pytest.raises(PermissionDenied):
        take(row, "closed", reviewer)


def test_an_observation_needs_no_plan(at_state, coordinator):
    observation = at_state("open", severity=Severity.OBSERVATION)
    assert DeviationState.REMEDIED in steps_from(observation)
    assert DeviationState.REMEDIED not in steps_from(at_state("open"))
    assert take(observation, "remedied", coordinator).state == "remedied"


@pytest.mark.parametrize(
    ("state", "to", "sentence"),
    [
        ("open", "plan_submitted", "minst en åtgärd"),
        ("escalated", "plan_submitted", "minst en åtgärd"),
        ("plan_approved", "remedied", "minst en åtgärd är genomförd"),
    ],
)
def test_a_plan_has_an_action_and_a_remedy_one_that_is_done(
    at_state, coordinator, state, to, sentence
):
    row = at_state(state)
    if to == "remedied":
        row.actions.update(done_on=timezone.localdate() + timedelta(days=1))
    else:
        row.actions.all().delete()
    with pytest.raises(ValidationError, match=sentence):
        take(row, to, coordinator)
    row.actions.update(done_on=DONE)
    if to == "plan_submitted":
        ActionFactory(deviation=row, done_on=DONE)
    assert take(row, to, coordinator).state == to


@pytest.mark.parametrize("severity", [Severity.MINOR, Severity.OBSERVATION])
def test_a_remedy_takes_every_action_done_or_struck(at_state, coordinator, severity):
    row = at_state("plan_approved", severity=severity)
    late = [ActionFactory(deviation=row), ActionFactory(deviation=row)]
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="2 åtgärder är varken genomförda eller strukna"):
        take(row, "remedied", coordinator)
    late[0].done_on, late[1].struck_reason = tomorrow, "Smältverket levererar inte längre."
    for action in late:
        action.save()
    with pytest.raises(ValidationError, match="1 åtgärd är varken genomförd eller struken"):
        take(row, "remedied", coordinator)
    late[0].done_on = timezone.localdate()
    late[0].save()
    assert take(row, "remedied", coordinator).state == "remedied"


@pytest.mark.parametrize(
    ("state", "to", "expected"),
    [
        ("open", "escalated", {"reason": " "}),
        ("remedied", "open", {"note": " "}),
        ("remedied", "open", {"note": "x" * 101}),
    ],
)
def test_what_has_to_be_said_is_asked_for(at_state, coordinator, state, to, expected):
    row = at_state(state)
    with pytest.raises(ValidationError):
        take(row, to, coordinator, **expected)
    assert Deviation.objects.get(pk=row.pk).state == state
    assert take(row, to, coordinator).state == to


def test_a_reopened_one_starts_again_and_history_keeps_why(at_state, coordinator):
    row = take(at_state("remedied"), "open", coordinator)
    assert (row.remedied_by, row.evidence) == (None, "")
    assert ChangeLog.objects.about(row).first().reason == SENTENCES["open"]["note"]


def facts(**fields: object) -> dict[str, object]:
    whole = {
        "severity": "major",
        "finding": "Hemliga Hallar AB saknar förteckning.",
        "found_on": DONE,
        "due_on": DONE + timedelta(days=30),
    }
    return whole | fields


def test_a_deviation_is_against_the_wording_in_the_version(follow_up, requirements, coordinator):
    requirements[0].text = "En ny lydelse som inte är publicerad."
    requirements[0].save()
    row = deviations.record_deviation(
        follow_up=follow_up, requirement_uid=requirements[0].uid, by=coordinator, **facts()
    )
    assert (row.state, str(row)) == ("open", "SE-01:1, allvarlig")
    assert ChangeEvent.objects.about(row).get().detail == {
        "from": "",
        "to": "open",
        "severity": "major",
    }
    assert ChangeLog.objects.about(row).get().by == coordinator


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_records_a_deviation_or_a_sanction_writes_in_the_follow_up(
    follow_up, requirements, request, persona
):
    by = request.getfixturevalue(persona)
    deviating = {"requirement_uid": str(requirements[0].uid), **facts()}
    sanction = {"kind": "penalty", "decided_on": DONE, "reference": "Beslut 2026-9"}
    for verb, details in [
        (deviations.record_deviation, deviating),
        (deviations.impose_sanction, sanction),
    ]:
        if persona in WRITERS:
            assert verb(follow_up=follow_up, by=by, **details).pk
        else:
            with pytest.raises(PermissionDenied):
                verb(follow_up=follow_up, by=by, **details)
    assert Deviation.objects.exists() is (persona in WRITERS)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"found_on": timezone.localdate() + timedelta(days=400)}, "ligger i framtiden"),
        ({"due_on": DONE - timedelta(days=1)}, "Slutdatumet ligger före"),
        ({"finding": ""}, "tomt"),
        ({"severity": "mild"}, "giltig|fyra"),
    ],
)
def test_a_finding_that_lacks_something_is_refused(
    follow_up, requirements, coordinator, wrong, sentence
):
    if "found_on" in wrong:
        wrong["due_on"] = wrong["found_on"]
    details = {"follow_up": follow_up, "requirement_uid": requirements[0].uid, "by": coordinator}
    with pytest.raises(ValidationError, match=sentence):
        deviations.record_deviation(**details, **facts(**wrong))
    assert deviations.record_deviation(**details, **facts()).pk


def test_only_what_the_version_demands_can_deviate(follow_up, requirements, coordinator):
    newer = RequirementFactory(package=follow_up.version.package, code="SE-09")
    details = {"follow_up": follow_up, "by": coordinator, **facts()}
    with pytest.raises(ValidationError, match="gäller inte i den version"):
        deviations.record_deviation(requirement_uid=newer.uid, **details)
    FollowUp.objects.filter(pk=follow_up.pk).update(status="cancelled")
    with pytest.raises(ValidationError, match="avslutad"):
        deviations.record_deviation(requirement_uid=requirements[0].uid, **details)
    assert not Deviation.objects.exists()


def test_only_what_is_of_the_follow_ups_product_area_can_deviate(
    requirements, coordinator, reviewer, as_persona
):
    """What is asked about another area can be explained, but it is no fault of this contract."""
    package, areas = requirements[0].package, requirements[0].package.plan.product_areas
    first, second = areas.order_by("number")[:2]
    own = RequirementFactory(package=package, code="SE-03", source="Förordning", areas=[first])
    other = RequirementFactory(package=package, code="SE-04", source="Förordning", areas=[second])
    version = publish(package=package, by=coordinator, approved_by=reviewer, note="Områden.")
    follow_up = FollowUpFactory(version=version, product_area=first)
    details = {"follow_up": follow_up, "by": coordinator, **facts()}
    with pytest.raises(ValidationError, match="gäller ett annat produktområde"):
        deviations.record_deviation(requirement_uid=other.uid, **details)
    with pytest.raises(PermissionDenied):
        deviations.record_deviation(requirement_uid=other.uid, **{**details, "by": reviewer})
    assert not Deviation.objects.exists()
    for requirement in (own, requirements[0]):
        assert deviations.record_deviation(requirement_uid=requirement.uid, **details).pk
    at = reverse("admin:followup_deviation_add", query={"uppfoljning": follow_up.pk})
    page_text = as_persona("coordinator").get(at).content.decode()
    assert [str(row.uid) in page_text for row in (own, requirements[0], other)] == [1, 1, 0]


def test_a_sanction_is_lifted_once_and_not_before_it_was_decided(follow_up, coordinator):
    sanction = deviations.impose_sanction(
        follow_up=follow_up,
        kind="order_stop",
        decided_on=DONE,
        reference="Beslut 2026-9",
        by=coordinator,
    )
    with pytest.raises(ValidationError, match="hävas innan"):
        deviations.lift_sanction(
            sanction=sanction, lifted_on=DONE - timedelta(days=1), by=coordinator
        )
    lifted = deviations.lift_sanction(sanction=sanction, lifted_on=DONE, by=coordinator)
    assert lifted.lifted_on == DONE
    with pytest.raises(ValidationError, match="redan upphävd"):
        deviations.lift_sanction(sanction=sanction, lifted_on=DONE, by=coordinator)
    details = [event.detail for event in ChangeEvent.objects.about(sanction)]
    assert details == [{"from": "imposed", "to": "lifted"}, {"from": "", "to": "imposed"}]


def test_no_event_tells_anything_confidential(at_state, requirements, coordinator):
    row = at_state("open")
    for to in ["plan_submitted", "plan_approved", "remedied", "open", "escalated"]:
        row = take(row, to, coordinator)
    details = str(list(ChangeEvent.objects.about(row).values_list("detail", flat=True)))
    assert details.count("severity") == 5
    for secret in ("Hemliga", "bilaga", row.finding, row.actions.get().text):
        assert secret not in details
