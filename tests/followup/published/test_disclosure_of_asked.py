"""How often requirements were asked about: what is withheld follows from nothing that is public.

The attacker reads every public count: of the plan and its areas on the pages of status, of each
requirement on its page (in each version the same), and of each cell on the overview. A follow-up
is of one area and asks about some requirements, and each count is a sum over follow-ups.
"""

from fractions import Fraction
from itertools import chain, combinations, product

from hypothesis import example, given
from hypothesis import strategies as st

from followup.published.asking import Behind, withheld_of
from followup.published.counting import Contracts
from followup.published.standing import disclosed
from followup.status.suppression import enough, withheld_asked

AREAS = (1, 2)
NAMES = ("a", "b", "c", "d")
ASKED = tuple(
    frozenset(one) for one in chain.from_iterable(combinations(NAMES, at) for at in range(5))
)
# The requirements that treat each cell of a matrix; two cells may have the same.
CELLS = (frozenset("a"), frozenset("ab"), frozenset("bc"), frozenset("abcd"))
FOLLOW_UP = st.tuples(st.sampled_from(AREAS), st.integers(0, 7), st.sampled_from(ASKED))
ONE_EACH = st.tuples(st.sampled_from(AREAS), st.integers(0, 7), st.sampled_from(ASKED[1:5]))
FollowUps = list[tuple[int, int, frozenset[str]]]
# What a count is of, among all that a follow-up can be: an area, and what it asks about.
Figure = dict[tuple[int, frozenset[str]], int]
KINDS = tuple(product(AREAS, ASKED))


def figure(area: int | None = None, asking: frozenset[str] | None = None) -> Figure:
    """The count of follow-ups of an area, or of all, that ask about one of some requirements."""
    return {
        (of, asked): int(area in (None, of) and (asking is None or bool(asking & asked)))
        for of, asked in KINDS
    }


def figures(follow_ups: FollowUps) -> tuple[list[Figure], list[Figure]]:
    """What is told and what is withheld of these follow-ups, all of them done."""
    behind = Behind()
    for area, contract, _asked in follow_ups:
        behind.add(area, str(contract), done=True)
    contracts: list[Contracts] = list(behind.contracts(""))
    kept = disclosed(contracts)
    if not kept.whole:
        return [], []
    rows = [(area, str(contract), asked) for area, contract, asked in follow_ups]
    gone = withheld_of(behind, rows)
    of_areas = [figure(one.area) for one in contracts]
    asked = frozenset[str]().union(*(names for _area, _contract, names in rows))
    cells = [cell & asked for cell in CELLS if cell & asked]
    told = [figure(), *(of_areas if kept.parts else [])]
    hidden = [] if kept.parts else of_areas
    for names in [*(frozenset([name]) for name in sorted(asked)), *cells]:
        (hidden if names & gone else told).append(figure(asking=names))
    return told, hidden


def follows(target: Figure, told: list[Figure]) -> bool:
    """Whether a count is some of the others, added and taken away, whatever was asked."""
    rows = [[Fraction(one[kind]) for kind in KINDS] for one in told]
    left = [Fraction(target[kind]) for kind in KINDS]
    for at in range(len(KINDS)):
        pivot = next((row for row in rows if row[at]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows = [_less(row, pivot, at) for row in rows]
        left = _less(left, pivot, at)
    return not any(left)


def _less(row: list[Fraction], pivot: list[Fraction], at: int) -> list[Fraction]:
    share = row[at] / pivot[at]
    return [one - share * other for one, other in zip(row, pivot, strict=True)]


def test_the_attacker_knows_how_to_subtract():
    areas = [figure(area) for area in AREAS]
    assert follows(areas[0], [figure(), areas[1]])
    assert not follows(areas[0], [figure(), figure(asking=frozenset("a"))])


@given(st.lists(FOLLOW_UP, max_size=12))
def test_no_withheld_count_is_a_sum_of_told_ones_whatever_was_asked(follow_ups):
    told, hidden = figures(follow_ups)
    for one in hidden:
        assert not follows(one, told)


@given(st.lists(ONE_EACH, max_size=14))
@example(
    [
        *((1, contract, frozenset("a")) for contract in (0, 1, 2)),
        (1, 0, frozenset("b")),
        *((2, contract, frozenset("b")) for contract in (0, 1, 2)),
    ]
)
def test_where_each_asks_about_one_nothing_that_is_left_is_of_few(follow_ups):
    """The plan and its areas, less any requirements that are told: a tester tries just that."""
    told, _hidden = figures(follow_ups)
    found = {(area, contract, *asked) for area, contract, asked in follow_ups}
    for area in (None, *AREAS):
        if figure(area) not in told:
            continue
        here = {one for one in found if area in (None, one[0])}
        named = [
            name
            for name in NAMES
            # Of an area only what nowhere else was asked about can be taken away.
            if figure(asking=frozenset([name])) in told
            and all(one[0] == area for one in found if area is not None and one[2] == name)
        ]
        for gone in chain.from_iterable(combinations(named, at) for at in range(len(named) + 1)):
            left = {contract for _area, contract, name in here if name not in gone}
            assert enough(len(left)), (area, gone)


def test_a_rare_requirement_hides_behind_the_next_rarest():
    """Five contracts in all, SE-01 in three of them: SE-02 would be in the other two."""
    assert withheld_asked([{"SE-01": 0b111, "SE-02": 0b11000}]) == {"SE-01", "SE-02"}
    # Two that are rare hide each other.
    rare = {"SE-02": 0b11000, "SE-03": 0b1100000}
    assert withheld_asked([{"SE-01": 0b111, **rare}]) == {"SE-02", "SE-03"}
    # In two areas each has its own to hide.
    areas = [{"SE-01": 0b111, "SE-02": 0b1000}, {"SE-04": 0b1110000, "SE-03": 0b11 << 7}]
    assert withheld_asked(areas) == {"SE-01", "SE-02", "SE-03", "SE-04"}


def test_what_many_contracts_stand_behind_is_told():
    assert withheld_asked([{"SE-01": 0b111, "SE-02": 0b1111}, {"SE-01": 0b1}]) == frozenset()


def test_what_only_one_area_has_cannot_be_taken_from_it():
    """Area 1 less SE-01 would be SE-02 there, in one contract: so SE-01 hides it."""
    areas = [{"SE-01": 0b111, "SE-02": 0b1}, {"SE-02": 0b111}]
    assert withheld_asked(areas) == {"SE-01"}
