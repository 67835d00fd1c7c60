"""What stays itself when the texts of a cell change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks.matrix import match, weave

texts = st.lists(st.text(st.characters(codec="utf-8"), max_size=8), max_size=6)


@pytest.mark.parametrize(
    ("old", "new", "found"),
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
def test_a_text_continues_the_old_one_that_it_is(old, new, found):
    assert match(old, new) == found


@given(texts, texts)
def test_no_old_text_is_continued_twice(old, new):
    found = [index for index in match(old, new) if index is not None]
    assert len(found) == len(set(found))
    assert len(match(old, new)) == len(new)


@given(texts)
def test_every_text_continues_itself(old):
    found = match(old, old)
    assert [old[index] for index in found if index is not None] == old


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
