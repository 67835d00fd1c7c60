"""The tab of a plan with its matrix: read as in Word, one product area at a time."""

from datetime import date

import pytest
from django.urls import reverse

from actionplan.extension_points import PlanTab
from actionplan.workspace.tabs import tab_address
from requirements_pkg.actions.publishing import package_of
from requirements_pkg.actions.reviewing.comments import start_thread
from requirements_pkg.models import RequirementState
from risks.grid.cell_views import area_address
from risks.models import RiskCell, RiskStatement
from tests.factories import PlanFactory, RequirementFactory, fill_cell
from tests.factories.requirements import treat


@pytest.fixture
def plan(db):
    return PlanFactory(with_matrix=True)


@pytest.fixture
def statement(plan):
    return RiskStatement.objects.get(text="Hög energianvändning.")


def content(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def cell_of(page: str, cell: int) -> str:
    return page.partition(f'id="cell-{cell}"')[2].partition("</td>")[0]


def tab(plan) -> str:
    return tab_address(plan.pk, PlanTab.MATRIX)


def test_a_cell_reads_as_in_word_with_its_level_and_the_kind_of_each_statement(
    plan, statement, as_persona
):
    RiskCell.objects.filter(pk=statement.cell_id).update(level="high")
    cell = cell_of(content(as_persona("analyst"), tab(plan)), statement.cell_id)
    assert '<p class="level high">Hög risk</p>' in cell
    assert "Hög energianvändning." in cell
    assert 'class="chance"> <b>Möjlighet</b> Möjlighet att återbruka internt.' in cell


def test_a_cell_without_leverage_says_so_and_not_its_words(plan, as_persona):
    cell = RiskCell.objects.get(assessment="no_leverage", product_area__plan=plan)
    words = cell_of(content(as_persona("coordinator"), tab(plan)), cell.pk)
    assert "Ingen rådighet" in words
    assert "Ingen rådighet över" not in words


def test_a_reference_says_in_words_what_it_points_at(plan, statement, as_persona):
    area = plan.product_areas.get(number=2)
    other = fill_cell(
        area, "use", "environment", assessment="same_as", same_as_cell=statement.cell
    )
    page = content(as_persona("coordinator"), area_address(plan.pk, 2))
    assert "Samma som Användning, Miljö i produktområde 1, servrar" in cell_of(page, other.pk)
    assert "Hög energianvändning." in cell_of(page, other.pk).partition("<details>")[2]


def test_a_statement_says_how_many_requirements_treat_it_and_which_links_to_review(
    plan, statement, as_persona
):
    client, package = as_persona("coordinator"), package_of(plan)
    for code in ("SE-01", "SE-02"):
        treat(RequirementFactory(package=package, code=code), statement)
    withdrawn = RequirementFactory(package=package, code="SE-03")
    treat(withdrawn, statement)
    withdrawn.state, withdrawn.withdrawn_on = RequirementState.WITHDRAWN, date(2026, 1, 31)
    withdrawn.withdrawn_reason = "Lagen kräver det numera."
    withdrawn.save()
    cell = cell_of(content(client, tab(plan)), statement.cell_id)
    assert "2 krav" in cell
    assert "att se över" not in cell
    RiskStatement.objects.filter(pk=statement.pk).update(text="Omskriven.")
    assert "2 kopplingar att se över" in cell_of(content(client, tab(plan)), statement.cell_id)


def test_comments_and_what_was_kept_are_marked(plan, statement, as_persona, reviewer):
    client = as_persona("coordinator")
    assert "Kommentarer (" not in content(client, tab(plan))
    start_thread(about=statement.cell, by=reviewer, text="Stämmer det?")
    RiskStatement.objects.filter(pk=statement.pk).update(is_kept=True)
    cell = cell_of(content(client, tab(plan)), statement.cell_id)
    assert "Kommentarer (1)" in cell
    assert "behållen" in cell


def test_one_area_is_shown_at_a_time_and_leads_to_the_others(plan, as_persona):
    client = as_persona("coordinator")
    first, second = content(client, tab(plan)), content(client, area_address(plan.pk, 2))
    assert "1. servrar</h2>" in first
    assert "2. nätverksprodukter</h2>" in second
    assert area_address(plan.pk, 2) in first
    # What is no number of an area leads to the first.
    assert "1. servrar</h2>" in content(client, f"{tab(plan)}?omrade=x")


@pytest.mark.parametrize(
    ("persona", "word"),
    [("coordinator", "Ändra"), ("other_coordinator", "Visa"), ("analyst", "Visa")],
)
def test_each_cell_leads_to_where_it_is_written_or_read(
    plan, statement, as_persona, persona, word
):
    cell = cell_of(content(as_persona(persona), tab(plan)), statement.cell_id)
    address = reverse("admin:risks_cell", args=[statement.cell_id])
    assert f'<a href="{address}" data-cell>{word}<' in cell
    assert as_persona(persona).get(address).status_code == 200
