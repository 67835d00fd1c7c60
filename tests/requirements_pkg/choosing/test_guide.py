"""The guide for a first-time buyer: its answers go along in addresses, and into the files."""

import io

import docx
import pytest

from requirements_pkg.choosing.need_words import documentation
from requirements_pkg.choosing.needs import ADVANCED, BASIC, NO, YES, Needs
from requirements_pkg.choosing.selection import Selection, read
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.stored import store

SLUG = a_content()["package"]["slug"]
ANSWERS = "b.vad=Servrar+%26+drift&b.varde=over&b.utomlands=ja&b.risk=ja&b.marknad=manga&b.tid=ja"


def answers(**given: str) -> Needs:
    return Needs.of([(f"b.{question}", answer) for question, answer in given.items()])


@pytest.fixture
def version(coordinator, reviewer):
    rows = a_requirement("SE-01"), a_requirement("SE-02", level="advanced")
    return store(a_content(*rows), coordinator, reviewer)


def words_of(body: bytes) -> str:
    return "\n".join(docx.Document(io.BytesIO(body)).element.body.itertext())


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ({}, ""),
        ({"utomlands": "nej"}, NO),
        ({"utomlands": "ja"}, ""),
        ({"utomlands": "ja", "risk": "nej"}, NO),
        ({"utomlands": "ja", "risk": "nej", "bedomd": "ja"}, YES),
        ({"utomlands": "vet-inte", "risk": "vet-inte"}, YES),
        ({"utomlands": "ja", "bedomd": "ja"}, YES),
        ({"utomlands": "kanske", "risk": "ja"}, ""),
    ],
)
def test_labour_terms_are_needed_where_swedish_law_does_not_hold_and_there_is_a_risk(
    given, outcome
):
    assert answers(**given).labour_terms == outcome


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({}, ""),
        ({"varde": "over"}, ""),
        ({"varde": "over", "marknad": "manga"}, ADVANCED),
        ({"varde": "direkt", "marknad": "manga"}, BASIC),
        ({"varde": "over", "marknad": "fa"}, BASIC),
        ({"varde": "over", "marknad": "manga", "tid": "nej"}, BASIC),
    ],
)
def test_the_level_is_in_proportion_to_the_contract_the_market_and_the_time(given, level):
    assert answers(**given).level == level


def test_what_is_asked_nowhere_is_no_answer_and_words_are_bounded():
    given = answers(vad="x" * 1000, varde="annat", hemligt="1", skal="\u0007Rimligt ")
    assert given.answers == (("vad", "x" * 300), ("skal", "Rimligt"))
    assert not answers()
    assert documentation(answers()) == ()


def test_the_answer_of_now_takes_the_place_of_the_one_before():
    pairs = [("b.risk", "nej"), ("b.vad", ""), ("b.risk", "ja"), ("b.vad", "Servrar")]
    assert Needs.of(pairs).answers == (("risk", "nej"),)


def test_a_selection_reads_and_writes_its_answers():
    selection = read([("b.risk", "ja"), ("paket", SLUG), ("krav", "SE-01")])
    assert selection.needs.get("risk") == "ja"
    assert read(selection.pairs()) == selection
    assert not selection.bare.needs
    assert read([("b.risk", "ja")]).is_empty is False
    assert Selection().is_empty


def test_a_form_leads_to_the_next_step_in_one_spelling(client, version):
    answer = client.get(f"/vagledning/?steg=3&b.risk=nej&b.vad=&{ANSWERS}")
    assert answer.status_code == 302
    address = answer.headers["Location"]
    assert address.startswith("/vagledning/?steg=3&")
    assert address.count("b.risk") == 1
    assert "b.risk=nej" in address
    assert "b.vad" not in address
    page = client.get(address)
    assert page.status_code == 200
    assert not page.cookies
    assert "Steg 3:" in page.content.decode()


@pytest.mark.parametrize("step", ["0", "6", "x", "１", ""])
def test_a_step_that_there_is_not_is_the_first(client, version, step):
    assert "Steg 1:" in client.get("/vagledning/", {"steg": step}).content.decode()


def test_the_answers_go_along_to_the_requirements_and_the_selection(client, version):
    end = client.get(f"/vagledning/?steg=5&{ANSWERS}").content.decode()
    assert f"/kravpaket/{SLUG}/krav/?niva=avancerad&amp;b.vad=Servrar" in end
    page = client.get(f"/kravpaket/{SLUG}/krav/?niva=avancerad&{ANSWERS}").content.decode()
    assert 'name="b.risk" value="ja"' in page
    address = client.get(f"/kravpaket/{SLUG}/v1/valj/?krav=SE-01&{ANSWERS}")
    assert "b.risk=ja" in address.headers["Location"]
    selection = client.get(address.headers["Location"], follow=True).content.decode()
    assert "Servrar &amp; drift" in selection
    assert 'name="b.risk" value="ja"' in selection
    # Where nothing is ticked yet, too.
    empty = client.get(f"/urval/?{ANSWERS}").content.decode()
    assert "b.risk=ja" in empty


def test_the_word_file_documents_the_assessment_unless_left_out(client, version):
    address = f"paket={SLUG}&version=1&krav=SE-01&{ANSWERS}"
    word = words_of(client.get(f"/urval/ladda-ner/docx?{address}").content)
    assert "Vad ska ni köpa? Servrar & drift" in word
    assert "Arbetsrättsliga villkor behövs" in word
    assert "Avancerad nivå är proportionerlig" in word
    pdf = client.get(f"/urval/ladda-ner/pdf?{address}")
    assert pdf.status_code == 200
    without = words_of(client.get(f"/urval/ladda-ner/docx?{address}&utan=bedomning").content)
    assert "Servrar & drift" not in without


def test_the_start_page_leads_to_the_guide(client, version):
    assert 'href="/vagledning/"' in client.get("/").content.decode()


def test_a_step_nobody_has_answered_is_kept_for_all(
    client, version, django_assert_max_num_queries
):
    client.get("/vagledning/")
    with django_assert_max_num_queries(1):
        assert client.get("/vagledning/").status_code == 200
