"""Goals, sub-goals and indicators as real documents hold them."""

import pytest

from actionplan.word.document import (
    GoalText,
    IndicatorText,
    ProblemKind,
    Remark,
    SubGoalText,
    WordPlace,
)
from tests.actionplan.word.documents import (
    GOALS,
    add_table,
    clean_reading,
    paragraphs,
    plan,
    read_text,
    reading,
    text_of,
    text_plan,
)

EXPECTED = (
    GoalText(
        1,
        "Ett kravpaket",
        (
            SubGoalText("1.1", "Krav finns", (IndicatorText("1.1", "Antal krav"),)),
            SubGoalText("1.2", "Krav används", (IndicatorText("1.2", "Antal avtal"),)),
        ),
    ),
)


def goals_of(rows):
    return clean_reading(reading(plan(goals=rows))).document.goals


def sub_goals(text, number=1):
    (goal,) = goals_of([[f"Övergripande mål {number}", "Mål"], ["Delmål:", text]])
    return [(sub.number, sub.title) for sub in goal.sub_goals]


def test_numbers_run_together_in_one_cell_are_taken_apart():
    assert goals_of(GOALS) == EXPECTED


def test_numbers_may_stand_one_a_paragraph_or_one_a_line():
    word = plan()
    cells = [row.cells[1] for row in word.tables[2].rows]
    paragraphs(cells[1], "1.1 Krav finns", "1.2 Krav används")
    cells[2].text = "1.1 Antal krav\n1.2 Antal avtal"
    assert clean_reading(reading(word)).document.goals == EXPECTED


@pytest.fixture
def unnumbered():
    """The cells of sub-goals and indicators, none of which has a number."""
    word = plan()
    cells = [row.cells[1] for row in word.tables[2].rows]
    paragraphs(cells[1], "Krav finns", "Krav används")
    paragraphs(cells[2], "Antal krav", "Antal avtal")
    return word, cells


def test_sub_goals_without_numbers_are_numbered_in_order_and_said_to_be(unnumbered):
    result = reading(unnumbered[0])
    (goal,) = result.document.goals
    assert [(sub.number, sub.title) for sub in goal.sub_goals] == [
        ("1.1", "Krav finns"),
        ("1.2", "Krav används"),
    ]
    assert [(note.what, note.words, note.read_as) for note in result.notes] == [
        (Remark.NUMBERED, "Krav finns", "1.1"),
        (Remark.NUMBERED, "Krav används", "1.2"),
    ]


def test_indicators_without_numbers_are_reported_and_given_to_no_sub_goal(unnumbered):
    result = reading(unnumbered[0])
    assert all(not sub.indicators for sub in result.document.goals[0].sub_goals)
    what = ProblemKind.INDICATOR_WITHOUT_NUMBER
    assert [(problem.what, problem.words) for problem in result.not_understood] == [
        (what, "Antal krav"),
        (what, "Antal avtal"),
    ]


def test_indicators_without_numbers_belong_to_the_only_sub_goal(unnumbered):
    word, cells = unnumbered
    paragraphs(cells[1], "1.1 Krav finns")
    for row in cells[1].paragraphs[1:]:
        row._p.getparent().remove(row._p)
    (goal,) = clean_reading(reading(word)).document.goals
    assert [(i.number, i.title) for i in goal.sub_goals[0].indicators] == [
        ("1.1.1", "Antal krav"),
        ("1.1.2", "Antal avtal"),
    ]


def test_a_paragraph_without_number_goes_on_with_the_item_above():
    word = plan()
    paragraphs(word.tables[2].rows[1].cells[1], "1.1 Krav", "finns", "1.2 Krav används")
    assert clean_reading(reading(word)).document.goals == EXPECTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.1 Högst 1.5 kW per rack", [("1.1", "Högst 1.5 kW per rack")]),
        ("1.1 Enligt ISO 14001 2.1 gäller", [("1.1", "Enligt ISO 14001 2.1 gäller")]),
        ("1.1 Version 1.4 används 1.2 Nästa", [("1.1", "Version 1.4 används"), ("1.2", "Nästa")]),
        ("1.1. Krav finns 1.2. Mer", [("1.1", "Krav finns"), ("1.2", "Mer")]),
        ("1.1 A 1.1.1 B 1.2 C", [("1.1", "A"), ("1.1.1", "B"), ("1.2", "C")]),
        ("1.9 A 1.10 B", [("1.9", "A"), ("1.10", "B")]),
        ("Minst 1.2 ton", [("1.1", "Minst 1.2 ton")]),
    ],
)
def test_a_number_inside_a_sentence_does_not_split_it(text, expected):
    assert sub_goals(text) == expected


def test_numbers_follow_the_number_of_their_goal():
    assert sub_goals("2.1 A 1.2 B 2.2 C", 2) == [("2.1", "A 1.2 B"), ("2.2", "C")]


def test_indicators_may_skip_sub_goals_in_one_cell():
    rows = [
        ["Övergripande mål 1", "Mål"],
        ["Delmål:", "1.1 A 1.2 B 1.3 C"],
        ["Indikatorer:", "1.1 x 1.3 y"],
    ]
    (goal,) = goals_of(rows)
    assert [[i.title for i in sub.indicators] for sub in goal.sub_goals] == [["x"], [], ["y"]]


def test_an_indicator_with_a_longer_number_belongs_to_the_sub_goal_it_begins_with():
    rows = [GOALS[0], GOALS[1], ["Målindikatorer", "1.1.1 x 1.1.2 y"]]
    (goal,) = goals_of(rows)
    assert [i.number for i in goal.sub_goals[0].indicators] == ["1.1.1", "1.1.2"]


def test_an_indicator_without_sub_goal_is_reported_with_its_place():
    word = plan()
    paragraphs(word.tables[2].rows[2].cells[1], "1.1 Antal krav", "1.7 Utan delmål")
    result = reading(word)
    (problem,) = result.not_understood
    assert problem.what == ProblemKind.INDICATOR_WITHOUT_SUB_GOAL
    assert (problem.words, problem.place) == (
        "1.7 Utan delmål",
        WordPlace(table=3, row=3, column=2),
    )
    assert result.document.goals[0].sub_goals[0].indicators == EXPECTED[0].sub_goals[0].indicators


SECOND = [["Övergripande mål 2", "Uppföljning"], ["Delmål:", "2.1 Två revisioner"]]


def test_several_goals_stand_in_one_table():
    goals = goals_of([*GOALS, *SECOND])
    assert goals == (
        *EXPECTED,
        GoalText(2, "Uppföljning", (SubGoalText("2.1", "Två revisioner"),)),
    )


def test_several_goals_stand_in_tables_of_their_own():
    word = plan()
    word.add_paragraph()
    add_table(word, SECOND)
    assert [goal.number for goal in clean_reading(reading(word)).document.goals] == [1, 2]


def test_goals_without_number_get_the_next():
    rows = [["Övergripande mål", "A"], ["Övergripande mål:", "B"]]
    assert [(goal.number, goal.title) for goal in goals_of(rows)] == [(1, "A"), (2, "B")]


@pytest.mark.parametrize("label", ["Övergripande mål 1: Ett kravpaket", "Mål 1. Ett kravpaket"])
def test_a_goal_may_stand_in_its_label(label):
    assert goals_of([[label, ""], *GOALS[1:]]) == EXPECTED


def test_an_empty_goal_of_the_template_is_no_goal():
    assert goals_of([["Övergripande mål 1", ""], ["Delmål:", ""], ["Målindikatorer:", ""]]) == ()


def test_goals_may_be_paragraphs():
    word = plan(goals=())
    for text in (
        "Övergripande mål 1:",
        "Ett kravpaket",
        "Delmål:",
        "1.1 Krav finns",
        "1.2 Krav används",
        "Målindikatorer: 1.1 Antal krav 1.2 Antal avtal",
    ):
        word.add_paragraph(text)
    assert clean_reading(reading(word)).document.goals == EXPECTED


def test_a_row_without_label_goes_on_with_the_list_above():
    rows = [GOALS[0], ["Delmål:", "1.1 Krav finns"], ["", "1.2 Krav används"], GOALS[2]]
    assert clean_reading(read_text(text_plan(goals=text_of(rows)))).document.goals == EXPECTED


def test_sub_goals_without_goal_are_reported():
    result = reading(plan(goals=GOALS[1:]))
    assert result.document.goals == ()
    assert [problem.words for problem in result.not_understood] == [
        "Delmål: | 1.1 Krav finns 1.2 Krav används",
        "Målindikatorer: | 1.1 Antal krav 1.2 Antal avtal",
    ]


def test_other_rows_and_paragraphs_of_the_goal_block_are_reported():
    word = plan(goals=[*GOALS, ["Beslutad av", "Styrgruppen"]])
    word.add_paragraph("Stockholm i maj")
    assert [problem.words for problem in reading(word).not_understood] == [
        "Beslutad av | Styrgruppen",
        "Stockholm i maj",
    ]


def test_a_goal_that_is_given_twice_is_a_fault():
    faults = reading(plan(goals=[*GOALS, ["Övergripande mål 1", "Annat"]])).faults
    assert [(fault.what, fault.words) for fault in faults] == [(ProblemKind.GOAL_TWICE, "1 Annat")]


def test_a_goal_repeated_over_the_page_is_the_same_goal():
    assert goals_of([*GOALS[:2], GOALS[0], GOALS[2]]) == EXPECTED


def test_a_sub_goal_that_is_given_twice_is_a_fault():
    word = plan()
    paragraphs(word.tables[2].rows[1].cells[1], "1.1 Krav finns", "1.1 Krav används")
    faults = reading(word).faults
    assert [(fault.what, fault.words) for fault in faults] == [
        (ProblemKind.GOAL_TWICE, "1.1 Krav används")
    ]
