"""Which of the new is which of the old, and what became of it."""

from copy import deepcopy

import pytest

from requirements_pkg.comparing import differences as differing
from requirements_pkg.comparing.differences import (
    DifferenceKind,
    EditedText,
    ReplacedValue,
    follow,
)
from requirements_pkg.comparing.matching import alike, matched, moved, same
from requirements_pkg.document.reading import read
from requirements_pkg.document.schema import Label, Statement
from tests.factories.contents import a_cell, a_content, a_requirement, a_treatment

TEXT = "Leverantören ska redovisa varifrån {} i varorna kommer och hur gruvan är granskad."


@pytest.fixture
def old():
    names = ("tenn", "tantal", "volfram", "guld")
    return a_content(
        *(
            a_requirement(f"SE-{at:02}", title=f"Spåra {name}", text=TEXT.format(name))
            for at, name in enumerate(names, start=1)
        )
    )


@pytest.fixture
def new(old):
    return deepcopy(old)


def differences(old, new):
    return differing.differences(read(old), read(new))


def rows(old, new, *path):
    """The rows that are no longer what they were, below fields and rows of the contents."""
    change = differences(old, new)
    for name in path:
        change = change.rows[name].change if isinstance(name, int) else change.changed[name]
    return [row for row in change.rows if row.kinds]


def kinds(pairs):
    return [(row.old, row.new, *row.kinds) for row in pairs]


def test_a_requirement_is_known_by_its_uid_whatever_else_is_new(old, new):
    first, second = new["requirements"][:2]
    first["code"], second["code"] = second["code"], first["code"]
    assert kinds(rows(old, new, "requirements")) == [
        (0, 0, DifferenceKind.CHANGED),
        (1, 1, DifferenceKind.CHANGED),
    ]


def test_without_its_uid_it_is_known_by_its_code_and_then_by_its_likeness(old, new):
    new["requirements"][0].update(uid="x", title="Något annat", text="Helt nytt.")
    new["requirements"][1].update(uid="y", code="SE-20")
    assert follow(read(old).requirements, read(new).requirements) == {0: 0, 1: 1, 2: 2, 3: 3}


def test_what_is_like_nothing_is_new_and_what_nothing_is_like_is_removed(old, new):
    new["requirements"][0] = a_requirement("SE-30", title="Energi", text="Högst 40 kWh.")
    assert kinds(rows(old, new, "requirements")) == [
        (None, 0, DifferenceKind.ADDED),
        (0, None, DifferenceKind.REMOVED),
    ]


def test_what_is_moved_is_told_and_what_stood_still_is_not(old, new):
    requirements = new["requirements"]
    requirements.insert(0, requirements.pop())
    requirements[2]["title"] = "Spåra metallen tantal"
    assert kinds(rows(old, new, "requirements")) == [
        (3, 0, DifferenceKind.MOVED),
        (1, 2, DifferenceKind.CHANGED),
    ]


def test_what_is_added_or_removed_moves_nothing(old, new):
    del new["requirements"][1]
    new["requirements"].insert(0, a_requirement("SE-30", title="Energi", text="Högst 40 kWh."))
    assert {kind for row in rows(old, new, "requirements") for kind in row.kinds} == {
        DifferenceKind.ADDED,
        DifferenceKind.REMOVED,
    }


def test_a_renumbered_area_is_the_area_it_was(old, new):
    for area in new["plan"]["product_areas"]:
        area["number"] += 1
    new["plan"]["product_areas"].insert(0, {"number": 1, "name": "nätverk", "cells": []})
    pairs = rows(old, new, "plan", "product_areas")
    assert kinds(pairs) == [
        (None, 0, DifferenceKind.ADDED),
        (0, 1, DifferenceKind.CHANGED),
        (1, 2, DifferenceKind.CHANGED),
    ]
    assert pairs[1].change.changed == {"number": ReplacedValue(1, 2)}


def test_a_renamed_area_is_known_by_its_likeness_or_its_number(old, new):
    new["plan"]["product_areas"][0]["name"] = "datahallar och teknik"
    new["plan"]["product_areas"][1]["name"] = "lagring"
    pairs = rows(old, new, "plan", "product_areas")
    assert kinds(pairs) == [(0, 0, DifferenceKind.CHANGED), (1, 1, DifferenceKind.CHANGED)]


def test_statements_of_a_cell_are_known_by_their_text_and_then_their_likeness(old, new):
    texts = "Gruvor förorenar vatten och mark.", "Barn arbetar i gruvor."
    new["plan"]["product_areas"][1]["cells"][0] = a_cell(
        "raw_material", "environment", *texts, level="high"
    )
    cell = differences(old, new).changed["plan"].changed["product_areas"].rows[1]
    pairs = cell.change.changed["cells"].rows[0].change.changed["statements"].rows
    assert kinds(pairs) == [(0, 0, DifferenceKind.CHANGED), (None, 1, DifferenceKind.ADDED)]
    assert isinstance(pairs[0].change.changed["text"], EditedText)


def test_a_goal_that_is_renumbered_is_the_goal_it_was(old, new):
    goals = new["plan"]["goals"]
    goals[0]["number"] = 2
    goals[0]["sub_goals"][0]["number"] = "2.1"
    goals.insert(0, {"number": 1, "title": "Färre risker", "sub_goals": []})
    assert kinds(rows(old, new, "plan", "goals")) == [
        (None, 0, DifferenceKind.ADDED),
        (0, 1, DifferenceKind.CHANGED),
    ]
    assert kinds(rows(old, new, "plan", "goals", 1, "sub_goals")) == [
        (0, 0, DifferenceKind.CHANGED)
    ]


def test_every_field_of_a_requirement_counts(old, new):
    was = old["requirements"][0]
    other = a_requirement(
        "SE-10", uid="x", level="advanced", kind="award", max_points=5, scale="0–5",
        replaces="y", state="withdrawn", withdrawn={"on": "", "reason": "", "successor": None},
        product_areas=[1], cpv=[], sources=[], treats=[a_treatment(text="Annat.")], serves=[],
        module={"slug": "m", "version": 1}, revision=2, title="", text="", rationale="",
        verification="", follow_up_method="", supplier_question="Hur?", guidance="",
        law_baseline="", beyond_law="",
        proofs=[{"name": "EMAS", "owner": "EU", "url": "", "proves": "Miljö."}],
    )  # fmt: skip
    assert set(other) == set(was)
    for name, value in other.items():
        new["requirements"][0] = {**was, name: value}
        change = differences(old, new).changed["requirements"].rows[0].change
        assert set(change.changed) == {name}


def test_many_rewritten_texts_find_each_other_without_uid_or_code():
    """More than can be compared all with all; each differs from its neighbours by two words."""
    words = [f"ämne{at} väg{at}" for at in range(700)]
    old = [Statement("risk", f"{TEXT.format(two)} {TEXT.format('mer')}") for two in words]
    new = [
        Statement("risk", statement.text.replace("redovisa", "visa upp"))
        for statement in reversed(old)
    ]
    assert matched(old, new, (alike("text"),)) == list(reversed(range(700)))


def test_rows_that_agree_are_taken_in_their_order():
    label, other = Label("A", ""), Label("B", "")
    new = [label, other, label, label]
    assert matched([label, label], new, (same("code"),)) == [0, None, 1, None]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], set()),
        ([None, None], set()),
        ([0, None, 1, 2], set()),
        ([3, 0, 1, 2], {0}),
        ([1, 2, 3, 0], {3}),
        ([2, 1, 0], {0, 1}),
    ],
)
def test_as_few_as_possible_are_moved(places, expected):
    assert moved(places) == expected
