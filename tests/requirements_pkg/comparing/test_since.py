"""What a buyer is told of requirements that were chosen in an older version."""

from copy import deepcopy

import pytest

from requirements_pkg.comparing.lines import TIES
from requirements_pkg.comparing.since import RequirementFate, changed_since
from requirements_pkg.document.reading import read
from requirements_pkg.document.requirement_fields import WORDING
from tests.factories.contents import a_content, a_requirement


@pytest.fixture
def old():
    return a_content(a_requirement("SE-01"), a_requirement("SE-02"), a_requirement("SE-03"))


@pytest.fixture
def new(old):
    return deepcopy(old)


def fates(old, new, *codes):
    return [(change.code, change.fate) for change in changed_since(read(old), read(new), codes)]


def test_the_chosen_are_told_of_in_the_order_they_were_chosen(old, new):
    assert fates(old, new, "SE-03", "SE-01") == [
        ("SE-03", RequirementFate.UNCHANGED),
        ("SE-01", RequirementFate.UNCHANGED),
    ]


def test_a_code_that_the_old_version_lacks_is_left_out(old, new):
    assert fates(old, new, "XX-99", "SE-01") == [("SE-01", RequirementFate.UNCHANGED)]


def test_a_new_wording_is_shown_word_by_word(old, new):
    new["requirements"][0]["verification"] = "Ifylld och granskad redovisning."
    (change,) = changed_since(read(old), read(new), ["SE-01"])
    assert change.fate == RequirementFate.CHANGED
    (line,) = change.lines
    assert (line.name, line.label) == ("verification", "Bevis")
    assert "<ins>" in line.after
    assert "och granskad" in line.after
    assert line.before == "Ifylld redovisning."


def test_another_tie_is_no_new_wording(old, new):
    new["requirements"][0].update(product_areas=[], treats=[], serves=[])
    assert fates(old, new, "SE-01") == [("SE-01", RequirementFate.UNCHANGED)]


def test_what_is_withdrawn_says_why_and_what_to_use_instead(old, new):
    successor = new["requirements"][1]
    withdrawal = {
        "on": "2026-01-31",
        "reason": "Lagen kräver det nu.",
        "successor": successor["uid"],
    }
    new["requirements"][0].update(state="withdrawn", withdrawn=withdrawal)
    (change,) = changed_since(read(old), read(new), ["SE-01"])
    assert change.fate == RequirementFate.WITHDRAWN
    assert change.reason == "Lagen kräver det nu."
    assert change.successor.uid == successor["uid"]


def test_what_was_withdrawn_when_it_was_chosen_is_no_news(old, new):
    withdrawal = {"on": "2026-01-31", "reason": "Lagen kräver det nu.", "successor": None}
    for content in (old, new):
        content["requirements"][0].update(state="withdrawn", withdrawn=withdrawal)
    assert fates(old, new, "SE-01") == [("SE-01", RequirementFate.UNCHANGED)]
    new["requirements"][0]["title"] = "Nytt namn"
    assert fates(old, new, "SE-01") == [("SE-01", RequirementFate.CHANGED)]


def test_what_is_gone_is_told_of(old, new):
    del new["requirements"][0]
    (change,) = changed_since(read(old), read(new), ["SE-01"])
    assert change.fate == RequirementFate.REMOVED
    assert change.new is None
    assert (change.reason, change.successor) == ("", None)


def test_another_code_is_followed_by_the_uid(old, new):
    new["requirements"][0]["code"] = "SE-09"
    new["requirements"][1]["code"] = "SE-01"
    change, other = changed_since(read(old), read(new), ["SE-01", "SE-02"])
    assert (change.fate, change.new.code) == (RequirementFate.RENUMBERED, "SE-09")
    assert (other.fate, other.new.code) == (RequirementFate.RENUMBERED, "SE-01")


def test_another_code_and_another_wording_are_both_told_of(old, new):
    new["requirements"][0].update(code="SE-09", title="Nytt namn")
    (change,) = changed_since(read(old), read(new), ["SE-01"])
    assert change.fate == RequirementFate.CHANGED
    assert change.renumbered


def test_a_renumbered_successor_changes_no_wording(old, new):
    for content in (old, new):
        content["requirements"][1]["replaces"] = content["requirements"][0]["uid"]
    new["requirements"][0]["code"] = "SE-09"
    assert fates(old, new, "SE-02") == [("SE-02", RequirementFate.UNCHANGED)]


def test_a_tie_is_whatever_makes_no_new_number():
    """What counts here is what the number after the colon counts."""
    counted = set(a_requirement()) - TIES - {"uid", "code", "revision"}
    assert counted == set(WORDING)
