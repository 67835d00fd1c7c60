"""A selection is what its address says: read, bounded, in one spelling, and written back."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requirements_pkg.choosing.selection import MOST_CODES, Selection, TooManyCodes, parse
from requirements_pkg.document.fill_in import LONGEST_VALUE
from tests.factories.contents import a_document, a_requirement

CONTENT = a_document(
    a_requirement("SE-04"),
    a_requirement("SE-01", text="Högst [effekt: ] W inom [antal år: 3] år."),
    a_requirement("SE-02", text="Inget att fylla i."),
)


def read(query: str) -> Selection:
    return parse(parse_qsl(query, keep_blank_values=True))


def settled(query: str) -> Selection:
    return read(query).settled(CONTENT, 2)


def test_an_address_is_read_whole():
    selection = read("paket=it&version=2&krav=SE-01&krav=SE-04&f.SE-04.antal-veckor=6&mall=skane")
    assert selection == Selection(
        "it", 2, ("SE-01", "SE-04"), {("SE-04", "antal-veckor"): "6"}, letterhead="skane"
    )


def test_what_is_written_back_is_read_the_same():
    query = (
        "paket=it&version=2&krav=SE-04&krav=SE-01&f.SE-04.antal-veckor=6&f.SE-01.effekt=%C3%A5+%26"
    )
    assert read(query).query() == query
    assert settled(query).query() == query


def test_codes_stand_in_the_order_of_the_package_with_unknown_ones_last():
    selection = settled("paket=it&krav=XX-9&krav=SE-01&krav=SE-04&krav=SE-01")
    assert selection.codes == ("SE-04", "SE-01", "XX-9")
    picked = selection.requirements_in(CONTENT)
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
    moved = selection.moved(3, {"SE-04": "SE-07", "SE-02": "SE-02"})
    assert moved.query() == "paket=it&version=3&krav=SE-07&krav=SE-02&f.SE-07.antal-veckor=6"


def test_what_is_not_there_is_left_behind_though_another_has_its_code():
    selection = settled("krav=SE-04&krav=SE-01&f.SE-04.antal-veckor=6&f.SE-01.effekt=300")
    moved = selection.moved(3, {"SE-01": "SE-04"})
    assert moved.codes == ("SE-04",)
    assert moved.values == {("SE-04", "effekt"): "300"}


names = st.sampled_from(
    ["paket", "version", "krav", "ta-bort", "mall", "namn", "med", "f.SE-04.antal-veckor"]
)
anything = st.lists(st.tuples(names | st.text(max_size=20), st.text(max_size=30)), max_size=20)


@given(anything)
def test_whatever_an_address_says_its_one_spelling_stays(pairs):
    """Otherwise the page would lead to itself for ever."""
    once = parse(pairs).settled(CONTENT, 2)
    again = parse(parse_qsl(once.query(), keep_blank_values=True)).settled(CONTENT, 2)
    assert again == once
    assert parse(once.pairs()).settled(CONTENT, 2).pairs() == once.pairs()
