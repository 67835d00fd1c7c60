"""What the matrix and the page of a cell cost: the same for few statements and for many."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requirements_pkg.actions.publishing import package_of
from requirements_pkg.actions.reviewing.comments import start_thread
from risks.grid.cell_views import area_address
from risks.models import RiskCell, RiskStatement
from tests.factories import RequirementFactory
from tests.factories.requirements import treat
from tests.risks.grid.cell_cases import CellBrowser, texts
from tests.risks.grid.test_cell_page import cell, plan

__all__ = ["cell", "plan"]
# The session, the person and their roles, what the menu asks; then the cell and what others know.
CELL_BUDGET = 23
SAVE_BUDGET = 16
MANY = 50


def fill(cell: RiskCell, reviewer, *numbers: int) -> None:
    """Give a cell more statements, with requirements and comments, and what refers to it."""
    package, area = package_of(cell.product_area.plan), cell.product_area
    for at in range(*numbers):
        statement = RiskStatement.objects.create(cell=cell, text=f"Risk {at}.", position=at)
        if at < 10:
            treat(RequirementFactory(package=package, code=f"SE-{at:02}"), statement)
            start_thread(about=cell, by=reviewer, text="Stämmer det?")
    others = RiskCell.objects.filter(product_area=area).exclude(pk=cell.pk)
    others.filter(assessment="not_assessed").update(assessment="same_as", same_as_cell=cell)


def queries(client, address: str) -> int:
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    statements = [query["sql"] for query in captured]
    assert {sql for sql in statements if statements.count(sql) > 1} == set()
    return len(statements)


@pytest.mark.parametrize("persona", ["coordinator", "analyst"])
def test_the_matrix_and_the_page_cost_the_same_for_many(cell, as_persona, reviewer, persona):
    client = as_persona(persona)
    addresses = [
        area_address(cell.product_area.plan_id, 1),
        reverse("admin:risks_cell", args=[cell.pk]),
    ]
    fill(cell, reviewer, 2, 4)
    few = [queries(client, address) for address in addresses]
    fill(cell, reviewer, 4, MANY)
    assert [queries(client, address) for address in addresses] == few
    assert few[1] <= CELL_BUDGET


def test_saving_costs_the_same_for_many(cell, as_persona, reviewer):
    client, costs = as_persona("coordinator"), []
    for first, number in ((2, 4), (4, MANY)):
        fill(cell, reviewer, first, number)
        editor = CellBrowser(client, cell)
        fields = editor.fields | {"row-0-text": [f"Ny {number}."], "_save": ["Spara"]}
        with CaptureQueriesContext(connection) as captured:
            assert client.post(editor.address, fields).status_code == 302
        costs.append(len(captured))
        assert texts(cell)[0] == f"Ny {number}."
    assert costs[0] == costs[1] <= SAVE_BUDGET
