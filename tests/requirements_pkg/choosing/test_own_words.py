"""What a buyer decides herself of a requirement: in the address, bounded, in one spelling."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requirements_pkg.choosing.own_words import OwnWords, number
from requirements_pkg.choosing.selection import Selection, parse
from requirements_pkg.document.fill_in import LONGEST_VALUE
from tests.factories.contents import a_document, a_requirement

CONTENT = a_document(
    a_requirement("SE-01"),
    a_requirement("TK-03", kind="award", max_points=10, scale="10: allt."),
)


def settled(query: str) -> Selection:
    selection = parse(parse_qsl(query, keep_blank_values=True)).pinned(lambda group: 2)
    return selection.settled({group.key: CONTENT for group in selection.groups})


def test_it_is_written_back_in_one_order():
    query = (
        "paket=it&version=2&krav=SE-01&krav=TK-03&e.SE-01.anteckning=Viktigt&e.SE-01.rubrik=Energi"
        "&e.SE-01.plats=2&e.TK-03.poang=20&e.TK-03.skala=20%3A+allt&summa=20&varde=avdrag"
    )
    assert settled(query).query() == query
    mixed = "varde=avdrag&e.tk-03.poang=2+0&paket=it&krav=tk-03&summa=020&e.TK-03.skala=20:+allt"
    assert settled(mixed).query() == (
        "paket=it&version=2&krav=TK-03&e.TK-03.poang=20&e.TK-03.skala=20%3A+allt"
        "&summa=20&varde=avdrag"
    )


@pytest.mark.parametrize(
    "own",
    [
        # No more than the package says, or nothing.
        "e.TK-03.poang=10",
        "e.TK-03.skala=10%3A+allt.",
        "e.TK-03.poang=0",
        "e.TK-03.poang=-5",
        "e.TK-03.poang=1,5",
        "e.TK-03.poang=1234567890",
        "e.TK-03.plats=0",
        "e.TK-03.plats=1000",
        "e.TK-03.rubrik=+",
        # Of what gives no points, was not chosen, or is not known.
        "e.SE-01.poang=5",
        "e.XX-9.anteckning=x",
        "e.TK-03.annat=x",
        "e.TK-03=x",
        "summa=0",
        "varde=annat",
    ],
)
def test_what_says_nothing_new_is_left_out(own):
    query = "paket=it&version=2&krav=TK-03"
    assert settled(f"{query}&{own}").query() == query


def test_words_are_cleaned_and_bounded():
    note = settled("paket=it&krav=SE-01&e.SE-01.anteckning=a%00%0Ab" + "x" * 1000)
    assert len(OwnWords.of(CONTENT.requirements[0], note.first.own).note) == LONGEST_VALUE
    heading = settled("paket=it&krav=SE-01&e.SE-01.rubrik=" + "x" * 1000)
    assert len(OwnWords.of(CONTENT.requirements[0], heading.first.own).heading) == 100


def test_it_moves_to_another_version_with_its_requirement():
    group = settled("paket=it&krav=SE-01&krav=TK-03&e.TK-03.poang=20").first
    assert group.moved(3, {"TK-03": "TK-09"}).own == {("TK-09", "poang"): "20"}


@given(st.text(max_size=12))
def test_a_number_is_a_number_or_none(text):
    value = number(text)
    assert value is None or 0 < value < 10**9


names = st.sampled_from(
    [
        f"e.{code}.{what}"
        for code in ("SE-01", "TK-03", "xx-1")
        for what in ("anteckning", "rubrik", "plats", "poang", "skala", "annat")
    ]
)
values = st.sampled_from(["1", "10", "020", "999", " 7 ", "10: allt."]) | st.text(max_size=20)


@given(st.lists(st.tuples(names, values), max_size=12))
def test_whatever_is_said_its_one_spelling_stays(own):
    pairs = [("paket", "it"), ("krav", "SE-01"), ("krav", "TK-03"), *own]
    selection = parse(pairs).pinned(lambda group: 2)
    once = selection.settled({("it", 2): CONTENT})
    again = parse(parse_qsl(once.query(), keep_blank_values=True)).settled({("it", 2): CONTENT})
    assert again == once
