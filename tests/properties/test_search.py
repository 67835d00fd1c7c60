"""Whatever somebody writes is a question, and whatever is published can be found and shown."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from requirements_pkg.language.terms import Splitter, tokens, written
from requirements_pkg.searching.excerpts import WantedWords, WordMarker
from requirements_pkg.searching.question import SearchQuestion

SPLITTER = Splitter.of_words(["kobolt", "gruva", "brytning"])
PARTS = ["krav", "Kraven", "hållbarhets", "mineral", "SE-01", "se01", "koboltgruva", "-", ":", "å"]
WRITTEN = st.text() | st.lists(st.sampled_from(PARTS)).map(" ".join)
WRITTEN |= st.lists(st.sampled_from(PARTS)).map("".join)
# Nothing that a query language of a database could take for its own.
TERM = re.compile(r"[^\W_]+\Z")


@given(WRITTEN)
def test_a_question_is_nothing_but_whole_words(text):
    question = SearchQuestion.of(text)
    assert all(TERM.match(term) for term in (*question.terms, question.code) if term)
    assert question == SearchQuestion.of(question.text)


@given(WRITTEN)
def test_the_terms_of_a_text_are_nothing_but_whole_words(text):
    terms = written(text, text, SPLITTER).split()
    assert all(TERM.match(term) for term in terms if term != "|")


@given(WRITTEN)
def test_no_word_goes_over_a_space(text):
    """So what stands between two spaces is taken apart once, however often it comes."""
    whole = dict.fromkeys(term for token in tokens(text) for term in SPLITTER.terms(token))
    assert list(dict.fromkeys(SPLITTER.terms_of(text))) == list(whole)


@given(st.lists(st.sampled_from([part for part in PARTS if tokens(part)]), min_size=1, max_size=8))
def test_every_text_is_found_by_its_own_words(words):
    text = " ".join(words)
    # Two words may be one that was written apart: either way of writing it is an answer.
    assert SearchQuestion.of(text).is_answered_by(written(text, "", SPLITTER))


@given(WRITTEN, WRITTEN)
def test_marking_changes_no_word_and_lets_no_html_through(question, text):
    marker = WordMarker(WantedWords(SearchQuestion.of(question)), written("", text, SPLITTER))
    html = marker.marked(text)
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert not {"<", ">"} & set(bare)
    # Compared as composed: what is shown is NFC.
    assert tokens(unescape(bare)) == tokens(text)
    assert not {"<", ">"} & set(re.sub("</?mark>", "", marker.excerpt(text)))
