"""The verbs of reporting: from which state, by whom, and not in a locked period."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actionplan.models import ChangeEvent, Indicator, Organisation, Role, User
from followup.actions import readings
from followup.actions.approvals import approve_request
from followup.drafting.readings import published_readings
from followup.models import IndicatorReading, ReadingState, ReportingPeriod
from requirements_pkg.models import ImmutableError
from requirements_pkg.published import page_cache
from tests.factories import UserFactory
from tests.factories.followup import ReadingFactory

STATES = ["draft", "submitted", "returned", "approved"]


def submit(reading, by):
    return readings.submit(reading=reading, by=by)


def give_back(reading, by):
    return readings.return_reading(reading=reading, by=by, reason="Källan saknas.")


def approve(reading, by):
    return readings.approve(reading=reading, by=by)


def correct(reading, by):
    return readings.correct(reading=reading, by=by)


@pytest.fixture
def reading(plan, coordinator) -> IndicatorReading:
    """A draft for the whole country."""
    return ReadingFactory(indicator=Indicator.objects.order_by("pk")[0], author=coordinator)


@pytest.fixture
def in_state(reading, coordinator, reviewer):
    """A function that brings the reading to a state."""

    def bring(state: str) -> IndicatorReading:
        if state != "draft":
            submit(reading, coordinator)
            reading.refresh_from_db()
        if state == "returned":
            give_back(reading, reviewer)
        if state == "approved":
            approve(reading, reviewer)
        reading.refresh_from_db()
        return reading

    return bring


@pytest.fixture
def period(plan) -> ReportingPeriod:
    return ReportingPeriod.objects.create(
        plan=plan, name="Våren 2026", first_day=date(2026, 1, 1), last_day=date(2026, 6, 30)
    )


def unlock(period: ReportingPeriod) -> None:
    """The coordinator asks, and the reviewer approves."""
    first, second = (User.objects.get(username=name) for name in ("coordinator", "reviewer"))
    request = readings.ask_to_unlock(period=period, by=first, reason="En siffra är fel.")
    approve_request(request=request, by=second)


@pytest.fixture
def locked(period, coordinator) -> ReportingPeriod:
    return readings.lock_period(period=period, by=coordinator)


TRANSITIONS = {
    submit: ("coordinator", {"draft": "submitted", "returned": "submitted"}),
    give_back: ("reviewer", {"submitted": "returned"}),
    approve: ("reviewer", {"submitted": "approved"}),
    # The draft that it makes is another reading.
    correct: ("coordinator", {"approved": "approved"}),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", TRANSITIONS)
def test_each_verb_leads_from_some_states_and_from_no_other(request, in_state, verb, state):
    who, leads = TRANSITIONS[verb]
    reading = in_state(state)
    events_before = ChangeEvent.objects.count()
    if state in leads:
        verb(reading, request.getfixturevalue(who))
    else:
        with pytest.raises(ValidationError):
            verb(reading, request.getfixturevalue(who))
        assert ChangeEvent.objects.count() == events_before
    reading.refresh_from_db()
    assert reading.state == leads.get(state, state)


@pytest.mark.parametrize(
    "persona", ["coordinator", "other_coordinator", "reviewer", "analyst", "staff"]
)
@pytest.mark.parametrize(
    ("verb", "state"),
    [(submit, "draft"), (give_back, "submitted"), (approve, "submitted"), (correct, "approved")],
)
def test_each_verb_is_for_one_persona(request, in_state, verb, state, persona):
    reading, by = in_state(state), request.getfixturevalue(persona)
    if persona == TRANSITIONS[verb][0]:
        verb(reading, by)
    else:
        with pytest.raises(PermissionDenied):
            verb(reading, by)
        reading.refresh_from_db()
        assert reading.state == state


def test_a_coordinator_of_another_region_reports_for_its_own_organisations(
    reading, other_coordinator
):
    with pytest.raises(PermissionDenied):
        submit(reading, other_coordinator)
    reading.organisation = Organisation.objects.get(code="skane")
    reading.save()
    assert submit(reading, other_coordinator).state == ReadingState.SUBMITTED


def test_nobody_approves_what_they_sent_themselves(reading, stockholm, coordinator, reviewer):
    both = UserFactory(username="both", role=Role.COORDINATOR, at=stockholm)
    both.memberships.create(organisation=stockholm, role=Role.REVIEWER)
    sent = submit(reading, both)
    assert sent.author == both
    with pytest.raises(PermissionDenied):
        approve(sent, both)
    assert approve(sent, reviewer).decided_by == reviewer


def test_a_reading_that_was_sent_again_is_looked_at_again(in_state, coordinator, reviewer):
    seen = in_state("submitted")
    give_back(seen, reviewer)
    again = submit(seen, coordinator)
    with pytest.raises(ValidationError, match="skickats in igen"):
        approve(seen, reviewer)
    assert approve(again, reviewer).state == ReadingState.APPROVED


def test_a_returned_reading_says_why_until_it_is_approved(in_state, coordinator, reviewer):
    reading = in_state("submitted")
    with pytest.raises(ValidationError, match="Skriv varför"):
        readings.return_reading(reading=reading, by=reviewer, reason=" ")
    give_back(reading, reviewer)
    again = submit(reading, coordinator)
    assert (again.reason, again.decided_by) == ("Källan saknas.", None)


def test_an_approved_reading_is_never_rewritten(in_state):
    reading = in_state("approved")
    reading.comment = "En annan kommentar."
    with pytest.raises(ImmutableError):
        reading.save()
    with pytest.raises(ImmutableError):
        reading.delete()


def test_a_correction_stands_in_for_what_it_corrects_once_it_is_approved(
    in_state, coordinator, reviewer
):
    reading = in_state("approved")
    pk = reading.indicator_id
    draft = correct(reading, coordinator)
    assert (draft.status, draft.as_of, draft.state) == (reading.status, reading.as_of, "draft")
    draft.status = "delayed"
    draft.save()
    assert [reading.status for reading in published_readings([pk])] == ["on_track"]
    approve(submit(draft, coordinator), reviewer)
    assert [reading.status for reading in published_readings([pk])] == ["delayed"]
    with pytest.raises(ValidationError, match="redan påbörjat"):
        correct(reading, coordinator)


@pytest.mark.parametrize(
    ("verb", "state"),
    [(submit, "draft"), (submit, "returned"), (approve, "submitted"), (correct, "approved")],
)
@pytest.mark.usefixtures("reviewer")
def test_nothing_is_reported_in_a_locked_period(request, in_state, period, verb, state):
    reading, by = in_state(state), request.getfixturevalue(TRANSITIONS[verb][0])
    coordinator = request.getfixturevalue("coordinator")
    readings.lock_period(period=period, by=coordinator)
    with pytest.raises(ValidationError, match="Våren 2026"):
        verb(reading, by)
    unlock(period)
    verb(reading, by)


def test_a_correction_moved_out_of_a_locked_period_takes_nothing_out_of_it(
    in_state, period, coordinator, reviewer
):
    """Else what stood there when it was locked would not stand there any longer."""
    reading = in_state("approved")
    draft = correct(reading, coordinator)
    draft.as_of = date(2025, 12, 31)
    draft.save()
    readings.lock_period(period=period, by=coordinator)
    with pytest.raises(ValidationError, match="Våren 2026"):
        submit(draft, coordinator)
    unlock(period)
    sent = submit(draft, coordinator)
    readings.lock_period(period=period, by=coordinator)
    with pytest.raises(ValidationError, match="Våren 2026"):
        approve(sent, reviewer)
    unlock(period)
    approve(sent, reviewer)


@pytest.mark.parametrize(
    ("day", "is_refused"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_period_has_a_first_day_and_a_last(plan, locked, day, is_refused):
    if is_refused:
        with pytest.raises(ValidationError):
            readings.refuse_locked(plan, day)
    else:
        readings.refuse_locked(plan, day)


def test_a_period_is_locked_once_and_unlocked_once(period, coordinator, reviewer):
    with pytest.raises(ValidationError, match="inte låst"):
        unlock(period)
    readings.lock_period(period=period, by=coordinator)
    with pytest.raises(ValidationError, match="redan låst"):
        readings.lock_period(period=period, by=coordinator)
    unlock(period)
    kinds = ChangeEvent.objects.about(period).values_list("kind", flat=True)
    assert list(kinds) == ["unlocked", "approved", "requested", "locked"]


@pytest.mark.parametrize("persona", ["other_coordinator", "reviewer", "analyst", "staff"])
def test_others_neither_lock_nor_unlock(request, period, locked, persona):
    by = request.getfixturevalue(persona)
    with pytest.raises(PermissionDenied):
        readings.ask_to_unlock(period=period, by=by, reason="Fel.")
    with pytest.raises(PermissionDenied):
        readings.lock_period(period=period, by=by)


def test_the_public_pages_hear_of_an_approval_at_once(
    in_state, reviewer, django_capture_on_commit_callbacks
):
    reading = in_state("submitted")
    page_cache.remembered("key", lambda: "old")
    with django_capture_on_commit_callbacks(execute=True):
        approve(reading, reviewer)
    assert page_cache.remembered("key", lambda: "new") == "new"


def test_only_what_is_approved_and_asked_for_is_public(
    in_state, coordinator, reviewer, django_assert_num_queries
):
    reading = in_state("submitted")
    assert published_readings([reading.indicator_id]) == []
    approve(reading, reviewer)
    with django_assert_num_queries(1):
        (published,) = published_readings([reading.indicator_id])
    assert (published.organisation, published.comment) == ("", "Arbetet följer tidsplanen.")
    assert published_readings([reading.indicator_id + 1]) == []
