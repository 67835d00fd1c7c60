"""The JSON Schema of the document: each field with a sentence, in docs and on the site."""

import json

import pytest
from django.core.management import CommandError, call_command

from requirements_pkg.document.json_schema import BESIDE, json_schema
from requirements_pkg.document.reading import read, written
from requirements_pkg.document.schema import Document
from tests.factories.contents import a_content


def test_every_field_has_a_sentence():
    for name, part in json_schema()["$defs"].items():
        for field, schema in part["properties"].items():
            assert schema["description"].endswith("."), f"{name}.{field}"


def test_what_is_written_has_exactly_the_fields_that_it_must_have():
    document = json.loads(written(read(a_content())))
    whole = json_schema()["$defs"]["Document"]
    assert set(document) == set(whole["required"]) == set(Document.__struct_fields__)


def test_a_download_has_what_the_schema_says_stands_beside_the_document(client, version):
    address = f"/kravpaket/{version.package.slug}/v{version.number}/ladda-ner/json"
    download = json.loads(client.get(address).content)
    assert set(download) - set(Document.__struct_fields__) == set(BESIDE)


def test_it_is_served_and_linked(client):
    answer = client.get("/data/kravpaket.schema.json")
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert json.loads(answer.content) == json_schema()
    assert 'href="/data/kravpaket.schema.json"' in client.get("/om/").content.decode()


def test_the_document_of_the_schema_is_current():
    try:
        call_command("document_schema", check=True)
    except CommandError as error:
        pytest.fail(str(error))


def test_an_old_document_of_the_schema_is_noticed(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="is old"):
        call_command("document_schema", check=True)
