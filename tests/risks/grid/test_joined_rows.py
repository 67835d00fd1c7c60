"""Two statements that requirements treat are joined, and the links of both go on."""

import pytest
from django.urls import reverse

from requirements_pkg.actions.publishing import package_of
from requirements_pkg.models import RiskTreatment
from risks.models import RiskStatement
from tests.factories import RequirementFactory, treat
from tests.risks.grid.cell_cases import texts
from tests.risks.grid.test_cell_page import ENERGY, REUSE, cell, editor

__all__ = ["cell", "editor"]


@pytest.fixture
def treated(plan, cell) -> None:
    """SE-01 treats the first, SE-02 the second, and SE-03 both."""
    package = package_of(plan)
    first, second = cell.statements.order_by("position")
    for code, statements in (
        ("SE-01", [first]),
        ("SE-02", [second]),
        ("SE-03", [first, second]),
    ):
        requirement = RequirementFactory(package=package, code=code)
        for statement in statements:
            treat(requirement, statement)


def codes(statement: RiskStatement) -> list[str]:
    return sorted(statement.treatments.values_list("requirement__code", flat=True))


def test_the_links_of_both_move_without_duplicates_and_it_is_said(editor, cell, treated):
    first = cell.statements.order_by("position").first()
    editor.press("join-0")
    assert "Kraven för de sammanslagna raderna följer med" in editor.page
    assert RiskTreatment.objects.count() == 4
    editor.press()
    assert editor.is_saved
    assert "2 krav följde med till den sammanslagna raden." in editor.page
    assert texts(cell) == [f"{ENERGY} {REUSE}"]
    assert codes(first) == ["SE-01", "SE-02", "SE-03"]
    # Nobody has read the new words yet.
    links = list(RiskTreatment.objects.select_related("requirement__package", "statement"))
    assert [link.is_suspect for link in links] == [True, True, True]


def test_who_changes_his_mind_before_saving_has_moved_nothing(editor, cell, treated):
    editor.press("join-0")
    editor.open()
    editor.press(row_0_text="Ändrad.")
    assert [codes(row) for row in cell.statements.order_by("position")] == [
        ["SE-01", "SE-03"],
        ["SE-02", "SE-03"],
    ]


def test_what_somebody_else_reworded_meanwhile_stays_with_its_links(editor, cell, treated):
    second = cell.statements.order_by("position").last()
    editor.press("join-0")
    RiskStatement.objects.filter(pk=second.pk).update(text="Deras text.")
    editor.press()
    assert codes(second) == ["SE-02", "SE-03"]
    assert "Deras text." in texts(cell)


def test_only_what_goes_from_the_cell_itself_comes_along(editor, cell, treated, plan):
    foreign = (
        RiskStatement.objects.exclude(cell=cell).filter(cell__product_area__plan=plan).first()
    )
    requirement = RequirementFactory(package=package_of(plan), code="SE-04")
    treat(requirement, foreign)
    first, second = cell.statements.order_by("position")
    rubbish = f"{foreign.pk} {second.pk} {'9' * 400} x -1"
    editor.fields["row-0-absorbed"] = [rubbish]
    editor.press(row_0_text="Ändrad.")
    assert codes(foreign) == ["SE-04"]
    assert codes(second) == ["SE-02", "SE-03"]
    assert codes(first) == ["SE-01", "SE-03"]


def test_who_only_reads_the_plan_moves_nothing(as_persona, cell, treated, editor):
    editor.press("join-0")
    response = as_persona("other_coordinator").post(
        reverse("admin:risks_cell", args=[cell.pk]), {**editor.fields, "_save": "1"}
    )
    assert response.status_code == 403
    assert RiskTreatment.objects.count() == 4
