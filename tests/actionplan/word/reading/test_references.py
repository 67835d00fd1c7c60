"""Which words of a cell link it to another cell or category."""

import itertools

import pytest

from actionplan.word.document import CellReference
from actionplan.word.reading.references import (
    Position,
    ReferenceTargets,
    aliases_in,
    find_reference,
    reference_words,
)
from tests.actionplan.word.documents import DIMENSION_NAMES, HEADINGS, STAGE_NAMES
from tests.reference_grid import DIMENSIONS, STAGES

OWN = Position(1, "final_manufacturing", "environment")
ABOVE = "component_manufacturing"
INTRODUCTION = "Servrar har samma risker som övriga IT-produkter (se IT-arbetsplats). Mer sägs ej."
KNOWN = ReferenceTargets(HEADINGS, frozenset({1, 2}), aliases_in(INTRODUCTION))


def linked(text, own=OWN, above=ABOVE, known=KNOWN):
    return find_reference(text, own=own, above_stage=above, known=known)


@pytest.mark.parametrize(
    "text",
    [
        "Samma risker som ovan.",
        "Samma som ovan",
        "samma risker och möjligheter som ovan",
        "Riskerna är samma som ovan. Problemen är större längre ned.",
        "Samma\u00a0risker som ovan, men färre fabriker.",
        "Insynen är större. Samma möjligheter som ovan!",
    ],
)
def test_above_is_the_cell_in_the_row_above(text):
    assert linked(text) == CellReference(1, ABOVE, "environment")


def test_above_in_the_first_row_is_nothing():
    assert linked("Samma risker som ovan.", above="") is None


@pytest.mark.parametrize(
    "text",
    [
        "Inte samma risker som ovan.",
        "Samma risker som ovan nämnda gruvor har.",
        "Samma fabrik som ovan.",
        "Samma risker som för alla andra.",
        "Samma risker som för Användning av bilar.",
        "Samma risker som för produktområde 7.",
        "Samma risker som för Sluttillverkning.",
        "Samma risker som för allt (se bilaga 2).",
    ],
)
def test_words_that_lead_nowhere_are_no_link(text):
    assert linked(text) is None


@pytest.mark.parametrize("name", ["Råvara", "råvara", "utvinning"])
def test_a_stage_is_a_cell_of_the_same_column(name):
    assert linked(f"Samma risker som för {name}.") == CellReference(
        1, "raw_material", "environment"
    )


def test_an_area_is_its_cell_in_the_same_place():
    link = CellReference(2, "final_manufacturing", "environment")
    assert linked("Samma risker som för produktområde 2.") == link
    assert linked("Samma risker som i produktområde 2 (servrar).") == link


def test_a_known_alias_is_a_category():
    link = CellReference(category="IT-arbetsplats")
    assert linked("Varorna har samma risker och möjligheter som för övriga IT-produkter.") == link
    assert linked("Samma risker som övriga it-produkter gäller.") == link


def test_an_unknown_alias_is_nothing():
    known = ReferenceTargets(HEADINGS, frozenset({1}))
    assert linked("Samma risker som för övriga IT-produkter.", known=known) is None


def test_an_alias_may_be_given_in_the_cell_itself():
    known = ReferenceTargets(HEADINGS, frozenset({1, 2}))
    text = "Samma risker som för andra datorer (se även handlingsplan för IT-arbetsplats)."
    assert linked(text, known=known) == CellReference(category="IT-arbetsplats")
    text = "Samma risker som för andra datorer (se produktområde 2)."
    assert linked(text, known=known) == CellReference(2, "final_manufacturing", "environment")


def test_aliases_do_not_lead_to_appendices():
    assert aliases_in("Risker som för alla andra (se bilaga 1), som dem (se avsnitt 2).") == {}
    assert aliases_in(INTRODUCTION) == {"övriga it-produkter": "IT-arbetsplats"}


def test_the_first_words_that_lead_somewhere_win():
    text = "Samma risker som för alla. Samma risker som för Råvara. Samma risker som ovan."
    assert linked(text) == CellReference(1, "raw_material", "environment")


POSITIONS = [
    Position(area, stage, dimension)
    for area, stage, dimension in itertools.product((1, 2), STAGES, DIMENSIONS)
]


@pytest.mark.parametrize("own", POSITIONS, ids=str)
def test_the_words_for_any_cell_lead_back_to_it(own):
    place = STAGES.index(own.stage)
    above = STAGES[place - 1] if place else ""
    for target in POSITIONS:
        if target == own:
            continue
        reference = CellReference(target.area, target.stage, target.dimension)
        assert linked(words(reference, own, above), own, above) == reference


@pytest.mark.parametrize(
    "name", ["IT-arbetsplats", "Bild: MR, CT m.m.", "Papper och plast (vård)"]
)
def test_the_words_for_a_category_lead_back_to_it(name):
    assert linked(words(CellReference(category=name))) == CellReference(category=name)


def words(reference, own=OWN, above=ABOVE):
    return reference_words(
        reference,
        own=own,
        above_stage=above,
        stage_names=STAGE_NAMES,
        dimension_names=DIMENSION_NAMES,
    )


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        (CellReference(1, ABOVE, "environment"), "Samma risker som ovan."),
        (CellReference(1, "raw_material", "environment"), "Samma risker som för Råvara."),
        (
            CellReference(2, "final_manufacturing", "environment"),
            "Samma risker som för produktområde 2.",
        ),
        (
            CellReference(2, "raw_material", "human_rights"),
            "Samma risker som för Råvara under Mänskliga rättigheter i produktområde 2.",
        ),
        (
            CellReference(category="IT-arbetsplats"),
            "Samma risker som för kategorin IT-arbetsplats.",
        ),
    ],
)
def test_a_link_is_worded_in_plain_swedish(reference, sentence):
    assert words(reference) == sentence
