"""Two texts word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requirements_pkg.comparing.words import (
    DELETE,
    INSERT,
    KEEP,
    WordRun,
    after,
    before,
    compared,
    joined,
    words_of,
)

WORDS = st.lists(
    st.sampled_from(["krav", "Krav", "å", " ", "  ", "\n\n", ".", "2,5", "😀", "\u00ad"]),
    max_size=30,
).map("".join)


@given(WORDS | st.text())
def test_no_letter_of_a_text_is_lost(text):
    assert "".join(words_of(text)) == text


@given(WORDS | st.text(), WORDS | st.text())
def test_the_pieces_hold_both_texts(old, new):
    pieces = compared(old, new)
    assert joined(before(pieces)) == old
    assert joined(after(pieces)) == new
    assert all(piece.text for piece in pieces)
    # No two pieces of a kind follow each other, so nothing is read out twice.
    assert all(piece.kind != following.kind for piece, following in pairwise(pieces))


def test_a_word_that_is_another_is_marked_and_nothing_else():
    assert compared("inom 4 veckor.", "inom 6 veckor.") == (
        WordRun(KEEP, "inom"),
        WordRun(DELETE, " 4"),
        WordRun(INSERT, " 6"),
        WordRun(KEEP, " veckor."),
    )


@pytest.mark.parametrize("word", ["48820000-2", "2,5", "t.ex", "2017/821"])
def test_what_is_written_together_is_one_word(word):
    assert words_of(word) == [word]


def test_a_small_word_between_two_changes_is_part_of_the_change():
    pieces = compared(
        "Redovisningen görs av fabriker i Europa under avtalets tid.",
        "Redovisningen görs av gruvor i Afrika under avtalets tid.",
    )
    assert WordRun(DELETE, " fabriker i Europa") in pieces
    assert WordRun(INSERT, " gruvor i Afrika") in pieces


def test_texts_with_only_small_words_in_common_stand_side_by_side():
    old, new = "Gruvor förorenar vatten och mark.", "Arbetare saknar avtal och fri tid."
    assert compared(old, new) == (WordRun(DELETE, old), WordRun(INSERT, new))
