"""The coverage of a cell is the same on every page that tells of it."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from followup.workbook import WorkbookFilters
from followup.workbook.writing import workbook
from requirements_pkg.actions.publishing import publish
from requirements_pkg.document.coverage import coverage
from requirements_pkg.published import page_cache
from risks.models import RiskCell, RiskStatement
from tests.factories import PackageFactory, RequirementFactory

TAG = re.compile(r"<[^>]+>")
DIMENSIONS = ("human_rights", "workers_rights", "environment", "anti_corruption")
STATE = r'class="(?:coverage-cell |is-)(\w+)"\s+data-label="[^"]*">(.*?)</td>'


def cells(html: str) -> list[tuple[str, frozenset[str]]]:
    """The state of each cell, and its words of requirements and of what lacks one."""
    states = []
    for state, inner in re.findall(STATE, html, re.DOTALL):
        words = " ".join(TAG.sub("|", inner).split())
        phrases = re.findall(r"\d+ krav(?![\w ]* aldrig)|\d+ \w+ utan krav", words)
        states.append((state, frozenset(phrases)))
    return states


@pytest.fixture
def version(plan, coordinator, reviewer):
    """A plan of one area, with a cell that is the same as another, and one with a chance."""
    package = PackageFactory(plan=plan)
    mines = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    plan.product_areas.exclude(pk=mines.cell.product_area_id).delete()
    RiskStatement.objects.create(
        cell=mines.cell, kind="opportunity", text="Återvunnen metall.", position=99
    )
    RiskStatement.objects.create(cell=mines.cell, kind="risk", text="Damm.", position=100)
    RequirementFactory(package=package, code="SE-01", treats=[mines])
    same = RiskCell.objects.exclude(pk=mines.cell_id).filter(product_area=mines.cell.product_area)
    other = same.exclude(stage=mines.cell.stage).first()
    other.statements.all().delete()
    other.assessment, other.same_as_cell = "same_as", mines.cell
    other.save()
    RiskStatement.objects.create(cell=other, kind="risk", text="Samma risker som ovan", position=1)
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")


def test_a_cell_has_one_state_and_the_same_words_everywhere(client, as_persona, version):
    """On the package's page, in the overview, in the back office and in the content itself."""
    (area,) = coverage(version.content).areas
    states = [cell.state.value for _stage, row in area.rows for cell in row]
    assert {"partly", "not_assessed"} <= set(states)
    page_cache.forget()
    slug = version.package.slug
    public = cells(client.get(f"/kravpaket/{slug}/risker/").content.decode())
    assert [state for state, _words in public] == states
    assert ("partly", frozenset(("1 krav", "1 risk utan krav", "1 möjlighet utan krav"))) in public
    inside = as_persona("coordinator").get(
        reverse("admin:requirements_pkg_coverage", args=[version.package.plan_id])
    )
    assert cells(inside.content.decode()) == public
    overview = [
        cells(client.get(f"/uppfoljning/oversikt/?dimension={name}").content.decode())
        for name in DIMENSIONS
    ]
    assert [cell for row in zip(*overview, strict=True) for cell in row] == public


def sheet_rows(name: str) -> list[dict[str, object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(workbook(WorkbookFilters(), by=None))))
    headings, *rows = book.get_sheet_by_name(name).to_python()
    return [dict(zip(headings, row, strict=True)) for row in rows]


def risks_of(rows: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(row["Hanterade risker"], row["Risker"]) for row in rows]


def test_the_workbook_has_the_risks_of_the_pages(client, version):
    """By plan, by area and by cell: words that only refer are no risk, nor is an opportunity."""
    (area,) = coverage(version.content).areas
    plan_cells = [cell for _stage, row in area.rows for cell in row]
    whole = (
        sum(cell.risks - cell.untreated for cell in plan_cells),
        sum(cell.risks for cell in plan_cells),
    )
    assert risks_of(sheet_rows("Planer")) == risks_of(sheet_rows("Produktområden")) == [whole]
    treated_cells = risks_of(sheet_rows("Riskmatris"))
    assert treated_cells == [(cell.risks - cell.untreated, cell.risks) for cell in plan_cells]
    page_cache.forget()
    slug = version.package.slug
    page = client.get(f"/kravpaket/{slug}/risker/").content.decode()
    lacking = [int(number) for number in re.findall(r"(\d+) risk(?:er)? utan krav", page)]
    # Where no requirement is, the page says so, and not of how many risks.
    assert sum(lacking) == sum(cell.untreated for cell in plan_cells if cell.requirements)
    overview = "".join(
        client.get(f"/uppfoljning/oversikt/?dimension={name}").content.decode()
        for name in DIMENSIONS
    )
    counted = re.findall(r"<span>(\d+) risk(?:er)?</span>", overview)
    assert sum(map(int, counted)) == whole[1]


def test_what_the_draft_has_beside_the_version_in_force_is_not_counted(client, version):
    before = {name: risks_of(sheet_rows(name)) for name in ("Planer", "Produktområden")}
    cell = RiskCell.objects.filter(product_area__plan=version.package.plan).first()
    RiskStatement.objects.create(cell=cell, kind="risk", text="En ny risk.", position=50)
    assert {name: risks_of(sheet_rows(name)) for name in before} == before


def test_a_plan_that_nothing_is_published_of_has_no_numbers(plan):
    for name in ("Planer", "Produktområden", "Riskmatris"):
        assert set(risks_of(sheet_rows(name))) == {("", "")}
