"""A document holds no more than can be stored while others wait a moment."""

import pytest

from actionplan.models import ActionPlan, ChangeLog
from actionplan.word.document import (
    MOST_AREAS,
    MOST_STATEMENTS_OF_PLAN,
    Area,
    GoalText,
    ProblemKind,
    SubGoalText,
    WordReading,
)
from actionplan.word.reading import reader
from risks.importing import plans
from risks.importing.asking.owners import RefusedImport
from risks.importing.plans import import_plan
from risks.models import RiskCell, RiskStatement
from tests.factories import PlanFactory
from tests.lock_times import lock_times
from tests.reference_grid import DIMENSIONS, STAGES
from tests.risks.importing.test_importing_edges import described_cell, document, load
from tests.risks.importing.test_locks import BOUND, LINE, large

pytestmark = pytest.mark.django_db

GOALS = (GoalText(1, "Ett mål", (SubGoalText("1.1", "Ett delmål", ()),)),)
# By what there is too much of, a document with two of it.
FULL = {
    "MOST_AREAS": document(Area(1, "stolar", (described_cell("Damm."),)), Area(2, "bord")),
    "MOST_STATEMENTS_OF_PLAN": document(
        Area(1, "stolar", (described_cell("Damm."), described_cell("Buller.", stage="other")))
    ),
    "MOST_GOALS": document(Area(1, "stolar"), goals=GOALS),
}


@pytest.mark.parametrize("bound", FULL)
def test_a_document_with_more_than_that_is_refused_and_one_with_as_much_is_not(bound, monkeypatch):
    monkeypatch.setattr(reader, bound, 1)
    with pytest.raises(RefusedImport) as refused:
        load(FULL[bound])
    assert [fault.what for fault in refused.value.faults] == [ProblemKind.TOO_LARGE_PLAN]
    assert not ActionPlan.objects.exists()
    monkeypatch.setattr(reader, bound, 2)
    load(FULL[bound])
    assert ActionPlan.objects.exists()


def test_the_largest_new_plan_keeps_nobody_waiting(monkeypatch):
    a_cell = MOST_STATEMENTS_OF_PLAN // (MOST_AREAS * len(STAGES) * len(DIMENSIONS))
    plan = large(PlanFactory.build(), LINE, areas=MOST_AREAS, statements=a_cell)
    monkeypatch.setattr(plans.uploads, "read", lambda *given, **named: WordReading(plan))
    with lock_times() as waited:
        import_plan(b"", file_name="plan.docx", by=None)
    cells = MOST_AREAS * len(STAGES) * len(DIMENSIONS)
    assert (
        RiskStatement.objects.count()
        == ChangeLog.objects.of(RiskStatement).count()
        == cells * a_cell
    )
    assert RiskCell.objects.count() == ChangeLog.objects.of(RiskCell).count() == cells
    assert max(waited) < BOUND
