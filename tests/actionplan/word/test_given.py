"""What a person says of a document goes before its own words: headings and head facts."""

import pytest

from actionplan.word.document import ProblemKind, Remark
from actionplan.word.reading.headings import Headings, bare_heading
from actionplan.word.reading.reader import read
from tests.actionplan.word.documents import (
    DIMENSION_SPELLINGS,
    HEADINGS,
    STAGE_SPELLINGS,
    cell_of,
    matrix_cell,
    matrix_rows,
    plan,
    saved,
)


def with_strange_headings() -> bytes:
    """A plan with a row and a column that nobody knows, each with a risk."""
    word = plan(matrix_rows({("Råvara", 3): "Gruvavfall.", ("Avfall", 1): "Barnarbete."}))
    matrix_cell(word, 2, 0).text = "Vid källan: risker och möjligheter"
    matrix_cell(word, 1, 3).text = "Klimat"
    return saved(word)


def known(**settled) -> Headings:
    stages, dimensions = HEADINGS.stages, HEADINGS.dimensions
    return Headings(
        {**stages, **settled.get("stages", {})},
        {**dimensions, **settled.get("dimensions", {})},
        settled.get("left_out", frozenset()),
        frozenset({"vid källan", "klimat"}),
    )


def test_a_heading_is_read_as_a_person_says():
    faults = read(with_strange_headings(), headings=HEADINGS).faults
    assert [(fault.what, bare_heading(fault.words)) for fault in faults] == [
        (ProblemKind.UNKNOWN_DIMENSION, "klimat"),
        (ProblemKind.UNKNOWN_STAGE, "vid källan"),
    ]
    answers = known(stages={"vid källan": "raw_material"}, dimensions={"klimat": "environment"})
    result = read(with_strange_headings(), headings=answers)
    assert result.faults == ()
    assert cell_of(result, "raw_material", "environment").text == "Gruvavfall."
    assert [(note.what, note.words, note.read_as) for note in result.notes] == [
        (Remark.FROM_ANSWER, "Klimat", "environment"),
        (Remark.FROM_ANSWER, "Vid källan: risker och möjligheter", "raw_material"),
    ]


def test_what_a_person_leaves_out_is_told_as_not_read():
    answers = known(left_out=frozenset({"vid källan", "klimat"}))
    result = read(with_strange_headings(), headings=answers)
    assert result.faults == ()
    words = " ".join(problem.words for problem in result.not_understood)
    assert "Gruvavfall." in words
    assert "Klimat" in words
    assert [note.read_as for note in result.notes] == ["", ""]
    assert cell_of(result, "end_of_life", "human_rights").text == "Barnarbete."


@pytest.mark.parametrize(
    ("head", "given", "fact", "value"),
    [
        ({"title": "Handlingsplan"}, {"period": "2023–2025"}, "first_year", 2023),
        ({"title": "Handlingsplan 2023–2025"}, {"period": "2024–2026"}, "last_year", 2026),
        (
            {"category": "Prioriterad inköpskategori: Möbler"},
            {"category": "Textil"},
            "category",
            "Möbler",
        ),
        ({"category": ""}, {"category": "Textil"}, "category", "Textil"),
        ({}, {"coordinator": "Region Gotland"}, "coordinator", "Region Gotland"),
        ({}, {"procurement_region": "A"}, "procurement_region", "A"),
    ],
)
def test_a_head_fact_is_what_a_person_says(head, given, fact, value):
    word = plan(**head)
    result = read(saved(word), headings=HEADINGS, given=given)
    assert result.faults == ()
    assert result.document is not None
    assert getattr(result.document, fact) == value


def test_a_period_that_is_none_is_still_a_fault():
    result = read(saved(plan()), headings=HEADINGS, given={"period": "snart"})
    assert [fault.what for fault in result.faults] == [ProblemKind.PERIOD_UNCLEAR]


def test_every_spelling_is_kept_as_it_is_looked_up():
    for name in [*STAGE_SPELLINGS["use"], *DIMENSION_SPELLINGS["environment"]]:
        assert bare_heading(f"2. {name}: risker och möjligheter") == bare_heading(name)
