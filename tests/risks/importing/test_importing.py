"""From a document to rows: all of it or nothing, twice the same, and only what changed."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from actionplan.models import ActionPlan, ChangeEvent, ChangeLog, PurchasingCategory
from actionplan.word.document import CellReference, PlanCell, PlanDocument, PlanStatement
from actionplan.word.writing.writer import write_docx
from risks.exporting.document import grid_names, plan_document, plan_file
from risks.importing.asking.owners import RefusedImport
from risks.importing.plans import OvertakenImport, import_plan
from risks.models import Assessment, RiskCell, RiskStatement
from tests.factories import PlanFactory

EXAMPLE = Path(settings.BASE_DIR / "examples/handlingsplan-it-teknisk-plattform.docx")


def load(data: bytes, **options):
    options = {"file_name": "plan.docx", "by": None, **options}
    return import_plan(data, **options)


def written(document: PlanDocument) -> bytes:
    return write_docx(document, **grid_names())


def with_cell(document: PlanDocument, number: int, cell: PlanCell) -> PlanDocument:
    """The document with one cell of one area replaced."""
    areas = []
    for area in document.areas:
        if area.number == number:
            cells = tuple(
                cell if (c.stage, c.dimension) == (cell.stage, cell.dimension) else c
                for c in area.cells
            )
            area = replace(area, cells=cells)
        areas.append(area)
    return replace(document, areas=tuple(areas))


@pytest.fixture
def example(db):
    """The example plan, imported."""
    return load(EXAMPLE.read_bytes())


@pytest.mark.django_db
def test_every_area_has_its_whole_matrix(example):
    assert RiskCell.objects.count() == 72
    assert RiskCell.objects.assessed().count() == example.understood["cells_with_text"]


@pytest.mark.django_db
def test_a_second_import_changes_nothing(example):
    before = ChangeLog.objects.of(RiskStatement).count()
    assert len(load(EXAMPLE.read_bytes()).changes) == 0
    assert ChangeLog.objects.of(RiskStatement).count() == before
    assert ChangeEvent.objects.filter(kind="imported").count() == 1


@pytest.mark.django_db
def test_both_forms_of_the_example_give_the_same_plan(example):
    text = EXAMPLE.with_suffix(".txt").read_bytes()
    assert len(load(text, file_name="plan.txt").changes) == 0


@pytest.mark.django_db
def test_a_dry_run_tells_and_stores_nothing():
    outcome = load(EXAMPLE.read_bytes(), dry_run=True)
    assert len(outcome.changes) > 60
    assert not ActionPlan.objects.exists()
    assert not PurchasingCategory.objects.exists()


@pytest.mark.django_db
def test_what_is_exported_comes_back_without_a_change(example):
    plan = ActionPlan.objects.with_head().get()
    before = plan_document(plan)
    for form in ("docx", "txt"):
        assert len(load(plan_file(plan, form)).changes) == 0
    assert plan_document(plan) == before


@pytest.mark.django_db
def test_a_document_without_contacts_takes_none_away(example):
    document = replace(plan_document(example.plan), contacts=())
    assert len(load(written(document)).changes) == 0
    assert example.plan.contacts.count() == 1


@pytest.mark.django_db
def test_a_changed_cell_is_the_only_change_and_keeps_its_rows(example):
    document = plan_document(example.plan)
    area = document.areas[1]
    cell = next(c for c in area.cells if len(c.statements) == 1 and c.assessment == "described")
    text = cell.statements[0].text + " Även i Sverige."
    row = RiskStatement.objects.get(
        cell__product_area__number=area.number,
        cell__stage__code=cell.stage,
        cell__dimension__code=cell.dimension,
    )
    edited = replace(cell, statements=(PlanStatement(cell.statements[0].kind, text),))
    outcome = load(written(with_cell(document, area.number, edited)))
    assert [(change.after.split(": ", 1)[1]) for change in outcome.changes] == [text]
    row.refresh_from_db()
    assert row.text == text


@pytest.mark.django_db
def test_a_level_set_by_an_editor_survives_a_document_that_says_none(example):
    cell = RiskCell.objects.assessed().first()
    cell.level = "high"
    cell.save()
    assert len(load(EXAMPLE.read_bytes()).changes) == 0
    cell.refresh_from_db()
    assert cell.level == "high"


@pytest.mark.django_db
def test_areas_that_change_places_keep_their_rows(example):
    document = plan_document(example.plan)
    first, second, third = document.areas
    pks = dict(example.plan.product_areas.values_list("name", "pk"))
    swapped = replace(
        document,
        areas=(replace(second, number=1), replace(first, number=2), third),
    )
    # References name areas by number; this one is about rows, so they are left out.
    swapped = replace(
        swapped,
        areas=tuple(
            replace(a, cells=tuple(c for c in a.cells if c.same_as is None)) for a in swapped.areas
        ),
    )
    load(written(swapped))
    rows = dict(example.plan.product_areas.values_list("name", "pk"))
    assert rows == pks
    names = list(example.plan.product_areas.order_by("number").values_list("name", flat=True))
    assert names == [second.name, first.name, third.name]


@pytest.mark.django_db
def test_an_area_that_is_gone_from_the_document_is_removed_and_told(example):
    document = plan_document(example.plan)
    outcome = load(written(replace(document, areas=document.areas[:2])))
    assert example.plan.product_areas.count() == 2
    assert any(change.kind == "removed" for change in outcome.changes)


@pytest.mark.django_db
def test_a_reference_to_another_category_becomes_a_link_when_its_plan_exists(example):
    assert not RiskCell.objects.filter(same_as_category__isnull=False).exists()
    described = RiskCell.objects.filter(statements__text__contains="samma risker").first()
    words = [statement.text for statement in described.statements.all()]
    category = PurchasingCategory.objects.create(name="IT-arbetsplats", slug="it-arbetsplats")
    PlanFactory(category=category)
    outcome = load(EXAMPLE.read_bytes())
    linked = RiskCell.objects.filter(same_as_category=category)
    assert linked.count() == len(outcome.changes) > 0
    described.refresh_from_db()
    assert described.assessment == Assessment.SAME_AS
    assert [statement.text for statement in described.statements.all()] == words


@pytest.mark.django_db
def test_a_reference_to_the_row_above_is_a_link(example):
    cell = RiskCell.objects.filter(same_as_cell__isnull=False).first()
    assert cell.assessment == Assessment.SAME_AS
    assert cell.same_as_cell.stage.position < cell.stage.position


@pytest.mark.django_db
def test_a_reference_that_leads_nowhere_keeps_its_words():
    document = PlanDocument(
        category="Provkategori",
        first_year=2024,
        last_year=2026,
        procurement_region="C",
        coordinator="Region Stockholm",
        areas=(
            replace(
                plan_area(),
                cells=(
                    PlanCell(
                        "raw_material",
                        "environment",
                        "same_as",
                        statements=(
                            PlanStatement("risk", "Samma risker som för kategorin Möbler."),
                        ),
                        same_as=CellReference(category="Möbler"),
                    ),
                ),
            ),
        ),
    )
    load(written(document))
    cell = RiskCell.objects.assessed().get()
    assert cell.assessment == Assessment.DESCRIBED
    assert cell.statements.get().text == "Samma risker som för kategorin Möbler."


def plan_area():
    from actionplan.word.document import Area

    return Area(1, "stolar")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "word"),
    [
        pytest.param({"procurement_region": "Q"}, "A till H", id="unknown region"),
        pytest.param({"coordinator": "Region Skåne"}, "Region Skåne", id="foreign coordinator"),
        pytest.param({"coordinator": ""}, "samordnande regionen saknas", id="no coordinator"),
        pytest.param({"first_year": 2025, "last_year": 2023}, "baklänges", id="backwards"),
        pytest.param({"first_year": 1999, "last_year": 2001}, "rimlig", id="long ago"),
        pytest.param({"first_year": 2099, "last_year": 2150}, "rimlig", id="far away"),
        pytest.param({"areas": ()}, "produktområde", id="no areas"),
    ],
)
def test_a_fault_is_told_with_its_place_and_nothing_is_stored(changed, word):
    from risks.importing.problems import place_text, sentence

    good = PlanDocument(
        category="Provkategori",
        first_year=2024,
        last_year=2026,
        procurement_region="C",
        coordinator="Region Stockholm",
        areas=(plan_area(),),
    )
    assert load(written(good), dry_run=True).created
    with pytest.raises(RefusedImport) as refused:
        load(written(replace(good, **changed)))
    sentences = [f"{place_text(f.place)}: {sentence(f)}" for f in refused.value.faults]
    assert word in " ".join(sentences)
    assert not PurchasingCategory.objects.exists()


@pytest.mark.django_db
def test_only_a_coordinator_of_the_region_imports(coordinator, other_coordinator, analyst):
    data = EXAMPLE.read_bytes()
    for stranger in (other_coordinator, analyst):
        with pytest.raises(PermissionDenied):
            load(data, by=stranger)
    assert not ActionPlan.objects.exists()
    outcome = load(data, by=coordinator)
    assert outcome.created
    assert ChangeLog.objects.of(RiskCell).first().by == coordinator
    assert ChangeEvent.objects.get().actor == "coordinator"


@pytest.mark.django_db
def test_a_closed_plan_is_not_imported_over(example, coordinator):
    example.plan.status = "closed"
    example.plan.save()
    with pytest.raises(PermissionDenied):
        load(EXAMPLE.read_bytes(), by=coordinator)


@pytest.mark.django_db
def test_an_import_that_was_overtaken_stores_nothing(example):
    document = plan_document(example.plan)
    data = written(replace(document, introduction="En ny introduktion."))
    foreseen = load(data, dry_run=True).changes.digest()
    example.plan.introduction = "Någon annans introduktion."
    example.plan.save()
    with pytest.raises(OvertakenImport):
        load(data, foreseen=foreseen)
    example.plan.refresh_from_db()
    assert example.plan.introduction == "Någon annans introduktion."


@pytest.mark.django_db
def test_the_seed_is_stored_with_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        load(EXAMPLE.read_bytes())
