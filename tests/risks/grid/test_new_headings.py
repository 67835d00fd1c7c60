"""A stage or a dimension that is added in the admin is a part of the grid wherever it is shown."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from actionplan.models import ProductArea
from requirements_pkg.actions.publishing import package_of, publish
from risks.exporting.document import plan_file
from risks.importing.plans import import_plan
from risks.models import RiskCell
from tests.factories import fill_cell
from tests.factories.requirements import RequirementFactory

STAGE = {"code": "transport", "name": "Transporter", "position": 4}
DIMENSION = {"code": "animal_welfare", "name": "Djurskydd", "position": 5}
RISK = "Djur skadas under långa transporter."


@pytest.fixture
def cell(plan, as_persona) -> RiskCell:
    """The cell where the new row and the new column of the plan's first area meet."""
    client = as_persona("superuser")
    for kind, heading in (("lifecyclestage", STAGE), ("dimension", DIMENSION)):
        saved = client.post(reverse(f"admin:risks_{kind}_add"), heading)
        assert saved.status_code == 302
    return RiskCell.objects.get(
        product_area=plan.product_areas.first(),
        stage__code=STAGE["code"],
        dimension__code=DIMENSION["code"],
    )


def test_every_matrix_is_whole_again(cell):
    assert ProductArea.objects.exists()
    for area in ProductArea.objects.all():
        assert area.cells.count() == 7 * 5


def test_the_grid_takes_what_is_typed_in_it(cell, plan, as_persona):
    page = reverse("admin:risks_riskmatrix_change", args=[cell.product_area_id])
    page_text = as_persona("coordinator").get(page).content.decode()
    assert STAGE["name"] in page_text
    assert DIMENSION["name"] in page_text
    assert f"cell-{cell.pk}-risks" in page_text


@pytest.mark.parametrize("form", ["docx", "txt"])
def test_a_plan_with_it_is_written_and_read_back(cell, plan, coordinator, form):
    fill_cell(cell.product_area, STAGE["code"], DIMENSION["code"], risks=[RISK])
    written = plan_file(plan, form)
    again = import_plan(written, file_name=f"plan.{form}", by=coordinator, dry_run=True)
    assert not again.changes
    cell.statements.all().delete()
    import_plan(written, file_name=f"plan.{form}", by=coordinator)
    assert [statement.text for statement in cell.statements.all()] == [RISK]


def test_the_page_of_the_package_and_its_files_have_it(
    cell, plan, client, coordinator, reviewer, as_persona
):
    fill_cell(cell.product_area, STAGE["code"], DIMENSION["code"], risks=[RISK])
    package = package_of(plan)
    RequirementFactory(package=package)
    publish(package=package, by=coordinator, approved_by=reviewer, note="Med transporter.")
    page = client.get(f"/kravpaket/{package.slug}/risker/1/").content.decode()
    assert STAGE["name"] in page
    assert DIMENSION["name"] in page
    assert RISK in page
    risks = as_persona("coordinator").get(reverse("admin:risks_export", args=[plan.pk, "xlsx"]))
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(risks)))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    values = {str(value) for rows in sheets for row in rows for value in row}
    assert {RISK, STAGE["name"], DIMENSION["name"]} <= values


def test_a_code_is_given_once_and_nothing_is_taken_away(cell, as_persona):
    client = as_persona("superuser")
    page = reverse("admin:risks_lifecyclestage_change", args=[cell.stage_id])
    client.post(page, STAGE | {"code": "annat", "name": "Frakter"})
    cell.stage.refresh_from_db()
    assert (cell.stage.code, cell.stage.name) == (STAGE["code"], "Frakter")
    assert (
        client.get(reverse("admin:risks_lifecyclestage_delete", args=[cell.stage_id])).status_code
        == 403
    )
