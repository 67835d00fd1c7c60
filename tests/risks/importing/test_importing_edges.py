"""Documents that are odd in ways a review found: what they must not break."""

from dataclasses import replace

import pytest

from actionplan.models import Contact, PurchasingCategory
from actionplan.word.document import (
    Area,
    CellReference,
    ContactText,
    PlanCell,
    PlanDocument,
    PlanStatement,
)
from actionplan.word.writing.writer import write_docx
from risks.exporting.document import grid_names, plan_document
from risks.importing.plans import import_plan
from risks.models import RiskCell
from tests.factories import PlanFactory

pytestmark = pytest.mark.django_db


def load(document: PlanDocument, **options):
    data = write_docx(document, **grid_names())
    return import_plan(data, file_name="plan.docx", by=None, **options)


def described_cell(text: str, stage: str = "use", **fields) -> PlanCell:
    return PlanCell(
        stage, "environment", "described", statements=(PlanStatement("risk", text),), **fields
    )


def document(*areas: Area, **fields) -> PlanDocument:
    facts = {
        "category": "Provkategori",
        "first_year": 2024,
        "last_year": 2026,
        "procurement_region": "C",
        "coordinator": "Region Stockholm",
    }
    return PlanDocument(**{**facts, **fields}, areas=areas)


def same_as(area: int, words: str) -> PlanCell:
    to = CellReference(area, "use", "environment")
    return PlanCell("use", "environment", "same_as", "", (PlanStatement("risk", words),), to)


def test_two_areas_of_which_one_refers_to_the_other_may_go_together():
    stays = Area(1, "stolar", (described_cell("Buller."),))
    bed, sofa = (
        Area(2, "sängar", (described_cell("Damm."),)),
        Area(3, "soffor", (same_as(2, "Samma risker som för produktområde 2."),)),
    )
    plan = load(document(stays, bed, sofa)).plan
    outcome = load(document(stays))
    assert [area.name for area in plan.product_areas.all()] == ["stolar"]
    texts = [change.before for change in outcome.changes]
    assert "risk: Damm." in texts
    assert all("1000" not in change.where for change in outcome.changes)


def test_an_area_renamed_and_renumbered_at_once_keeps_its_levels():
    plan = load(
        document(Area(1, "stolar"), Area(2, "bord och hyllor", (described_cell("Damm."),)))
    ).plan
    cell = RiskCell.objects.assessed().get()
    cell.level = "high"
    cell.save()
    areas = (
        Area(1, "stolar"),
        Area(2, "mattor"),
        Area(3, "bord, hyllor", (described_cell("Damm."),)),
    )
    load(document(*areas))
    cell.refresh_from_db()
    assert (cell.level, cell.product_area.number) == ("high", 3)
    assert plan.product_areas.count() == 3


def test_a_circle_of_references_is_two_descriptions():
    first = Area(1, "stolar", (same_as(2, "Samma risker som för produktområde 2."),))
    second = Area(2, "bord", (same_as(1, "Samma risker som för produktområde 1."),))
    load(document(first, second))
    assert set(RiskCell.objects.assessed().values_list("assessment", flat=True)) == {"described"}


def test_a_plan_that_names_its_own_category_gets_no_link_to_it(as_persona, coordinator):
    words = "Samma risker som för kategorin Provkategori."
    plan = load(document(Area(1, "stolar", (described_cell(words),)))).plan
    load(document(Area(1, "stolar", (described_cell(words),))))
    assert RiskCell.objects.assessed().get().assessment == "described"
    area = plan.product_areas.get()
    page = as_persona("coordinator").get(f"/admin/risks/riskmatrix/{area.pk}/change/")
    assert page.status_code == 200


def test_two_contacts_of_one_name_are_two_and_stay_two():
    people = (ContactText("Ex Ex", "a@b.example"), ContactText("Ex Ex", "c@d.example"))
    plan = document(Area(1, "stolar"), contacts=people)
    load(plan)
    assert len(load(plan).changes) == 0
    assert Contact.objects.count() == 2


def test_an_area_numbered_zero_gets_the_next_number():
    plan = load(document(Area(1, "stolar"))).plan
    text = "Handlingsplan 2024–2026\nPrioriterad inköpskategori: Provkategori\n\n"
    text += "Upphandlingsregion:\tC\nRegional samordnare:\tRegion Stockholm\n\n"
    text += "Kartläggning\tProduktområde 0: bord\t\t\t\n"
    text += "\tMänskliga rättigheter\tArbetares rättigheter\tMiljö\tAnti-korruption\n"
    text += "Råvara: risker och möjligheter\t\t\tDamm.\t\n"
    import_plan(text.encode(), file_name="plan.txt", by=None)
    assert list(plan.product_areas.values_list("number", "name")) == [(1, "bord")]


def test_the_next_periods_plan_knows_its_predecessor_and_finds_a_free_address():
    first = load(document(Area(1, "stolar"))).plan
    other = PlanFactory(slug="provkategori-2027")
    second = load(document(Area(1, "stolar"), first_year=2027, last_year=2029)).plan
    assert second.predecessor == first
    assert second.slug not in (first.slug, other.slug)
    assert PurchasingCategory.objects.filter(name="Provkategori").count() == 1


def test_a_cell_that_refers_to_one_of_its_plans_later_areas_comes_back_equal():
    area = Area(1, "stolar", (same_as(2, "Samma risker som för produktområde 2."),))
    plan = load(document(area, Area(2, "bord", (described_cell("Damm."),)))).plan
    before = plan_document(plan)
    assert len(load(replace(before)).changes) == 0
    assert plan_document(plan) == before
