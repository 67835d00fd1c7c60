"""A second person approves what somebody asked for, or returns it, and nobody is both."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actionplan.models import ChangeEvent, ChangeLog
from followup import permissions
from followup.actions import amendments, deviations, follow_ups
from followup.actions.approvals import approve_request, return_request
from followup.models import Deviation, FollowUp, SecondPersonRequest
from tests.factories import ActionFactory, DeviationFactory
from tests.factories.followup import DONE
from tests.unguarded import unguarded

PERSONAS = ["coordinator", "other_coordinator", "reviewer", "analyst", "staff", "superuser"]
WHY = "Hemliga Hallar AB är uppsagt."


@pytest.fixture
def grave(follow_up, requirements) -> Deviation:
    """An open deviation of zero tolerance."""
    row = DeviationFactory(
        follow_up=follow_up, requirement=requirements[0], severity="zero_tolerance"
    )
    ActionFactory(deviation=row, done_on=DONE)
    return row


@pytest.fixture
def decision_request(grave, coordinator) -> SecondPersonRequest:
    """The coordinator wants to write it off."""
    return deviations.write_off(deviation=grave, by=coordinator, reason=WHY)


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_approves_sees_the_follow_up_and_did_not_ask(decision_request, request, persona):
    by = request.getfixturevalue(persona)
    may = persona in {"reviewer", "superuser"}
    assert permissions.may_decide(by, decision_request) is may
    decidable = SecondPersonRequest.objects.filter(permissions.decidable(by))
    assert decidable.exists() is may
    if not may:
        with pytest.raises(PermissionDenied):
            approve_request(request=decision_request, by=by)
        assert SecondPersonRequest.objects.pending().exists()
        return
    approve_request(request=decision_request, by=by)
    row = Deviation.objects.get()
    assert (row.state, row.closed_by, row.written_off_reason) == ("closed", by, WHY)
    assert row.written_off_by == decision_request.requested_by


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_asked_takes_it_back_and_who_may_approve_returns_it(
    decision_request, request, persona
):
    by = request.getfixturevalue(persona)
    if persona not in {"coordinator", "reviewer", "superuser"}:
        with pytest.raises(PermissionDenied):
            return_request(request=decision_request, by=by, answer="Nej.")
        return
    with pytest.raises(ValidationError, match="Skriv varför begäran lämnas tillbaka"):
        return_request(request=decision_request, by=by, answer="  ")
    returned = return_request(request=decision_request, by=by, answer="Invänta revisionen.")
    assert (returned.decision, returned.decided_by) == ("returned", by)
    assert Deviation.objects.get().state == "open"
    for again in (
        lambda: return_request(request=decision_request, by=by, answer="Nej."),
        lambda: approve_request(request=decision_request, by=request.getfixturevalue("reviewer")),
    ):
        with pytest.raises(ValidationError, match="redan avgjort"):
            again()


def test_the_same_is_asked_for_once_at_a_time(decision_request, grave, coordinator, reviewer):
    with pytest.raises(ValidationError, match="väntar redan på svar"):
        deviations.write_off(deviation=grave, by=coordinator, reason=WHY)
    return_request(request=decision_request, by=reviewer, answer="Nej.")
    assert deviations.write_off(deviation=grave, by=coordinator, reason=WHY).pk


def test_what_was_changed_meanwhile_is_not_approved(
    decision_request, grave, coordinator, reviewer
):
    deviations.submit_action_plan(deviation=grave, by=coordinator)
    with pytest.raises(ValidationError, match="ändrats sedan den skrevs"):
        approve_request(request=decision_request, by=reviewer)
    assert Deviation.objects.get().state == "plan_submitted"
    assert SecondPersonRequest.objects.pending().exists()


def test_a_follow_up_with_a_zero_tolerance_is_cancelled_by_two(
    decision_request, follow_up, coordinator, reviewer
):
    with pytest.raises(ValidationError, match="fortfarande öppen"):
        follow_ups.cancel(follow_up=follow_up, by=coordinator, reason=WHY)
    approve_request(request=decision_request, by=reviewer)
    with pytest.raises(ValidationError, match="av två personer"):
        follow_ups.advance(follow_up=follow_up, to="cancelled", by=coordinator, note=WHY)
    request = follow_ups.cancel(follow_up=follow_up, by=coordinator, reason=WHY)
    assert FollowUp.objects.get().status == "planned"
    with pytest.raises(PermissionDenied):
        approve_request(request=request, by=coordinator)
    approve_request(request=request, by=reviewer)
    assert FollowUp.objects.get().status == "cancelled"
    step = follow_up.steps.get()
    assert (step.by, step.note, step.to_status) == (coordinator, WHY, "cancelled")


def test_what_was_found_after_the_request_stops_it(
    decision_request, follow_up, requirements, coordinator, reviewer
):
    approve_request(request=decision_request, by=reviewer)
    request = follow_ups.cancel(follow_up=follow_up, by=coordinator, reason=WHY)
    DeviationFactory(follow_up=follow_up, requirement=requirements[1])
    with pytest.raises(ValidationError, match="1 avvikelse är fortfarande öppen"):
        approve_request(request=request, by=reviewer)
    assert FollowUp.objects.get().status == "planned"
    assert SecondPersonRequest.objects.pending().get() == request


def test_a_lesser_one_is_written_off_by_one_with_a_reason(follow_up, requirements, coordinator):
    row = DeviationFactory(follow_up=follow_up, requirement=requirements[0])
    with pytest.raises(ValidationError, match="Skriv varför avvikelsen skrivs av"):
        deviations.write_off(deviation=row, by=coordinator, reason=" ")
    assert deviations.write_off(deviation=row, by=coordinator, reason=WHY) is None
    row.refresh_from_db()
    assert (row.state, row.closed_by, row.written_off_by) == ("closed", coordinator, coordinator)
    follow_ups.cancel(follow_up=follow_up, by=coordinator, reason=WHY)


def test_the_events_tell_states_and_no_reasons(decision_request, grave, reviewer):
    approve_request(request=decision_request, by=reviewer)
    events = ChangeEvent.objects.about(grave).order_by("pk")
    details = [(event.kind, event.actor, event.detail) for event in events]
    states = {"from": "open", "to": "closed"}
    assert details == [
        ("requested", "coordinator", states),
        ("approved", "reviewer", states),
        ("advanced", "reviewer", {**states, "severity": "zero_tolerance"}),
    ]


LATER = date(2027, 1, 1)


def amend(row: Deviation, by, **fields: object) -> list[SecondPersonRequest]:
    for name, value in fields.items():
        setattr(row, name, value)
    return amendments.amend(deviation=row, by=by, reason=WHY)


def test_a_due_date_of_a_plan_that_was_agreed_to_is_moved_by_two(grave, coordinator, reviewer):
    deviations.submit_action_plan(deviation=grave, by=coordinator)
    deviations.approve_action_plan(deviation=grave, by=coordinator)
    grave.refresh_from_db()
    before = grave.due_on
    (request,) = amend(grave, coordinator, due_on=LATER, finding="Ingen förteckning alls.")
    grave.refresh_from_db()
    assert (grave.due_on, grave.finding) == (before, "Ingen förteckning alls.")
    assert (request.old, request.new) == (before.isoformat(), "2027-01-01")
    with pytest.raises(PermissionDenied):
        approve_request(request=request, by=coordinator)
    approve_request(request=request, by=reviewer)
    grave.refresh_from_db()
    assert grave.due_on == LATER
    assert ChangeLog.objects.about(grave).first().reason == WHY


@pytest.mark.parametrize("way", ["escalated", "reopened"])
def test_a_plan_that_was_agreed_to_once_stays_so(grave, coordinator, way):
    """Else one person would take a step, move the date, and take the step back."""
    deviations.submit_action_plan(deviation=grave, by=coordinator)
    deviations.approve_action_plan(deviation=grave, by=coordinator)
    if way == "escalated":
        deviations.escalate(deviation=grave, by=coordinator, reason="Inget svar.")
    else:
        deviations.record_remedy(deviation=grave, by=coordinator, evidence="Bilaga 3.")
        deviations.reopen(deviation=grave, by=coordinator, note="Räcker inte.")
    grave.refresh_from_db()
    assert amend(grave, coordinator, due_on=LATER)


def test_a_severity_and_a_date_are_asked_for_each_by_itself(grave, coordinator, reviewer):
    with unguarded():
        Deviation.objects.filter(pk=grave.pk).update(state="plan_approved")
    grave.refresh_from_db()
    severity, due_on = amend(grave, coordinator, due_on=LATER, severity="major")
    approve_request(request=severity, by=reviewer)
    return_request(request=due_on, by=reviewer, answer="Inte så länge.")
    grave.refresh_from_db()
    assert (grave.severity, grave.due_on) == ("major", date(2026, 6, 16))


def test_what_was_remedied_meanwhile_is_not_changed(grave, coordinator, reviewer):
    with unguarded():
        Deviation.objects.filter(pk=grave.pk).update(state="plan_approved")
    grave.refresh_from_db()
    (request,) = amend(grave, coordinator, due_on=LATER)
    deviations.record_remedy(deviation=grave, by=coordinator, evidence="Bilaga 3.")
    with pytest.raises(ValidationError, match="åtgärdad eller avslutad"):
        approve_request(request=request, by=reviewer)
    assert SecondPersonRequest.objects.pending().exists()
