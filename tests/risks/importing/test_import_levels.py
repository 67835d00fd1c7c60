"""The levels of an analysis in a matrix: those twelve, their source, and nothing else."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplan.models import ChangeEvent, ChangeLog, PlanStatus
from risks.exporting.document import plan_document, plan_file
from risks.importing.levels import AGENCY, import_risk_levels, preview_risk_levels
from risks.importing.plans import import_plan
from risks.levels import RefusedLevels
from risks.models import OverallLevel, RiskCell, RiskStatement
from tests.project.pages.growth import add_areas
from tests.risks.analyses import BOTH, STACK, TABLE
from tests.risks.grid.test_grid import sent

ADDRESS = "https://analys.example/bildskarmar"
DATED = date(2025, 5, 1)
EVERY_FORM = pytest.mark.parametrize("text", BOTH.values(), ids=BOTH)


def load(area, text=STACK, *, run=import_risk_levels, **options):
    return run(area=area, text=text, **{"source": ADDRESS, "dated": DATED, "by": None, **options})


def cell_of(area, stage, dimension="environment") -> RiskCell:
    return area.cells.get(stage__code=stage, dimension__code=dimension)


def stored() -> list[list[tuple]]:
    """Everything that an import of levels may write."""
    models = (RiskCell, RiskStatement, OverallLevel, ChangeEvent)
    rows = [model.objects.all() for model in models]
    rows += [ChangeLog.objects.of(model) for model in (RiskCell, OverallLevel)]
    return [sorted(queryset.values_list(), key=repr) for queryset in rows]


@pytest.fixture
def area(plan):
    return plan.product_areas.get(number=1)


@EVERY_FORM
def test_the_levels_of_three_stages_are_set_with_their_source(area, text, coordinator):
    outcome = load(area, text, by=coordinator)
    cells = RiskCell.objects.exclude(level="")
    assert set(cells.values_list("product_area", "level_source", "level_source_dated")) == {
        (area.pk, ADDRESS, DATED)
    }
    assert cells.count() == 12
    assert {cell.stage.code for cell in cells.select_related("stage")} == {
        "raw_material",
        "component_manufacturing",
        "final_manufacturing",
    }
    assert cell_of(area, "final_manufacturing").level == "medium"
    assert cell_of(area, "final_manufacturing", "workers_rights").level == "insufficient"
    assert len(outcome.changes) == 12 + area.overall_levels.count()
    assert {row.by for cell in cells for row in ChangeLog.objects.about(cell)[:1]} == {coordinator}


def test_the_overall_level_is_kept_as_it_is_given(area):
    load(area, TABLE)
    assert not area.overall_levels.exists()
    load(area, STACK)
    rows = area.overall_levels.values_list("dimension__code", "level", "source", "dated")
    assert sorted(rows) == [
        ("anti_corruption", "low", ADDRESS, DATED),
        ("environment", "high", ADDRESS, DATED),
        ("human_rights", "high", ADDRESS, DATED),
        # Its cells say high, low and insufficient: nobody has computed this.
        ("workers_rights", "medium", ADDRESS, DATED),
    ]
    assert ChangeLog.objects.of(OverallLevel).count() == 4
    assert len(load(area, TABLE).changes) == 0
    assert area.overall_levels.count() == 4


def test_assessments_and_texts_stay(area):
    def cells_and_texts() -> list:
        cells = RiskCell.objects.order_by("pk").values_list("pk", "assessment", "same_as_cell")
        return [list(cells), list(RiskStatement.objects.order_by("pk").values())]

    before = cells_and_texts()
    load(area)
    assert cells_and_texts() == before


@EVERY_FORM
def test_a_second_run_changes_nothing(area, text):
    load(area, text)
    before = stored()
    assert len(load(area, text).changes) == 0
    assert stored() == before
    assert ChangeEvent.objects.about(area.plan).filter(kind="imported").count() == 1


def test_a_preview_tells_the_same_changes_and_stores_nothing(area):
    before = stored()
    foreseen = load(area, run=preview_risk_levels).changes.digest()
    assert stored() == before
    assert load(area).changes.digest() == foreseen


def test_a_newer_analysis_replaces_the_source_and_tells_it(area):
    load(area)
    newer = STACK.replace("Medelhög\n\nKorruption", "Låg\n\nKorruption")
    outcome = load(area, newer, dated=DATED + timedelta(days=30))
    change = next(
        change for change in outcome.changes if "Sluttillverkning, Miljö" in change.where
    )
    assert (change.kind, change.before) == ("changed", f"medelhög, enligt {ADDRESS}, 2025-05-01")
    assert change.after == f"låg, enligt {ADDRESS}, 2025-05-31"
    assert cell_of(area, "raw_material").level_source_dated == DATED + timedelta(days=30)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"text": TABLE.replace("Medelhög", "Mellan")}, id="a level"),
        pytest.param({"text": TABLE.replace("Korruption", "Mutor")}, id="a row"),
        pytest.param({"source": "javascript:alert(1)"}, id="the source's scheme"),
        pytest.param({"source": "en sida"}, id="the source"),
        pytest.param({"source": f"https://a.example/{'a' * 500}"}, id="a long source"),
        pytest.param({"dated": timezone.localdate() + timedelta(days=2)}, id="the date"),
    ],
)
def test_with_a_fault_nothing_is_stored(area, wrong):
    before = stored()
    with pytest.raises(RefusedLevels):
        load(area, **wrong)
    assert stored() == before


def test_only_whoever_edits_the_plan_sets_its_levels(
    area, coordinator, other_coordinator, reviewer, analyst
):
    before = stored()
    for stranger in (other_coordinator, reviewer, analyst):
        with pytest.raises(PermissionDenied):
            load(area, by=stranger)
    area.plan.status = PlanStatus.CLOSED
    area.plan.save()
    with pytest.raises(PermissionDenied):
        load(area, by=coordinator)
    assert stored() == before


def test_it_costs_the_same_however_large_the_plan_is(area, plan):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            load(area, dated=DATED + timedelta(days=plan.product_areas.count()))
        return len(captured)

    load(area)
    few = cost()
    add_areas(plan, 8)
    assert cost() == few


def test_a_level_that_somebody_changes_no_longer_has_that_source(area, as_persona):
    load(area)
    mine, others = cell_of(area, "raw_material"), cell_of(area, "final_manufacturing")
    address = f"/admin/risks/riskmatrix/{area.pk}/change/"
    as_persona("coordinator").post(address, sent(area, **{f"level_{mine.pk}": "low"}))
    mine.refresh_from_db()
    others.refresh_from_db()
    assert (mine.level, mine.level_source, mine.level_source_dated) == ("low", "", None)
    assert (others.level, others.level_source) == ("medium", ADDRESS)


def test_a_plan_that_goes_out_and_comes_back_keeps_levels_and_sources(area, plan):
    load(area)
    before = stored()[:3], plan_document(plan)
    for form in ("docx", "txt"):
        outcome = import_plan(plan_file(plan, form), file_name=f"plan.{form}", by=None)
        assert [change.where for change in outcome.changes if "Kontakt" not in change.where] == []
    assert (stored()[:3], plan_document(plan)) == before


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "analys.txt"
    path.write_text(TABLE, newline="\r\n")
    return path


def run(file, *args) -> str:
    out = StringIO()
    call_command("import_risk_levels", str(file), *map(str, args), stdout=out)
    return out.getvalue()


def test_the_command_tells_what_changed_and_then_nothing(area, plan, file):
    options = ("--plan", plan.slug, "--area", 1, "--source", ADDRESS, "--dated", "2025-05-01")
    before = stored()
    assert f"{plan.slug}: 12 ändringar, inget sparat." in run(file, *options, "--dry-run")
    assert stored() == before
    lines = run(file, *options).splitlines()
    assert lines[-1] == f"{plan.slug}: 12 ändringar."
    assert "Produktområde 1, Råvara, Miljö" in lines[2]
    assert lines[2].endswith(f"hög, enligt {ADDRESS}, 2025-05-01")
    assert run(file, *options).strip() == f"{plan.slug}: 0 ändringar."


def test_without_a_source_it_is_the_agency_and_the_day_the_file_was_saved(area, plan, file):
    run(file, "--plan", plan.slug, "--area", 1)
    cell = cell_of(area, "raw_material")
    assert (cell.level_source, cell.level_source_dated) == (AGENCY, timezone.localdate())


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        pytest.param(
            TABLE.replace("Medelhög", "Mellan"), {}, "textrad 9: ”Mellan” är", id="level"
        ),
        pytest.param("", {}, "texten: Rubriken med de tre stegen", id="empty"),
        pytest.param(b"\xff\xfe", {}, "inte i UTF-8", id="no text"),
        pytest.param(b"a" * 800_001, {}, "längre än 200", id="large"),
        pytest.param(TABLE, {"--source": "sidan"}, "källan: ”sidan”", id="source"),
        pytest.param(TABLE, {"--dated": "2999-01-01"}, "datumet: Datumet 2999", id="date"),
        pytest.param(TABLE, {"--area": "99"}, "inget produktområde 99", id="area"),
        pytest.param(TABLE, {"--plan": "okand"}, "”okand”", id="plan"),
    ],
)
def test_a_fault_is_one_line_with_its_place_and_stores_nothing(
    area, plan, file, capsys, content, options, sentence
):
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = stored()
    given = {"--plan": plan.slug, "--area": "1", **options}
    with pytest.raises(SystemExit) as stopped:
        run(file, *(word for pair in given.items() for word in pair))
    assert stopped.value.code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{file}: ")
    assert sentence in line
    assert stored() == before


def test_a_file_that_is_not_there_is_told(plan, capsys):
    with pytest.raises(SystemExit):
        run("/finns/inte.txt", "--plan", plan.slug, "--area", 1)
    assert "/finns/inte.txt" in capsys.readouterr().err
