"""Words in a published document are replaced where they are texts, and nowhere else."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from requirements_pkg.document import fill_in
from requirements_pkg.document.masking import KEPT, MaskedWords, masked, texts_of, times_in
from requirements_pkg.document.reading import read, written
from requirements_pkg.document.schema import Document
from tests.factories.contents import a_content, a_document, a_requirement

SAMPLES = sorted(Path(__file__).with_name("samples").glob("schema-*.json"))
MODULE = {"slug": "uppforandekod", "version": 1}


def masking(words: str, module: str = "") -> MaskedWords:
    return MaskedWords(words, "OSL 31:16", datetime(2026, 3, 1, tzinfo=UTC), module)


def test_words_are_replaced_in_any_case_and_with_any_space_between_them():
    document = a_document(a_requirement(text="Fråga GRANIT\n drift, inte granitdrift."))
    read = masked(document, [masking("Granit Drift")])
    assert read.requirements[0].text == "Fråga (maskerat), inte granitdrift."


@pytest.mark.parametrize(
    "words", ["active", "raw_material", "SE-01", "contract", "C", "2017-05-17", "1.1", "basic"]
)
def test_what_programs_look_up_stays(words):
    document = a_document()
    read = masked(document, [masking(words)])
    kept = [
        (r.code, r.state, r.kind, r.level, r.sources[0].dated, r.serves[0].number)
        for r in (*document.requirements, *read.requirements)
    ]
    assert kept[0] == kept[1]
    assert read.plan.procurement_region == "C"
    assert read.stages[0].code == "raw_material"


def test_an_address_with_the_words_leads_nowhere():
    source = {"title": "Rapport", "url": "https://granit.example/granit", "dated": ""}
    read = masked(a_document(a_requirement(sources=[source])), [masking("granit")])
    assert read.requirements[0].sources[0].url == ""


def test_what_stands_for_the_words_is_no_place_to_fill_in():
    document = a_document(a_requirement(text="Fråga Granit Drift inom [veckor: 4] veckor."))
    read = masked(document, [masking("Granit Drift")]).requirements[0]
    assert [place.name for place in fill_in.places(read.text)] == ["veckor"]
    assert fill_in.faults(read.text) == []


def test_the_words_of_a_module_are_masked_in_what_it_demands_alone():
    document = a_document(
        a_requirement("SE-01", text="Granit Drift."),
        a_requirement("UK-01", text="Granit Drift.", module=MODULE),
    )
    own, included = masked(document, [masking("Granit Drift", "uppforandekod")]).requirements
    assert own.text == "Granit Drift."
    assert included.text == "(maskerat)."


def test_plain_json_of_an_older_schema_is_masked_alike():
    plain = a_content(a_requirement(text="Granit Drift."), schema=1)
    read = masked(plain, [masking("Granit Drift")])
    assert read["requirements"][0]["text"] == "(maskerat)."
    assert read["schema"] == 1


def test_where_nothing_is_masked_it_is_the_same():
    document = a_document()
    assert masked(document, []) is document
    assert masked(document, [masking("finns inte")]) == document


def test_the_texts_are_those_that_are_replaced():
    document = a_document(a_requirement(title="Granit Drift", rationale="Granit Drift."))
    assert times_in(texts_of(document), "granit drift") == 2
    read = masked(document, [masking("granit drift")])
    assert times_in(texts_of(read), "granit drift") == 0


def every_text(plain: object) -> list[str]:
    """Return the texts of plain JSON, looked through without knowing what it is of."""
    if isinstance(plain, str):
        return [plain] if plain else []
    if isinstance(plain, list):
        return [text for member in plain for text in every_text(member)]
    if not isinstance(plain, dict):
        return []
    return [
        text
        for name, value in plain.items()
        if not (name in KEPT and isinstance(value, str))
        for text in every_text(value)
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_texts_of_a_document_are_those_of_its_json(sample):
    document = read(sample.read_bytes())
    texts = every_text(msgspec.json.decode(written(document)))
    assert sorted(texts_of(document)) == sorted(texts)
    assert sorted(filter(None, texts_of(msgspec.to_builtins(document)))) == sorted(texts)


def test_every_name_that_is_kept_is_one_of_the_document():
    names = set()
    for part in msgspec.json.schema(Document)["$defs"].values():
        names |= set(part["properties"])
    assert names >= KEPT
