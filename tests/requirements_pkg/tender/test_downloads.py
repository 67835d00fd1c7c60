"""The files of a version: what they are called, what they hold, and that they stay the same."""

import json
from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document
from python_calamine import CalamineWorkbook

from requirements_pkg.document.reading import digest, read
from requirements_pkg.published import page_cache
from requirements_pkg.tender.downloads import FORMS
from tests.addresses import public_files


@pytest.fixture
def folder(version) -> str:
    return f"/kravpaket/{version.package.slug}/v1/ladda-ner/"


@pytest.mark.parametrize("extension", FORMS)
def test_a_file_is_named_for_its_package_and_version(client, version, folder, extension):
    response = client.get(folder + extension)
    name = f"{version.package.slug}-v1.{extension}"
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    )
    assert response.headers["Content-Type"] == FORMS[extension].content_type
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("extension", ["odt", "DOCX", "exe", "..", "docx/", "xlsx.html"])
def test_another_form_is_not_found(client, version, folder, extension):
    assert client.get(folder + extension).status_code == 404


def test_a_file_of_a_version_that_is_not_there_is_not_found(client, version):
    slug = version.package.slug
    assert client.get(f"/kravpaket/{slug}/v2/ladda-ner/json").status_code == 404
    assert client.get("/kravpaket/finns-inte/v1/ladda-ner/json").status_code == 404


def test_json_holds_the_content_and_a_checksum_that_anybody_can_check(client, version, folder):
    document = json.loads(client.get(f"{folder}json").content)
    assert document.pop("version") == 1
    assert document.pop("published_at") == timezone.localtime(version.published_at).isoformat()
    assert document.pop("note") == "Första versionen."
    assert document.pop("withdrawn") is None
    assert document.pop("masked") == []
    assert document.pop("sha256") == digest(
        json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )
    assert read(document) == version.content


def test_json_is_written_with_swedish_letters(client, version, folder):
    assert "nätverksprodukter".encode() in client.get(f"{folder}json").content


def test_word_holds_the_words_of_the_plan(client, version, folder):
    document = Document(BytesIO(client.get(f"{folder}docx").content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("Gruvor förorenar vatten." in text for text in cells)


def test_excel_holds_the_words_of_the_plan(client, version, folder):
    workbook = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{folder}xlsx").content))
    rows = [
        str(value)
        for name in workbook.sheet_names
        for row in workbook.get_sheet_by_name(name).to_python()
        for value in row
    ]
    assert any("Gruvor förorenar vatten." in text for text in rows)
    assert any(version.sha256 in text for text in rows)


def test_no_file_names_a_contact(client, version, folder):
    text = client.get(f"{folder}json").content.decode()
    assert "Alva" not in text
    assert "Kim" not in text


def test_a_file_costs_two_queries_and_is_then_kept(client, version, django_assert_num_queries):
    for address in public_files(version):
        page_cache.forget()
        with django_assert_num_queries(2):
            client.get(address)
        with django_assert_num_queries(0):
            client.get(address)


def test_the_word_file_of_the_version_in_force_imports_without_a_change(version, client):
    from risks.importing.plans import import_plan

    address = f"/kravpaket/{version.package.slug}/v{version.number}/ladda-ner/docx"
    outcome = import_plan(client.get(address).content, file_name="v1.docx", by=None)
    assert list(outcome.changes) == []
