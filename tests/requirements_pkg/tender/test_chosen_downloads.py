"""The files of a selection: only what was chosen, filled in, with the addresses of its version."""

import csv
import io
import json

import docx
import pypdf
import pytest
from python_calamine import CalamineWorkbook

from requirements_pkg.choosing.selection import MOST_CODES
from requirements_pkg.published import page_cache
from requirements_pkg.tender.downloads import FORMS
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.tenders import content

SLUG = "it-teknisk-plattform"
FOLDER = f"/kravpaket/{SLUG}/v1/ladda-ner/"
QUERY = "krav=SV-04&krav=TK-03&f.SV-04.antal-veckor=6"
FILLED = "Leverantören ska redovisa inom 6 veckor."
ADDRESS = f"http://testserver/kravpaket/{SLUG}/v1/krav/SV-04/"


@pytest.fixture(autouse=True)
def stored(store_content):
    return store_content(content())


def text_of(extension: str, body: bytes) -> str:
    """All that a file says, whatever its form."""
    match extension:
        case "docx":
            return "\n".join(docx.Document(io.BytesIO(body)).element.body.itertext())
        case "pdf":
            read = pypdf.PdfReader(io.BytesIO(body))
            return " ".join(" ".join(page.extract_text() for page in read.pages).split())
        case "xlsx":
            book = CalamineWorkbook.from_filelike(io.BytesIO(body))
            sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
            return "\n".join(str(value) for sheet in sheets for row in sheet for value in row)
        case _:
            return body.decode()


@pytest.mark.parametrize("extension", FORMS)
def test_a_file_holds_what_was_chosen_filled_in_and_nothing_else(client, extension):
    response = client.get(f"{FOLDER}{extension}?{QUERY}")
    assert response.status_code == 200
    text = text_of(extension, response.content)
    for words in ("SV-04", "TK-03", FILLED, ADDRESS):
        assert words in text
    assert "KK-01" not in text
    assert "TS-02" not in text


@pytest.mark.parametrize("extension", FORMS)
def test_a_file_of_a_selection_is_named_for_it(client, extension):
    response = client.get(f"{FOLDER}{extension}?{QUERY}")
    name = f"{SLUG}-v1-urval.{extension}"
    assert response["Content-Disposition"] == (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    )
    assert response["Content-Type"] == FORMS[extension].content_type


@pytest.mark.parametrize("extension", FORMS)
def test_a_whole_file_holds_every_requirement_and_what_a_buyer_needs_to_know(client, extension):
    text = text_of(extension, client.get(FOLDER + extension).content)
    for words in ("SV-04", "TS-02", "TK-03", "KK-01", "Lagen gäller importörer av mineral."):
        assert words in text
    assert "Anbudsgivarens svar" not in text
    if extension != "csv":
        assert "Hög energianvändning." in text


def test_the_form_of_the_page_may_send_all_its_fields_along(client):
    """Its buttons send what was typed but never updated, and fields that say nothing."""
    noise = f"paket={SLUG}&version=7&mall=&f.TK-03.x=&f.XX-1.y=1"
    plain = client.get(f"{FOLDER}json?{QUERY}").content
    assert client.get(f"{FOLDER}json?{noise}&{QUERY}").content == plain


@pytest.mark.parametrize("query", ["krav=XX-9", "krav=SV-04&krav=XX-9", "krav=", "krav=%3Cb%3E"])
@pytest.mark.parametrize("extension", FORMS)
def test_a_file_never_leaves_out_a_code_in_silence(client, extension, query):
    response = client.get(f"{FOLDER}{extension}?{query}")
    assert response.status_code == 404
    page = response.content.decode()
    assert "Filen går inte att skapa" in page
    assert f'href="/kravpaket/{SLUG}/v1/krav/"' in page
    assert "<b>" not in page


def test_more_codes_than_any_package_has_are_refused(client):
    codes = "&".join(f"krav=SE-{number}" for number in range(MOST_CODES + 1))
    assert client.get(f"{FOLDER}csv?{codes}").status_code == 400


def test_json_says_where_it_comes_from_and_the_code_of_eforms(client, stored):
    document = json.loads(client.get(f"{FOLDER}json?{QUERY}").content)
    assert (document["version"], document["sha256"]) == (1, stored.sha256)
    assert document["address"] == f"http://testserver/kravpaket/{SLUG}/v1/"
    assert document["eforms"] == {"BT-805": "national"}
    assert [requirement["code"] for requirement in document["requirements"]] == ["SV-04", "TK-03"]
    assert document["requirements"][0]["values"] == {"antal-veckor": "6"}


def test_csv_has_a_row_for_each(client):
    text = client.get(f"{FOLDER}csv?{QUERY}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert [row["Kod"] for row in rows] == ["SV-04", "TK-03"]


def test_a_withdrawn_requirement_is_marked_in_the_file(client):
    text = text_of("docx", client.get(f"{FOLDER}docx?krav=TS-02").content)
    assert "Indraget 2026-01-30: Lagen kräver det numera." in text


@pytest.mark.parametrize("extension", FORMS)
def test_a_shared_module_without_a_plan_has_all_its_files(client, store_content, extension):
    head = {"slug": "uppforandekod", "title": "Uppförandekod", "introduction": ""}
    store_content(a_content(a_requirement("UK-01"), package=head, plan=None))
    response = client.get(f"/kravpaket/uppforandekod/v1/ladda-ner/{extension}")
    assert response.status_code == 200
    assert "UK-01" in text_of(extension, response.content)


@pytest.mark.parametrize("extension", FORMS)
def test_a_file_of_a_selection_costs_two_queries_each_time(
    client, django_assert_num_queries, extension
):
    page_cache.forget()
    with django_assert_num_queries(2):
        client.get(f"{FOLDER}{extension}?{QUERY}")


def test_selections_do_not_crowd_out_the_files_of_whole_versions(client, monkeypatch):
    made = []
    monkeypatch.setattr(page_cache, "file", lambda key, make: made.append(key) or make())
    client.get(f"{FOLDER}csv?{QUERY}")
    assert made == []
    client.get(f"{FOLDER}csv")
    assert len(made) == 1
