"""The published document: every schema is read, and gives the bytes of its checksum."""

import json
from copy import deepcopy
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from requirements_pkg.document.reading import checksum, in_order, read, written
from requirements_pkg.document.schema import SCHEMA
from requirements_pkg.document.upgrade import STEPS
from tests.factories.contents import a_content

# Versions of the demo as they were stored, the older ones as they were written then.
SAMPLES = sorted(Path(__file__).with_name("samples").glob("schema-*.json"))
CHECKSUMS = {
    "schema-1": "c127a7418e773893bc2c4ea7cb0f653565e25548844da7da285051af48b9af91",
    "schema-2": "823bdb2062bba9f18a182422b42f96a5b34a5cf8614e2c84565e4c50907944e2",
    "schema-3": "c6dbf42782472d37b034d5750b64e92bec33b46e74b353ee7b4ab90fee324098",
    "schema-4": "1b2f1eb708aaf01f681f3cfe515a9097377228802b05fbbc2b9b31d6c3a2a2c2",
    "schema-5": "d9fc55259c6a93cea72e4a2715bd6139799840c2d0c57c5bd0fb2b81c552e8e4",
}


def test_there_is_a_sample_and_a_step_of_every_schema():
    numbers = range(1, SCHEMA + 1)
    assert [sample.stem for sample in SAMPLES] == [f"schema-{number}" for number in numbers]
    assert list(STEPS) == list(numbers)[:-1]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_what_was_stored_is_read_and_keeps_its_checksum(sample):
    stored = sample.read_bytes()
    document = read(stored)
    assert f"schema-{document.schema}" == sample.stem
    assert read(json.loads(stored)) == document
    # However a database puts its keys.
    shuffled = json.dumps(dict(reversed(json.loads(stored).items()))).encode()
    assert sha256(in_order(shuffled)).hexdigest() == CHECKSUMS[sample.stem]


def test_a_document_of_today_is_written_as_it_was_stored():
    stored = SAMPLES[-1].read_bytes()
    assert written(read(stored)) == stored
    assert checksum(read(stored)) == CHECKSUMS["schema-5"]


def test_the_bytes_are_those_of_any_other_program():
    stored = SAMPLES[-1].read_bytes()
    text = json.dumps(
        json.loads(stored), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert written(read(stored)) == text.encode()


def test_older_schemas_say_nothing_of_what_they_did_not_know():
    first, second = (read(sample.read_bytes()) for sample in SAMPLES[:2])
    assert (first.requirements, first.modules, first.package.introduction) == ((), (), "")
    assert (second.indicators, second.lessons) == ((), ())
    third = read(SAMPLES[2].read_bytes())
    assert third.lessons
    assert third.consultations == ()
    fourth = read(SAMPLES[3].read_bytes())
    assert {requirement.supplier_question for requirement in fourth.requirements} == {""}
    assert first.plan is not None
    assert second.requirements


@pytest.mark.parametrize("schema", [0, SCHEMA + 1, "3", None])
def test_a_schema_that_was_never_written_is_refused(schema):
    with pytest.raises(ValueError, match="no schema"):
        read(a_content(schema=schema))


def test_what_is_of_another_type_is_refused_with_its_place():
    content = deepcopy(a_content())
    content["requirements"][0]["product_areas"] = ["2"]
    with pytest.raises(msgspec.ValidationError, match=r"requirements\[0\]|requirements\[\.\.\.\]"):
        read(content)


def test_what_the_document_does_not_know_is_refused_rather_than_lost():
    content = a_content()
    content["requirements"][0]["colour"] = "grön"
    with pytest.raises(msgspec.ValidationError, match="colour"):
        read(content)
