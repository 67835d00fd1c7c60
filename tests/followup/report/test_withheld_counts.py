"""What is told of counts, and that it stays with too few suppliers untold over time."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.report.basis import Basis, Disclosure, FollowUpBasis, changed, contributions
from followup.report.withheld_counts import (
    BEFORE_ALL,
    EarlierCounts,
    disclosure,
    repeats,
    tells_too_much,
)
from followup.status.suppression import BOUND
from tests.followup.report.report_cases import row

SUPPLIERS, AREAS, NAMES = range(7), (1, 2), "abc"
ROWS = st.builds(
    row,
    st.sampled_from(SUPPLIERS),
    st.sampled_from(AREAS),
    st.sampled_from(["", "a", "ab", "abc", "c"]),
    broken=st.sampled_from(["", "a", "c"]),
    is_done=st.booleans(),
    is_summarised=st.sampled_from([False, False, False, True]),
)
REPORTS = st.lists(st.lists(ROWS, max_size=9), min_size=2, max_size=3)


def published(reports: list[list]) -> list[EarlierCounts]:
    """The counts that reports tell which grow from each other, the last ones repeated or not."""
    earlier: list[EarlierCounts] = []
    basis: Basis = ()
    for rows in reports:
        basis = (*basis, *(_known_later(follow_up, earlier) for follow_up in rows))
        now = disclosure(basis, earlier)
        earlier.append(earlier[-1] if repeats(basis, earlier, now) else EarlierCounts(basis, now))
    return earlier


def _known_later(follow_up: FollowUpBasis, earlier: list[EarlierCounts]) -> FollowUpBasis:
    """The follow-up, whose summary waits where it would tell of an earlier count."""
    if tells_too_much({follow_up.supplier}, earlier):
        return msgspec.structs.replace(follow_up, is_summarised=False)
    return follow_up


def figures(counts: EarlierCounts) -> dict[object, frozenset[tuple[str, object]]]:
    """Each count that is told, as what the suppliers add to it."""
    tables, kept = contributions(counts.basis), counts.disclosure
    if not kept.whole:
        return {}
    figures_by_name: dict[object, set] = {}

    def add(figure: object, supplier: str, value: object) -> None:
        figures_by_name.setdefault(figure, set()).add((supplier, value))

    for name in ("planned", "done"):
        for (area, supplier), value in getattr(tables, name).items():
            add(name, supplier, (area, frozenset(value.items())))
            if kept.areas:
                add((name, area), supplier, frozenset(value.items()))
    for ((area, uid), supplier), value in tables.questions.items():
        if uid not in kept.withheld:
            add(("asked", uid), supplier, (area, frozenset(value.items())))
    for ((area, uid), supplier), value in tables.findings.items():
        if kept.findings:
            add(("found", uid), supplier, (area, frozenset(value.items())))
    return {figure: frozenset(pairs) for figure, pairs in figures_by_name.items()}


def summarised(counts: EarlierCounts) -> set[str]:
    return {follow_up.supplier for follow_up in counts.basis if follow_up.is_summarised}


@given(REPORTS)
def test_no_two_reports_differ_by_few_suppliers_that_no_summary_is_about(reports):
    for before, after in pairwise([BEFORE_ALL, *published(reports)]):
        known = summarised(before) | summarised(after)
        older, newer = figures(before), figures(after)
        shared = newer.keys() if before is BEFORE_ALL else older.keys() & newer.keys()
        for figure in shared:
            behind = {name for name, _value in older.get(figure, frozenset()) ^ newer[figure]}
            unknown = behind - known
            assert not behind or len(behind) >= BOUND, (figure, behind)
            assert not unknown or len(unknown) >= BOUND, (figure, unknown)


def test_what_no_supplier_stands_behind_is_told():
    assert disclosure((), ()) == Disclosure(whole=True, areas=True, findings=True)


@pytest.mark.parametrize(("number", "expected"), [(1, False), (BOUND - 1, False), (BOUND, True)])
def test_suppliers_are_counted_not_contracts(number, expected):
    basis = tuple(row(at % number) for at in range(6))
    assert disclosure(basis, ()).whole is expected


def test_those_that_nobody_has_named_are_one_supplier():
    assert not disclosure(tuple(row("") for _at in range(5)), ()).whole


def test_an_area_of_few_hides_all_areas_but_not_the_whole():
    basis = (*(row(at) for at in range(3)), row(3, area=2))
    assert disclosure(basis, ()) == Disclosure(whole=True, areas=False, findings=True)


def test_whom_a_summary_is_about_hides_nobody():
    three = tuple(row(at) for at in range(3))
    assert disclosure(three, ()).whole
    assert not disclosure((*three[:2], row(2, is_summarised=True)), ()).whole
    assert disclosure((*three, row(3, is_summarised=True)), ()).whole


def test_counts_are_repeated_until_enough_suppliers_have_come():
    first = EarlierCounts(three := tuple(row(at) for at in range(3)), disclosure(three, ()))
    for more, is_repeated in ((1, True), (2, True), (3, False)):
        later = (*three, *(row(3 + at) for at in range(more)))
        assert repeats(later, [first], disclosure(later, [first])) is is_repeated


def test_a_deviation_that_one_supplier_remedied_waits_for_others():
    open_ = tuple(row(at, questions="a", broken="a") for at in range(3))
    first = EarlierCounts(open_, disclosure(open_, ()))
    later = (*open_[:2], row(2, questions="a", closed="a"))
    assert repeats(later, [first], disclosure(later, [first]))
    all_closed = tuple(row(at, questions="a", closed="a") for at in range(3))
    assert disclosure(all_closed, [first]) == Disclosure(whole=True, areas=True, findings=True)


def test_what_is_new_of_a_requirement_rests_on_enough_too():
    basis = tuple(row(at, questions="ab") for at in range(4))
    first = EarlierCounts(basis, disclosure(basis, ()))
    more = (
        row(4, questions="ab"),
        row(5, questions="a"),
        row(6, questions="a"),
        row(7, questions="a"),
    )
    assert disclosure((*basis, *more), [first]).withheld
    assert disclosure((*basis, *more), ()).withheld == ()


def test_a_summary_waits_that_would_tell_the_rest_of_an_earlier_count():
    basis = tuple(row(at) for at in range(3))
    first = EarlierCounts(basis, disclosure(basis, ()))
    assert tells_too_much({"2"}, [first])
    assert not tells_too_much({"9"}, [first])
    assert not tells_too_much({"2"}, [EarlierCounts(basis, Disclosure())])
    asking = tuple(row(at, questions="a" if at < 3 else "b") for at in range(6))
    assert tells_too_much({"2"}, [EarlierCounts(asking, disclosure(asking, ()))])
    alone = Disclosure(whole=True, withheld=("a", "b"))
    assert not tells_too_much({"2"}, [EarlierCounts(asking, alone)])


def test_only_who_adds_something_else_has_changed_it():
    before, after = (
        contributions(rows)
        for rows in ((row("x"), row("y")), (row("x"), row("y"), row("y"), row("z")))
    )
    assert changed(before.done, after.done) == {1: frozenset({"y", "z"})}
