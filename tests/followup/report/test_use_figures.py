"""How many authorities have used requirements, and that few of them stay unknown over time."""

from datetime import date
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from followup.report.basis import Disclosure, ReportBasis, UseBasis
from followup.report.schema import LevelOfUse, Report, RequirementUse, UseFigures, YearOfUse
from followup.report.use_figures import with_use
from followup.report.withheld_counts import USE, USE_AGAIN, USE_SOME
from followup.status.suppression import BOUND
from tests.followup.models.report_cases import CONTENT

DAY = date(2026, 6, 1)
EMPTY = ReportBasis((), Disclosure())
LEVEL_OF = {"a": "basic", "b": "basic", "c": "spearhead", "d": "spearhead"}
NAMES = "123456789"


def use(
    authority: object, uids: str = "a", year: int = 2026, *, is_region: bool = True
) -> UseBasis:
    """A use of requirements of one letter each, as high as the highest of them."""
    requirements = tuple((uid, LEVEL_OF[uid]) for uid in uids)
    level = "spearhead" if any(uid in "cd" for uid in uids) else "basic"
    return UseBasis(str(authority), is_region, year, level, requirements)


Pair = tuple[Report, ReportBasis]


def published(reports: list[list[UseBasis]]) -> list[Pair]:
    """Reports whose uses grow from each other, each written on a later day."""
    pairs: list[Pair] = []
    uses: tuple[UseBasis, ...] = ()
    for at, rows in enumerate(reports):
        uses = (*uses, *rows)
        pairs.append(with_use(CONTENT, EMPTY, uses, pairs, DAY.replace(day=at + 1)))
    return pairs


USES = st.builds(
    use,
    st.sampled_from(NAMES),
    st.sampled_from(["a", "ab", "b", "ac", "c", "cd"]),
    st.sampled_from([2025, 2026]),
    is_region=st.booleans(),
)
REPORTS = st.lists(st.lists(USES, max_size=12), min_size=1, max_size=3)


def behind(uses: tuple[UseBasis, ...], kind: str, key: str) -> frozenset[str]:
    """The authorities of a figure, worked out by the attacker's own means."""
    return frozenset(
        row.authority
        for row in uses
        if kind == "all"
        or (kind == "regions" and row.is_region)
        or (kind == "year" and str(row.year) == key)
        or (kind == "level" and row.level == key)
        or (kind == "uid" and key in dict(row.requirements))
    )


def sets_of(pair: Pair) -> dict[object, frozenset[str]]:
    """Each number that a reader has or can subtract, as who stands behind it."""
    figures, basis = pair[0].use, pair[1]
    if figures is None or figures.authorities is None:
        return {}
    numbers = {
        ("all", ""): figures.authorities,
        ("regions", ""): figures.regions,
        **{("year", str(row.year)): row.authorities for row in figures.years},
        **{("level", row.level): row.authorities for row in figures.levels},
        **{("uid", row.uid): row.authorities for row in figures.requirements},
    }
    sets = {
        cell: behind(basis.uses, *cell) for cell, number in numbers.items() if number is not None
    }
    assert {cell: len(names) for cell, names in sets.items()} == {
        cell: number for cell, number in numbers.items() if number is not None
    }
    everybody = sets["all", ""]
    less = {("not", cell): everybody - names for cell, names in sets.items()}
    # Whoever has a requirement of the highest level has a use of that level.
    nested = {
        ("level less", uid): sets["level", "spearhead"] - sets["uid", uid]
        for uid in "cd"
        if ("uid", uid) in sets and ("level", "spearhead") in sets
    }
    return {**sets, **less, **nested}


@given(REPORTS)
def test_nothing_that_follows_from_one_report_or_two_rests_on_few(reports):
    pairs = published(reports)
    for pair in pairs:
        for figure, names in sets_of(pair).items():
            assert not names or len(names) >= BOUND, (figure, names)
    sets = [sets_of(pair) for pair in pairs]
    for at, before in enumerate(sets):
        for after in sets[at + 1 :]:
            for figure in before.keys() & after.keys():
                changed = before[figure] ^ after[figure]
                assert not changed or len(changed) >= BOUND, (figure, changed)


@given(REPORTS)
def test_a_report_that_repeats_rests_on_what_the_last_one_did(reports):
    for (before, its_basis), (after, basis) in pairwise(published(reports)):
        if after.use.counted_on == before.use.counted_on:
            assert (after.use, basis.uses) == (before.use, its_basis.uses)


def test_it_counts_authorities_once_in_each_figure():
    uses = tuple(use(at, "ac" if at < 3 else "a", 2025) for at in range(6))
    report, basis = with_use(CONTENT, EMPTY, (*uses, use(5, "a", 2025)), [], DAY)
    assert report.use == UseFigures(
        counted_on=DAY,
        authorities=6,
        regions=6,
        years=(YearOfUse(2025, 6),),
        levels=(LevelOfUse("basic", 3), LevelOfUse("spearhead", 3)),
        requirements=(RequirementUse("a", 6), RequirementUse("c", 3)),
    )
    assert basis.notes == ()


def test_few_authorities_are_not_told_of():
    report, basis = with_use(CONTENT, EMPTY, (use(1), use(2)), [], DAY)
    assert report.use == UseFigures(DAY, None, None, (), (), ())
    assert [note.kind for note in basis.notes] == [USE]


def test_one_more_authority_waits_for_others():
    first = with_use(CONTENT, EMPTY, tuple(use(at) for at in range(3)), [], DAY)
    later = DAY.replace(day=9)
    for number, expected in ((4, 3), (5, 3), (6, 6)):
        uses = tuple(use(at) for at in range(number))
        report, basis = with_use(CONTENT, EMPTY, uses, [first], later)
        assert report.use.authorities == expected
        is_again = [note.kind for note in basis.notes] == [USE_AGAIN]
        assert is_again is (expected == 3)


def test_a_requirement_of_few_is_withheld_and_said_to_be():
    uses = (*(use(at, "a") for at in range(5)), use(5, "ab"))
    report, basis = with_use(CONTENT, EMPTY, uses, [], DAY)
    assert RequirementUse("b", None) in report.use.requirements
    assert [note.kind for note in basis.notes] == [USE_SOME]


def test_what_a_report_tells_is_written_and_read_again():
    report, basis = with_use(CONTENT, EMPTY, tuple(use(at) for at in range(4)), [], DAY)
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report
    assert msgspec.json.decode(msgspec.json.encode(basis), type=ReportBasis) == basis
