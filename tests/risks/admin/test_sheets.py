"""Risks that go out to Excel and come back: rights, stale rows, history, constant queries."""

import pytest
import tablib
from django.utils.translation import gettext as _

from actionplan.excel.formats import SafeXLSX
from actionplan.excel.front import ResourceFront
from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    ChangeKind,
    ChangeLog,
    PlanStatus,
    ProcurementRegion,
)
from actionplan.word.document import MOST_STATEMENTS
from risks.admin.sheets import CELLS, MATRICES, STATEMENTS
from risks.models import Assessment, RiskCell, RiskStatement
from tests.factories import AreaFactory, PlanFactory, fill_cell

NAMES = list(STATEMENTS.by_name)


@pytest.fixture
def foreign_plan(db, stockholm) -> ActionPlan:
    """A plan of procurement region H, which the coordinator reads but does not edit."""
    plan = PlanFactory(with_matrix=True)
    plan.procurement_region = ProcurementRegion.objects.get(code="H")
    plan.save()
    return plan


def exported(user, **filters) -> list[dict]:
    """The rows as the file that a person gets holds them."""
    rows = RiskStatement.objects.filter(**filters).in_grid_order()
    sheet = ResourceFront(STATEMENTS, user).export(rows)
    again = SafeXLSX().create_dataset(SafeXLSX().export_data(sheet))
    return [dict(zip(NAMES, row, strict=True)) for row in again]


def of(plan: ActionPlan) -> dict:
    return {"cell__product_area__plan": plan}


def bring(user, rows: list[dict], *, dry_run: bool = False, headers: list[str] = NAMES):
    data = tablib.Dataset(*[[row.get(n, "") for n in headers] for row in rows], headers=headers)
    return ResourceFront(STATEMENTS, user).import_data(
        data, dry_run=dry_run, file_name="risker.xlsx", user=user
    )


def new_row(plan: ActionPlan, **changes) -> dict:
    values = {
        "plan": plan.slug,
        "area_number": 1,
        "stage": "Råvara",
        "dimension": "miljö",
        "kind": _("risk"),
        "text": "Ny risk.",
    }
    return values | changes


def stored() -> list[tuple]:
    return sorted(RiskStatement.objects.values_list("pk", "cell_id", "kind", "text", "position"))


def sentences(result) -> str:
    return " ".join([*result.refusals, *(sentence for *_place, sentence in result.faults)])


def test_an_untouched_file_changes_nothing(plan, coordinator, django_assert_max_num_queries):
    rows = exported(coordinator, **of(plan))
    with django_assert_max_num_queries(14):
        result = bring(coordinator, rows)
    assert result.totals["skip"] == len(rows) == 4
    assert not ChangeLog.objects.of(RiskStatement).filter(kind=ChangeKind.CHANGED).exists()
    assert not ChangeEvent.objects.exists()


def test_a_changed_text_is_stored_with_its_history(plan, coordinator):
    rows = exported(coordinator, **of(plan))
    rows[0]["text"] = "=Gruvor   förorenar\nmycket vatten."
    result = bring(coordinator, rows)
    assert (result.totals["update"], result.totals["skip"]) == (1, 3)
    statement = RiskStatement.objects.get(pk=rows[0]["id"])
    assert statement.text == "=Gruvor förorenar mycket vatten."
    change = ChangeLog.objects.about(statement).first()
    assert (change.kind, change.by) == (ChangeKind.CHANGED, coordinator)
    event = ChangeEvent.objects.get()
    assert (event.target_id, event.actor) == (plan.pk, "coordinator")
    assert event.detail["changes"] == 1
    rows = exported(coordinator, **of(plan))
    assert bring(coordinator, rows).totals["skip"] == 4


def test_a_preview_stores_nothing_and_marks_what_would_change(plan, coordinator):
    rows, before = exported(coordinator, **of(plan)), stored()
    rows[0]["text"] = "Gruvor förorenar <b>grundvatten</b>."
    result = bring(coordinator, [*rows, new_row(plan)], dry_run=True)
    assert stored() == before
    (_number, changed), (number, new) = result.changed_rows
    ((_heading, marked),) = changed.diff
    assert "<ins>" in marked
    assert "<b>" not in marked
    assert (number, new.import_type) == (6, "new")


def test_a_new_row_describes_its_cell(plan, coordinator):
    rows = [
        new_row(plan, stage="Sluttilverkning", text="Första"),
        new_row(
            plan, stage="", stage_code="final_manufacturing", text="Andra", kind="opportunity"
        ),
    ]
    result = bring(coordinator, rows)
    assert not sentences(result)
    cell = RiskCell.objects.get(
        product_area__plan=plan,
        product_area__number=1,
        stage__code="final_manufacturing",
        dimension__code="environment",
    )
    assert cell.assessment == Assessment.DESCRIBED
    assert ChangeLog.objects.about(cell).first().by == coordinator
    assert list(cell.statements.values_list("text", "kind", "position")) == [
        ("Första", "risk", 0),
        ("Andra", "opportunity", 1),
    ]
    assert ChangeLog.objects.about(cell.statements.first()).get().by == coordinator


def test_a_new_row_that_names_another_area_than_its_number_is_refused(plan, coordinator):
    """The plan was renumbered since the list was made: number 1 is another area now."""
    plan.product_areas.filter(number=1).update(number=3)
    plan.product_areas.filter(number=2).update(number=1)
    rows = [new_row(plan, area="servrar")]
    result = bring(coordinator, rows)
    assert "Nummer 1 är ”nätverksprodukter” i planen, inte ”servrar”." in sentences(result)
    assert not RiskStatement.objects.filter(text="Ny risk.").exists()
    bring(coordinator, [rows[0] | {"area_number": 3}])
    cell = RiskStatement.objects.get(text="Ny risk.").cell
    assert cell.product_area.name == "servrar"


def test_a_new_row_stands_last_in_a_cell_that_has_some(plan, coordinator):
    bring(coordinator, [new_row(plan)])
    cell = RiskStatement.objects.get(text="Ny risk.").cell
    assert list(cell.statements.values_list("text", "position")) == [
        ("Gruvor förorenar vatten.", 0),
        ("Ny risk.", 1),
    ]


def test_a_cell_takes_so_many_lines_and_says_so(plan, coordinator):
    rows = [new_row(plan, text=f"Risk {number}.") for number in range(MOST_STATEMENTS)]
    assert not sentences(bring(coordinator, rows[1:], dry_run=True))
    assert f"högst {MOST_STATEMENTS} rader" in sentences(bring(coordinator, rows))
    assert not RiskStatement.objects.filter(text="Risk 1.").exists()


def test_a_moved_row_leaves_a_cell_that_is_not_assessed(plan, coordinator):
    rows = exported(coordinator, **of(plan))
    source = RiskStatement.objects.get(pk=rows[0]["id"]).cell
    rows[0] |= {"area_number": 2, "area": ""}
    result = bring(coordinator, rows)
    assert not sentences(result)
    moved = RiskStatement.objects.get(pk=rows[0]["id"]).cell
    assert (moved.product_area.number, moved.assessment) == (2, Assessment.DESCRIBED)
    source.refresh_from_db()
    assert source.assessment == Assessment.NOT_ASSESSED


FAULTS = {
    "foreign id": lambda rows, foreign, plan: rows[0].update(
        id=RiskStatement.objects.filter(**of(foreign)).first().pk
    ),
    "foreign row": lambda rows, foreign, plan: rows.append(foreign.row | {"text": "Ändrad"}),
    "moved to a foreign plan": lambda rows, foreign, plan: rows[0].update(plan=foreign.slug),
    "moved from a foreign plan": lambda rows, foreign, plan: rows.append(
        foreign.row | {"plan": plan.slug}
    ),
    "new in a foreign plan": lambda rows, foreign, plan: rows.append(new_row(foreign)),
    "unknown id": lambda rows, foreign, plan: rows[0].update(id=987_654),
    "no id at all": lambda rows, foreign, plan: rows[0].update(id="abc"),
    "huge id": lambda rows, foreign, plan: rows[0].update(id=10**30),
    "id twice": lambda rows, foreign, plan: rows.append(rows[0] | {"text": "Ändrad igen"}),
    "wrong control code": lambda rows, foreign, plan: rows[0].update(fingerprint="abc"),
    "no control code": lambda rows, foreign, plan: rows[0].update(fingerprint=None),
    "empty text": lambda rows, foreign, plan: rows[0].update(text="  "),
    "text too long": lambda rows, foreign, plan: rows[0].update(text="x" * 4001),
    "unknown kind": lambda rows, foreign, plan: rows[0].update(kind="hot"),
    "unknown stage": lambda rows, foreign, plan: rows[0].update(stage="Månen", stage_code=""),
    "no stage": lambda rows, foreign, plan: rows[0].update(stage="", stage_code=""),
    "stage that nearly is one": lambda rows, foreign, plan: rows[0].update(stage="Råvara,"),
    "stages that disagree": lambda rows, foreign, plan: rows[0].update(stage="Sluttilverkning"),
    "unknown area": lambda rows, foreign, plan: rows[0].update(area_number=9),
    "area in words": lambda rows, foreign, plan: rows[0].update(area_number="nio"),
    "negative position": lambda rows, foreign, plan: rows[0].update(position=-1),
    "half a position": lambda rows, foreign, plan: rows[0].update(position=1.5),
    "cell without leverage": lambda rows, foreign, plan: rows.append(
        new_row(plan, stage="end_of_life")
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_faulty_row_stops_the_file_and_says_why(fault, plan, foreign_plan, coordinator):
    rows = exported(coordinator, **of(plan))
    foreign_plan.row = exported(coordinator, **of(foreign_plan))[0]
    rows[1]["text"] = "En ändring som i sig är riktig."
    rows[0]["text"] = "Ändrad"
    FAULTS[fault](rows, foreign_plan, plan)
    before, history = stored(), ChangeLog.objects.of(RiskStatement).count()
    for dry_run in (True, False):
        result = bring(coordinator, rows, dry_run=dry_run)
        assert len(result.faults) >= 1
        assert sentences(result)
        assert "Error" not in sentences(result)
        assert (stored(), ChangeLog.objects.of(RiskStatement).count()) == (before, history)
    assert not ChangeEvent.objects.exists()


@pytest.mark.parametrize("persona", ["other_coordinator", "reviewer", "analyst", "staff"])
def test_whoever_does_not_edit_the_plan_imports_nothing(persona, plan, coordinator, request):
    rows = exported(coordinator, **of(plan))
    rows[0]["text"], before = "Ändrad", stored()
    user = request.getfixturevalue(persona)
    for file in (rows, [new_row(plan)]):
        result = bring(user, file)
        assert [row for row, *_rest in result.faults] == [2]
        assert stored() == before


def test_a_closed_plan_is_not_imported_into(plan, coordinator):
    rows = exported(coordinator, **of(plan))
    rows[0]["text"] = "Ändrad"
    plan.status = PlanStatus.CLOSED
    plan.save()
    assert len(bring(coordinator, rows).faults) == 1


def test_rows_of_others_that_nobody_changed_are_skipped(plan, foreign_plan, coordinator):
    rows = exported(coordinator)
    rows[0]["text"] = "Ändrad"
    result = bring(coordinator, rows)
    assert (result.totals["update"], result.totals["skip"]) == (1, 7)


def test_a_row_that_someone_changed_meanwhile_is_refused(plan, coordinator):
    rows = exported(coordinator, **of(plan))
    statement = RiskStatement.objects.get(pk=rows[0]["id"])
    statement.text = "Någon annans ord."
    statement.save()
    rows[0]["text"] = "Mina ord."
    result = bring(coordinator, rows)
    assert sentences(result) == _(
        "The row has changed since the export. Export again and make your change in the new file."
    )
    statement.refresh_from_db()
    assert statement.text == "Någon annans ord."


def test_rows_left_out_of_the_file_stay(plan, coordinator):
    bring(coordinator, exported(coordinator, **of(plan))[:1])
    assert RiskStatement.objects.count() == 4


def test_missing_and_repeated_columns_refuse_the_file(plan, coordinator):
    rows = exported(coordinator, **of(plan))
    without = [name for name in NAMES if name not in ("text", "fingerprint")]
    assert str(_("Text")) in bring(coordinator, rows, headers=without).refusals[0]
    assert str(_("Text")) in bring(coordinator, rows, headers=[*NAMES, "text"]).refusals[0]


def test_a_file_with_headings_of_its_own_is_read_as_somebody_says(plan, coordinator):
    mapping = {"plan": plan.slug, "area_number": 0, "stage": 1, "dimension": 2, "text": 3}
    mapping["kind"] = "risk"
    new = tablib.Dataset(
        [1, "Råvara", "miljö", "Ny risk."], headers=["Omr", "Led", "Vad", "Text "]
    )
    result = ResourceFront(STATEMENTS, coordinator).import_data(new, mapping=mapping)
    assert not sentences(result)
    assert RiskStatement.objects.get(text="Ny risk.").cell.product_area.plan == plan
    row = exported(coordinator, **of(plan))[0]
    names = ["id", "fingerprint", "kind"]
    data = tablib.Dataset([row["id"], row["fingerprint"], "opportunity"], headers=["a", "b", "c"])
    before = RiskStatement.objects.get(pk=row["id"])
    result = ResourceFront(STATEMENTS, coordinator).import_data(
        data, mapping={name: at for at, name in enumerate(names)}
    )
    assert not sentences(result)
    after = RiskStatement.objects.get(pk=row["id"])
    assert (after.kind, after.text, after.cell) == ("opportunity", before.text, before.cell)


def test_unknown_and_told_columns_are_reported(plan, coordinator):
    rows = exported(coordinator, **of(plan))
    rows[0] |= {"level": _("high"), "Anteckning": "kolla"}
    result = bring(coordinator, rows, headers=[*NAMES, "Anteckning"])
    assert result.totals["skip"] == 4
    assert len(result.notices) == 2
    assert "Anteckning" in result.notices[0]


@pytest.mark.parametrize("count", [1, 50])
def test_an_export_costs_the_same_however_many_rows(
    count, plan, coordinator, django_assert_num_queries
):
    area = AreaFactory(plan=plan, number=3)
    fill_cell(area, "use", "human_rights", risks=[f"Risk {n}" for n in range(count)])
    coordinator.roles  # noqa: B018  asked for once per request
    with django_assert_num_queries(1):
        assert len(ResourceFront(STATEMENTS, coordinator).export()) == count + 4
    with django_assert_num_queries(2):
        cells = ResourceFront(CELLS, coordinator).export()
    texts = [row[list(CELLS.by_name).index("text")] for row in cells]
    assert " ".join(f"Risk {n}" for n in range(count)) in texts
    with django_assert_num_queries(1):
        assert len(ResourceFront(MATRICES, coordinator).export()) == 3


@pytest.mark.parametrize("count", [1, 300])
def test_an_import_asks_the_database_the_same_for_one_row_and_for_many(
    count, plan, coordinator, django_assert_max_num_queries
):
    rows = [new_row(plan, text=f"Risk {n}") for n in range(count)]
    with django_assert_max_num_queries(30):
        assert bring(coordinator, rows).totals["new"] == count


def test_progress_is_counted_as_in_the_list(plan, coordinator):
    sheet = ResourceFront(MATRICES, coordinator).export()
    names = list(MATRICES.by_name)
    counts = [[row[names.index(n)] for n in ("number", "cells", "assessed")] for row in sheet]
    assert sorted(counts) == [[1, 24, 3], [2, 24, 0]]


def test_sheets_that_only_go_out_do_not_come_back(plan, coordinator):
    sheet = ResourceFront(CELLS, coordinator).export()
    result = ResourceFront(CELLS, coordinator).import_data(sheet, dry_run=True)
    assert result.refusals == [_("This sheet is only exported.")]
