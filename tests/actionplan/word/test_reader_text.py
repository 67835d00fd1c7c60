"""The tab-separated form, and the faults that both forms report."""

import pytest

from actionplan.word.document import ProblemKind, WordPlace
from actionplan.word.reading.findings import (
    LONGEST_CELL,
    LONGEST_INTRODUCTION,
    LONGEST_NAME,
    LONGEST_TEXT,
)
from actionplan.word.reading.reader import read
from tests.actionplan.word.documents import (
    FACTS,
    GOALS,
    HEAD,
    HEADINGS,
    area_of,
    cell_of,
    clean_reading,
    matrix_rows,
    plan,
    read_text,
    reading,
    text_of,
    text_plan,
)


def faults(result):
    assert result.document is None
    return [fault.what for fault in result.faults]


def test_text_and_word_give_the_same_plan():
    from_text = clean_reading(read_text(text_plan()))
    from_word = clean_reading(reading(plan()))
    assert from_text.document == from_word.document
    assert (from_text.statements_are_cut, from_word.statements_are_cut) == (False, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_is_read_in_every_usual_encoding(encoding, line_end):
    data = text_plan().replace("\n", line_end).encode(encoding)
    expected = read_text(text_plan()).document
    assert clean_reading(read(data, headings=HEADINGS)).document == expected


@pytest.mark.parametrize(
    "data",
    [
        b"Handlingsplan\0 2023",
        b"\x81\x8d Handlingsplan",
        b"\xff\xfeH\0a",
        b"a\x1bb",
    ],
)
def test_what_is_no_text_is_refused(data):
    assert faults(read(data, headings=HEADINGS)) == [ProblemKind.NOT_WORD]


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf"])
def test_a_file_without_words_is_empty(data):
    assert faults(read(data, headings=HEADINGS)) == [ProblemKind.EMPTY_FILE]


def test_a_blank_line_does_not_end_a_table():
    rows = matrix_rows({("Råvara", 1): "A.", ("Övrigt", 1): "B."})
    matrix = f"{text_of(rows[:4])}\n\n{text_of(rows[4:])}"
    assert [cell.text for cell in area_of(clean_reading(read_text(text_plan(matrix)))).cells] == [
        "A.",
        "B.",
    ]


def test_a_merged_header_is_trailing_tabs():
    rows = matrix_rows()
    rows[0][2:] = ["", "", ""]
    rows[3] = [rows[3][0]]
    clean_reading(read_text(text_plan(text_of(rows[:3]) + "\n" + rows[3][0] + "\t\t\t\t\t\t")))


def test_a_note_below_a_matrix_is_reported_and_no_stage():
    result = read_text(text_plan(text_of([*matrix_rows(), ["Källa: egen analys", "", "", ""]])))
    assert result.document is not None
    assert [problem.words for problem in result.not_understood] == ["Källa: egen analys"]


def test_two_matrices_need_no_line_between_them():
    second = matrix_rows({("Råvara", 1): "B."}, area="Produktområde 2: nät")
    result = clean_reading(read_text(text_plan(f"{text_of(matrix_rows())}\n{text_of(second)}")))
    assert cell_of(result, area=2).text == "B."


def test_a_level_stands_before_the_text_of_its_cell():
    rows = matrix_rows({("Råvara", 1): "Risknivå: Hög. Barnarbete."})
    cell = cell_of(read_text(text_plan(text_of(rows))))
    assert (cell.level, cell.text) == ("high", "Barnarbete.")


def test_places_are_lines_and_columns():
    rows = matrix_rows()
    rows[3][:2] = ["Frakt", "Utsläpp."]
    result = read_text(text_plan(text_of(rows)))
    assert [(fault.what, fault.place) for fault in result.faults] == [
        (ProblemKind.UNKNOWN_STAGE, WordPlace(line=18, column=1))
    ]
    assert result.places["category"] == WordPlace(line=3)


def test_a_line_with_tabs_in_the_introduction_is_reported():
    text = text_plan().replace("handlar planen om.", "handlar\tplanen om.")
    (problem,) = read_text(text).not_understood
    assert (problem.words, problem.place) == ("Det här handlar | planen om.", WordPlace(line=11))


@pytest.mark.parametrize(
    ("head", "trouble", "place"),
    [
        ({"category": ""}, ProblemKind.NO_CATEGORY, WordPlace(paragraph=1)),
        (
            {"category": "Prioriterad inköpskategori:"},
            ProblemKind.NO_CATEGORY,
            WordPlace(paragraph=2),
        ),
        ({"title": "Handlingsplan"}, ProblemKind.NO_PERIOD, WordPlace(paragraph=1)),
        (
            {"title": "Handlingsplan 2025–2023"},
            ProblemKind.PERIOD_BACKWARDS,
            WordPlace(paragraph=1),
        ),
        ({"facts": FACTS[1:]}, ProblemKind.NO_REGION, WordPlace(paragraph=1)),
        (
            {"facts": [["Upphandlingsregion:", ""]]},
            ProblemKind.NO_REGION,
            WordPlace(table=1, row=1, column=2),
        ),
        (
            {"category": "Prioriterad inköpskategori: " + "x" * 201},
            ProblemKind.TOO_LONG,
            WordPlace(paragraph=2),
        ),
    ],
)
def test_a_fault_in_the_head_is_told_with_its_place(head, trouble, place):
    result = reading(plan(**head))
    assert [(fault.what, fault.place) for fault in result.faults] == [(trouble, place)]
    assert result.document is None


def test_a_plan_without_areas_is_refused():
    result = reading(plan([["Diarienummer", "1"]]))
    assert faults(result) == [ProblemKind.NO_AREAS]


def test_an_unknown_stage_is_told_with_its_place():
    rows = matrix_rows()
    rows[4] = ["Transport: risker och möjligheter", "", "", "", ""]
    (fault,) = reading(plan(rows)).faults
    assert (fault.what, fault.place) == (
        ProblemKind.UNKNOWN_STAGE,
        WordPlace(table=2, row=5, column=1),
    )
    assert fault.words == "Transport: risker och möjligheter"


def test_an_unknown_dimension_is_told_with_its_place():
    rows = matrix_rows()
    rows[1] = [*HEAD[:4], "Djurskydd"]
    (fault,) = reading(plan(rows)).faults
    assert (fault.what, fault.place) == (
        ProblemKind.UNKNOWN_DIMENSION,
        WordPlace(table=2, row=2, column=5),
    )


def test_a_header_of_only_unknown_dimensions_is_told_of_each():
    rows = matrix_rows()
    rows[1] = ["", "Etik", "Djur", "Etik", ""]
    result = reading(plan(rows))
    assert faults(result) == [ProblemKind.UNKNOWN_DIMENSION] * 3
    assert result.not_understood == ()


def test_one_stage_twice_is_a_fault_only_if_both_have_text():
    twice = matrix_rows(
        {("Avfall", 1): "A.", ("Återvinning", 2): "B."}, stages=("Avfall", "Återvinning")
    )
    assert [cell.text for cell in area_of(reading(plan(twice))).cells] == ["A.", "B."]
    twice[3][1] = "C."
    (fault,) = reading(plan(twice)).faults
    assert (fault.what, fault.words) == (ProblemKind.CELL_TWICE, "C.")
    assert fault.place == WordPlace(table=2, row=4, column=2)


def test_one_area_number_twice_is_a_fault():
    second = matrix_rows(area="Produktområde 1: nät")
    result = read_text(text_plan(f"{text_of(matrix_rows())}\n\n{text_of(second)}"))
    assert [(fault.what, fault.words) for fault in result.faults] == [
        (ProblemKind.AREA_TWICE, "1: nät")
    ]


# A statement of so many letters, with the space before it.
HUNDRED = f" Möjlighet {'x' * 88}."


@pytest.mark.parametrize(
    ("changes", "is_fault"),
    [
        ({"rows": matrix_rows({("Råvara", 1): "x" * LONGEST_TEXT})}, False),
        ({"rows": matrix_rows({("Råvara", 1): "x" * (LONGEST_TEXT + 1)})}, True),
        ({"rows": matrix_rows({("Råvara", 1): HUNDRED * (LONGEST_CELL // 100)})}, False),
        ({"rows": matrix_rows({("Råvara", 1): HUNDRED * (LONGEST_CELL // 100 + 1)})}, True),
        ({"rows": matrix_rows(area="Produktområde 1: " + "x" * LONGEST_NAME)}, False),
        ({"rows": matrix_rows(area="Produktområde 1: " + "x" * (LONGEST_NAME + 1))}, True),
        ({"introduction": ["x" * LONGEST_INTRODUCTION]}, False),
        ({"introduction": ["x" * LONGEST_INTRODUCTION, "y"]}, True),
        ({"goals": [["Mål 1", "x" * (LONGEST_TEXT + 1)], *GOALS[1:]]}, True),
        ({"goals": [GOALS[0], ["Delmål", "1.1 " + "x" * (LONGEST_TEXT + 1)]]}, True),
        ({"facts": [*FACTS[:2], ["Kontaktperson", "x" * (LONGEST_NAME + 1)]]}, True),
    ],
)
def test_a_text_may_be_so_long_and_no_longer(changes, is_fault):
    result = reading(plan(**changes))
    assert [fault.what for fault in result.faults] == [ProblemKind.TOO_LONG] * is_fault
    assert all(len(fault.words) <= 120 and fault.place != WordPlace() for fault in result.faults)


@pytest.mark.parametrize(("number", "is_fault"), [(400, False), (401, True)])
def test_a_cell_has_so_many_statements_and_no_more(number, is_fault):
    rows = matrix_rows({("Råvara", 1): " Möjlighet x." * number})
    faults = reading(plan(rows)).faults
    assert [fault.what for fault in faults] == [ProblemKind.TOO_MANY_STATEMENTS] * is_fault
    assert all(fault.place != WordPlace() for fault in faults)


def test_all_faults_are_told_at_once():
    rows = matrix_rows()
    rows[1][4] = "Djurskydd"
    rows[4][:2] = ["Transport", "Utsläpp."]
    result = reading(plan(rows, title="", category="", facts=()))
    assert set(faults(result)) == {
        ProblemKind.NO_CATEGORY,
        ProblemKind.NO_PERIOD,
        ProblemKind.NO_REGION,
        ProblemKind.UNKNOWN_DIMENSION,
        ProblemKind.UNKNOWN_STAGE,
    }


def test_any_other_text_is_refused_with_what_it_lacks():
    result = read_text("Inköpslista\n\nmjölk\t2 l\nbröd\t1")
    assert set(faults(result)) == {
        ProblemKind.NO_CATEGORY,
        ProblemKind.NO_PERIOD,
        ProblemKind.NO_REGION,
        ProblemKind.NO_AREAS,
    }
    assert [problem.words for problem in result.not_understood] == [
        "Inköpslista",
        "mjölk | 2 l",
        "bröd | 1",
    ]
