"""How often requirements were asked about: what is withheld follows from nothing that is public.

The attacker reads every public count: of the plan and its areas on the pages of status, of each
requirement on its page (in each version the same), and of each cell on the overview. A follow-up
is of one area and asks about some requirements, and each count is a sum over follow-ups.
"""

from fractions import Fraction
from itertools import chain, combinations, product

from hypothesis import example, given
from hypothesis import strategies as st

from followup.report.withheld_counts import disclosure
from followup.status.suppression import MOST_AREAS, enough, withheld_questions
from tests.followup.report.report_cases import row

AREAS = (1, 2, 3)
NAMES = ("a", "b", "c", "d")
QUESTIONS = tuple(
    frozenset(names) for names in chain.from_iterable(combinations(NAMES, at) for at in range(5))
)
# The requirements that treat each cell of a matrix; two cells may have the same.
CELLS = (frozenset("a"), frozenset("ab"), frozenset("bc"), frozenset("abcd"))
FOLLOW_UP = st.tuples(st.sampled_from(AREAS), st.integers(0, 7), st.sampled_from(QUESTIONS))
ONE_EACH = st.tuples(st.sampled_from(AREAS), st.integers(0, 7), st.sampled_from(QUESTIONS[1:5]))
FollowUps = list[tuple[int, int, frozenset[str]]]
# What a count is of, among all that a follow-up can be: an area, and what it asks about.
Figure = dict[tuple[int, frozenset[str]], int]
KINDS = tuple(product(AREAS, QUESTIONS))


def figure(area: int | None = None, asking: frozenset[str] | None = None) -> Figure:
    """The count of follow-ups of an area, or of all, that ask about one of some requirements."""
    return {
        (of, questions): int(area in (None, of) and (asking is None or bool(asking & questions)))
        for of, questions in KINDS
    }


def figures(follow_ups: FollowUps) -> tuple[list[Figure], list[Figure]]:
    """What is told and what is withheld of these follow-ups, all of them done."""
    basis = tuple(
        row(supplier, area, "".join(sorted(questions))) for area, supplier, questions in follow_ups
    )
    kept = disclosure(basis, ())
    if not kept.whole:
        return [], []
    removed = frozenset(kept.withheld)
    of_areas = [
        figure(area) for area in sorted({area for area, _supplier, _questions in follow_ups})
    ]
    questions = frozenset[str]().union(*(names for _area, _supplier, names in follow_ups))
    cells = [cell & questions for cell in CELLS if cell & questions]
    public = [figure(), *(of_areas if kept.areas else [])]
    hidden = [] if kept.areas else of_areas
    for names in [*(frozenset([name]) for name in sorted(questions)), *cells]:
        (hidden if names & removed else public).append(figure(asking=names))
    return public, hidden


def follows(target: Figure, public: list[Figure]) -> bool:
    """Whether a count is some of the others, added and taken away, whatever was asked."""
    rows = [[Fraction(count[kind]) for kind in KINDS] for count in public]
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
    return [number - share * other for number, other in zip(row, pivot, strict=True)]


def test_the_attacker_knows_how_to_subtract():
    areas = [figure(area) for area in AREAS]
    assert follows(areas[0], [figure(), *areas[1:]])
    assert not follows(areas[0], [figure(), figure(asking=frozenset("a"))])


@given(st.lists(FOLLOW_UP, max_size=12))
def test_no_withheld_count_is_a_sum_of_told_ones_whatever_was_asked(follow_ups):
    public, hidden = figures(follow_ups)
    for withheld in hidden:
        assert not follows(withheld, public)


@given(st.lists(ONE_EACH, max_size=14))
@example(
    [
        *((1, contract, frozenset("a")) for contract in (0, 1, 2)),
        (1, 0, frozenset("b")),
        *((2, contract, frozenset("b")) for contract in (0, 1, 2)),
    ]
)
@example(
    [
        *((area, contract, frozenset("a")) for area in (1, 2) for contract in (0, 1, 2)),
        *((area, 0, frozenset("b")) for area in (1, 2)),
        *((3, contract, frozenset("b")) for contract in (0, 1, 2)),
    ]
)
def test_where_each_asks_about_one_nothing_that_is_left_is_of_few(follow_ups):
    """Areas and requirements that are told, added and taken away: a tester tries just that.

    What is left is a count, and known to be one, where no follow-up is taken away that was not
    there. The plan is its areas together, and a cell its requirements.
    """
    public, _hidden = figures(follow_ups)
    triples = sorted({(area, contract, *questions) for area, contract, questions in follow_ups})
    rows = [
        [area in (None, of) and named in (None, name) for of, _contract, name in triples]
        for area, named in [(area, None) for area in AREAS] + [(None, name) for name in NAMES]
        if figure(area, None if named is None else frozenset([named])) in public
    ]
    for signs in product((-1, 0, 1), repeat=len(rows)):
        used = [(sign, row) for sign, row in zip(signs, rows, strict=True) if sign]
        left = [sum(sign * row[at] for sign, row in used) for at in range(len(triples))]
        if min(left, default=0) >= 0:
            about = {triple[1] for triple, number in zip(triples, left, strict=True) if number}
            assert enough(len(about)), (signs, about)


def test_a_rare_requirement_hides_behind_the_next_rarest():
    """Five contracts in all, SE-01 in three of them: SE-02 would be in the other two."""
    assert withheld_questions([{"SE-01": 0b111, "SE-02": 0b11000}]) == {"SE-01", "SE-02"}
    # Two that are rare hide each other.
    rare = {"SE-02": 0b11000, "SE-03": 0b1100000}
    assert withheld_questions([{"SE-01": 0b111, **rare}]) == {"SE-02", "SE-03"}
    # In two areas each has its own to hide.
    areas = [{"SE-01": 0b111, "SE-02": 0b1000}, {"SE-04": 0b1110000, "SE-03": 0b11 << 7}]
    assert withheld_questions(areas) == {"SE-01", "SE-02", "SE-03", "SE-04"}


def test_what_many_contracts_stand_behind_is_told():
    areas = [{"SE-01": 0b111, "SE-02": 0b1111}, {"SE-01": 0b111000}]
    assert withheld_questions(areas) == frozenset()


def test_what_only_one_area_has_cannot_be_taken_from_it():
    """Area 1 less SE-01 would be SE-02 there, in one contract; so would SE-02 less area 2."""
    areas = [{"SE-01": 0b111, "SE-02": 0b1}, {"SE-02": 0b111}]
    assert withheld_questions(areas) == {"SE-01", "SE-02"}
    areas = [{"SE-01": 0b111, "SE-02": 0b1}, {"SE-02": 0b1111, "SE-03": 0b1, "SE-04": 0b11}]
    assert {"SE-01", "SE-03", "SE-04"} <= withheld_questions(areas)


def test_what_only_two_areas_have_cannot_be_taken_from_them_together():
    """Less SE-01 the two would tell of SE-02 there, in one contract."""
    two = [{"SE-01": 0b111, "SE-02": 0b1}, {"SE-01": 0b11100, "SE-02": 0b1}]
    assert withheld_questions([*two, {"SE-02": 0b111, "SE-03": 0b1, "SE-04": 0b110}]) == {
        *("SE-01", "SE-03", "SE-04")
    }


def test_an_area_cannot_be_taken_from_what_it_was_asked_about():
    """SE-01 and SE-02 less area 1 would be SE-01 in area 2, in one contract."""
    areas = [{"SE-01": 0b111, "SE-02": 0b1111}, {"SE-01": 0b1, "SE-03": 0b111}]
    assert "SE-01" in withheld_questions(areas)


def test_of_more_areas_than_can_be_tried_what_they_share_is_of_enough_in_each():
    many = [{"SE-01": 0b111, "SE-02": 0b111000} for _area in range(MOST_AREAS + 1)]
    assert withheld_questions(many) == frozenset()
    assert withheld_questions([*many, {"SE-01": 0b1, "SE-09": 0b111}]) == {"SE-01", "SE-09"}
