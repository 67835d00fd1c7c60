"""What a requirement builds on is never dropped in silence: not by an import, not in the grid."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.models import ActionPlan, ChangeLog, SubGoal
from actionplan.word.document import GoalText, PlanDocument
from actionplan.word.writing.writer import write_docx, write_text
from requirements_pkg.models import GoalService
from risks.exporting.document import grid_names, plan_document
from risks.importing.changes import Changes
from risks.importing.plans import OvertakenImport, import_plan
from risks.models import Assessment, RiskCell, RiskStatement
from tests.factories import RequirementFactory, fill_cell, treat
from tests.risks.grid.test_grid import cell_of, sent, texts

REMOVED = "Buller stör grannar."


@pytest.fixture
def area(plan):
    return plan.product_areas.get(number=1)


@pytest.fixture
def requirement(version):
    return RequirementFactory(package=version.package)


@pytest.fixture
def cell(area):
    """A cell with two risks, of which the document below no longer has the first."""
    return fill_cell(area, "other", "environment", risks=[REMOVED, "Damm sprids."])


@pytest.fixture
def statement(cell) -> RiskStatement:
    return cell.statements.get(text=REMOVED)


def written(document: PlanDocument, form: str = "docx") -> bytes:
    names = grid_names()
    return (
        write_docx(document, **names) if form == "docx" else write_text(document, **names).encode()
    )


def without(plan: ActionPlan, *removed: str, emptied: bool = False) -> PlanDocument:
    """The plan as a document without some statements, or without all of their cells' words."""
    areas = []
    document = plan_document(ActionPlan.objects.with_head().get(pk=plan.pk))
    for area in document.areas:
        cells = []
        for cell in area.cells:
            left = tuple(s for s in cell.statements if s.text not in removed)
            if emptied and len(left) < len(cell.statements):
                continue
            cells.append(replace(cell, statements=left))
        areas.append(replace(area, cells=tuple(cells)))
    return replace(document, contacts=(), areas=tuple(areas))


def load(document: PlanDocument, form: str = "docx", **options) -> Changes:
    given = {"file_name": f"plan.{form}", "by": None, **options}
    return import_plan(written(document, form), **given).changes


def stored() -> list:
    models = (RiskCell, RiskStatement, SubGoal, ChangeLog)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


@pytest.mark.parametrize("form", ["docx", "txt"])
def test_an_import_keeps_what_is_treated_and_says_so_each_time(
    plan, cell, statement, requirement, form
):
    document = without(plan, REMOVED)
    treat(requirement, statement)
    first = load(document, form)
    (kept,) = first.kept
    assert (kept.where, kept.text) == ("Produktområde 1, Övrigt, Miljö", REMOVED)
    assert requirement.code in kept.sentence
    assert [change.kind for change in first] == []
    # After what the document says.
    assert texts(cell) == ["Damm sprids.", REMOVED]
    before = stored()
    again = load(document, form)
    assert (len(again), again.kept) == (0, first.kept)
    assert stored() == before


def test_what_nothing_treats_goes_as_ever(plan, cell, statement):
    changes = load(without(plan, REMOVED))
    assert (len(changes), changes.kept) == (1, [])
    assert texts(cell) == ["Damm sprids."]


def test_a_cell_that_is_empty_in_the_document_still_says_what_is_treated(
    plan, cell, statement, requirement
):
    document = without(plan, REMOVED, emptied=True)
    treat(requirement, statement)
    assert [change.kind for change in load(document)] == ["removed"]
    cell.refresh_from_db()
    assert (cell.assessment, texts(cell)) == (Assessment.DESCRIBED, [REMOVED])
    before = stored()
    assert len(load(document)) == 0
    assert stored() == before


def test_a_kept_statement_costs_no_query_where_nothing_is_dropped(plan, cell, requirement):
    def cost(document: PlanDocument) -> int:
        data = written(document)
        with CaptureQueriesContext(connection) as captured:
            import_plan(data, file_name="plan.docx", by=None)
        return len(captured)

    document = without(plan)
    few = cost(document)
    for row in RiskStatement.objects.all():
        treat(requirement, row)
    assert cost(document) == few


@pytest.mark.parametrize("foreseen_statement_is_treated", [True, False])
def test_what_is_kept_belongs_to_what_was_previewed(
    plan, statement, requirement, foreseen_statement_is_treated
):
    document = without(plan, REMOVED)
    if foreseen_statement_is_treated:
        treat(requirement, statement)
    foreseen = load(document, dry_run=True).digest()
    if foreseen_statement_is_treated:
        load(document, foreseen=foreseen)
    else:
        treat(requirement, statement)
        with pytest.raises(OvertakenImport):
            load(document, foreseen=foreseen)
    assert RiskStatement.objects.filter(pk=statement.pk).exists()


def test_the_command_and_the_preview_tell_what_is_kept(
    plan, statement, requirement, tmp_path, as_persona
):
    file = tmp_path / "plan.docx"
    file.write_bytes(written(without(plan, REMOVED)))
    treat(requirement, statement)
    out = StringIO()
    call_command("import_plan", str(file), stdout=out)
    assert f"Produktområde 1, Övrigt, Miljö: Behållet: ”{REMOVED}”" in out.getvalue()
    client = as_persona("coordinator")
    with file.open("rb") as data:
        page = client.post(reverse("admin:risks_import"), {"file": data}, follow=True)
    assert f"Behållet: ”{REMOVED}”" in page.content.decode()


def test_an_area_with_a_treated_risk_stays_whole_and_out_of_the_way(plan, requirement):
    second = plan.product_areas.get(number=2)
    fill_cell(second, "other", "environment", risks=[REMOVED, "Damm sprids."])
    other = fill_cell(
        second, "use", "environment", assessment="same_as", same_as_cell=cell_of(second, "other")
    )
    document = without(plan)
    first = replace(document.areas[0], number=2)
    document = replace(document, areas=(first,))
    treat(requirement, RiskStatement.objects.get(text=REMOVED))
    changes = load(document)
    assert [kept.text for kept in changes.kept] == ["2. nätverksprodukter"]
    areas = {area.number: area.name for area in plan.product_areas.all()}
    assert areas == {2: "servrar", 3: "nätverksprodukter"}
    assert texts(cell_of(second, "other")) == [REMOVED, "Damm sprids."]
    other.refresh_from_db()
    assert other.assessment == Assessment.SAME_AS
    before = stored()
    again = load(document)
    assert (len(again), [kept.text for kept in again.kept]) == (0, ["3. nätverksprodukter"])
    assert stored() == before


def test_an_area_that_a_kept_one_refers_to_stays_with_it(plan, area, requirement):
    second = plan.product_areas.get(number=2)
    cell = fill_cell(
        second,
        "other",
        "environment",
        risks=["Samma risker som för produktområde 1.", REMOVED],
        assessment="same_as",
        same_as_cell=cell_of(area, "other"),
    )
    document = without(plan)
    third = replace(document.areas[0], number=3, name="helt andra saker", cells=())
    treat(requirement, cell.statements.get(text=REMOVED))
    changes = load(replace(document, areas=(third,)))
    assert sorted(plan.product_areas.values_list("number", flat=True)) == [1, 2, 3]
    assert {kept.text for kept in changes.kept} == {"1. servrar", "2. nätverksprodukter"}


def test_a_sub_goal_and_a_goal_that_are_served_stay(plan, requirement):
    sub_goal = SubGoal.objects.get(number="1.2")
    GoalService.objects.create(requirement=requirement, sub_goal=sub_goal, hash_at_link="x")
    document = without(plan)
    (goal,) = document.goals
    shorter = replace(document, goals=(replace(goal, sub_goals=goal.sub_goals[:1]),))
    other = GoalText(1, "Något helt annat")
    for changed, names in (
        (shorter, ["1.2 Uppföljning är gjord"]),
        (
            replace(document, goals=(other,)),
            ["2. Ett gemensamt kravpaket", "2.2 Uppföljning är gjord"],
        ),
    ):
        load(changed)
        before = stored()
        again = load(changed)
        assert (len(again), [kept.text for kept in again.kept]) == (0, names)
        assert stored() == before
    assert SubGoal.objects.filter(pk=sub_goal.pk).exists()


@pytest.fixture
def grid(area):
    return reverse("admin:risks_riskmatrix_change", args=[area.pk])


def test_the_grid_refuses_to_drop_what_is_treated_at_its_cell(
    area, grid, cell, statement, requirement, as_persona
):
    treat(requirement, statement)
    client = as_persona("coordinator")
    response = client.post(grid, sent(area, **{f"risks_{cell.pk}": "Damm sprids."}))
    page = response.content.decode()
    assert response.status_code == 200
    assert f"”{REMOVED}” kan inte tas bort" in page
    assert requirement.code in page
    assert f'href="#cell-{cell.pk}"' in page
    assert texts(cell) == [REMOVED, "Damm sprids."]


def test_a_treated_risk_may_be_reworded_and_moved_in_the_grid(
    area, grid, cell, statement, requirement, as_persona
):
    treat(requirement, statement)
    edits = {f"risks_{cell.pk}": f"Damm sprids.\r\n{REMOVED[:-1]} på natten."}
    assert as_persona("coordinator").post(grid, sent(area, **edits)).status_code == 302
    statement.refresh_from_db()
    assert statement.text == "Buller stör grannar på natten."


def test_what_nothing_treats_is_dropped_in_the_grid_as_ever(
    area, grid, cell, statement, requirement, as_persona
):
    treat(requirement, cell.statements.get(text="Damm sprids."))
    edits = {f"risks_{cell.pk}": "Damm sprids."}
    assert as_persona("coordinator").post(grid, sent(area, **edits)).status_code == 302
    assert texts(cell) == ["Damm sprids."]


def test_an_area_with_a_treated_risk_is_not_deleted_in_the_admin(
    plan, area, statement, requirement, as_persona
):
    treat(requirement, statement)
    address = reverse("admin:risks_riskmatrix_delete", args=[area.pk])
    as_persona("coordinator").post(address, {"post": "yes"})
    assert plan.product_areas.filter(pk=area.pk).exists()
