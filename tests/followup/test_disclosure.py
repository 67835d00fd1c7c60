"""Small numbers: nothing that is withheld follows from what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.disclosure import BOUND, Withheld, either, shown, withheld

# Which contracts each area has; one may be in several.
AREAS = st.lists(st.frozensets(st.integers(0, 9), max_size=6), min_size=1, max_size=6)


def seen(contracts: list[frozenset[int]], counts: list[int]) -> tuple[tuple[int | None, ...], int]:
    """All that a reader sees: the areas' counts and the total, -1 where it is withheld."""
    kept = kept_back(contracts)
    areas = (None if at in kept.parts else count for at, count in enumerate(counts))
    return tuple(areas), -1 if kept.total else sum(counts)


def kept_back(contracts: list[frozenset[int]]) -> Withheld[int]:
    sizes = {at: len(one) for at, one in enumerate(contracts)}
    return withheld(sizes, len(frozenset().union(*contracts)))


@pytest.mark.parametrize(
    ("contracts", "expected"), [(0, 7), (1, None), (BOUND - 1, None), (BOUND, 7), (50, 7)]
)
def test_a_count_is_shown_from_three_contracts_on_or_where_there_is_none(contracts, expected):
    assert shown(7, contracts) == expected


def test_a_single_small_area_takes_the_next_smallest_with_it():
    assert withheld({"a": 9, "b": 2, "c": 4, "d": 0}, 15) == Withheld(frozenset("bc"))


def test_where_there_is_no_other_the_total_is_withheld():
    assert withheld({"a": 2, "b": 0}, 2) == Withheld(frozenset("a"), total=True)


def test_two_small_areas_hide_each_other_if_they_are_enough_together():
    assert withheld({"a": 9, "b": 2, "c": 2}, 13) == Withheld(frozenset("bc"))
    # The same two contracts behind both, and two more behind none but the large one.
    assert withheld({"a": 9, "b": 2, "c": 2}, 9) == Withheld(frozenset("abc"))


def test_where_all_areas_have_enough_nothing_is_withheld():
    assert withheld({"a": 3, "b": 4, "c": 0}, 5) == Withheld()


@given(AREAS)
def test_no_count_of_few_contracts_is_shown(contracts):
    kept = kept_back(contracts)
    assert {at for at, one in enumerate(contracts) if 0 < len(one) < BOUND} <= kept.parts
    everything = frozenset().union(*contracts)
    assert kept.total or shown(1, len(everything)) == 1


@given(AREAS, st.data())
def test_no_withheld_count_can_be_worked_out_from_the_rest(contracts, data):
    """Whatever the counts, others would look the same, and differ in any area withheld."""
    counts = [data.draw(st.integers(1, 9)) for _area in contracts]
    kept = kept_back(contracts)
    for hidden in kept.parts:
        others = list(counts)
        others[hidden] += 1
        if not kept.total:
            another = next(at for at in kept.parts if at != hidden)
            others[another] -= 1
        assert others != counts
        assert seen(contracts, others) == seen(contracts, counts)


@given(AREAS)
def test_what_is_left_of_the_total_rests_on_enough_contracts(contracts):
    kept = kept_back(contracts)
    behind = frozenset().union(*(contracts[at] for at in kept.parts))
    assert kept.total or not kept.parts or len(behind) >= BOUND


def test_what_is_withheld_by_one_count_is_withheld_by_all():
    planned, done = Withheld(frozenset("ab")), Withheld(frozenset("bc"), total=True)
    assert either(planned, done) == Withheld(frozenset("abc"), total=True)
