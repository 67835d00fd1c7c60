"""Which item of a plan a document goes on with, and what only a person can tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks.importing.sameness import ComparableItem, is_reworded, pair


def items(*rows: tuple) -> list[ComparableItem]:
    return [ComparableItem(*row) for row in rows]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Andelen avtal som följs upp", "Andel avtal som har följts upp"),
        ("Öka spårbarheten i leverantörskedjan", "Ökad spårbarhet i leverantörskedjorna"),
        ("Uppföljning av datahallar genomförd", "Uppföljning av datahallar är genomförd."),
        ("Kraven används i nya avtal", "Kraven används i nya avtal i alla regioner"),
        ("bord och hyllor", "bord, hyllor"),
        ("Uppföljning genomförd", "Uppfoljning genomförd"),
    ],
)
def test_other_words_for_the_same_are_the_same(before, after):
    assert is_reworded(before, after)
    pairs = pair(items(("1.1", before)), items(("1.2", after)))
    assert (pairs.matches, pairs.doubtful) == ([0], [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Uppföljning av servrar genomförd", "Uppföljning av datahallar genomförd"),
        ("Minst 50 % av avtalen följs upp", "Minst 60 % av avtalen följs upp"),
        ("Kravpaket för servrar framtaget", "Kravpaket för nätverk framtaget"),
        ("Krav för servrar", "Krav för servrar samt lärdomar införlivade"),
        ("servrar", "servrar och lagring"),
        ("Antal avtal", "Ett kravpaket är beslutat"),
    ],
)
def test_what_may_be_about_something_else_is_asked(before, after):
    pairs = pair(items(("1.1", before)), items(("1.1", after)))
    assert (pairs.matches, pairs.doubtful) == ([None], [(0, 0)])


def test_words_win_over_numbers():
    pairs = pair(
        items(("1.1", "Krav är framtagna"), ("1.2", "Uppföljning är genomförd")),
        items(("1.1", "Uppföljning är genomförd"), ("1.2", "Krav är framtagna")),
    )
    assert (pairs.matches, pairs.doubtful) == ([1, 0], [])


def test_an_item_that_is_split_goes_on_as_none_of_its_parts_by_itself():
    pairs = pair(
        items(("1.1", "Uppföljning av servrar och datahallar i alla regioner genomförd")),
        items(
            ("1.1", "Uppföljning av servrar i alla regioner genomförd"),
            ("1.2", "Uppföljning av datahallar i alla regioner genomförd"),
        ),
    )
    assert pairs.matches == [None, None]
    assert len(pairs.doubtful) == 1


def test_two_items_that_become_one_are_asked_about():
    pairs = pair(
        items(
            ("1.1", "Uppföljning av servrar i alla regioner genomförd"),
            ("1.2", "Uppföljning av datahallar i alla regioner genomförd"),
        ),
        items(("1.1", "Uppföljning av servrar och datahallar i alla regioner genomförd")),
    )
    assert pairs.matches == [None]
    assert len(pairs.doubtful) == 1


def test_words_that_several_share_stay_where_they_stood():
    old = items(("1.1", "Antal avtal", "a"), ("1.2", "Antal avtal", "b"))
    new = items(("1.1", "Antal avtal", "b"), ("1.2", "Antal avtal", "c"))
    pairs = pair(old, new)
    assert (pairs.matches, pairs.doubtful) == ([1, None], [(0, 1)])


WORDS = ["Krav", "Avtal", "Servrar", "Hallar", "Uppföljning", "är", "klar", "50"]
texts = st.lists(st.sampled_from(WORDS))
sides = st.lists(
    st.builds(ComparableItem, st.sampled_from(["1", "2", "3"]), texts.map(" ".join)), max_size=5
)


@given(sides, sides)
def test_each_item_goes_on_once_at_most_and_is_asked_about_once(old, new):
    pairs = pair(old, new)
    taken = [at for at in pairs.matches if at is not None]
    assert len(taken) == len(set(taken))
    for side, left in zip(
        zip(*pairs.doubtful, strict=True) or ((), ()),
        (pairs.left(len(old)), [n for n, at in enumerate(pairs.matches) if at is None]),
        strict=False,
    ):
        assert len(set(side)) == len(side)
        assert set(side) <= set(left)
    # The order of either side decides nothing but between equals.
    assert pair(old, old).matches == list(range(len(old))) or len(set(old)) < len(old)
