"""The files of a selection of several packages, read back: each apart, and no code of two."""

import csv
import io
import json

import docx
import pypdf
import pytest
from python_calamine import CalamineWorkbook

from requirements_pkg.published import page_cache
from requirements_pkg.tender.downloads import FORMS
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.tender.test_chosen_downloads import text_of
from tests.requirements_pkg.tenders import HOSTILE, content

IT, FOOD = "it-teknisk-plattform", "livsmedel"
QUERY = (
    f"paket={IT}&version=1&krav=SV-04&krav=TK-03&f.SV-04.antal-veckor=6"
    f"&paket={FOOD}&version=1&krav=SV-04&krav=LM-01&f.SV-04.antal-veckor=8"
)
FOLDER = "/urval/ladda-ner/"
WISHES = "&namn=Kommunen&dnr=2026-7"


@pytest.fixture(autouse=True)
def stored(store_content):
    head = {"slug": FOOD, "title": "Livsmedel", "introduction": ""}
    coffee = a_requirement("SV-04", title="Spårbart kaffe") | {"uid": "kaffe"}
    fish = a_requirement("LM-01", title="Märkt fisk", kind="specification")
    store_content(a_content(coffee, fish, package=head))
    return store_content(content())


def words_of(client, extension: str, query: str = QUERY) -> str:
    response = client.get(f"{FOLDER}{extension}?{query}")
    assert response.status_code == 200
    return text_of(extension, response.content)


def sheet(client, name: str, query: str = QUERY) -> list[dict]:
    body = client.get(f"{FOLDER}xlsx?{query}").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    head, *rows = book.get_sheet_by_name(name).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("extension", FORMS)
def test_a_file_holds_what_was_chosen_in_each_package_filled_in(client, extension):
    text = words_of(client, extension)
    for slug, weeks in ((IT, 6), (FOOD, 8)):
        assert f"inom {weeks} veckor" in text
        assert f"http://testserver/kravpaket/{slug}/v1/krav/SV-04/" in text
    assert "KK-01" not in text


@pytest.mark.parametrize("extension", FORMS)
def test_its_name_is_of_no_single_package(client, extension):
    response = client.get(f"{FOLDER}{extension}?{QUERY}")
    assert f'filename="kravurval.{extension}"' in response["Content-Disposition"]
    single = client.get(f"{FOLDER}{extension}?{QUERY.partition('&paket=livs')[0]}")
    assert f'filename="{IT}-v1-urval.{extension}"' in single["Content-Disposition"]


def test_a_single_package_has_the_same_file_as_at_its_own_address(client):
    query = "krav=SV-04&krav=TK-03&f.SV-04.antal-veckor=6"
    for extension in FORMS:
        own = client.get(f"/kravpaket/{IT}/v1/ladda-ner/{extension}?{query}")
        assert own.content == client.get(f"{FOLDER}{extension}?paket={IT}&{query}").content


def test_word_has_a_heading_for_each_package_and_all_else_below_it(client):
    body = client.get(f"{FOLDER}docx?{QUERY}").content
    headings = [
        (p.style.name, p.text)
        for p in docx.Document(io.BytesIO(body)).paragraphs
        if p.style.name.startswith(("Heading 1", "Heading 2", "Heading 3"))
    ]
    assert [text for style, text in headings if style == "Heading 1"] == [
        "IT-teknisk plattform, version 1",
        "Livsmedel, version 1",
    ]
    assert [text for style, text in headings if style == "Heading 3"] == [
        "TK-03:1 Krav TK-03",
        f"SV-04:1 ({IT} v1) Förteckning över smältverk",
        "LM-01:1 Märkt fisk",
        f"SV-04:1 ({FOOD} v1) Spårbart kaffe",
    ]


def test_a_pdf_has_a_heading_for_each_package_in_its_contents(client):
    body = client.get(f"{FOLDER}pdf?{QUERY}").content
    outline = pypdf.PdfReader(io.BytesIO(body)).outline
    titles = [part["/Title"] for part in outline if not isinstance(part, list)]
    assert titles[-2:] == ["IT-teknisk plattform, version 1", "Livsmedel, version 1"]
    root = pypdf.PdfReader(io.BytesIO(body)).trailer["/Root"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_excel_tells_the_packages_apart_on_every_row(client):
    rows = sheet(client, "Krav")
    assert [(row["Kod"], row["Kravpaket"]) for row in rows] == [
        ("TK-03", "IT-teknisk plattform"),
        (f"SV-04 ({IT} v1)", "IT-teknisk plattform"),
        ("LM-01", "Livsmedel"),
        (f"SV-04 ({FOOD} v1)", "Livsmedel"),
    ]
    facts = sheet(client, "Om kraven")
    assert {row["Fast adress"].split("/")[4] for row in facts} == {IT, FOOD}


def test_csv_has_the_same_columns_for_all(client):
    text = client.get(f"{FOLDER}csv?{QUERY}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert [row["Kravpaket"] for row in rows] == ["IT-teknisk plattform"] * 2 + ["Livsmedel"] * 2
    assert all(None not in row and None not in row.values() for row in rows)


def test_json_has_each_package_with_its_version(client, stored):
    document = json.loads(client.get(f"{FOLDER}json?{QUERY}{WISHES}").content)
    assert (document["buyer"], document["reference"]) == ("Kommunen", "2026-7")
    first, second = document["packages"]
    assert (first["package"]["slug"], first["version"]) == (IT, 1)
    assert first["sha256"] == stored.sha256
    assert [row["code"] for row in second["requirements"]] == ["SV-04", "LM-01"]
    assert second["requirements"][0]["values"] == {"antal-veckor": "8"}


@pytest.mark.parametrize("extension", ["docx", "pdf", "xlsx"])
def test_a_file_says_whose_procurement_it_is_of(client, extension):
    text = words_of(client, extension, QUERY + WISHES)
    assert "2026-7" in text
    assert "Kommunen" in text


def test_hostile_names_are_words_in_every_file(client):
    for extension in ("docx", "pdf", "xlsx", "json"):
        query = f"{QUERY}&dnr=" + "".join(f"%{ord(sign):02X}" for sign in HOSTILE)
        response = client.get(f"{FOLDER}{extension}?{query}")
        assert response.status_code == 200
        assert "panic()" in text_of(extension, response.content)


WANTED = {
    "med=motiv": "rationale",
    "med=lagen": "law_baseline",
    "med=internt": "follow_up_method",
}


@pytest.mark.parametrize("wish", WANTED)
@pytest.mark.parametrize("extension", ["docx", "pdf", "xlsx", "csv", "json"])
def test_what_is_asked_for_is_in_the_file_and_else_not(client, extension, wish, stored):
    words = getattr(stored.content.requirements[0], WANTED[wish]).split("[")[0].strip()
    assert words
    assert words in words_of(client, extension, f"{QUERY}&{wish}")
    assert words not in words_of(client, extension)


@pytest.mark.parametrize("extension", ["docx", "pdf", "xlsx"])
def test_a_file_is_made_without_answers_and_evidence(client, extension, stored):
    proof = stored.content.requirements[0].verification.split("[")[0].strip()
    answers = {"xlsx": "Åberopat värde"}.get(extension, "Anbudsgivarens svar")
    usual, bare = (
        words_of(client, extension, q) for q in (QUERY, f"{QUERY}&utan=svar&utan=bevis")
    )
    for words in (proof, answers):
        assert words in usual
        assert words not in bare


@pytest.mark.parametrize(
    "query", ["", "paket=&krav=SV-04", f"paket={IT}", f"paket={IT}&krav=XX-9"]
)
def test_a_file_of_nothing_or_of_an_unknown_code_is_not_made(client, query):
    response = client.get(f"{FOLDER}csv?{query}")
    assert response.status_code == 404


@pytest.mark.parametrize("extension", FORMS)
def test_a_file_costs_two_queries_for_each_package(client, django_assert_num_queries, extension):
    page_cache.forget()
    with django_assert_num_queries(4):
        client.get(f"{FOLDER}{extension}?{QUERY}")
