"""Requirements from Excel in the admin: the empty file, foreign headings, preview and import."""

import io

import openpyxl
import pytest
import tablib
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from actionplan.excel.formats import SafeXLSX
from actionplan.models import ChangeEvent, ChangeLog
from requirements_pkg.excel.columns import REQUIREMENTS
from requirements_pkg.models import Requirement
from tests.factories import PackageFactory, RequirementFactory
from tests.requirements_pkg.sheets import dataset, exported, heading

IMPORT, LIST, CONFIRM, TEMPLATE = (
    f"admin:requirements_pkg_requirement_{page}"
    for page in ("import", "changelist", "process_import", "template")
)


@pytest.fixture
def package(plan):
    return PackageFactory(plan=plan)


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


def upload(client, rows: tablib.Dataset):
    file = io.BytesIO(SafeXLSX().export_data(rows))
    file.name = "krav.xlsx"
    data = {"import_file": file, "format": "0", "resource": "0"}
    return client.post(reverse(IMPORT), data)


def foreign_file(*rows: list) -> tablib.Dataset:
    """A file that a region had already."""
    headings = ["Krav-ID", "Kravrubrik", "Kravtext", "Bevis", "Anteckning"]
    return tablib.Dataset(
        *(
            rows
            or [["SE-01", "Redovisa smältverk", "Lämna [mall: bilaga 3].", "Mallen.", "kolla"]]
        ),
        headers=headings,
    )


def choose(client, response, **choices):
    """Send the form of the columns as it stands, with some choices changed."""
    form = response.context["mapping_form"]
    data = {"columns": "1"} | {
        field.html_name: field.value() for field in form if field.value() is not None
    }
    return client.post(reverse(IMPORT), data | {f"column-{n}": v for n, v in choices.items()})


def confirm(client, response):
    return client.post(reverse(CONFIRM), response.context["confirm_form"].initial, follow=True)


def test_the_empty_file_has_the_columns_and_what_may_be_chosen(package, client):
    page = client.get(reverse(IMPORT)).content.decode()
    assert reverse(TEMPLATE) in page
    response = client.get(reverse(TEMPLATE))
    assert ".xlsx" in response["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet, read_me = book.worksheets
    headings = [cell.value for cell in sheet[1]]
    assert headings == [heading(name) for name in REQUIREMENTS.wanted]
    options = {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    column = openpyxl.utils.get_column_letter(headings.index(heading("kind")) + 1)
    assert any(
        _("award criterion") in choices and where.startswith(f"{column}2")
        for choices, where in options.items()
    )
    assert len(options) == 2
    assert heading("sources") in {row[0] for row in read_me.values}
    assert not any(cell for row in sheet.iter_rows(min_row=2, values_only=True) for cell in row)


def test_the_empty_file_filled_in_is_imported_without_a_question(package, client):
    rows = REQUIREMENTS.empty()
    names = REQUIREMENTS.wanted
    cells = {"package": package.slug, "code": "SE-01", "title": "x", "text": "y"}
    cells["kind"] = _("special contract term")
    filled = tablib.Dataset(
        [cells.get(name, "") for name in names], list(rows[1]), headers=rows.headers
    )
    cells["kind"] = "contract"
    filled[0] = [cells.get(name, "") for name in names]
    response = upload(client, filled)
    assert "mapping_form" not in response.context
    confirm(client, response)
    assert Requirement.objects.get().code == "SE-01"


def test_foreign_headings_are_asked_about_and_then_imported(package, client, coordinator):
    response = upload(client, foreign_file())
    page = response.content.decode()
    assert "confirm_form" not in response.context
    assert _("Which column is which?") in page
    form = response.context["mapping_form"]
    assert form["column-title"].value() == "1"
    assert form["column-verification"].value() == "3"
    assert form["column-kind"].value() == ""
    assert "style=" not in page.split("</head>")[1]
    response = choose(client, response, code="0", package=f"={package.slug}", kind="=contract")
    assert [row.diff for _n, row in response.context["result"].changed_rows] != []
    assert "Anteckning" in response.content.decode()
    assert not Requirement.objects.exists()
    response = confirm(client, response)
    assert response.redirect_chain == [(reverse(LIST), 302)]
    requirement = Requirement.objects.get()
    assert (requirement.code, requirement.title, requirement.kind, requirement.package) == (
        "SE-01",
        "Redovisa smältverk",
        "contract",
        package,
    )
    assert requirement.verification == "Mallen."
    assert ChangeLog.objects.about(requirement).get().by == coordinator
    assert ChangeEvent.objects.get().detail["file"] == "krav.xlsx"
    assert LogEntry.objects.filter(user=coordinator).count() == 1


def test_faults_of_a_mapped_file_are_told_and_the_columns_can_be_chosen_again(package, client):
    response = upload(client, foreign_file())
    response = choose(client, response, code="1", package=f"={package.slug}", kind="=contract")
    page = response.content.decode()
    assert "confirm_form" not in response.context
    assert heading("code") in page
    assert response.context["mapping_form"]["column-code"].value() == "1"
    response = choose(client, response, code="0")
    assert "confirm_form" in response.context


def test_stored_rows_keep_what_a_mapped_file_does_not_tell(package, client, coordinator):
    RequirementFactory(package=package, code="SE-01", source="Förordning")
    (row,) = exported(coordinator)
    row["title"] = "Ny rubrik"
    names = ["uid", "fingerprint", "title"]
    response = upload(client, dataset([row], names))
    response = choose(client, response, uid="0", fingerprint="1", title="2")
    confirm(client, response)
    requirement = Requirement.objects.get()
    assert (requirement.title, requirement.rationale, requirement.sources.count()) == (
        "Ny rubrik",
        "Gruvor förorenar vatten.",
        1,
    )


def test_only_packages_that_one_edits_are_offered_for_every_row(package, as_persona, coordinator):
    for persona, has_link in (("coordinator", True), ("other_coordinator", False)):
        page = upload(as_persona(persona), foreign_file()).content.decode()
        assert (f'value="={package.slug}"' in page) is has_link
    client = as_persona("other_coordinator")
    columns = {"code": "0", "title": "1", "text": "2", "kind": "=contract"}
    response = choose(
        client, upload(client, foreign_file()), **columns, package=f"={package.slug}"
    )
    assert response.context["mapping_form"].errors
    assert "result" not in response.context


@pytest.mark.parametrize("persona", ["reviewer", "analyst", "staff", "visitor"])
def test_nobody_else_reaches_the_columns_or_the_empty_file(persona, package, client, as_persona):
    response = upload(client, foreign_file())
    other = as_persona(persona)
    status = 302 if persona in ("staff", "visitor") else 403
    # What a visitor sends is answered by the log-in itself, which holds it.
    sent = 403 if persona == "visitor" else status
    assert choose(other, response, code="0").status_code == sent
    assert other.get(reverse(TEMPLATE)).status_code == status


def test_a_file_that_has_gone_meanwhile_is_asked_for_again(package, client):
    response = upload(client, foreign_file())
    cache.clear()
    response = choose(client, response, code="0")
    assert response.status_code == 302
    assert response["Location"] == reverse(IMPORT)


@pytest.mark.parametrize("mapping", ["[1]", "{", '{"title": [1]}', '{"title": true}', "[" * 9999])
def test_a_forged_mapping_is_turned_away(mapping, package, client):
    response = upload(client, foreign_file())
    data = response.context["mapping_form"].initial | {"mapping": mapping}
    response = client.post(reverse(CONFIRM), data)
    assert (response.status_code, response["Location"]) == (302, reverse(IMPORT))
    assert not Requirement.objects.exists()


@pytest.mark.parametrize("forged", ["99", "-1", "x", "=annat"])
def test_a_forged_choice_is_a_fault_of_the_form(forged, package, client):
    response = choose(client, upload(client, foreign_file()), kind=forged)
    assert response.context["mapping_form"].errors
    assert "confirm_form" not in response.context
