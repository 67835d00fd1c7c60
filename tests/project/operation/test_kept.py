"""What is kept from one test for the next is what would be made anew."""

from collections.abc import Callable

import pytest
from django.db import transaction

from actionplan.models import ActionPlan, PlanStatus
from tests import kept as keeping
from tests.factories import PlanFactory
from tests.kept import SoFar, kept
from tests.project.back_office.test_admin_addresses import stored


@pytest.fixture
def calls(db, monkeypatch) -> list[str]:
    """Which of the functions below were really run; nothing is made yet."""
    monkeypatch.setattr(keeping, "made", {})
    monkeypatch.setattr(keeping, "marked", [])
    return []


@pytest.fixture
def new_test(calls, monkeypatch) -> Callable[[], None]:
    """A function after which nothing is set up, as for a test's first fixture."""
    return lambda: monkeypatch.setattr(keeping, "so_far", SoFar())


@pytest.fixture
def plan(calls) -> Callable[[], ActionPlan]:
    """A kept fixture that makes a plan with a matrix."""

    @kept
    def plan() -> ActionPlan:
        calls.append("plan")
        return PlanFactory(with_matrix=True, with_goals=True)

    return plan


@pytest.fixture
def closed(calls) -> Callable[..., ActionPlan]:
    """A kept fixture that closes it, and removes a contact."""

    @kept
    def closed(plan: ActionPlan) -> list[ActionPlan]:
        calls.append("closed")
        plan.status = PlanStatus.CLOSED
        plan.save()
        plan.contacts.order_by("pk").first().delete()
        return [plan]

    return closed


def test_the_rows_are_put_back_as_they_were_made(calls, new_test, plan, closed):
    rounds = []
    for _test in range(2):
        new_test()
        with transaction.atomic():
            made_plan = plan()
            (same,) = closed(plan=made_plan)
            rounds.append((made_plan, same, stored()))
            transaction.set_rollback(True)
    (first, _closed, before), (second, _closed, after) = rounds
    assert calls == ["plan", "closed"]
    assert after == before
    assert second == first
    assert second is not first


def test_what_a_later_fixture_changed_is_read_anew(new_test, plan, closed):
    for _test in range(2):
        new_test()
        with transaction.atomic():
            made_plan = plan()
            closed(plan=made_plan)
            assert made_plan.status == PlanStatus.CLOSED
            transaction.set_rollback(True)


def test_after_any_other_write_it_is_made_anew(calls, new_test, plan):
    for is_first in (False, True):
        new_test()
        with transaction.atomic():
            if is_first:
                PlanFactory()
            assert plan().product_areas.count() == 2
            transaction.set_rollback(True)
    assert calls == ["plan", "plan"]


def test_where_a_fixture_changed_a_setting_it_is_made_anew(calls, new_test, plan):
    for is_changed in (False, True):
        new_test()
        keeping.so_far.is_changed = is_changed
        with transaction.atomic():
            plan()
            transaction.set_rollback(True)
    assert calls == ["plan", "plan"]


def test_a_fixture_that_changes_a_setting_is_noticed(calls):
    """The fixtures of this test ask for monkeypatch; those of most tests do not."""
    assert keeping.so_far.is_changed


def test_a_test_of_rows_alone_changes_no_setting(coordinator, reviewer):
    assert not keeping.so_far.is_changed
    assert [row.username for row in keeping.so_far.rows] == ["coordinator", "reviewer"]
