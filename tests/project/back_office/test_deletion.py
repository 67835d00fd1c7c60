"""What goes with rows that are deleted is what Django says, in few queries however much it is."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import get_deleted_objects
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.backoffice.base_admin import BaseAdmin
from actionplan.backoffice.deletion import deleted_objects
from actionplan.models import Goal, Indicator, SubGoal
from requirements_pkg.actions.links import set_services
from requirements_pkg.models import GoalService, Requirement, RiskTreatment
from risks.models import RiskMatrix
from tests.project.pages.growth import add_goals, add_plan


@pytest.fixture
def chain(coordinator, reviewer) -> None:
    """A plan, and what builds on it as far as a lesson."""
    add_plan(0, coordinator, reviewer)
    requirement = Requirement.objects.order_by("pk")[0]
    sub_goals, plan = SubGoal.objects.select_related("goal"), requirement.package.plan
    set_services(sub_goals=sub_goals, requirement=requirement, by=coordinator, plan=plan)


@pytest.mark.parametrize("model", [Goal, SubGoal, Indicator, RiskMatrix, Requirement])
@pytest.mark.parametrize("person", ["coordinator", "other_coordinator"])
def test_it_is_what_django_says(chain, model, person, request) -> None:
    page_request = RequestFactory().get("/")
    page_request.user = request.getfixturevalue(person)
    rows = model.objects.order_by("pk")
    assert rows
    assert RiskTreatment.objects.exists()
    assert GoalService.objects.exists()
    ours = deleted_objects(rows, page_request, admin.site)
    assert ours == get_deleted_objects(rows, page_request, admin.site)
    assert ours[0]


def test_the_question_costs_the_same_for_one_goal_and_for_twenty(as_persona, plan) -> None:
    client, address = as_persona("coordinator"), reverse("admin:actionplan_goal_changelist")

    def cost() -> int:
        keys = list(Goal.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as captured:
            sent = {"action": "delete_selected", "_selected_action": keys}
            page = client.post(address, sent)
        assert page.status_code == 200
        assert page.content.decode().count("/actionplan/goal/") >= len(keys)
        return len(captured)

    add_goals(plan, 1)
    few = cost()
    add_goals(plan, 20)
    assert cost() == few


@pytest.mark.parametrize("sent", [{}, {"post": "yes"}], ids=["the question", "the deed"])
def test_too_many_rows_at_a_time_are_refused_before_anything_is_read(
    as_persona, plan, monkeypatch, sent
) -> None:
    client, address = as_persona("coordinator"), reverse("admin:actionplan_goal_changelist")
    add_goals(plan, 3)
    keys = list(Goal.objects.values_list("pk", flat=True))
    monkeypatch.setattr(BaseAdmin, "most_deleted", len(keys) - 1)
    monkeypatch.setattr("actionplan.backoffice.base_admin.deleted_objects", pytest.fail)
    # "Select all" of a list of many pages names one row, and means all.
    for ticked in ({"_selected_action": keys}, {"_selected_action": keys[0], "select_across": 1}):
        page = client.post(
            address, {"action": "delete_selected", **ticked, **sent}, follow=True
        ).content.decode()
        assert f"Ta bort högst {len(keys) - 1} åt gången" in page
    assert Goal.objects.count() == len(keys)
