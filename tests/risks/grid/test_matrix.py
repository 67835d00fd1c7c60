"""What stays itself when the texts of a cell change."""

from itertools import cycle, islice
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks.grid.matrix import match, weave

texts = st.lists(st.text(st.characters(codec="utf-8"), max_size=8), max_size=6)


@pytest.mark.parametrize(
    ("old", "new", "matches"),
    [
        pytest.param(["a b c"], ["a b c"], [0], id="the same"),
        pytest.param(["hög risk för brand"], ["hög risk för bränder"], [0], id="edited"),
        pytest.param(["ett", "två"], ["två", "ett"], [1, 0], id="reordered"),
        pytest.param(["gruvor"], ["transporter"], [None], id="another one"),
        pytest.param(["ett", "tre"], ["ett", "två", "tre"], [0, None, 1], id="one between"),
        pytest.param(
            ["risk för brand"], ["risk för bränder", "risk för brand"], [None, 0], id="same wins"
        ),
    ],
)
def test_a_text_continues_the_old_one_that_it_is(old, new, matches):
    assert match(old, new) == matches


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Barnarbete förekommer i gruvor.", "Barnarbete kan förekomma i gruvor."),
        ("Otrygga anställningar", "Otrygga anställningsformer"),
        ("Korruption vid tilldelning av tillstånd.", "Korruption när tillstånd tilldelas."),
        (
            "Långa arbetsdagar och låga löner i fabrikerna.",
            "Långa arbetsdagar, obetald övertid och låga löner i fabrikerna.",
        ),
        (
            "Risk för tvångsarbete vid utvinning av kobolt.",
            "Vid utvinning av kobolt finns risk för tvångsarbete.",
        ),
        (
            "Arbetare utsätts för farliga kemikalier.",
            "Arbetarna exponeras för farliga kemikalier i produktionen.",
        ),
        ("Smältverkens utslapp är stora.", "Smältverkens utsläpp är stora."),
    ],
)
def test_a_reworded_line_is_the_line_it_was(before, after):
    others = ["Buller stör dem som bor nära.", "Mutor betalas för intyg om ursprung."]
    assert match([*others, before], [after, *others]) == [2, 0, 1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Vattenbrist där metallen bryts.", "Strejkrätt saknas i lagen."),
        ("Hög elanvändning under drift.", "Hög andel inhyrd personal."),
        ("Barnarbete", "Tvångsarbete"),
    ],
)
def test_another_line_in_the_same_place_is_a_new_one(before, after):
    assert match([before], [after]) == [None]


def test_lines_of_one_pattern_go_by_what_tells_them_apart():
    places = ["Arlanda", "Boden", "Ystad", "Kiruna", "Visby"]
    old = [f"Lagret i {place} kan brinna." for place in places]
    new = [f"Lagret i {place} kan översvämmas." for place in reversed(places)]
    assert match(old, new) == [4, 3, 2, 1, 0]


def test_four_hundred_reworded_lines_are_compared_in_no_time():
    """Letter by letter it took a minute and more."""
    words = "gruvor arbete kobolt utsläpp vatten mark luft löner fabrik smältverk mutor hälsa"
    endless_words = cycle(words.split())
    old = [" ".join(islice(endless_words, 29)) + f" nummer {at}." for at in range(400)]
    new = [text.replace("luft", "klimat") + " Dessutom buller." for text in old]
    start = process_time()
    matches = match(old, new)
    assert process_time() - start < 10
    assert sum(at == index for at, index in enumerate(matches)) > 390


@given(texts, texts)
def test_no_old_text_is_continued_twice(old, new):
    indexes = [index for index in match(old, new) if index is not None]
    assert len(indexes) == len(set(indexes))
    assert len(match(old, new)) == len(new)


@given(texts)
def test_every_text_continues_itself(old):
    matches = match(old, old)
    assert [old[index] for index in matches if index is not None] == old


def test_kinds_keep_their_order_in_the_cell():
    woven = weave(["opportunity", "risk"], {"risk": ["r1", "r2"], "opportunity": ["o1"]})
    assert woven == [("opportunity", "o1"), ("risk", "r1"), ("risk", "r2")]


def test_new_kinds_come_last():
    assert weave([], {"risk": ["r"], "opportunity": ["o"]}) == [
        ("risk", "r"),
        ("opportunity", "o"),
    ]


@given(st.lists(st.sampled_from(["risk", "opportunity"])), texts, texts)
def test_weaving_loses_nothing_and_keeps_each_kinds_order(kinds, risks, opportunities):
    woven = weave(kinds, {"risk": risks, "opportunity": opportunities})
    assert [text for kind, text in woven if kind == "risk"] == risks
    assert [text for kind, text in woven if kind == "opportunity"] == opportunities
