"""Headings that are close to known ones are understood and said so; others are faults."""

import time

import pytest

from actionplan.word.document import ProblemKind, Remark, WordPlace
from actionplan.word.likeness import typing_errors
from tests.actionplan.word.documents import (
    HEADINGS,
    area_of,
    cell_of,
    clean_reading,
    matrix_cell,
    matrix_rows,
    plan,
    reading,
)


def with_stage(heading):
    """A plan whose first row has another heading."""
    word = plan(matrix_rows({("Råvara", 1): "Barnarbete."}))
    matrix_cell(word, 2, 0).text = heading
    return reading(word)


@pytest.mark.parametrize(
    ("heading", "stage", "read_as"),
    [
        ("Råvaror", "raw_material", "Råvara"),
        ("Råvarorna: risker och möjligheter", "raw_material", "Råvara"),
        ("Råvaruutvinning", "raw_material", "Råvara"),
        ("Råvra", "raw_material", "Råvara"),
        ("Mineralutvinning", "raw_material", "Utvinning"),
        ("Råvara (gruvor)", "raw_material", "Råvara"),
        ("Utvinning och odling", "raw_material", "Odling"),
        ("Utvinning/förädling av metall", "", ""),
        ("Sluttillverkningen", "final_manufacturing", "Sluttillverkning"),
        ("Slut tillverkning", "final_manufacturing", "Sluttillverkning"),
        ("Avfallshantering", "end_of_life", "Avfall"),
        ("Användnign", "use", "Användning"),
        ("1. Driftsfasen", "use", "Drift"),
        ("Övriga", "other", "Övrigt"),
    ],
)
def test_a_stage_is_known_by_a_heading_close_to_its_own(heading, stage, read_as):
    like = HEADINGS.like_stage(heading)
    assert (like.code, like.near[:1]) == (stage, (read_as,) if read_as else ())


@pytest.mark.parametrize(
    ("heading", "dimension"),
    [
        ("Miljön", "environment"),
        ("Miljöpåverkan", "environment"),
        ("Mänskliga rättighter", "human_rights"),
        ("Mänsklig rättighet", "human_rights"),
        ("Anti korruption", "anti_corruption"),
        ("Korruptionsrisker", "anti_corruption"),
        ("Arbetsmiljö", ""),
        ("Rättigheter", ""),
        ("Ekonomi", ""),
    ],
)
def test_a_dimension_is_known_by_a_heading_close_to_its_own(heading, dimension):
    assert HEADINGS.like_dimension(heading).code == dimension


def test_what_a_heading_was_read_as_is_told_with_its_place():
    result = with_stage("Råvaror: risker och möjligheter")
    assert cell_of(clean_reading(result)).text == "Barnarbete."
    (note,) = result.notes
    assert (note.what, note.words) == (Remark.READ_AS, "Råvaror: risker och möjligheter")
    assert (note.read_as, note.place) == ("Råvara", WordPlace(table=2, row=3, column=1))


def test_what_a_column_was_read_as_is_told_once():
    word = plan()
    matrix_cell(word, 1, 3).text = "Miljöfrågor"
    result = clean_reading(reading(word))
    assert [(note.words, note.read_as) for note in result.notes] == [("Miljöfrågor", "Miljö")]


def test_known_headings_are_not_told():
    assert reading(plan()).notes == ()


@pytest.mark.parametrize(
    ("heading", "what", "near"),
    [
        ("Tillverkning", ProblemKind.UNKNOWN_STAGE, ("Komponenttillverkning", "Sluttillverkning")),
        ("Råvara och avfall", ProblemKind.HEADING_UNCLEAR, ("Råvara", "Avfall")),
        ("Avfallsanvändning", ProblemKind.HEADING_UNCLEAR, ("Användning", "Avfall")),
        ("Transporter", ProblemKind.UNKNOWN_STAGE, ()),
        ("Gruvdrift", ProblemKind.UNKNOWN_STAGE, ("Drift",)),
    ],
)
def test_a_heading_that_is_near_none_or_two_is_a_fault_and_no_guess(heading, what, near):
    result = with_stage(f"{heading}: risker och möjligheter")
    (fault,) = result.faults
    assert (fault.what, sorted(fault.near)) == (what, sorted(near))
    assert result.notes == ()


def test_a_stage_that_stands_twice_in_two_spellings_is_a_fault():
    word = plan(matrix_rows({("Råvara", 1): "Ett.", ("Övrigt", 1): "Två."}))
    matrix_cell(word, 7, 0).text = "Råvaror"
    assert [fault.what for fault in reading(word).faults] == [ProblemKind.CELL_TWICE]


def test_a_note_in_the_matrix_is_no_stage():
    word = plan(matrix_rows({("Råvara", 1): "Ett."}))
    matrix_cell(word, 7, 0).text = "Beskrivs i bilaga"
    result = reading(word)
    assert [problem.words for problem in result.not_understood] == ["Beskrivs i bilaga"]
    assert area_of(result).cells


@pytest.mark.parametrize(
    ("written", "known", "most", "errors"),
    [
        ("råvara", "råvara", 2, 0),
        ("råvra", "råvara", 2, 1),
        ("råvaara", "råvara", 2, 1),
        ("rävara", "råvara", 2, 1),
        ("råavra", "råvara", 2, 1),
        ("avfall", "råvara", 2, 3),
        ("a", "råvara", 2, 3),
    ],
)
def test_typing_errors_are_letters_left_out_put_in_changed_or_swapped(
    written, known, most, errors
):
    assert typing_errors(written, known, most) == errors


def test_strange_headings_by_the_thousand_do_not_take_long():
    stages = [f"Främmande skede nummer {number}" for number in range(3000)]
    word = plan(matrix_rows({}))
    table = word.tables[1]._tbl
    row = table.tr_lst[2]
    for stage in stages:
        row.tc_lst[0].p_lst[0].r_lst[0].text = f"{stage}: risker och möjligheter"
        table.append(row.__copy__())
    begun = time.process_time()
    assert len(reading(word).faults) > 3000
    assert time.process_time() - begun < 10


def test_words_of_a_cell_are_no_area_where_the_stage_is_only_close():
    word = plan(matrix_rows({("Råvara", 1): "Produktområde 2 är värre."}))
    matrix_cell(word, 2, 0).text = "Råvaror"
    assert cell_of(clean_reading(reading(word))).text == "Produktområde 2 är värre."
