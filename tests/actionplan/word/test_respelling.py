"""Labels and section headings with typing errors: understood, and told."""

import pytest

from actionplan.word.document import Remark
from tests.actionplan.word.documents import (
    FACTS,
    GOALS,
    area_of,
    clean_reading,
    matrix_rows,
    plan,
    read_text,
    reading,
    text_of,
    text_plan,
)


def respellings(result) -> list[tuple[str, str]]:
    """What was read as what, in a document in which all was understood."""
    notes = clean_reading(result).notes
    return [(note.words, note.read_as) for note in notes if note.what is Remark.READ_AS]


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("Upphandingsregion", "Upphandlingsregion"),
        ("Upphandlings region", "Upphandlingsregion"),
        ("Samordare", "Samordnare"),
        ("Samordnaren", "Samordnare"),
        ("Kontaktpresoner", "Kontaktpersoner"),
    ],
)
def test_a_head_fact_is_understood(written, label):
    names = {"Upphandlingsregion": 0, "Samordnare": 1, "Kontaktpersoner": 2}
    facts = [list(row) for row in FACTS]
    facts[names[label]][0] = f"{written}:"
    assert respellings(reading(plan(facts=facts))) == [(written, label)]


def test_what_was_respelt_is_what_it_would_have_been():
    right = clean_reading(reading(plan())).document
    facts = [[f"{row[0][:4]}{row[0][5:]}", *row[1:]] for row in FACTS]
    assert clean_reading(reading(plan(facts=facts))).document == right


@pytest.mark.parametrize(
    ("written", "label"),
    [("Handlingplan", "Handlingsplan"), ("Handligsplan", "Handlingsplan")],
)
def test_the_title_is_understood(written, label):
    result = reading(plan(title=f"{written} 2023–2025"))
    assert respellings(result) == [(written, label)]
    assert result.document.last_year == 2025


def test_the_category_is_understood():
    result = reading(plan(category="I. Prioriterad inköpskatgori: Servrar"))
    assert respellings(result) == [("Prioriterad inköpskatgori", "Prioriterad inköpskategori")]
    assert result.document.category == "Servrar"


@pytest.mark.parametrize("area", ["Produktomåde 1: servrar", "Prouktområde 1. servrar"])
def test_an_area_is_understood(area):
    result = reading(plan(matrix_rows(area=area)))
    assert respellings(result) == [(area.split()[0], "Produktområde")]
    assert area_of(result).name == "servrar"
    assert area_of(read_text(text_plan(text_of(matrix_rows(area=area))))).name == "servrar"


def test_the_labels_of_goals_are_understood():
    goals = [["Övergripnade mål 1", GOALS[0][1]], ["Delmåll:", GOALS[1][1]]]
    goals += [["Målindikaotrer:", GOALS[2][1]]]
    result = reading(plan(goals=goals))
    assert [label for _written, label in respellings(result)] == [
        "Övergripande mål",
        "Delmål",
        "Målindikatorer",
    ]
    assert result.document.goals == reading(plan()).document.goals


def test_a_section_heading_is_understood():
    text = text_plan().replace("II. Introduktion", "II. Introdukton")
    assert respellings(read_text(text)) == [("Introdukton", "Introduktion")]
    assert read_text(text).document.introduction == "Det här handlar planen om."


@pytest.mark.parametrize(
    "words",
    [
        "Perioder: de är många.",
        "Produktområdet: servrar används mycket.",
        "Indikatorn: den mäts varje år.",
        "Introduktionen läses av alla.",
    ],
)
def test_words_of_the_introduction_stay_as_they_are(words):
    result = reading(plan(introduction=["Först.", words]))
    assert respellings(result) == []
    assert result.document.introduction == f"Först.\n\n{words}"


@pytest.mark.parametrize("words", ["Produktområdet: gruvor.", "Delmålen: oklara."])
def test_words_of_a_cell_stay_as_they_are(words):
    rows = matrix_rows({("Råvara", 2): words})
    assert respellings(reading(plan(rows))) == []
