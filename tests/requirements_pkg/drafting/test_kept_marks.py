"""What an import kept is marked as kept, in the plan and in its files, until it is settled."""

import pytest
from django.urls import reverse

from actionplan.models import ChangeLog
from actionplan.word.kept_mark import MARK
from requirements_pkg.models import RiskTreatment
from risks.exporting.document import plan_document, plan_file
from risks.importing.plans import import_plan
from risks.models import RiskStatement
from tests.factories import RequirementFactory, fill_cell, treat
from tests.requirements_pkg.drafting.test_kept_statements import REMOVED, load, without

WORDS = "behållen: finns inte i planens dokument"


@pytest.fixture
def kept(plan, version) -> RiskStatement:
    """A risk that a requirement treats, and that the imported document no longer has."""
    area = plan.product_areas.get(number=1)
    cell = fill_cell(area, "other", "environment", risks=[REMOVED, "Damm sprids."])
    statement = cell.statements.get(text=REMOVED)
    treat(RequirementFactory(package=version.package), statement)
    load(without(plan, REMOVED))
    statement.refresh_from_db()
    return statement


def test_the_mark_stays_with_the_plan_and_its_files(plan, kept):
    assert kept.is_kept
    assert RiskStatement.objects.filter(is_kept=True).count() == 1
    assert f"{REMOVED} {MARK}" in plan_file(plan, "txt").decode()
    before = plan_document(plan)
    for form in ("docx", "txt"):
        outcome = import_plan(plan_file(plan, form), file_name="plan", by=None)
        assert len(outcome.changes) == 0
        kept.refresh_from_db()
        assert kept.is_kept
    assert plan_document(plan) == before


@pytest.mark.parametrize("form", ["docx", "txt"])
def test_a_document_that_has_the_words_again_takes_the_mark_away(plan, kept, form):
    RiskStatement.objects.update(is_kept=False)
    document = without(plan)
    RiskStatement.objects.filter(pk=kept.pk).update(is_kept=True)
    load(document, form)
    kept.refresh_from_db()
    assert not kept.is_kept


def test_readers_and_editors_see_the_mark(plan, kept, as_persona):
    grid = reverse("admin:risks_riskmatrix_change", args=[kept.cell.product_area_id])
    assert WORDS in as_persona("analyst").get(grid).content.decode()
    client = as_persona("coordinator")
    page = client.get(grid).content.decode()
    assert f'<a href="#cell-{kept.cell_id}">{REMOVED}</a>' in page
    page = client.get(reverse("admin:actionplan_actionplan_matrix", args=[plan.pk]))
    assert (
        "1 text är behållen fast planens dokument inte längre innehåller den."
        in page.content.decode()
    )
    page = client.get(reverse("admin:requirements_pkg_preview", args=[plan.pk]))
    assert WORDS in page.content.decode()


def test_a_person_settles_what_was_kept(plan, kept, as_persona):
    client, address = as_persona("coordinator"), reverse("admin:risks_kept", args=[plan.pk])
    page = client.get(address).content.decode()
    assert REMOVED in page
    assert "_remove" not in page
    key = f"riskstatement-{kept.pk}"
    response = client.post(address, {"key": key, "_remove": "x"}, follow=True)
    assert "Den kan inte tas bort" in response.content.decode()
    RiskTreatment.objects.all().delete()
    client.post(address, {"key": key, "_remove": "x"})
    assert not RiskStatement.objects.filter(pk=kept.pk).exists()
    response = client.post(address, {"key": key, "_remove": "x"}, follow=True)
    assert "Någon har redan tagit ställning till det här." in response.content.decode()


def test_what_is_kept_for_good_is_marked_no_longer(plan, kept, as_persona, coordinator):
    client, address = as_persona("coordinator"), reverse("admin:risks_kept", args=[plan.pk])
    client.post(address, {"key": f"riskstatement-{kept.pk}", "_keep": "x"})
    kept.refresh_from_db()
    assert not kept.is_kept
    assert ChangeLog.objects.about(kept).first().by == coordinator
    page = client.get(address).content.decode()
    assert "Inget: planen stämmer med sitt dokument." in page


def test_only_who_edits_the_plan_settles(plan, kept, as_persona):
    address = reverse("admin:risks_kept", args=[plan.pk])
    for persona in ("other_coordinator", "analyst"):
        assert as_persona(persona).get(address).status_code == 403
