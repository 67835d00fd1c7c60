"""Fill-in places: found, filled, and what is wrong with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requirements_pkg.document.fill_in import (
    FillIn,
    around_places,
    faults,
    filled,
    places,
    segments,
)

TEXT = "Lämnas inom [antal veckor: 4 | räknat från begäran] veckor till [mottagare: ]."


def test_a_place_has_a_name_a_default_and_a_help():
    assert places(TEXT) == (
        FillIn("antal veckor", "4", "räknat från begäran"),
        FillIn("mottagare"),
    )


def test_what_is_not_filled_in_says_its_default_or_its_name():
    assert filled(TEXT, {}) == "Lämnas inom 4 veckor till [mottagare]."


def test_what_is_filled_in_stands_in_the_text():
    values = {"antal-veckor": "6", "mottagare": "inköp"}
    assert filled(TEXT, values) == "Lämnas inom 6 veckor till inköp."


def test_blank_counts_as_not_filled_in():
    assert filled(TEXT, {"antal-veckor": "  "}) == filled(TEXT, {})


def test_a_name_that_occurs_twice_is_one_place():
    text = "[antal veckor: 4] och sedan [antal veckor]"
    assert places(text) == (FillIn("antal veckor", "4"),)
    assert filled(text, {}) == "4 och sedan 4"
    assert filled(text, {"antal-veckor": "8"}) == "8 och sedan 8"


def test_what_a_buyer_fills_in_is_no_new_place():
    assert filled("[a: 1] [b: 2]", {"a": "[b: 3]"}) == "[b: 3] 2"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("inom [antal veckor: 4", "saknar sitt par"),
        ("inom antal veckor: 4]", "saknar sitt par"),
        ("[[antal: 4]]", "saknar sitt par"),
        ("inom [: 4]", "saknar namn"),
        ("inom []", "saknar namn"),
        (f"[{'a' * 61}: 4]", "längre än 60"),
        ("[antal: 4] och [antal: 5]", "två förval"),
    ],
)
def test_what_is_wrong_is_said(text, sentence):
    assert sentence in " ".join(faults(text))


def test_a_text_with_good_places_has_no_faults():
    assert faults(TEXT) == []
    assert faults("Utan fält.") == []


@given(st.text())
def test_nothing_of_a_text_is_lost_between_its_pieces(text):
    pieces = list(segments(text))
    words = [piece for piece in pieces if isinstance(piece, str)]
    assert all(word in text for word in words)
    assert filled(text, {}) == text or any(isinstance(piece, FillIn) for piece in pieces)


@given(st.text(st.sampled_from("ab [:|]")))
def test_words_and_places_come_by_turns(text):
    parts = around_places(text)
    assert [isinstance(part, FillIn) for part in parts] == [
        bool(at % 2) for at in range(len(parts))
    ]
    assert list(filter(None, parts)) == list(segments(text))
