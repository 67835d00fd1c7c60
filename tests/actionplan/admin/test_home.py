"""The first page: places, my plans with how far they have come, and where I left off."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.extension_points import PlanTab
from actionplan.models import ActionPlan, Goal
from actionplan.workspace.tabs import tab_address
from risks.models import RiskCell
from tests.factories import PlanFactory

MENU = re.compile(r'<nav class="places".*?</nav>', re.DOTALL)


def content(client, address: str = "/admin/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def titles(client) -> list[str]:
    return re.findall(r"<a [^>]*>([^<]+)</a>", MENU.search(content(client))[0])


@pytest.mark.parametrize(
    ("persona", "has", "lacks"),
    [
        ("coordinator", {"Hem", "Handlingsplaner", "Krav", "Register"}, "Personer och roller"),
        ("reviewer", {"Handlingsplaner", "Uppföljningar"}, "Kopplingar att granska"),
        ("analyst", {"Handlingsplaner", "Arbetsbok för analytiker"}, "Uppföljningar"),
        ("administrator", {"Personer och roller", "Register"}, "Uppföljningar"),
    ],
)
def test_the_side_menu_has_the_places_of_each(as_persona, persona, has, lacks):
    listed = set(titles(as_persona(persona)))
    assert has <= listed
    assert lacks not in listed
    # Kinds of rows stand in the registers.
    assert "Rutor i riskmatrisen" not in content(as_persona(persona))
    assert "Rutor i riskmatrisen" in content(as_persona(persona), reverse("admin:registers"))


def test_every_place_opens_and_says_that_one_is_there(as_persona, plan):
    client = as_persona("coordinator")
    for address in re.findall(r'href="([^"]+)"', MENU.search(content(client))[0]):
        menu = MENU.search(content(client, address))[0]
        assert re.findall(r'href="([^"]+)"\s+aria-current="page"', menu) == [address]
    menu = MENU.search(content(client, tab_address(plan.pk, PlanTab.MATRIX)))[0]
    assert 'aria-current="page">Handlingsplaner<' in menu


def test_my_plans_are_those_of_my_regions_with_how_far_they_have_come(as_persona, plan):
    page = content(as_persona("coordinator"))
    assert f'<a href="{tab_address(plan.pk)}">{plan}</a>' in page
    assert "Bedömda rutor" in page
    for other in ("other_coordinator", "analyst"):
        assert "Mina planer" not in content(as_persona(other))
    plan.status = "closed"
    plan.save()
    assert "Mina planer" not in content(as_persona("coordinator"))


def test_one_comes_back_to_the_very_place_where_one_left_off(
    as_persona, plan, coordinator, reviewer
):
    client = as_persona("coordinator")
    assert "Här var du senast" not in content(client)
    area, goal = plan.product_areas.first(), Goal.objects.filter(plan=plan).first()
    cell = RiskCell.objects.filter(product_area=area).first()
    cell.assessment = "no_leverage"
    cell.signed_by(coordinator).save()
    goal.text = "Nytt mål"
    goal.signed_by(coordinator).save()
    page = content(client)
    assert f'href="{reverse("admin:risks_cell", args=[cell.pk])}"' in page
    assert f'href="{reverse("admin:actionplan_goal_change", args=[goal.pk])}"' in page
    assert "Nytt mål" in page
    assert "Här var du senast" not in content(as_persona("reviewer"))


def test_the_first_page_costs_the_same_for_one_plan_and_for_ten(as_persona, plan, coordinator):
    client = as_persona("coordinator")

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            content(client)
        return len(captured)

    plan.introduction = "Ett."
    plan.signed_by(coordinator).save()
    few = cost()
    assert "Här var du senast" in content(client)
    for _again in range(9):
        other = PlanFactory(procurement_region=plan.procurement_region)
        other.introduction = "Nytt."
        other.signed_by(coordinator).save()
    assert ActionPlan.objects.count() == 10
    assert cost() == few
