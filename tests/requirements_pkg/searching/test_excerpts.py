"""How an answer shows the words that found it."""

import pytest

from requirements_pkg.language.terms import Splitter, written
from requirements_pkg.searching.excerpts import LONGEST, WantedWords, WordMarker
from requirements_pkg.searching.question import SearchQuestion

SPLITTER = Splitter.of_words(["kobolt", "kaffe", "automater"])


def marker(question: str, text: str) -> WordMarker:
    return WordMarker(WantedWords(SearchQuestion.of(question)), written("", text, SPLITTER))


def marked(question: str, text: str) -> str:
    return marker(question, text).marked(text)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("krav", "Kraven gäller.", "<mark>Kraven</mark> gäller."),
        ("krav", "Hållbarhetskraven gäller.", "Hållbarhets<mark>kraven</mark> gäller."),
        ("hallbarhet", "Hållbarhetskrav.", "<mark>Hållbarhet</mark>skrav."),
        ("krav specifikation", "Kravspecifikation", "<mark>Krav</mark><mark>specifikation</mark>"),
        ("hållbarhetskrav", "Hållbarhetskravet", "<mark>Hållbarhetskravet</mark>"),
        ("se01", "Enligt SE-01 och SE-02.", "Enligt <mark>SE-01</mark> och SE-02."),
        ("48820000", "CPV 48820000-2", "CPV <mark>48820000</mark>-2"),
        ("plattform", "IT-plattform", "IT-<mark>plattform</mark>"),
        ("e-post", "Svar per e-post.", "Svar per <mark>e-post</mark>."),
        ("kaffe", "Kaffeautomater", "<mark>Kaffe</mark>automater"),
        ("server", "Servrarna", "<mark>Servrarna</mark>"),
        ("vatten", "Inget här.", "Inget här."),
    ],
)
def test_the_words_of_the_question_are_marked_also_as_parts(question, text, expected):
    assert marked(question, text) == expected


@pytest.mark.parametrize(
    "text", ["<script>krav()</script>", '"><img src=x onerror=krav>', "krav & <b>krav</b>"]
)
def test_what_was_published_is_never_taken_for_html(text):
    html = marked("krav script b img", text)
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
    assert "<mark>krav</mark>" in html
    assert "<mark>krav</mark>" in marker("krav", text).excerpt(text)


def test_a_short_text_is_shown_whole():
    text = "Kravet gäller.\n\nEtt annat stycke."
    assert marker("krav", text).excerpt(text) == (
        "<mark>Kravet</mark> gäller. · Ett annat stycke."
    )


def test_a_long_text_is_shown_around_the_words_and_cuts_none_of_them():
    text = f"{'Inledning utan betydelse. ' * 40}Här nämns kobolt en gång. {'Slutet. ' * 80}"
    excerpt = marker("kobolt", text).excerpt(text)
    assert "<mark>kobolt</mark> en gång." in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    bare = excerpt.replace("<mark>", "").replace("</mark>", "")[2:-2]
    assert len(bare) <= LONGEST
    assert f" {bare} " in text


def test_the_stretch_with_most_words_is_chosen():
    text = f"Kobolt. {'Fyllnad här. ' * 50}Kobolt ur gruvor ger vatten. {'Slut. ' * 80}"
    excerpt = marker("kobolt vatten gruva", text).excerpt(text)
    assert excerpt.count("<mark>") == 3


def test_a_text_without_the_words_is_shown_from_its_beginning():
    text = "Början. " + "Mer text. " * 100
    assert marker("zebra", text).excerpt(text).startswith("Början. Mer")


def test_one_endless_word_is_cut_without_being_lost():
    text = "a" * 5000
    assert len(marker("krav", text).excerpt(text)) <= LONGEST + 10
