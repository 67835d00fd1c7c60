"""The coverage of a plan in the admin: what has no requirement, area by area."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requirements_pkg.admin import coverage
from risks.models import RiskCell, RiskStatement
from tests.factories import PackageFactory, RequirementFactory, fill_cell, treat
from tests.requirements_pkg.admin_forms import address, text_of

DIMENSIONS = ("human_rights", "workers_rights", "environment")


@pytest.fixture
def statement(plan) -> RiskStatement:
    return RiskStatement.objects.get(text="Gruvor förorenar vatten.")


def test_the_coverage_of_a_plan_costs_the_same_however_much_it_holds(as_persona, plan, statement):
    client = as_persona("coordinator")

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address("coverage", plan.pk)).status_code == 200
        return len(captured)

    package = PackageFactory(plan=plan)
    RequirementFactory(package=package, treats=[statement])
    few = cost()
    for at in range(20):
        RequirementFactory(package=package, treats=[statement])
        RiskStatement.objects.create(cell=statement.cell, text=f"Risk {at}.")
    assert cost() == few


def test_coverage_rises_when_a_requirement_is_written(as_persona, plan, statement):
    client = as_persona("coordinator")
    area = {"omrade": statement.cell.product_area.number}
    before = text_of(client.get(address("coverage", plan.pk)))
    assert "3 risker och möjligheter utan krav" in before
    assert "1 krav" not in text_of(client.get(address("coverage", plan.pk), area))
    treat(RequirementFactory(package=PackageFactory(plan=plan), code="SE-01"), statement)
    after = text_of(client.get(address("coverage", plan.pk)))
    assert "2 risker och möjligheter utan krav" in after
    assert "1 krav" in text_of(client.get(address("coverage", plan.pk), area))


def test_who_only_reads_sees_the_coverage_without_ways_to_write(as_persona, plan):
    page = text_of(as_persona("analyst").get(address("coverage", plan.pk)))
    assert "3 risker och möjligheter utan krav" in page
    assert address("requirement_add") not in page


def test_the_coverage_of_a_plan_is_told_area_by_area(as_persona, plan, statement):
    """All 72 cells of each area on one page were 56,000 px of a nation's plan."""
    client, own = as_persona("coordinator"), statement.cell.product_area
    whole = client.get(address("coverage", plan.pk))
    areas = {row["number"]: row for row in whole.context["areas"]}
    assert len(areas) == plan.product_areas.count() > 1
    assert sum(row["untreated"] for row in areas.values()) == 3
    row = areas[own.number]
    assert sum(number for _name, number in row["counts"]) == own.cells.count()
    assert 'class="coverage stacks"' not in text_of(whole)
    page = client.get(address("coverage", plan.pk), {"omrade": own.number})
    assert text_of(page).count('class="coverage stacks"') == 1
    assert page.context["number"] == row["untreated"]


def test_a_plan_with_one_area_shows_its_matrix_at_once(as_persona, plan):
    plan.product_areas.exclude(number=1).delete()
    page = text_of(as_persona("coordinator").get(address("coverage", plan.pk)))
    assert 'class="coverage stacks"' in page


def test_what_has_no_requirement_is_told_page_by_page(as_persona, plan, statement):
    for number in range(coverage.LINES + 1):
        RiskStatement.objects.create(cell=statement.cell, text=f"Risk {number}.")
    client = as_persona("coordinator")
    first = client.get(address("coverage", plan.pk))
    assert (len(first.context["page"]), first.context["number"]) == (20, 24)
    assert "sida=2" in text_of(first)
    assert len(client.get(address("coverage", plan.pk), {"sida": 2}).context["page"]) == 4


def test_of_a_risk_in_many_cells_the_first_places_are_told(as_persona, plan):
    cells = RiskCell.objects.filter(product_area__number=1).exclude(assessment="described")
    for cell in cells.select_related("stage", "dimension")[: coverage.PLACES + 2]:
        fill_cell(cell.product_area, cell.stage.code, cell.dimension.code, risks=["Överallt."])
    page = as_persona("coordinator").get(address("coverage", plan.pk))
    line = next(line for line in page.context["page"] if line["text"] == "Överallt.")
    assert line["places"].endswith("och 2 platser till")
    assert line["count"] == coverage.PLACES + 2


def test_a_risk_of_several_cells_is_one_line_of_the_coverage_of_an_area(plan, as_persona):
    area, text = plan.product_areas.get(number=2), "Samma risk i flera rutor."
    cells = [fill_cell(area, "use", dimension, risks=[text]) for dimension in DIMENSIONS]
    client, page = as_persona("coordinator"), address("coverage", plan.pk)
    lines = client.get(page).context["page"].object_list
    (line,) = [line for line in lines if line["text"] == text]
    assert line["count"] == len(DIMENSIONS)
    # One requirement may be written for all of them.
    form = client.get(line["write"]).context["adminform"].form
    assert sorted(form.initial["treated"]) == sorted(cell.statements.get().pk for cell in cells)
    here = client.get(page + "?omrade=2")
    assert [line["text"] for line in here.context["page"].object_list] == [text]
    assert here.context["area"]["number"] == 2
    assert client.get(page + "?omrade=9").context["page"].object_list == lines
