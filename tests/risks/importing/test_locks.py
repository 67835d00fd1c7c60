"""Nobody waits for what somebody else's words are compared with."""

from dataclasses import replace

import pytest
import tablib
from django.urls import reverse

from actionplan.excel.front import ResourceFront
from actionplan.models import ChangeKind, ChangeLog
from actionplan.word.document import (
    MOST_STATEMENTS,
    Area,
    PlanCell,
    PlanDocument,
    PlanStatement,
    WordReading,
)
from risks.admin import forms
from risks.admin.sheets import STATEMENTS
from risks.grid.editing import work_out
from risks.importing import plans
from risks.importing.plans import import_plan
from risks.models import RiskCell, RiskStatement
from tests.factories import PlanFactory, fill_cell
from tests.lock_times import lock_times
from tests.reference_grid import DIMENSIONS, STAGES
from tests.risks.grid.test_grid import sent

# What others may have to wait for, in seconds of work.
BOUND = 1
LINE = "Risk {at}: vid brytning av kobolt i gruva {at} förekommer barnarbete och buller."
REWORDED = "Risk {at}: barnarbete kan förekomma vid brytning av kobolt i gruva {at}."


@pytest.fixture
def area(plan):
    return plan.product_areas.get(number=1)


def change(client, area, **edits):
    address = reverse("admin:risks_riskmatrix_change", args=[area.pk])
    with lock_times() as waited:
        response = client.post(address, sent(area, **edits))
    return response, waited


def test_four_hundred_reworded_lines_keep_their_rows_and_nobody_waiting(area, as_persona):
    lines = range(MOST_STATEMENTS)
    cell = fill_cell(area, "other", "environment", risks=[LINE.format(at=at) for at in lines])
    before = dict(cell.statements.values_list("position", "pk"))
    words = "\r\n".join(REWORDED.format(at=at) for at in lines)
    response, waited = change(as_persona("coordinator"), area, **{f"risks_{cell.pk}": words})
    assert response.status_code == 302
    assert dict(cell.statements.values_list("position", "pk")) == before
    assert set(cell.statements.values_list("text", flat=True)) == set(words.split("\r\n"))
    assert ChangeLog.objects.parts(RiskStatement, cell.pk).filter(
        kind=ChangeKind.CHANGED
    ).count() == len(lines)
    assert max(waited) < BOUND


def test_a_cell_with_more_lines_than_that_is_refused_with_a_sentence(area, as_persona):
    cell = RiskCell.objects.get(
        product_area=area, stage__code="other", dimension__code="environment"
    )
    words = "\r\n".join(LINE.format(at=at) for at in range(MOST_STATEMENTS + 1))
    response, _waited = change(as_persona("coordinator"), area, **{f"risks_{cell.pk}": words})
    assert "En ruta får ha högst 400 rader" in response.content.decode()
    assert not cell.statements.exists()


def test_what_somebody_writes_while_lines_are_compared_is_merged(area, as_persona, monkeypatch):
    """The comparing is done before the lock: under it one looks whether it still holds."""
    cell = fill_cell(area, "other", "environment", risks=["Buller stör grannar."])
    other = fill_cell(area, "use", "environment", risks=["Damm sprids."])
    meanwhile = iter(["Damm sprids vida omkring."])

    def slowly(*given):
        for text in meanwhile:
            RiskStatement.objects.filter(text="Damm sprids.").update(text=text)
        return work_out(*given)

    monkeypatch.setattr(forms, "work_out", slowly)
    edits = {f"risks_{cell.pk}": "Buller stör alla grannar.", f"level_{other.pk}": "high"}
    response, waited = change(as_persona("coordinator"), area, **edits)
    assert response.status_code == 302
    assert len(waited) > 2, "It was not worked out anew."
    assert [row.text for row in cell.statements.all()] == ["Buller stör alla grannar."]
    assert other.statements.filter(text="Damm sprids vida omkring.").exists()


def large(plan, words: str, *, areas: int, statements: int) -> PlanDocument:
    """A document of the plan whose every cell says so many things."""
    cells = tuple(
        PlanCell(
            stage,
            dimension,
            "described",
            statements=tuple(
                PlanStatement("risk", words.format(at=f"{at} {stage} {dimension}"))
                for at in range(statements)
            ),
        )
        for stage in STAGES
        for dimension in DIMENSIONS
    )
    return PlanDocument(
        category=plan.category.name,
        first_year=plan.first_year,
        last_year=plan.last_year,
        procurement_region=plan.procurement_region.code,
        coordinator=plan.coordinator.name,
        areas=tuple(Area(at, f"Produktområde {at}", cells) for at in range(1, areas + 1)),
    )


def bring(document: PlanDocument, monkeypatch, **options):
    """Import a document that somebody has read already; returns the outcome and the waiting."""
    monkeypatch.setattr(plans.uploads, "read", lambda *given, **named: WordReading(document))
    with lock_times() as waited:
        outcome = import_plan(b"", file_name="plan.docx", by=None, **options)
    return outcome, max(waited, default=0)


def test_a_preview_of_a_large_plan_locks_nothing(db, monkeypatch):
    plan = PlanFactory()
    bring(large(plan, LINE, areas=3, statements=10), monkeypatch)
    before = dict(RiskStatement.objects.values_list("pk", "text"))
    reworded = large(plan, REWORDED, areas=3, statements=10)
    outcome, waited = bring(reworded, monkeypatch, dry_run=True)
    assert len(outcome.changes) == len(before) == 3 * 24 * 10
    assert waited == 0
    assert dict(RiskStatement.objects.values_list("pk", "text")) == before
    outcome, waited = bring(reworded, monkeypatch, foreseen=outcome.changes.digest())
    assert waited < BOUND
    assert set(RiskStatement.objects.values_list("pk", flat=True)) == set(before)


def test_all_areas_of_a_large_plan_go_at_once(db, monkeypatch):
    """One by one, each with its history, they kept others waiting."""
    plan = PlanFactory()
    document = large(plan, LINE, areas=4, statements=10)
    bring(document, monkeypatch)
    other = replace(document.areas[0], name="Något helt annat")
    _outcome, waited = bring(replace(document, areas=(other,)), monkeypatch)
    assert waited < BOUND
    assert RiskStatement.objects.count() == 24 * 10
    assert (
        ChangeLog.objects.of(RiskStatement).filter(kind=ChangeKind.REMOVED).count() == 4 * 24 * 10
    )


def test_a_preview_of_a_sheet_locks_nothing_and_its_import_only_writes(area, coordinator):
    rows = [
        {
            "plan": area.plan.slug,
            "area_number": "1",
            "stage_code": "other",
            "dimension_code": "environment",
            "text": f"Risk nummer {at} i arket.",
        }
        for at in range(5)
    ]
    before = RiskStatement.objects.count()

    def bring_sheet(*, dry_run: bool) -> list[float]:
        names = list(STATEMENTS.by_name)
        sheet = tablib.Dataset(
            *[[row.get(name, "") for name in names] for row in rows], headers=names
        )
        with lock_times() as waited:
            result = ResourceFront(STATEMENTS, coordinator).import_data(sheet, dry_run=dry_run)
        assert result.totals["new"] == len(rows), (result.refusals, result.faults)
        return waited

    assert bring_sheet(dry_run=True) == []
    assert RiskStatement.objects.count() == before
    assert max(bring_sheet(dry_run=False)) < BOUND
    assert RiskStatement.objects.count() == before + len(rows)
