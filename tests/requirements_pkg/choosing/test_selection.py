"""A selection is what its address says: read, bounded, in one spelling, and written back."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requirements_pkg.choosing.selection import (
    MOST_CODES,
    MOST_GROUPS,
    Selection,
    TooManyCodes,
    TooManyGroups,
    parse,
    read,
)
from requirements_pkg.choosing.selection_group import SelectionGroup
from requirements_pkg.document.fill_in import LONGEST_VALUE
from tests.factories.contents import a_document, a_requirement

CONTENT = a_document(
    a_requirement("SE-04"),
    a_requirement("SE-01", text="Högst [effekt: ] W inom [antal år: 3] år."),
    a_requirement("SE-02", text="Inget att fylla i."),
)


def of(query: str) -> Selection:
    return parse(parse_qsl(query, keep_blank_values=True))


def in_version_two(selection: Selection) -> Selection:
    """The selection in its one spelling, whatever packages it names."""
    pinned = selection.pinned(lambda group: group.number or 2)
    return pinned.settled({group.key: CONTENT for group in pinned.groups})


def settled(query: str) -> Selection:
    return in_version_two(of(query))


def test_an_address_is_read_whole():
    selection = of("paket=it&version=2&krav=SE-01&krav=SE-04&f.SE-04.antal-veckor=6&mall=skane")
    group = SelectionGroup("it", 2, ("SE-01", "SE-04"), {("SE-04", "antal-veckor"): "6"})
    assert selection == Selection((group,), letterhead="skane")


def test_what_is_written_back_is_read_the_same():
    query = (
        "paket=it&version=2&krav=SE-04&krav=SE-01&f.SE-04.antal-veckor=6&f.SE-01.effekt=%C3%A5+%26"
    )
    assert of(query).query() == query
    assert settled(query).query() == query


def test_codes_stand_in_the_order_of_the_package_with_unknown_ones_last():
    selection = settled("paket=it&krav=XX-9&krav=SE-01&krav=SE-04&krav=SE-01")
    assert selection.codes == ("SE-04", "SE-01", "XX-9")
    picked = selection.first.requirements_in(CONTENT)
    assert [requirement.code for requirement in picked.requirements] == ["SE-04", "SE-01"]
    assert picked.unknown == ("XX-9",)


def test_a_code_may_be_typed_without_its_capitals():
    selection = settled("paket=it&krav=se-04&krav=SE-01&f.se-04.antal-veckor=6&ta-bort=se-01")
    assert selection.query() == "paket=it&version=2&krav=SE-04&f.SE-04.antal-veckor=6"


def test_a_removed_requirement_goes_with_what_was_filled_in_for_it():
    selection = settled("paket=it&krav=SE-04&krav=SE-02&f.SE-04.antal-veckor=6&ta-bort=SE-04")
    assert selection.codes == ("SE-02",)
    assert selection.values == {}


@pytest.mark.parametrize(
    ("filled", "kept"),
    [
        ("f.SE-04.antal-veckor=6", {("SE-04", "antal-veckor"): "6"}),
        # The default says so already, and an empty box says nothing.
        ("f.SE-04.antal-veckor=4", {}),
        ("f.SE-04.antal-veckor=", {}),
        ("f.SE-04.antal-veckor=+++", {}),
        # Of a requirement that is not chosen, or without such a place.
        ("f.SE-02.antal-veckor=6", {}),
        ("f.SE-04.effekt=6", {}),
        ("f.SE-04=6", {}),
    ],
)
def test_only_what_says_something_new_is_kept(filled, kept):
    assert settled(f"paket=it&krav=SE-04&{filled}").values == kept


@pytest.mark.parametrize("version", ["0", "01", "-1", "1.5", "två", "²", "9" * 10, ""])
def test_what_is_no_number_of_a_version_pins_to_none(version):
    assert parse([("paket", "it"), ("version", version)]).number is None


def test_a_value_is_cleaned_and_bounded():
    given_value = "a\x00\x1b\tb  c\u200b" + "x" * 1000
    selection = parse([("krav", "SE-04"), ("f.SE-04.antal-veckor", given_value)])
    (value,) = selection.values.values()
    assert value.startswith("a b cxx")
    assert len(value) == LONGEST_VALUE


def test_more_requirements_than_any_package_has_are_refused():
    codes = [("krav", f"SE-{number}") for number in range(MOST_CODES)]
    assert len(parse(codes).codes) == MOST_CODES
    # Said twice is said once.
    assert len(parse(codes * 2).codes) == MOST_CODES
    with pytest.raises(TooManyCodes):
        parse([*codes, ("krav", "TS-1")])


def test_a_name_without_end_is_left_out():
    assert parse([("f.SE-04." + "x" * 1000, "1")]).values == {}


def test_a_selection_moves_to_another_version_with_its_values():
    selection = settled("paket=it&krav=SE-04&krav=SE-02&f.SE-04.antal-veckor=6")
    moved = selection.first.moved(3, {"SE-04": "SE-07", "SE-02": "SE-02"})
    moved = selection.put(selection.first, moved)
    assert moved.query() == "paket=it&version=3&krav=SE-07&krav=SE-02&f.SE-07.antal-veckor=6"


def test_what_is_not_there_is_left_behind_though_another_has_its_code():
    selection = settled("krav=SE-04&krav=SE-01&f.SE-04.antal-veckor=6&f.SE-01.effekt=300")
    moved = selection.first.moved(3, {"SE-01": "SE-04"})
    assert moved.codes == ("SE-04",)
    assert moved.values == {("SE-04", "effekt"): "300"}


def test_each_package_begins_a_group_of_what_follows_it():
    query = (
        "paket=it&version=2&krav=SE-04&f.SE-04.antal-veckor=6"
        "&paket=mat&version=3&krav=SE-01&krav=SE-04&f.SE-04.antal-veckor=8&namn=Kommunen"
    )
    selection = settled(query)
    assert [(group.slug, group.number, group.codes) for group in selection.groups] == [
        ("it", 2, ("SE-04",)),
        ("mat", 3, ("SE-04", "SE-01")),
    ]
    assert [group.values for group in selection.groups] == [
        {("SE-04", "antal-veckor"): "6"},
        {("SE-04", "antal-veckor"): "8"},
    ]
    assert (selection.count, selection.buyer) == (3, "Kommunen")
    # The first group, as it was while there was only one.
    assert (selection.slug, selection.number, selection.codes) == ("it", 2, ("SE-04",))


def test_what_stands_before_the_first_package_is_of_it():
    assert settled("krav=SE-04&version=1&namn=X&paket=it&mall=skane&krav=SE-01").query() == (
        "paket=it&version=1&krav=SE-04&krav=SE-01&namn=X&mall=skane"
    )


def test_a_version_that_stands_twice_is_one_group():
    selection = settled(
        "paket=it&krav=SE-01&f.SE-01.effekt=300&paket=mat&version=1&krav=SE-02"
        "&paket=it&version=2&krav=SE-04&krav=SE-01&f.SE-01.effekt=200"
    )
    assert selection.query() == (
        "paket=it&version=2&krav=SE-04&krav=SE-01&f.SE-01.effekt=200"
        "&paket=mat&version=1&krav=SE-02"
    )


def test_two_versions_of_a_package_are_two_groups():
    selection = settled("paket=it&version=1&krav=SE-01&paket=it&version=2&krav=SE-01")
    assert [group.number for group in selection.groups] == [1, 2]


def test_a_group_without_a_requirement_goes_unless_there_is_no_other():
    assert settled("paket=it&paket=mat&version=1&krav=SE-02").query() == (
        "paket=mat&version=1&krav=SE-02"
    )
    assert settled("paket=it").query() == "paket=it&version=2"
    only = settled("paket=it&krav=SE-01&ta-bort=SE-01&paket=mat&krav=SE-01")
    assert only.query() == "paket=mat&version=2&krav=SE-01"


def test_what_is_taken_away_is_of_its_own_group():
    selection = settled("paket=it&krav=SE-01&ta-bort=SE-01&krav=SE-02&paket=mat&krav=SE-01")
    assert [group.codes for group in selection.groups] == [("SE-02",), ("SE-01",)]


def test_more_packages_than_a_selection_takes_are_refused():
    pairs = [
        pair
        for number in range(MOST_GROUPS)
        for pair in (("paket", f"p{number}"), ("krav", "A-1"))
    ]
    assert len(parse(pairs * 2).groups) == MOST_GROUPS
    with pytest.raises(TooManyGroups):
        parse([*pairs, ("paket", "ett-till"), ("krav", "A-1")])


def test_on_the_page_of_a_version_what_stands_first_was_chosen_there():
    pairs = parse_qsl("krav=SE-01&f.SE-01.effekt=300&paket=mat&version=1&krav=SE-02")
    groups = read(pairs, ("it", 2)).groups
    assert groups == (
        SelectionGroup("it", 2, ("SE-01",), {("SE-01", "effekt"): "300"}),
        SelectionGroup("mat", 1, ("SE-02",)),
    )
    # Also where it is named, or nothing of it was chosen.
    named = parse_qsl("paket=mat&version=1&krav=SE-02&paket=it&version=2&krav=SE-04")
    assert [group.codes for group in read(named, ("it", 2)).groups] == [("SE-04",), ("SE-02",)]
    assert read([], ("it", 2)).groups == (SelectionGroup("it", 2),)


names = st.sampled_from(
    ["paket", "version", "krav", "ta-bort", "mall", "namn", "med", "f.SE-04.antal-veckor"]
)
values = st.sampled_from(["it", "mat", "1", "SE-04", "se-01", "SE-02", "6"]) | st.text(max_size=30)
anything = st.lists(st.tuples(names | st.text(max_size=20), values), max_size=30)


@given(anything)
def test_whatever_an_address_says_its_one_spelling_stays(pairs):
    """Otherwise the page would lead to itself for ever."""
    once = in_version_two(parse(pairs))
    again = in_version_two(parse(parse_qsl(once.query(), keep_blank_values=True)))
    assert again == once
    assert in_version_two(parse(once.pairs())).pairs() == once.pairs()


@given(anything, anything)
def test_a_group_says_the_same_whatever_stands_beside_it(pairs, others):
    """Codes and places are of their own package, also where another has the same ones."""
    alone = read([("paket", "bo"), ("version", "7"), *pairs], None).groups[0]
    beside = read([("paket", "xy"), *others, ("paket", "bo"), ("version", "7"), *pairs]).groups
    again = [group for group in beside if group.key == alone.key]
    assert again == ([alone] if alone.codes else [])
