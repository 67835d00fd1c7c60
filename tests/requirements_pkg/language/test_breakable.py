"""Long words get a hyphen where there is little room for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requirements_pkg.language.breaking import LONG_WORD, breakable, softened
from tests.factories.contents import a_content
from tests.requirements_pkg.stored import store


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Upphandlingsregion C", "Upphandlings-region C"),
        ("Komponenttillverkning/insatsvaror", "Komponent-tillverkning/<wbr>insatsvaror"),
        ("Mänskliga rättigheter", "Mänskliga rättigheter"),
        ("Säkerhetsuppdateringar", "Säkerhets-upp-date-ringar"),
        ("Undersökningshandskar", "Under-sök-nings-handskar"),
        # No part of it is known, or too short to be parted.
        ("Antikorruption", "Anti-kor-rup-tion"),
        ("ursprungsland", "ursprungsland"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_long_compound_breaks_between_its_parts(text, expected):
    assert breakable(text).replace("\u00ad", "-") == expected


def test_what_was_made_breakable_stays_as_it_is():
    once = breakable("Komponenttillverkning/insatsvaror")
    assert breakable(once) == once


def test_only_the_longest_words_of_a_text_are_softened():
    text = softened("Säkerhetsuppdateringar för undersökningar & annat")
    assert text.replace("\u00ad", "-") == "Säkerhets-upp-date-ringar för undersökningar & annat"


def test_the_names_of_stages_show_no_markup(client, coordinator, reviewer):
    stage = "Komponenttillverkning/insatsvaror/ingredienser"
    content = a_content()
    content["stages"][1]["name"] = stage
    store(content, coordinator, reviewer)
    html = client.get("/kravpaket/it-teknisk-plattform/risker/").content.decode()
    assert "Komponent\u00adtillverkning/<wbr>insatsvaror/<wbr>ingredienser" in html
    assert "&lt;wbr" not in html


@given(st.text(st.sampled_from("a å1-. \n\t\u2028"), max_size=80))
def test_only_a_text_without_long_words_is_passed_over(text):
    """All of it is seen in one go; a mistake there would leave a long word as it is."""
    is_softened = "\u00ad" in softened(f"{text} säkerhetsuppdateringar")
    assert is_softened
    if LONG_WORD.search(text) is None:
        assert softened(text) == text
