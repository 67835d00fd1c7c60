"""A plan's predecessor is another plan, and begins earlier: said in the form, on either side."""

import pytest
from django.urls import reverse

from actionplan.models import ActionPlan
from tests.factories import PlanFactory
from tests.project.back_office.test_forged_posts import post


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return response.context["adminform"].form.errors


@pytest.fixture
def earlier(plan) -> ActionPlan:
    years = {"first_year": plan.first_year - 3, "last_year": plan.first_year - 1}
    return PlanFactory(category=plan.category, slug="tidigare", **years)


def test_an_earlier_plan_is_its_predecessor(client, plan, earlier):
    assert post(client, plan, predecessor=earlier.pk).status_code == 302
    plan.refresh_from_db()
    assert plan.predecessor == earlier


def test_a_plan_is_not_its_own_predecessor(client, plan):
    sentences = errors(post(client, plan, predecessor=plan.pk, introduction="Skrivet."))
    assert sentences == {
        "predecessor": [("En plan kan inte vara sin egen föregångare. Välj en annan plan.")]
    }
    plan.refresh_from_db()
    assert plan.predecessor is None


def test_nor_is_one_that_begins_later_or_in_the_same_year(client, plan, earlier):
    for other in (plan, PlanFactory(first_year=earlier.first_year, last_year=2030)):
        sentences = errors(post(client, earlier, predecessor=other.pk))
        assert sentences == {
            "predecessor": [f"{other} börjar inte före den här planen. Välj en tidigare plan."]
        }


def test_a_predecessor_does_not_move_past_its_successor(client, plan, earlier):
    plan.predecessor = earlier
    plan.save()
    sentences = errors(post(client, earlier, first_year=plan.first_year + 1, last_year=2040))
    assert sentences == {
        "first_year": [f"{plan} har den här planen som föregångare och måste börja efter den."]
    }


def test_a_new_plan_is_asked_the_same(client, plan):
    data = {
        "category": plan.category_id,
        "procurement_region": plan.procurement_region_id,
        "coordinator": plan.coordinator_id,
        "first_year": plan.first_year - 2,
        "last_year": plan.first_year - 1,
        "slug": "fore",
        "predecessor": plan.pk,
        "contacts-TOTAL_FORMS": 0,
        "contacts-INITIAL_FORMS": 0,
    }
    address = reverse("admin:actionplan_actionplan_add")
    assert set(errors(client.post(address, data))) == {"predecessor"}
    assert client.post(address, data | {"predecessor": ""}).status_code == 302
