"""Swedish text: cleaned as it is kept, folded as it is compared, sorted as Swedes sort."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.text import clean, clean_paragraphs, fold, is_number, joined, swedish_key, typed


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        pytest.param("  två  mellanslag ", "två mellanslag", id="spaces"),
        pytest.param("a\u00a0b\u2003c\td\ne", "a b c d e", id="no-break, em, tab, newline"),
        pytest.param("upp\u00adhandling", "upphandling", id="soft hyphen"),
        pytest.param("kon\u200bflikt\ufeff", "konflikt", id="zero width"),
        pytest.param(
            "\u200eRåvara\u200f \u202aa@b.se\u202c", "Råvara a@b.se", id="direction marks"
        ),
        pytest.param("\u2066kon\u2069flikt\u061c", "konflikt", id="isolates"),
        pytest.param("a\x00b\x0bc\x7f", "a b c", id="control characters"),
        pytest.param("Va\u030ard", "Vård", id="decomposed å"),
        pytest.param("– = + - @ 😀", "– = + - @ 😀", id="nothing else changes"),
        pytest.param(" \u00ad\u200b ", "", id="nothing visible"),
        pytest.param("anti\u2011korruption", "anti-korruption", id="no-break hyphen"),
    ],
)
def test_text_is_kept_visible_composed_and_single_spaced(raw, kept):
    assert clean(raw) == kept


INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200f\u2028\u2060\ufeff\ufffb\ufffe\x00\x1f\x7f"


@given(st.text(st.sampled_from(f"aå\u030a  \u00a0\t\n{INVISIBLE}") | st.characters(), max_size=12))
def test_whatever_is_cleaned_is_clean(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned == " ".join(cleaned.split())
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not set(cleaned) & set(INVISIBLE)


def test_paragraphs_are_parted_by_one_blank_line():
    assert clean_paragraphs(" Ett.\r\n\r\n\r\nTvå  ord.\n \n\rTre. ") == "Ett.\n\nTvå ord.\n\nTre."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("MILJÖ", "miljö"),
        ("ÅÄÖ", "åäö"),
        ("A\u030angbåt", "ångbåt"),
        ("Slut\u00adtill\u00adverkning ", "sluttillverkning"),
        ("Straße", "STRASSE"),
        ("A\ufb00ärsetik", "affärsetik"),
        ("\u200eMiljöskydd\u200e", "miljöskydd"),
    ],
)
def test_texts_that_look_alike_compare_as_equal(first, second):
    assert fold(first) == fold(second)


@pytest.mark.parametrize(("first", "second"), [("mål", "mal"), ("lön", "lon"), ("kör", "kår")])
def test_a_swedish_letter_is_a_letter_of_its_own(first, second):
    assert fold(first) != fold(second)


def test_swedish_letters_come_after_z_in_their_order():
    words = ["Örebro", "Ängelholm", "Zinkgruvan", "Åmål", "Arvika", "öl", "zebra", "å"]
    assert sorted(words, key=swedish_key) == [
        "Arvika",
        "zebra",
        "Zinkgruvan",
        "å",
        "Åmål",
        "Ängelholm",
        "öl",
        "Örebro",
    ]


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
    assert clean_paragraphs(clean_paragraphs(text)) == clean_paragraphs(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_however_a_letter_is_composed_it_compares_the_same(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("upp\u00adhand\u00adling", "upphandling"),
        ("10\u00a0000\u202fkr", "10 000 kr"),
        ("anti\u2011korruption", "anti-korruption"),
        ("Va\u030ard a\ufb00är\u200b", "Vård affär"),
        ("Första raden\x0bAndra\x01 \ufffe", "Första raden Andra   "),
        ("a\x00b\x1f\tc\n", "a b \tc\n"),
        ("Ett.\r\n\r\n  Två – ”tre” 😀\t", "Ett.\r\n\r\n  Två – ”tre” 😀\t"),
    ],
)
def test_what_was_pasted_is_what_one_types_with_its_lines_and_spaces(pasted, meant):
    assert typed(pasted) == meant
    assert typed(meant) == meant


def test_a_sentence_within_a_sentence_leaves_it_its_full_stop():
    assert f"{joined(['SE-04: Metall bryts.', 'SE-05'])}." == "SE-04: Metall bryts; SE-05."


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0", True), ("9" * 18, True), ("9" * 19, False), ("", False), ("-1", False), ("²", False)],
)
def test_a_number_is_one_that_a_key_may_be(text, expected):
    assert is_number(text) is expected
