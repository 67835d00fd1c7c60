"""One requirement over all versions."""

from copy import deepcopy

import pytest

from requirements_pkg.comparing.history import Turn, history
from tests.factories.contents import a_content, a_requirement


@pytest.fixture
def first():
    return a_content(a_requirement("SE-01"), a_requirement("SE-02"))


def follow(code, *contents):
    """The history over these versions, oldest first."""
    numbered = enumerate(contents, start=1)
    return history(code, reversed(list(numbered)))


def steps(found):
    """The turns, newest first, each with the version it came in."""
    return [(step.turn, step.edition) for step in found.steps]


def test_a_version_that_left_it_as_it_was_is_no_step(first):
    changed = deepcopy(first)
    changed["requirements"][0]["text"] = "Leverantören ska redovisa allt."
    found = follow("SE-01", first, deepcopy(first), changed, deepcopy(changed))
    assert steps(found) == [(Turn.CHANGED, 3), (Turn.INTRODUCED, 1)]
    assert found.steps[0].before == 2
    assert [line.name for line in found.steps[0].lines] == ["text"]
    assert found.editions == (4, 3, 2, 1)


def test_another_code_is_followed_backwards_and_forwards(first):
    second = deepcopy(first)
    second["requirements"][0]["code"] = "SE-09"
    for code in ("SE-09", "SE-01"):
        found = follow(code, first, second)
        assert steps(found) == [(Turn.RENUMBERED, 2), (Turn.INTRODUCED, 1)]
        assert found.steps[0].code_before == "SE-01"
        assert found.requirement["code"] == "SE-09"


def test_a_code_that_was_given_to_another_is_the_newest_ones(first):
    second = deepcopy(first)
    second["requirements"][0]["code"] = "SE-03"
    second["requirements"][1]["code"] = "SE-01"
    found = follow("SE-01", first, second)
    assert found.requirement["uid"] == first["requirements"][1]["uid"]


def test_what_is_gone_is_told_of_as_it_last_was(first):
    second = deepcopy(first)
    del second["requirements"][0]
    found = follow("SE-01", first, second)
    assert steps(found) == [(Turn.REMOVED, 2), (Turn.INTRODUCED, 1)]
    assert found.requirement == first["requirements"][0]
    assert found.editions == (1,)


def test_what_comes_back_was_not_introduced_twice(first):
    second = deepcopy(first)
    del second["requirements"][0]
    found = follow("SE-01", first, second, deepcopy(first))
    assert steps(found) == [(Turn.RETURNED, 3), (Turn.REMOVED, 2), (Turn.INTRODUCED, 1)]


def test_a_withdrawal_names_the_successor(first):
    second = deepcopy(first)
    successor = second["requirements"][1]["uid"]
    told = {"on": "2026-01-31", "reason": "Lagen räcker.", "successor": successor}
    second["requirements"][0].update(state="withdrawn", withdrawn=told)
    found = follow("SE-01", first, second)
    assert steps(found) == [(Turn.WITHDRAWN, 2), (Turn.INTRODUCED, 1)]
    assert found.successor == "SE-02"


def test_a_version_of_the_first_schema_had_no_requirements(first):
    oldest = a_content(schema=1) | {"requirements": []}
    del oldest["modules"]
    assert steps(follow("SE-01", oldest, first)) == [(Turn.INTRODUCED, 2)]


def test_a_code_that_never_was_has_no_history(first):
    assert follow("XX-99", first) is None
