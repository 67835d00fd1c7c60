"""What is looked for in many texts at once is exactly what is met in each of them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followup.report import quick_screening
from followup.report.quick_screening import BETWEEN, CleanTexts, Signs
from followup.report.screening import KnownNames
from requirements_pkg.document.reading import in_a_row, written
from tests.factories.contents import a_document, a_requirement

OWNERS = [
    "Region Gotland",
    "Region Skåne",
    "Västra Götalandsregionen",
    "Kiruna kommun",
    "\u0130l Stra\u00dfe",
]
NAMES = ["Slite El", "Fårö Datahall", "Hemliga Hallar", "Atea"]
# Letters that are i, s, k and å in another case, figures of others, and what JSON marks.
PIECES = [
    *OWNERS,
    *NAMES,
    *(
        "REGION SKÅNES avtal",
        "Region Sk\u212bne avtal",
        "reg\u0131on gotland\u017f nya kontra\u212at",
    ),
    *(
        "V\u00c4STRA G\u00d6TALANDSREGIONEN\u00a0ramavtal",
        "\u212aIRUNA \u212aOMMUN",
        "REG\u0130ON GOTLAND",
    ),
    *("il stra\u1e9ee avtal", "\u0130L STRASSE avtal", "\u0131l Stra\u00dfes kontrakt"),
    *("Fårö Datehall", "Slite-El", "S lite  El", "RS 2025-0417", "rs2025/0417"),
    *("anna.berg@region.example", "08-123 45 67", "+46 70 123 45 67", "08\u00a0123 45 67"),
    *(
        "556677-8899",
        "2556677-8899",
        "\u0665\u0665\u0666\u0666\u0667\u0667-\u0668\u0668\u0669\u0669",
    ),
    *("avtal", "nya", "kontrakt", "s", "El", "070", "0", "-", "+", "@", "08", "123", "2026-03-16"),
    *(" ", "\n", "\t", "\0", '"', "\\", "\\n", ".", ", ", "–", "\x1f", "\u00a0", BETWEEN),
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=20)
TEXTS = st.lists(TEXT, max_size=12, unique=True)


def known(owners: list[str] = OWNERS, names: list[str] = NAMES) -> KnownNames:
    return KnownNames(names, ["RS 2025-0417"] if names else [], owners)


def slowly(names: KnownNames, texts: list[str]) -> list[object]:
    return [hit for text in texts for hit in names.hits("here", text)]


@given(TEXTS, st.booleans(), st.integers(0, len(OWNERS)))
@example(["Region Gotland\x1favtal"], False, 1)
def test_many_texts_at_once_have_the_hits_of_each(texts, are_known, number):
    names = known(OWNERS[:number], NAMES if are_known else [])
    places = dict.fromkeys(texts, "here")
    once, again = list(names.hits_in(places)), list(names.hits_in(places))
    assert once == again == slowly(known(OWNERS[:number], NAMES if are_known else []), texts)


@given(TEXTS.filter(bool), st.booleans())
def test_what_is_met_in_a_text_may_be_met_in_the_row_of_all_that_are_written_down(
    texts, are_known
):
    names = known(names=NAMES if are_known else [])
    document = a_document(*(a_requirement(text=text) for text in texts))
    if slowly(names, texts):
        assert names.may_meet(in_a_row(written(document)))


def test_an_ordinary_document_has_nothing_that_may_be_met():
    requirement = a_requirement(text="Inom [veckor: 4] veckor.\nEnligt 2026-03-16, 48820000-2.")
    row = in_a_row(written(a_document(requirement)))
    assert not known(names=[]).may_meet(row)
    assert not KnownNames(["Quux Wyvern"], (), OWNERS).may_meet(row)


def test_owners_who_begin_in_many_ways_are_met_as_well():
    owners = [f"{letter}stad kommun" for letter in "abcdefghijklmnopq"]
    names = known(owners)
    texts = ["Astads avtal", "Qstad kommuns nya avtal", "Qstad kommun följer avtalet"]
    assert list(names.hits_in(dict.fromkeys(texts, "here"))) == slowly(names, texts)
    assert slowly(names, texts)


def test_a_text_is_looked_through_once_while_the_same_names_are_known(monkeypatch):
    names = known()
    looked: list[int] = []
    texts_with_any = Signs.texts_with_any
    monkeypatch.setattr(
        Signs, "texts_with_any", lambda self, t: looked.append(len(t)) or texts_with_any(self, t)
    )
    places = {"Ett krav.": "SE-01", "Hos Slite El.": "SE-02"}
    for more in ({}, {}, {"Ett till.": "SE-03"}):
        assert [hit.words for hit in names.hits_in(places | more)] == ["Slite El"]
    # What names somebody is looked through again, whoever it names.
    assert looked == [2, 1, 2]


@pytest.mark.parametrize("most", [0, 30])
def test_what_is_remembered_of_texts_is_bounded(monkeypatch, most):
    monkeypatch.setattr(quick_screening, "REMEMBERED", most)
    clean = CleanTexts()
    for number in range(10):
        clean.add([f"Ett krav {number}."])
        assert sum(map(len, clean._texts)) <= most
