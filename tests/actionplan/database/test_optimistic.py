"""Work that begins its transaction late is done anew where somebody wrote meanwhile."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from django.db import connection, connections
from django.db.models import F
from django.test import Client
from django.urls import reverse

from actionplan.database import write_marks
from actionplan.database.broken_rules import BrokenRule
from actionplan.database.optimistic import LateTransaction, optimistically
from actionplan.models import ActionPlan, Goal, Indicator, User
from followup.admin.forms import reading_forms
from followup.models import IndicatorReading, ReportingPeriod
from tests.factories import PlanFactory, UserFactory
from tests.project.back_office.sent_forms import filled_in
from tests.second_writer import OwnDatabase


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[OwnDatabase]:
    with django_db_blocker.unblock():
        database = OwnDatabase(tmp_path_factory.mktemp("own"))
        with database.in_use():
            PlanFactory(with_goals=True)
            UserFactory(username="ansvarig", is_superuser=True)
    yield database
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture
def plan(database, db) -> Iterator[ActionPlan]:
    with database.in_use():
        yield ActionPlan.objects.get()


def elsewhere(write: Callable[[], object]) -> None:
    """Somebody else writes, at a connection of their own."""

    def run() -> None:
        write()
        connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()


def longer(plan: ActionPlan) -> None:
    ActionPlan.objects.filter(pk=plan.pk).update(last_year=F("last_year") + 1)


def seen_by(plan: ActionPlan, meanwhile: Iterator[Callable[[], None]]):
    """Work that stores what it has read, and how deep in a transaction it was read."""
    depths = []

    def work(late: LateTransaction) -> int:
        depths.append(connection.in_atomic_block)
        read = ActionPlan.objects.get(pk=plan.pk).last_year
        for write in meanwhile:
            elsewhere(write)
            break
        late.begin(lambda: ActionPlan.objects.select_for_update().get(pk=plan.pk))
        ActionPlan.objects.filter(pk=plan.pk).update(introduction=str(read))
        return read

    return work, depths


def stored(plan: ActionPlan) -> tuple[str, str]:
    plan.refresh_from_db()
    return plan.introduction, str(plan.last_year)


def test_where_nobody_writes_it_is_done_once_and_read_in_no_transaction(plan):
    work, depths = seen_by(plan, iter(()))
    optimistically(work)
    assert depths == [False]
    assert len(set(stored(plan))) == 1


def test_what_somebody_wrote_meanwhile_is_read(plan):
    work, depths = seen_by(plan, iter([lambda: longer(plan)]))
    optimistically(work)
    assert depths == [False, False]
    assert len(set(stored(plan))) == 1


def test_where_others_never_rest_it_is_done_under_the_lock(plan):
    writes = [lambda: longer(plan)] * (write_marks.ATTEMPTS - 1)
    work, depths = seen_by(plan, iter(writes))
    locked = []
    optimistically(work, first=lambda: locked.append(connection.in_atomic_block))
    assert depths == [False] * (write_marks.ATTEMPTS - 1) + [True]
    assert locked == [True]
    assert len(set(stored(plan))) == 1


def test_a_broken_rule_is_said_and_nothing_is_stored(plan):
    goal = Goal.objects.get()

    def work(late: LateTransaction) -> None:
        late.begin(lambda: None)
        ActionPlan.objects.filter(pk=plan.pk).update(introduction="Halvt")
        Goal.objects.create(plan=plan, number=goal.number, text="Samma nummer")

    with pytest.raises(BrokenRule):
        optimistically(work)
    assert "Halvt" not in stored(plan)


def test_a_period_that_is_locked_while_a_reading_is_checked_refuses_it(plan, monkeypatch):
    """The form found the period open; before the reading is stored it is asked once more."""
    client, by = Client(), User.objects.get()
    client.force_login(by)
    address = reverse("admin:followup_indicatorreading_add")
    data = filled_in(client.get(address)) | {"indicator": Indicator.objects.first().pk}
    day = data["as_of"]

    def lock() -> None:
        ReportingPeriod.objects.create(
            plan=plan,
            name="Våren",
            first_day=day,
            last_day=day,
            locked_by=by,
            locked_at=f"{day}T12:00Z",
        )

    refuse = reading_forms.refuse_locked
    moments = iter([lock])

    def slowly(*given: object) -> None:
        refuse(*given)
        for write in moments:
            elsewhere(write)

    monkeypatch.setattr(reading_forms, "refuse_locked", slowly)
    body = client.post(address, data).content.decode()
    assert "Våren" in body
    assert not IndicatorReading.objects.exists()
