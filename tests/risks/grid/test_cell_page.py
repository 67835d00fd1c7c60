"""The page of one cell: its statements as rows, saved in one transaction."""

import pytest
from django.urls import reverse

from actionplan.models import ChangeLog
from requirements_pkg.actions.publishing import package_of
from risks.models import RiskCell, RiskStatement
from tests.factories import PlanFactory, RequirementFactory
from tests.factories.requirements import treat
from tests.requirements_pkg.admin_forms import untouched
from tests.risks.grid.cell_cases import CellBrowser, texts


@pytest.fixture
def plan(db):
    return PlanFactory(with_matrix=True)


@pytest.fixture
def cell(plan):
    return RiskCell.objects.get(
        product_area__plan=plan,
        product_area__number=1,
        stage__code="use",
        dimension__code="environment",
    )


@pytest.fixture
def editor(as_persona, cell):
    return CellBrowser(as_persona("coordinator"), cell)


ENERGY, REUSE = "Hög energianvändning.", "Möjlighet att återbruka internt."


def test_the_statements_are_rows_in_their_order(editor):
    assert editor.rows() == [("risk", ENERGY), ("opportunity", REUSE)]


def test_a_reworded_statement_stays_itself_and_its_requirement_stays_with_it(editor, plan, cell):
    statement = cell.statements.first()
    treat(RequirementFactory(package=package_of(plan), code="SE-01"), statement)
    editor.press(row_0_text="Något helt annat än förut.")
    assert editor.is_saved
    statement.refresh_from_db()
    assert statement.text == "Något helt annat än förut."
    assert statement.treatments.count() == 1
    assert "1 koppling behöver ses över" in editor.page
    # What was done is said once, by the buttons.
    assert editor.page.count('class="messagelist"') == 1


def test_the_order_the_kind_and_what_is_removed_are_stored_together(editor, cell):
    keys = dict(cell.statements.values_list("text", "pk"))
    editor.press("up-1")
    assert texts(cell) == [ENERGY, REUSE]
    editor.press(row_0_kind="risk", row_1_kind="opportunity")
    assert texts(cell) == [REUSE, ENERGY]
    rows = cell.statements.order_by("position").values_list("pk", "kind")
    assert list(rows) == [(keys[REUSE], "risk"), (keys[ENERGY], "opportunity")]
    assert len(set(ChangeLog.objects.of(RiskStatement).values_list("request")[:2])) == 1
    editor.press("remove-0").press()
    assert texts(cell) == [ENERGY]


def test_a_line_break_cuts_a_row_and_two_rows_are_joined(editor, cell):
    first = cell.statements.first().pk
    editor.press("show", row_0_text="Hög\nenergianvändning.")
    assert [text for _kind, text in editor.rows()] == ["Hög", "energianvändning.", REUSE]
    assert texts(cell) == [ENERGY, REUSE]
    editor.press("join-0")
    assert [text for _kind, text in editor.rows()] == [ENERGY, REUSE]
    editor.press(row_0_text="Hög\nanvändning.")
    assert texts(cell) == ["Hög", "användning.", REUSE]
    assert cell.statements.get(text="Hög").pk == first


def test_what_is_joined_goes_on_as_the_one_that_a_requirement_treats(editor, plan, cell):
    treated = cell.statements.last()
    treat(RequirementFactory(package=package_of(plan), code="SE-01"), treated)
    editor.press("join-0").press()
    assert editor.is_saved
    treated.refresh_from_db()
    assert texts(cell) == [f"{ENERGY} {REUSE}"] == [treated.text]


def test_what_a_requirement_treats_is_not_removed_and_nothing_else_is_lost(editor, plan, cell):
    treat(RequirementFactory(package=package_of(plan), code="SE-01"), cell.statements.first())
    editor.press("remove-0").press(row_0_text="Ändrad möjlighet.")
    assert not editor.is_saved
    assert "kan inte tas bort" in editor.page
    assert editor.rows() == [("risk", ENERGY), ("opportunity", "Ändrad möjlighet.")]
    assert texts(cell) == [ENERGY, REUSE]


def test_what_is_pasted_becomes_rows_of_the_right_kind_before_it_is_saved(editor, cell):
    editor.press("add", pasted="•\tBuller.\n•\tMöjlighet att låna.")
    assert editor.rows()[2:] == [("risk", "Buller."), ("opportunity", "Möjlighet att låna.")]
    assert texts(cell) == [ENERGY, REUSE]
    editor.press(pasted="Damm.")
    assert texts(cell) == [ENERGY, REUSE, "Buller.", "Möjlighet att låna.", "Damm."]


def test_level_and_source_are_set_and_a_new_level_loses_the_old_source(editor, cell):
    source = {"level_source": "https://analys.example/1", "level_source_dated": "2025-05-01"}
    editor.press(level="high", **source)
    cell.refresh_from_db()
    assert (cell.level, cell.level_source) == ("high", source["level_source"])
    editor.press(level="low")
    cell.refresh_from_db()
    assert (cell.level, cell.level_source, cell.level_source_dated) == ("low", "", None)


def test_what_the_database_refuses_is_said_and_the_typed_stays(editor, cell):
    editor.press(level="high", level_source="https://analys.example/1", row_0_text="Annat.")
    assert not editor.is_saved
    assert "både adress och datum" in editor.page
    assert editor.rows()[0] == ("risk", "Annat.")
    assert texts(cell) == [ENERGY, REUSE]


def test_the_same_as_another_says_what_it_points_at_and_keeps_the_words(editor, plan, cell):
    other = RiskCell.objects.get(
        product_area=cell.product_area, stage__code="raw_material", dimension__code="environment"
    )
    editor.press("show", assessment=f"cell:{other.pk}")
    assert "Gruvor förorenar vatten." in editor.page
    editor.press()
    cell.refresh_from_db()
    assert cell.same_as_cell == other
    assert len(texts(cell)) == 3
    # And no circle.
    back = CellBrowser(editor.client, other).press(assessment=f"cell:{cell.pk}")
    assert not back.is_saved
    assert "cirkel" in back.page


def test_a_cell_without_leverage_holds_nothing_else(editor, cell):
    editor.press(assessment="no_leverage")
    assert not editor.is_saved
    assert "kan inte innehålla något annat" in editor.page
    editor.press("remove-1").press("remove-0").press(assessment="no_leverage")
    cell.refresh_from_db()
    assert (cell.assessment, texts(cell)) == ("no_leverage", ["Ingen rådighet över"])


def test_each_statement_leads_to_a_requirement_with_the_risk_and_the_area_chosen(
    editor, plan, cell
):
    statement = cell.statements.first()
    address = reverse("admin:requirements_pkg_requirement_add")
    query = f"?plan={plan.pk}&amp;statements={statement.pk}&amp;ruta={cell.pk}"
    assert address + query in editor.page
    form = editor.client.get(address + query.replace("&amp;", "&")).context["adminform"].form
    assert form.initial["treated"] == [statement.pk]
    assert form.initial["areas"] == [cell.product_area_id]
    assert form.initial["code"]


def test_a_requirement_that_is_written_from_a_cell_leads_back_to_it(editor, plan, cell):
    address = reverse("admin:requirements_pkg_requirement_add")
    page = f"{address}?plan={plan.pk}&statements={cell.statements.first().pk}&ruta={cell.pk}"
    words = {"title": "Låg effekt", "kind": "contract", "text": "Högst 40 W."}
    response = editor.client.post(page, untouched(editor.client.get(page)) | words)
    matrix = reverse("admin:actionplan_actionplan_matrix", args=[plan.pk])
    number = cell.product_area.number
    assert response["Location"] == f"{matrix}?omrade={number}#cell-{cell.pk}"


@pytest.mark.parametrize("persona", ["other_coordinator", "reviewer", "analyst"])
def test_whoever_does_not_edit_the_plan_reads_and_sends_nothing(cell, as_persona, persona):
    client, address = as_persona(persona), reverse("admin:risks_cell", args=[cell.pk])
    page = client.get(address).content.decode()
    assert ENERGY in page
    assert "cell-form" not in page
    assert client.post(address, {"row-0-text": "Annat.", "assessment": "own"}).status_code == 403
    assert texts(cell) == [ENERGY, REUSE]


def test_what_somebody_else_typed_before_the_log_in_is_not_stored(editor, cell, secretariat):
    editor.client.force_login(secretariat)
    fields = editor.fields | {"row-0-text": ["Skrivet av samordnaren."]}
    assert editor.client.post(editor.address, fields).status_code == 403
    assert texts(cell) == [ENERGY, REUSE]


def test_a_closed_plan_is_only_read(editor, plan, cell):
    plan.status = "closed"
    plan.save()
    assert editor.client.post(editor.address, editor.fields).status_code == 403
    assert "cell-form" not in editor.client.get(editor.address).content.decode()


@pytest.mark.parametrize("rows", ["", "[", "[[1]]", '[["x", 1, 2]]', "{}", "null", "[1]"])
def test_what_was_shown_may_be_forged_and_overwrites_nobody(editor, cell, rows):
    editor.fields["initial-rows"] = [rows]
    editor.press(row_0_text="Annat.")
    assert editor.is_saved
    assert texts(cell)[0] == "Annat."
