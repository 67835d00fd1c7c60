"""One requirement over all versions."""

from copy import deepcopy
from dataclasses import dataclass

import pytest

from requirements_pkg.comparing import history, requirement_versions
from requirements_pkg.comparing.history import RequirementInVersion, VersionEffect
from requirements_pkg.comparing.lines import ContentNames
from requirements_pkg.document.facts import facts_of
from requirements_pkg.document.reading import read
from requirements_pkg.published.traces import Traces
from tests.factories.contents import a_content, a_requirement


@pytest.fixture
def first():
    return a_content(a_requirement("SE-01"), a_requirement("SE-02"))


@dataclass
class FollowedRequirement:
    """What the page of a history tells, of versions by their numbers."""

    requirement: dict
    successor: str
    steps: list


def follow(code, *contents):
    """The history over these versions, oldest first; None where none of them has the code."""
    by_number = dict(enumerate(map(read, contents), start=1))
    newest_first = sorted(by_number, reverse=True)
    traces = Traces.of(
        (number, facts_of(by_number[number]).requirements) for number in newest_first
    )
    if code not in traces.codes:
        return None
    _number, uid = traces.codes[code]
    cuts, last = traces.cuts(uid), traces.runs[uid][0].newest
    seen = {
        sight.number: RequirementInVersion(
            by_number[sight.number].requirements[sight.place],
            ContentNames.of(by_number[sight.number]),
        )
        for sight in [last, *requirement_versions.of(cuts)]
    }
    numbers = {number: number for number in by_number}
    turns = list(history.steps(cuts, seen, numbers, first=cuts[-1]))
    return FollowedRequirement(seen[last.number].requirement, seen[last.number].successor, turns)


def steps(followed):
    """The turns, newest first, each with the version it came in."""
    return [(step.turn, step.version) for step in followed.steps]


def test_a_version_that_left_it_as_it_was_is_no_step(first):
    changed = deepcopy(first)
    changed["requirements"][0]["text"] = "Leverantören ska redovisa allt."
    followed = follow("SE-01", first, deepcopy(first), changed, deepcopy(changed))
    assert steps(followed) == [(VersionEffect.CHANGED, 3), (VersionEffect.INTRODUCED, 1)]
    assert followed.steps[0].before == 2
    assert [line.name for line in followed.steps[0].lines] == ["text"]


def test_another_code_is_followed_backwards_and_forwards(first):
    second = deepcopy(first)
    second["requirements"][0]["code"] = "SE-09"
    for code in ("SE-09", "SE-01"):
        followed = follow(code, first, second)
        assert steps(followed) == [(VersionEffect.RENUMBERED, 2), (VersionEffect.INTRODUCED, 1)]
        assert followed.steps[0].code_before == "SE-01"
        assert followed.requirement.code == "SE-09"


def test_a_code_that_was_given_to_another_is_the_newest_ones(first):
    second = deepcopy(first)
    second["requirements"][0]["code"] = "SE-03"
    second["requirements"][1]["code"] = "SE-01"
    followed = follow("SE-01", first, second)
    assert followed.requirement.uid == first["requirements"][1]["uid"]


def test_what_is_gone_is_told_of_as_it_last_was(first):
    second = deepcopy(first)
    del second["requirements"][0]
    followed = follow("SE-01", first, second)
    assert steps(followed) == [(VersionEffect.REMOVED, 2), (VersionEffect.INTRODUCED, 1)]
    assert followed.requirement == read(first).requirements[0]


def test_what_comes_back_was_not_introduced_twice(first):
    second = deepcopy(first)
    del second["requirements"][0]
    followed = follow("SE-01", first, second, deepcopy(first))
    assert steps(followed) == [
        (VersionEffect.RETURNED, 3),
        (VersionEffect.REMOVED, 2),
        (VersionEffect.INTRODUCED, 1),
    ]


def test_a_withdrawal_names_the_successor(first):
    second = deepcopy(first)
    successor = second["requirements"][1]["uid"]
    withdrawal = {"on": "2026-01-31", "reason": "Lagen räcker.", "successor": successor}
    second["requirements"][0].update(state="withdrawn", withdrawn=withdrawal)
    followed = follow("SE-01", first, second)
    assert steps(followed) == [(VersionEffect.WITHDRAWN, 2), (VersionEffect.INTRODUCED, 1)]
    assert followed.successor == "SE-02"


def test_a_version_of_the_first_schema_had_no_requirements(first):
    oldest = a_content(schema=1) | {"requirements": []}
    del oldest["modules"]
    assert steps(follow("SE-01", oldest, first)) == [(VersionEffect.INTRODUCED, 2)]


def test_a_code_that_never_was_has_no_history(first):
    assert follow("XX-99", first) is None


def test_another_place_in_the_content_is_no_step(first):
    second = deepcopy(first)
    second["requirements"].insert(0, a_requirement("SE-00"))
    followed = follow("SE-02", first, second)
    assert steps(followed) == [(VersionEffect.INTRODUCED, 1)]
    assert followed.requirement.code == "SE-02"


def test_a_tie_that_is_changed_is_a_step_though_the_wording_is_the_same(first):
    second = deepcopy(first)
    second["requirements"][0]["product_areas"] = []
    assert steps(follow("SE-01", first, second)) == [
        (VersionEffect.CHANGED, 2),
        (VersionEffect.INTRODUCED, 1),
    ]


def test_an_area_that_is_only_renumbered_is_no_step(first):
    second = deepcopy(first)
    for area in second["plan"]["product_areas"]:
        area["number"] += 1
    for requirement in second["requirements"]:
        requirement["product_areas"] = [number + 1 for number in requirement["product_areas"]]
        for to in requirement["treats"]:
            to["product_area"] += 1
    assert steps(follow("SE-01", first, second)) == [(VersionEffect.INTRODUCED, 1)]
