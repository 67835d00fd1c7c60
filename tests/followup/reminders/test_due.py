"""Who has what to do: by role and by responsibility, as things are today."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplan.models import Indicator, Membership, Organisation, PlanStatus, Role, User
from followup.actions.deviations import write_off
from followup.actions.reports import request_report
from followup.models import (
    CorrectiveAction,
    Deviation,
    IndicatorReading,
    ProposedChange,
    ReadingState,
    ReminderKind,
)
from followup.reminders.due import due
from requirements_pkg.models import Requirement
from tests.factories import ActionFactory, DeviationFactory, LessonFactory, UserFactory
from tests.factories.reports import report_on
from tests.followup.to_do import DUE, SECRET, add_all, add_another, approved, indicator_of
from tests.log_times import done_at
from tests.unguarded import unguarded

OWN = {"follow_up", "deviation", "action", "indicator", "change"}


@pytest.fixture(autouse=True)
def everything(follow_up, requirements, coordinator, reviewer, other_coordinator, analyst, staff):
    """Something of every kind; the coordinator is responsible."""
    follow_up.responsible = coordinator
    follow_up.save()
    add_all(follow_up, requirements[0], coordinator)


def kinds(user: User) -> set[str]:
    """What kinds of things somebody has to do."""
    return {item.kind.value for item in items_of(user)}


def items_of(user: User) -> list:
    people = due(User.objects.all())
    return people.get(user, [])


def test_each_has_what_is_theirs_and_nobody_else_has_it(
    coordinator, reviewer, other_coordinator, analyst, staff, superuser
):
    assert kinds(coordinator) == OWN
    assert kinds(reviewer) == {"reading"}
    assert [kinds(user) for user in (other_coordinator, analyst, staff, superuser)] == [set()] * 4


def test_titles_say_where_to_look_and_nothing_confidential(coordinator, reviewer, plan):
    titles = {
        item.kind.value: item.title for item in [*items_of(coordinator), *items_of(reviewer)]
    }
    assert titles == {
        "follow_up": f"Uppföljning (självskattning): servrar, {plan}",
        "deviation": f"Avvikelse från SE-01 ska vara åtgärdad: servrar, {plan}",
        "action": f"Åtgärd för SE-01 ska vara genomförd: servrar, {plan}",
        "indicator": f"Målindikator 1.1 ska vara uppnådd: {plan}",
        "change": f"Föreslagen ändring av SE-01 att besluta om: {plan.category}",
        "reading": f"Lägesrapport för målindikator 1.1 väntar på godkännande: {plan}",
    }
    assert [word for word in SECRET if word in "".join(titles.values())] == []


def test_the_most_overdue_comes_first_and_a_day_bounds_what_is_told(coordinator):
    days = [item.due_on for item in items_of(coordinator)]
    assert days == sorted(days)
    assert days[:4] == [date(2026, 3, 1), DUE, DUE, DUE]
    early = due(User.objects.filter(pk=coordinator.pk), until=date(2026, 3, 15))
    assert [item.kind for item in early[coordinator]] == ["follow_up"]


def test_a_decision_is_due_some_time_after_it_was_asked_for(coordinator, reviewer):
    (reading,) = items_of(reviewer)
    assert reading.due_on == date(2026, 3, 16)
    change = ProposedChange.objects.get()
    done_at(change, datetime(2026, 3, 1, 12, tzinfo=UTC))
    (decision,) = [item for item in items_of(coordinator) if item.kind == "change"]
    assert decision.due_on == date(2026, 3, 31)


def test_what_is_done_is_nobodys_to_do(coordinator, reviewer, follow_up):
    CorrectiveAction.objects.update(done_on=DUE)
    assert kinds(coordinator) == OWN - {"action"}
    CorrectiveAction.objects.update(done_on=None)
    Deviation.objects.update(state="closed", closed_on=DUE, closed_by=coordinator)
    assert kinds(coordinator) == OWN - {"action", "deviation"}
    ProposedChange.objects.update(
        state="declined", reason="Nej.", decided_by=reviewer, decided_at="2026-03-01T12:00Z"
    )
    assert kinds(coordinator) == {"follow_up", "indicator"}
    follow_up.status, follow_up.done_on = "reviewed", DUE
    follow_up.save()
    assert kinds(coordinator) == {"indicator"}
    with unguarded():
        IndicatorReading.objects.update(state=ReadingState.DRAFT, submitted_at=None)
    assert kinds(reviewer) == set()


def test_a_cancelled_follow_up_asks_nothing_of_anybody(coordinator, follow_up):
    follow_up.status = "cancelled"
    follow_up.save()
    assert kinds(coordinator) == {"indicator", "change"}


def test_an_indicator_is_met_when_the_latest_approved_reading_says_so(
    coordinator, reviewer, follow_up
):
    first = indicator_of(follow_up)
    approved(first, coordinator, reviewer, status="met", as_of=date(2026, 1, 1))
    assert "indicator" not in kinds(coordinator)
    approved(first, coordinator, reviewer, status="delayed", as_of=date(2026, 2, 1))
    assert "indicator" in kinds(coordinator)


def test_without_a_word_for_the_country_every_organisation_must_have_met_it(
    coordinator, reviewer, follow_up
):
    first, (organisation, another) = indicator_of(follow_up), Organisation.objects.all()[:2]
    approved(first, coordinator, reviewer, status="met", organisation=organisation)
    approved(first, coordinator, reviewer, status="delayed", organisation=another)
    assert "indicator" in kinds(coordinator)
    day = date(2026, 7, 1)
    approved(first, coordinator, reviewer, status="met", organisation=another, as_of=day)
    assert "indicator" not in kinds(coordinator)


def test_an_indicator_of_a_closed_plan_or_without_a_day_is_nobodys(coordinator, plan):
    type(plan).objects.filter(pk=plan.pk).update(status=PlanStatus.CLOSED)
    assert "indicator" not in kinds(coordinator)
    type(plan).objects.filter(pk=plan.pk).update(status=PlanStatus.DRAFT)
    assert "indicator" in kinds(coordinator)
    Indicator.objects.update(due_on=None)
    assert "indicator" not in kinds(coordinator)


def test_nobody_approves_a_reading_of_their_own(reviewer):
    IndicatorReading.objects.update(author=reviewer)
    assert kinds(reviewer) == set()


def test_whoever_has_lost_the_role_has_nothing_to_do(coordinator):
    Membership.objects.filter(user=coordinator).delete()
    assert kinds(coordinator) == set()


def test_whoever_is_inactive_is_not_asked_about(coordinator):
    coordinator.is_active = False
    coordinator.save()
    assert coordinator not in due(User.objects.all())


def test_a_reviewer_who_is_responsible_is_told_of_what_they_see(reviewer, follow_up):
    follow_up.responsible = reviewer
    follow_up.save()
    assert kinds(reviewer) == {"follow_up", "deviation", "action", "reading"}


def test_a_responsible_of_another_region_is_told_nothing(other_coordinator, follow_up):
    follow_up.responsible = other_coordinator
    follow_up.save()
    assert kinds(other_coordinator) == set()
    follow_up.organisation = Organisation.objects.get(code="skane")
    follow_up.save()
    assert kinds(other_coordinator) == {"follow_up", "deviation", "action"}


def test_changes_that_others_decide_on_are_not_even_read(
    coordinator, other_coordinator, monkeypatch
):
    """A nation has thousands of them, and each person a few."""
    read, from_db = [], ProposedChange.from_db

    def noted(_model, *args, **named):
        read.append(args)
        return from_db(*args, **named)

    monkeypatch.setattr(ProposedChange, "from_db", classmethod(noted))
    for person, number in ((other_coordinator, 0), (coordinator, 1)):
        read.clear()
        assert due(User.objects.filter(pk=person.pk))
        assert len(read) == number


def test_every_address_leads_to_a_page_that_the_person_opens(client, coordinator, reviewer):
    for user in (coordinator, reviewer):
        client.force_login(user)
        statuses = {item.address: client.get(item.address).status_code for item in items_of(user)}
        assert set(statuses.values()) == {200}


def test_the_queries_are_the_same_for_one_person_and_for_many(follow_up, requirements, stockholm):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert due(User.objects.all())
        return len(captured)

    few = cost()
    for _again in range(5):
        user = UserFactory(role=Role.COORDINATOR, at=stockholm)
        UserFactory(role=Role.REVIEWER, at=stockholm)
        follow_up.responsible = user
        add_another(follow_up, requirements[0], user)
        deviation = DeviationFactory(follow_up=follow_up, requirement=requirements[1])
        ActionFactory(deviation=deviation)
        LessonFactory(follow_up=follow_up, written_by=user)
    # A query for each kind, two for the people, and one for what a request names.
    assert cost() == few <= len(ReminderKind) + 3


@pytest.mark.parametrize(("days", "is_due"), [(300, False), (336, True), (400, True)])
def test_a_report_is_due_a_year_after_the_last_one(
    coordinator, demanding, monkeypatch, plan, days, is_due
):
    report_on(demanding.package)
    today = timezone.localdate()
    later = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)
    reports = [item for item in items_of(coordinator) if item.kind.value == "report"]
    assert bool(reports) is is_due
    for item in reports:
        assert item.title == f"Dags för uppföljningsrapport: {plan}"
        assert item.due_on == today + timedelta(days=365)


def test_what_waits_for_a_second_person_is_theirs_to_see_to(
    coordinator, reviewer, other_coordinator, demanding, follow_up
):
    note = {"note": "Läget.", "by": coordinator}
    request_report(package=demanding.package, as_of=timezone.localdate(), **note)
    major = DeviationFactory(
        follow_up=follow_up, requirement=Requirement.objects.first(), severity="major"
    )
    write_off(deviation=major, by=coordinator, reason="Hemliga Hallar är i konkurs.")
    assert kinds(reviewer) == {"reading", "request", "report_request"}
    assert kinds(coordinator) == OWN
    assert kinds(other_coordinator) == set()
    titles = "".join(item.title for item in items_of(reviewer))
    assert [word for word in SECRET if word in titles] == []
