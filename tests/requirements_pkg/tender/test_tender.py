"""Chosen requirements as a tender has them."""

import pytest
from django.utils.translation import override

from requirements_pkg.document.reading import read
from requirements_pkg.tender import document as tender
from requirements_pkg.tender.requirement import (
    TenderRequirement,
    background_of,
    parts_of,
    withdrawal_of,
)
from requirements_pkg.tender.words import at_a_glance
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.tenders import CODES, SOURCE, a_tender, content, of


def item(made: tender.Tender, code: str) -> TenderRequirement:
    return next(requirement for requirement in made.items if requirement.code == code)


@pytest.fixture(autouse=True)
def in_swedish():
    with override("sv"):
        yield


def test_requirements_stand_by_kind_in_the_order_of_a_tender():
    groups = a_tender().groups
    assert [group.heading for group in groups] == [
        "Kvalificeringskrav",
        "Tekniska specifikationer",
        "Tilldelningskriterier",
        "Särskilda kontraktsvillkor",
    ]
    assert tuple(requirement.code for group in groups for requirement in group.items) == CODES


def test_a_kind_without_requirements_has_no_heading():
    assert [group.kind for group in a_tender("SV-04").groups] == ["contract"]


def test_a_text_holds_what_the_buyer_filled_in_and_else_the_proposal():
    assert "inom 6 veckor" in item(a_tender(weeks="6"), "SV-04").text_of("text")
    assert "inom 4 veckor" in item(a_tender(), "SV-04").text_of("text")


def test_a_place_with_neither_is_missing_and_told_apart():
    made = a_tender()
    requirement = item(made, "TS-02")
    missing = [
        piece
        for paragraph in requirement.paragraphs("text")
        for piece in paragraph
        if piece.missing
    ]
    assert [piece.text for piece in missing] == ["[effekt i watt]"]
    assert [(field.code, field.place.help) for field in made.missing] == [
        ("TS-02", "vid full last")
    ]


def test_a_place_that_stands_in_two_texts_is_one_field():
    both = a_requirement(
        "SE-01", text="Inom [tid: ] dagar.", verification="Bevis efter [tid] dagar."
    )
    (requirement,) = of(both).items
    assert [field.name for field in requirement.fields] == ["f.SE-01.tid"]
    assert requirement.text_of("verification") == "Bevis efter [tid] dagar."


def test_square_brackets_in_what_is_filled_in_are_only_words():
    made = a_tender(weeks="[sex: 7]")
    assert "inom [sex: 7] veckor" in item(made, "SV-04").text_of("text")
    assert item(made, "SV-04").missing == ()


def test_an_address_is_absolute_and_names_the_version():
    assert item(a_tender(), "SV-04").address == (
        "https://krav.example/kravpaket/it-teknisk-plattform/v2/krav/SV-04/"
    )


def test_an_award_criterion_tells_points_and_scale():
    first, *_rest = parts_of(item(a_tender(), "TK-03"))
    text = ["".join(piece.text for piece in paragraph) for paragraph in first.paragraphs]
    assert (first.heading, text) == (
        "Poäng",
        ["Högst 10 poäng.", "10: allt.", "5: hälften."],
    )


def test_a_withdrawn_requirement_says_so_and_what_to_use_instead():
    old = a_requirement("SE-01", state="withdrawn")
    new = a_requirement("SE-02")
    old["withdrawn"] = {"on": "2026-01-30", "reason": "Ersatt.", "successor": new["uid"]}
    made = of(old, new)
    sentences = [withdrawal_of(requirement, made.names) for requirement in made.items]
    assert sentences == ["Indraget 2026-01-30: Ersatt. Använd SE-02 i stället.", ""]


def test_a_withdrawn_requirement_is_marked_at_a_glance():
    _heads, rows = at_a_glance(a_tender())
    assert [row[1] for row in rows if row[0] == "TS-02:1"] == ["Krav TS-02 (indraget)"]
    assert sum("(indraget)" in cell for row in rows for cell in row) == 1


def test_a_text_that_is_empty_has_no_heading():
    bare = dict.fromkeys(("verification", "follow_up_method", "rationale", "guidance"), "")
    bare |= dict.fromkeys(("law_baseline", "beyond_law"), "")
    made = of(a_requirement("SE-01", **bare, treats=[], serves=[], sources=[]))
    assert list(parts_of(made.items[0])) == []
    assert list(background_of(made.items[0], made.names)) == []


def test_the_background_names_risks_goals_and_sources():
    made = tender.tender_of(content(), SOURCE)
    parts = {part.name: part for part in background_of(made.items[0], made.names)}
    texts = {
        name: "".join(piece.text for piece in part.paragraphs[0]) for name, part in parts.items()
    }
    assert texts["treats"] == "Gruvor förorenar vatten. (Servrar, Råvara, Miljö)"
    assert texts["serves"] == "1.1 Krav är framtagna"
    assert texts["sources"] == "Förordning, 2017-05-17, https://eur-lex.example/1"


def test_a_content_without_requirements_or_plan_makes_an_empty_tender():
    empty = read(a_content() | {"requirements": [], "plan": None})
    made = tender.tender_of(empty, SOURCE)
    assert (made.items, made.groups, made.missing) == ((), (), ())
