"""A workbook of somebody else is imported as Excel shows it, or refused with row and column."""

import io

import pytest
import xlsxwriter
from django.urls import reverse
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.comments import Comment

from actionplan.excel.formats import SafeXLSX
from actionplan.excel.front import ResourceFront
from actionplan.excel.upload_storage import UploadStorage
from actionplan.processes import uploads
from requirements_pkg.excel.columns import REQUIREMENTS
from requirements_pkg.models import Requirement
from tests.actionplan.excel.books import book, cell, headed, number, text
from tests.actionplan.excel.books import rows as rows_of
from tests.factories import PackageFactory, RequirementFactory
from tests.lock_times import lock_times
from tests.requirements_pkg.sheets import (
    NAMES,
    bring,
    dataset,
    exported,
    faulty,
    heading,
    new_row,
    sentences,
)

IMPORT, CONFIRM = (
    f"admin:requirements_pkg_requirement_{page}" for page in ("import", "process_import")
)
COLUMNS = ["code", "title", "text", "rationale", "kind", "level"]


@pytest.fixture
def package(plan):
    return PackageFactory(plan=plan)


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


def send(client, data: bytes):
    file = io.BytesIO(data)
    file.name = "krav.xlsx"
    return client.post(reverse(IMPORT), {"import_file": file, "format": "0", "resource": "0"})


def sheet_of(*cells: str, merges: str = "") -> str:
    """A sheet of requirements with the columns A to F."""
    return headed([heading(name) for name in COLUMNS], *cells, merges=merges)


def requirement(row: int, *more: str) -> list[str]:
    """The cells of a whole requirement, of which others may take the place."""
    words = [f"ZZ-{row:02}", "Rubrik", "Text.", "Motiv", _("special contract term"), _("basic")]
    places = [f"{column}{row}" for column in "ABCDEF"]
    cells = {at: text(at, word) for at, word in zip(places, words, strict=True)}
    cells |= {markup.split('"')[1]: markup for markup in more}
    return list(cells.values())


def result_of(user, package, data: bytes, dry_run: bool = True):
    mapping = {name: at for at, name in enumerate(COLUMNS)} | {"package": package.slug}
    rows = SafeXLSX().create_dataset(data)
    return ResourceFront(REQUIREMENTS, user).import_data(rows, mapping=mapping, dry_run=dry_run)


def test_an_error_is_refused_with_row_column_and_cell(package, coordinator):
    sheet = sheet_of(*requirement(2, cell("D2", "e", "#REF!"), cell("F2", "e", "#N/A")))
    result = result_of(coordinator, package, book(("Krav", "visible", sheet)))
    assert faulty(result) == {(2, heading("rationale")), (2, heading("level"))}
    for word in ("D2", "#REF!", "#REFERENS!", "F2", "#SAKNAS!"):
        assert word in sentences(result)


@pytest.mark.parametrize("name", ["areas", "treats", "rationale", "sources", "uid"])
def test_an_error_wipes_nothing_that_is_stored(name, package, coordinator):
    RequirementFactory(package=package, code="SE-01", source="Förordning")
    data = io.BytesIO(SafeXLSX().export_data(dataset(exported(coordinator))))
    made = load_workbook(data)
    made.worksheets[0].cell(2, NAMES.index(name) + 1).value = "#REF!"
    made.worksheets[0].cell(2, NAMES.index(name) + 1).data_type = "e"
    made.save(data)
    rows = SafeXLSX().create_dataset(data.getvalue())
    result = ResourceFront(REQUIREMENTS, coordinator).import_data(rows)
    assert faulty(result) == {(2, heading(name))}
    stored_requirement = Requirement.objects.get()
    assert stored_requirement.rationale == "Gruvor förorenar vatten."
    assert stored_requirement.sources.count() == 1


@pytest.mark.parametrize("name", ["guidance", "areas", "level", "kind", "position", "uid"])
def test_a_formula_without_a_value_is_never_emptiness(name, package, coordinator):
    RequirementFactory(package=package, code="SE-01", level="advanced", guidance="")
    data = io.BytesIO(SafeXLSX().export_data(dataset(exported(coordinator))))
    made = load_workbook(data)
    made.worksheets[0].cell(2, NAMES.index(name) + 1).value = "=A1&B1"
    made.save(data)
    rows = SafeXLSX().create_dataset(data.getvalue())
    result = ResourceFront(REQUIREMENTS, coordinator).import_data(rows)
    assert faulty(result) == {(2, heading(name))}
    assert not Requirement.objects.exclude(level="advanced").exists()


def test_numbers_are_stored_as_they_are_shown(package, coordinator):
    sheet = sheet_of(
        *requirement(2, number("B2", 0.85, 1), number("C2", 1 / 3, 2), number("D2", 0.1 + 0.2))
    )
    data = book(("Krav", "visible", sheet), formats=("0%", "0.00"))
    assert not result_of(coordinator, package, data, dry_run=False).faults
    texts = Requirement.objects.values_list("title", "text", "rationale").get()
    assert texts == ("85 %", "0,33", "0,3")


def test_merged_cells_are_read_in_every_row(package, coordinator):
    cells = [
        *requirement(2),
        *(markup for row in (3, 4) for markup in requirement(row)[:3]),
        *(text(f"E{row}", _("special contract term")) for row in (3, 4)),
    ]
    by_row = sorted(cells, key=lambda cell: (cell.split('"')[1][1:], cell))
    data = book(("Krav", "visible", sheet_of(*by_row, merges="D2:D4 F2:F4")))
    assert not result_of(coordinator, package, data, dry_run=False).faults
    assert set(Requirement.objects.values_list("rationale", "level")) == {("Motiv", "basic")}


def test_the_sheet_that_was_read_is_told(package, client):
    sheet = sheet_of(*requirement(2))
    response = send(client, book(("Listor", "hidden", sheet), ("Mina krav", "visible", sheet)))
    assert "Mina krav" in response.content.decode()
    page = send(client, SafeXLSX().export_data(dataset([new_row(package)]))).content.decode()
    assert _("Read from the sheet “%(name)s”.") % {"name": "Data"} in page


def test_a_note_is_told_beside_the_columns_and_in_the_preview(package, client):
    exported, own = io.BytesIO(SafeXLSX().export_data(dataset([new_row(package)]))), io.BytesIO()
    made = load_workbook(exported)
    made.worksheets[0]["B2"].comment = Comment("Ska den bort?", "Anna Ek")
    made.save(exported)
    with xlsxwriter.Workbook(own) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row("A1", ["Nummer", "Vad", "Varför"])
        sheet.write_row("A2", ["ZZ-01", "Rubrik", "Motiv"])
        sheet.write_comment("B2", "Ska den bort?", {"author": "Anna Ek"})
    for data in (exported, own):
        page = send(client, data.getvalue()).content.decode()
        assert "Inte läst: anteckningen i cell B2 (Anna Ek): ”Ska den bort?”" in page


def test_faults_have_the_row_of_excel_also_below_a_title(package, coordinator):
    rows = SafeXLSX().create_dataset(SafeXLSX().export_data(dataset([new_row(package)])))
    assert rows.head_row == 1
    head = [heading(name) for name in COLUMNS]
    cells = [text("A1", "Krav för IT")]
    cells += [text(f"{'ABCDEF'[at]}4", words) for at, words in enumerate(head)]
    cells += requirement(5, cell("F5", "e", "#N/A"))
    result = result_of(coordinator, package, book(("Krav", "visible", rows_of(*cells))))
    assert faulty(result) == {(5, heading("level"))}
    assert "Krav för IT" in " ".join(result.notices)


@pytest.mark.parametrize("is_changed_here", [False, True])
def test_what_others_changed_is_a_fault_only_where_the_file_changes_it(
    is_changed_here, package, coordinator
):
    RequirementFactory(package=package, code="SE-01")
    RequirementFactory(package=package, code="SE-02")
    rows = exported(coordinator)
    Requirement.objects.filter(code="SE-01").update(title="Ändrad av en annan")
    rows[1]["title"] = "Ändrad här"
    if is_changed_here:
        rows[0]["rationale"] = "Ändrat här"
    result = bring(coordinator, rows)
    titles = dict(Requirement.objects.values_list("code", "title"))
    assert titles["SE-01"] == "Ändrad av en annan"
    assert (titles["SE-02"] == "Ändrad här") is not is_changed_here
    assert faulty(result) == ({(2, "")} if is_changed_here else set())
    assert bool(result.notices) is not is_changed_here


def test_an_upload_is_read_once_and_forgotten(package, client, monkeypatch):
    reads = []
    read = uploads.read
    monkeypatch.setattr(uploads, "read", lambda *args, **kw: reads.append(1) or read(*args, **kw))
    response = send(client, SafeXLSX().export_data(dataset([new_row(package)])))
    initial = response.context["confirm_form"].initial
    client.post(reverse(CONFIRM), initial)
    assert Requirement.objects.count() == 1
    assert reads == [1]
    assert UploadStorage(name=initial["import_file_name"]).read() is None


def test_rows_of_another_file_are_never_taken(package, client):
    data = SafeXLSX().export_data(dataset([new_row(package)]))
    response = send(client, data)
    initial = response.context["confirm_form"].initial
    storage = UploadStorage(name=initial["import_file_name"])
    storage.save(SafeXLSX().export_data(dataset([new_row(package, code="SE-91")])))
    client.post(reverse(CONFIRM), initial)
    assert Requirement.objects.get().code == "SE-91"


def test_more_changes_than_a_page_shows_are_all_in_a_file(package, client):
    few = SafeXLSX().export_data(dataset([new_row(package)]))
    assert send(client, few).context["changes_address"] == ""
    rows = [new_row(package, f"SE-{n:03}", title=f"Krav {n}") for n in range(250)]
    response = send(client, SafeXLSX().export_data(dataset(rows)))
    assert response.content.decode().count("<ins>Krav ") == 200
    whole = client.get(response.context["changes_address"]).getvalue()
    changes = list(load_workbook(io.BytesIO(whole)).worksheets[0].iter_rows(2, values_only=True))
    titles = [row for row in changes if row[1] == heading("title")]
    assert titles == [(n + 2, heading("title"), None, f"Krav {n}") for n in range(250)]


def test_thousands_of_faults_are_told_by_column_and_hold_no_lock(package, client):
    rows = [new_row(package, f"SE-{n:04}", level=f"nivå {n % 500}") for n in range(6000)]
    data = SafeXLSX().export_data(dataset(rows))
    with lock_times() as times:
        response = send(client, data)
    assert max(times, default=0) < 0.5
    page = response.content.decode()
    assert "till exempel rad 2, 3, 4 …" in page
    assert len(response.content) < 100_000
    faults = response.context["result"].faults
    assert len(faults) >= 6000
    assert "confirm_form" not in response.context
    # Every one of them is in the file.
    whole = client.get(response.context["faults_address"]).getvalue()
    sheet = load_workbook(io.BytesIO(whole)).worksheets[0]
    assert [row[:3] for row in sheet.iter_rows(min_row=2, values_only=True)] == faults


@pytest.mark.parametrize(
    ("kind", "level"),
    [("Tilldelningskriterium", "Spjutspetsnivå"), ("Award criterion", "spearhead level")],
)
def test_kinds_and_levels_are_read_as_pages_and_files_call_them(package, coordinator, kind, level):
    scale = {"max_points": 5, "scale": "5 poäng: allt."}
    bring(coordinator, [new_row(package, "SE-09", kind=kind, level=level, **scale)])
    stored_requirement = Requirement.objects.get(code="SE-09")
    assert (stored_requirement.kind, stored_requirement.level) == ("award", "spearhead")
