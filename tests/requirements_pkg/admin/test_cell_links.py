"""From a cell of the risk matrix to a requirement that treats what stands there."""

import pytest
from django.urls import reverse

from requirements_pkg.models import Requirement
from risks.models import RiskStatement


@pytest.fixture
def grid(plan) -> str:
    return reverse("admin:risks_riskmatrix_change", args=[plan.product_areas.get(number=1).pk])


def addresses(client, grid: str) -> list[str]:
    """The addresses under which the grid offers to write a requirement."""
    page = client.get(grid).content.decode()
    return [
        part.partition('"')[0].replace("&amp;", "&")
        for part in page.split('href="')
        if "/requirement/add/" in part.partition('"')[0] and "statements=" in part
    ]


def test_each_cell_with_risks_leads_to_a_requirement_that_treats_them(plan, grid, as_persona):
    client = as_persona("coordinator")
    links = addresses(client, grid)
    # Two cells say something; the third says that there is no leverage.
    assert len(links) == 2
    use = RiskStatement.objects.filter(cell__stage__code="use").values_list("pk", flat=True)
    address = next(link for link in links if f"statements={use[0]}" in link)
    form = client.get(address).context["adminform"].form
    assert form.initial["treated"] == list(use)


@pytest.mark.parametrize("persona", ["other_coordinator", "reviewer", "analyst"])
def test_who_does_not_edit_the_plan_is_not_led_there(plan, grid, as_persona, persona):
    assert addresses(as_persona(persona), grid) == []


def test_to_look_at_the_grid_makes_no_package(plan, grid, as_persona):
    assert addresses(as_persona("coordinator"), grid)
    assert not Requirement.objects.exists()
    assert not hasattr(plan, "package")
