"""Who changes a text is told at once which links somebody has to look at again."""

import pytest
from django.urls import reverse

from actionplan.models import SubGoal
from requirements_pkg.actions.links import set_services
from requirements_pkg.models import GoalService
from risks.models import RiskStatement
from tests.factories import PackageFactory, RequirementFactory, treat
from tests.project.back_office.test_forged_posts import change, rows_of
from tests.risks.grid.test_grid import cell_of, sent

SUSPECTS = reverse("admin:requirements_pkg_suspects")


@pytest.fixture
def requirement(plan):
    return RequirementFactory(package=PackageFactory(plan=plan))


@pytest.fixture
def client(requirement, as_persona):
    return as_persona("coordinator")


def link_notice(response) -> str:
    page = response.content.decode()
    return page if f'<a href="{SUSPECTS}">1 koppling behöver ses över.</a>' in page else ""


def test_a_reworded_risk_tells_its_links(client, plan, requirement):
    treat(requirement, RiskStatement.objects.get(text="Gruvor förorenar vatten."))
    area = plan.product_areas.get(number=1)
    grid = reverse("admin:risks_riskmatrix_change", args=[area.pk])
    cell, other = cell_of(area, "raw_material"), cell_of(area, "other")
    # Another cell is nothing to the link.
    assert not link_notice(
        client.post(grid, sent(area, **{f"risks_{other.pk}": "Ny."}), follow=True)
    )
    words = sent(area, **{f"risks_{cell.pk}": "Gruvor förorenar vatten och mark."})
    assert link_notice(client.post(grid, words, follow=True))


@pytest.mark.parametrize("page", ["goal", "sub-goal"])
def test_a_reworded_sub_goal_tells_its_links(client, coordinator, requirement, page):
    sub_goal = SubGoal.objects.order_by("position").first()
    set_services(requirement=requirement, sub_goals=[sub_goal], by=coordinator)
    assert not GoalService.objects.get().is_suspect
    obj, name = (sub_goal, "text") if page == "sub-goal" else (sub_goal.goal, "sub_goals-0-text")
    data = rows_of(client.get(change(obj)))
    assert not link_notice(client.post(change(obj), data, follow=True))
    assert link_notice(
        client.post(change(obj), data | {name: "Delmålet, med andra ord."}, follow=True)
    )


def test_a_reworded_requirement_tells_its_links(client, requirement):
    treat(requirement, RiskStatement.objects.get(text="Gruvor förorenar vatten."))
    data = rows_of(client.get(change(requirement)))
    response = client.post(change(requirement), data | {"text": "En helt ny text."}, follow=True)
    assert link_notice(response)
