"""Small numbers: nothing that is withheld follows from what is shown."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.status.suppression import (
    BOUND,
    MOST_AREAS,
    SuppressedCounts,
    disclosed,
    enough,
    may_tell_findings,
)

AREAS, REQUIREMENTS = 3, 3
# Where a contract was followed up: a set of areas, each with the requirements that it asks about.
QUESTIONS = st.frozensets(
    st.tuples(st.integers(0, AREAS - 1), st.integers(0, REQUIREMENTS - 1)), max_size=4
)
CONTRACTS = st.lists(QUESTIONS, max_size=9)
# Whom a figure is about: the contract, the area and the requirement.
Atom = tuple[int, int, int]


def public_figures(contracts: list[frozenset[tuple[int, int]]]) -> list[frozenset[Atom]]:
    """All figures of what was found that are shown, each as what it is the sum of."""
    atoms = {(at, *where) for at, places in enumerate(contracts) for where in places}
    of_area = [{atom for atom in atoms if atom[1] == area} for area in range(AREAS)]
    of_requirement = [{atom for atom in atoms if atom[2] == name} for name in range(REQUIREMENTS)]
    kept = disclosed([behind(atoms)], [[behind(area)] for area in of_area])
    figures = [atoms] if kept.whole else []
    if kept.parts:
        figures += of_area
    areas = of_area if kept.parts else [atoms]
    if kept.whole and may_tell_findings([bits(area) for area in areas]):
        figures += of_requirement
    return [frozenset(figure) for figure in figures if figure]


def behind(atoms: set[Atom]) -> int:
    return len({contract for contract, _area, _requirement in atoms})


def bits(atoms: set[Atom]) -> dict[int, int]:
    masks: dict[int, int] = {}
    for contract, _area, requirement in atoms:
        masks[requirement] = masks.get(requirement, 0) | 1 << contract
    return masks


@pytest.mark.parametrize(
    ("contracts", "expected"),
    [(0, True), (1, False), (BOUND - 1, False), (BOUND, True), (50, True)],
)
def test_a_count_is_told_from_three_contracts_on_or_where_there_is_none(contracts, expected):
    assert enough(contracts) == expected


@pytest.mark.parametrize(
    ("whole", "parts", "expected"),
    [
        ([9], [[3], [4], [0]], SuppressedCounts(whole=True, parts=True)),
        # What is left of the whole would be that of the others.
        ([9], [[3], [4], [2]], SuppressedCounts(whole=True, parts=False)),
        ([9], [[4], [1], [2], [2]], SuppressedCounts(whole=True, parts=False)),
        ([2], [[2], [0]], SuppressedCounts(whole=False, parts=False)),
        # Few were followed up of the many that are to be.
        ([9, 3], [[5, 3], [4, 0]], SuppressedCounts(whole=True, parts=True)),
        ([9, 3], [[5, 2], [4, 1]], SuppressedCounts(whole=True, parts=False)),
        ([9, 2], [[9, 2]], SuppressedCounts(whole=False, parts=False)),
    ],
)
def test_of_parts_all_are_told_or_none(whole, parts, expected):
    assert disclosed(whole, parts) == expected


def test_one_requirement_of_few_contracts_withholds_all_findings():
    """The plan's are told: all but one requirement's would leave that one's, be it nought."""
    assert may_tell_findings([{"SE-01": 0b111, "SE-05": 0b111000}])
    assert not may_tell_findings([{"SE-01": 0b111, "SE-05": 0b11000}])


def test_findings_are_withheld_where_an_area_less_its_own_requirements_leaves_few():
    assert may_tell_findings([{"own": 0b111, "shared": 0b111}, {"shared": 0b111000}])
    assert not may_tell_findings([{"own": 0b111, "shared": 0b1}, {"shared": 0b111000}])
    # Each has few of both, and neither can be taken away from anything.
    mixed = {"SE-01": 0b11, "SE-02": 0b110}
    assert may_tell_findings([mixed, {"SE-01": 0b11000, "SE-02": 0b110000}])


def test_of_more_areas_than_can_be_tried_each_number_has_to_be_enough():
    many = [{"SE-01": 0b111} for _area in range(MOST_AREAS + 1)]
    assert may_tell_findings(many)
    assert not may_tell_findings([*many, {"SE-01": 0b11}])


@given(CONTRACTS)
def test_who_subtracts_all_that_is_public_from_all_that_is_finds_nothing_of_few(contracts):
    """Whatever is added and taken away: what is left, if it is a count, rests on enough."""
    figures = public_figures(contracts)
    atoms = sorted(frozenset[Atom]().union(*figures))
    rows = [[atom in figure for atom in atoms] for figure in figures]
    for signs in product((-1, 0, 1), repeat=len(figures)):
        used = [(sign, row) for sign, row in zip(signs, rows, strict=True) if sign]
        left = [sum(sign * row[at] for sign, row in used) for at in range(len(atoms))]
        if min(left, default=0) >= 0:
            about = {atom for atom, number in zip(atoms, left, strict=True) if number}
            assert enough(behind(about)), (signs, about)
