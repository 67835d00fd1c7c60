"""The grammar around the buyer's own name, which stands where a text says "regionen"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requirements_pkg.choosing.buyer_name import genitive, left_in, named


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Regionen ska.", "kommunen", "Kommunen ska."),
        ("till regionen.", "Kommunen", "till kommunen."),
        ("Svara. Regionen ska.", "kommunen", "Svara. Kommunen ska."),
        ("(regionen)", "Malmö stad", "(Malmö stad)"),
        ("regionen–leverantören", "kommunen", "kommunen–leverantören"),
        ("REGIONEN OCH REGIONENS MALL", "kommunen", "KOMMUNEN OCH KOMMUNENS MALL"),
        # What an organisation is called stands in the form that "regionen" has.
        ("till regionen", "kommun", "till kommunen"),
        ("till regionens mall", "Högskola", "till högskolans mall"),
        ("till regionens mall", "verk", "till verkets mall"),
        ("till regionen", "Malmö kommun", "till Malmö kommun"),
        ("till regionen", "Skolverket", "till Skolverket"),
        # A name that begins with a small letter gets a large one, unless it is so on purpose.
        ("Regionen ska.", "polismyndigheten", "Polismyndigheten ska."),
        ("Regionen ska.", "e-hälsomyndigheten", "E-hälsomyndigheten ska."),
        ("Regionens mall", "eSam", "eSams mall"),
        # As an owner.
        ("regionens mall", "kommunen", "kommunens mall"),
        ("Regionens mall", "myndigheten", "Myndighetens mall"),
        ("regionens mall", "Malmö stad", "Malmö stads mall"),
        ("regionens mall", "Sundsvalls kommun", "Sundsvalls kommuns mall"),
        ("regionens mall", "Region Skåne", "Region Skånes mall"),
        ("regionens mall", "Borås", "Borås mall"),
        ("regionens mall", "Borås Stads", "Borås Stads mall"),
        ("regionens mall", "Kommun X", "Kommun X mall"),
        ("regionens mall", "Luz", "Luz mall"),
        ("regionens mall", "SAS", "SAS mall"),
        ("regionens mall", "FMV", "FMV:s mall"),
        ("regionens mall", "Stockholms Hamn AB", "Stockholms Hamn AB:s mall"),
        ("regionens mall", "Region 4", "Region 4:s mall"),
        ("regionens mall", "BOTKYRKA KOMMUN", "BOTKYRKA KOMMUNS mall"),
        ("regionens mall", "Materielverket (FMV)", "Materielverkets (FMV) mall"),
        ("regionens", "länsstyrelsen", "länsstyrelsens"),
        # As somebody may type it.
        ("regionens mall.", " Malmö stad. ", "Malmö stads mall."),
        ("regionen", "", "regionen"),
        ("regionen", " . ", "regionen"),
        # A relative clause is no adjective: what follows "den" may be any word.
        ("den som regionen utser", "kommunen", "den som kommunen utser"),
        ("den mall regionen har", "kommunen", "den mall kommunen har"),
    ],
)
def test_the_name_stands_where_the_text_says_regionen(text, name, expected):
    assert named(text, name) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("regioner, regionerna", ("regioner", "regionerna")),
        ("en regions mall", ("regions",)),
        ("regionfullmäktige i Region Skåne", ("regionfullmäktige", "Region")),
        ("regionkansliet och Regionkansliets", ("regionkansliet", "Regionkansliets")),
        ("den upphandlande regionen", ("den upphandlande regionen",)),
        ("den egna upphandlande regionens", ("den egna upphandlande regionens",)),
        ("den här regionen", ("den här regionen",)),
        ("varje region", ("varje region",)),
        ("hela regionen", ("hela regionen",)),
        # Parts of another word, and addresses: nobody wants another one.
        ("upphandlingsregionen", ()),
        ("upphandlings-regionen", ()),
        ("Stockholmsregionens", ()),
        ("regionens-ägda", ()),
        ("post@regionen.se", ()),
        ("www.regionen.se", ()),
        ("https://krav.example/regionen", ()),
    ],
)
def test_what_no_name_can_take_the_place_of_is_left_and_told(text, words):
    assert named(text, "Malmö stad") == text
    assert left_in(text) == words


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Regionen är skyldig att", "verket", "Verket är skyldigt att"),
        ("Regionen är skyldig att", "Trafikverket", "Trafikverket är skyldigt att"),
        ("Regionen är skyldig att", "Malmö universitet", "Malmö universitet är skyldigt att"),
        ("är regionen inte skyldig", "bolag", "är bolaget inte skyldigt"),
        ("regionen är inte längre ansvarig", "kommunen", "kommunen är inte längre ansvarig"),
        ("Regionen är beredd och berättigad", "förbund", "Förbundet är berett och berättigat"),
        ("om regionen blir tvungen", "sjukhuset", "om sjukhuset blir tvunget"),
        ("regionen, som är ansvarig, ska", "landsting", "landstinget, som är ansvarigt, ska"),
        ("regionen anser sig förhindrad", "institutet", "institutet anser sig förhindrat"),
        ("som regionen själv utser", "verket", "som verket självt utser"),
        ("Regionen är nöjd.", "Statens servicecenter", "Statens servicecenter är nöjt."),
        ("regionen är ny här", "Materielverket (FMV)", "Materielverket (FMV) är nytt här"),
        ("regionen är klar", "Institutet för språk", "Institutet för språk är klart"),
        # Nouns, and what is said of somebody else.
        ("regionen är kund och beställare", "verket", "verket är kund och beställare"),
        ("regionen är beställaren", "verket", "verket är beställaren"),
        ("regionens personal är skyldig", "verket", "verkets personal är skyldig"),
        ("regionen och den som är skyldig", "verket", "verket och den som är skyldig"),
        ("Regionen är en stad.", "verket", "Verket är en stad."),
        ("regionen är marknad", "verket", "verket är marknad"),
        ("Regionen är ansvarig.", "Malmö stad", "Malmö stad är ansvarig."),
        ("Regionen är ansvarig.", "Stockholms Hamn AB", "Stockholms Hamn AB är ansvarig."),
    ],
)
def test_what_is_said_of_the_name_agrees_with_it(text, name, expected):
    assert named(text, name) == expected


NAMES = st.text(st.characters(exclude_characters="("), min_size=1, max_size=30)


@given(st.text(max_size=60), NAMES)
def test_a_text_without_regions_stays_as_it_is(text, name):
    assert "region" in text.casefold() or named(text, name) == text
    assert genitive(name).startswith(name)


def test_what_is_left_is_told_once():
    text = "Regionen och regionerna, regionens, en region; regionerna och den egna regionen."
    assert left_in(text) == ("regionerna", "region", "den egna regionen")
