"""Habits that people have in Word: what is read is what the page says, or it is told."""

import pytest

from actionplan.text import clean
from actionplan.word.document import Area
from tests.actionplan.word.documents import (
    FACTS,
    add_table,
    matrix_cell,
    matrix_rows,
    plan,
    reading,
    set_xml,
)

RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
BREAK = "<w:r><w:br/></w:r>"


def run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def only_cell(area: Area) -> list[tuple[str, str]]:
    (cell,) = area.cells
    return [(statement.kind, statement.text) for statement in cell.statements]


def read_cell(inner: str) -> list[tuple[str, str]]:
    """What is read of a cell with this Word XML."""
    word = plan()
    set_xml(matrix_cell(word, 2, 1), inner)
    return only_cell(reading(word).document.areas[0])


@pytest.mark.parametrize(
    ("raised", "read"),
    [("6", "10⁶ ton."), ("-3", "10⁻³ ton."), ("(2)", "10⁽²⁾ ton."), (":e", "10:e ton.")],
)
def test_a_figure_above_the_line_is_not_one_on_it(raised, read):
    assert read_cell(run("10") + run(raised, RAISED) + run(" ton.")) == [("risk", read)]


def test_a_style_raises_a_figure_and_its_text_lowers_it():
    word = plan()
    style = word.styles.add_style("Upphöjd", 2)
    style.font.superscript = True
    named = f'<w:rPr><w:rStyle w:val="{style.style_id}"/>%s</w:rPr>'
    level = '<w:vertAlign w:val="baseline"/>'
    inner = run("Yta 5 m") + run("2", named % "") + run(" och ") + run("3", named % level)
    set_xml(matrix_cell(word, 2, 1), inner)
    assert only_cell(reading(word).document.areas[0]) == [("risk", "Yta 5 m² och 3")]


def test_a_figure_below_the_line_stays_on_it():
    low = '<w:rPr><w:vertAlign w:val="subscript"/></w:rPr>'
    assert read_cell(run("CO") + run("2", low) + run("-utsläpp.")) == [("risk", "CO2-utsläpp.")]


def test_items_typed_with_line_breaks_are_items():
    lines = ["Barnarbete:", "- i gruvor", "– i odling", "• i smältverk", "1) i lager"]
    statements = read_cell(BREAK.join(map(run, lines)))
    assert statements == [("risk", line) for line in lines]


def test_items_below_a_label_are_of_its_kind():
    lines = ["Korruption.", "Möjligheter:", "- ställa krav", "- följa upp"]
    kinds = [kind for kind, _text in read_cell(BREAK.join(map(run, lines)))]
    assert kinds == ["risk", *["opportunity"] * 3]


def test_a_sentence_that_goes_on_in_the_next_line_is_one():
    lines = ["Barnarbete i gruvor och", "i odling, 5–10 % av", "2 000 anställda."]
    assert read_cell(BREAK.join(map(run, lines))) == [("risk", " ".join(lines))]


@pytest.mark.parametrize("sign", ["-", "–", "—", "…", "?", "- -", "•"])
def test_a_sign_alone_is_nobodys_risk_and_is_told(sign):
    read = reading(plan(matrix_rows({("Råvara", 1): sign, ("Avfall", 1): "Kvar."})))
    assert only_cell(read.document.areas[0]) == [("risk", "Kvar.")]
    (problem,) = read.not_understood
    assert (problem.words, problem.place.row, problem.place.column) == (sign, 3, 2)


@pytest.mark.parametrize(
    "title",
    [
        "Krav enligt version 1.2 av mallen",
        "Minska med minst 1.2 ton",
        "Öka andelen 1.2 procentenheter",
        "Krav som delmål 1.2 nämner",
        "Minska från 1.3 till 1.2 meter",
    ],
)
def test_a_number_within_a_sentence_is_no_sub_goal(title):
    goals = [
        ["Övergripande mål 1", "Ett kravpaket"],
        ["Delmål:", f"1.1 {title} 1.2 Krav används"],
        ["Målindikatorer:", "1.1 Antal krav 1.2 Antal avtal"],
    ]
    (goal,) = reading(plan(goals=goals)).document.goals
    sub_goals = [(sub.number, sub.title) for sub in goal.sub_goals]
    assert sub_goals == [("1.1", title), ("1.2", "Krav används")]


@pytest.mark.parametrize("more", ["", " (forts.)", ", fortsättning", " – forts"])
def test_a_matrix_that_goes_on_in_another_table_is_one(more):
    rows = matrix_rows({("Råvara", 1): "A.", ("Avfall", 1): "B."})
    word = plan(rows[:5])
    again = [[rows[0][0], *[f"Produktområde 1: Servrar{more}"] * 4], rows[1], *rows[5:]]
    first, second = word.tables[1], add_table(word, again)
    first._tbl.addnext(second._tbl)
    first._tbl.addnext(word.add_paragraph()._p)
    read = reading(word)
    assert not read.faults
    (area,) = read.document.areas
    assert [cell.statements[0].text for cell in area.cells] == ["A.", "B."]


def test_joined_letters_are_the_letters_that_they_join():
    assert clean("E\ufb00ektiv \ufb01nansiering m²") == "Effektiv finansiering m²"
    read = reading(plan(matrix_rows({("Råvara", 1): "Bristande e\ufb00ekt."})))
    assert only_cell(read.document.areas[0]) == [("risk", "Bristande effekt.")]


def test_the_head_facts_are_read_whatever_stands_around_them():
    facts = [*FACTS, ["Beslutad:", "2024-02-01"]]
    read = reading(plan(facts=facts))
    assert read.document.procurement_region == "C"
    assert [problem.words for problem in read.not_understood] == ["Beslutad: | 2024-02-01"]


@pytest.mark.parametrize(
    "words",
    [
        "(Ingen rådighet över)",
        "Saknar rådighet.",
        "Ej rådighet",
        "Rådighet saknas",
        "INGEN RÅDIGHET",
    ],
)
def test_no_leverage_is_that_in_other_words(words):
    (area,) = reading(plan(matrix_rows({("Råvara", 1): words}))).document.areas
    assert [cell.assessment for cell in area.cells] == ["no_leverage"]


@pytest.mark.parametrize(
    "words", ["Ingen rådighet över råvaran, men krav kan ställas.", "Saknar rådighet över gruvan"]
)
def test_a_sentence_about_leverage_is_a_statement(words):
    assert only_cell(reading(plan(matrix_rows({("Råvara", 1): words}))).document.areas[0]) == [
        ("risk", words)
    ]


@pytest.mark.parametrize("words", ["Ej bedömd", "Inte bedömt.", "(ännu ej analyserat)"])
def test_a_cell_that_says_that_nobody_judged_it_holds_no_risk(words):
    read = reading(plan(matrix_rows({("Råvara", 1): words, ("Avfall", 1): "Kvar."})))
    assert only_cell(read.document.areas[0]) == [("risk", "Kvar.")]
    assert read.not_understood == ()


@pytest.mark.parametrize(
    "words", ["Klicka här för att ange text.", "Click or tap here to enter text."]
)
def test_what_a_template_says_is_nobodys_risk_and_is_told(words):
    read = reading(plan(matrix_rows({("Råvara", 1): words, ("Avfall", 1): "Kvar."})))
    assert only_cell(read.document.areas[0]) == [("risk", "Kvar.")]
    assert [problem.words for problem in read.not_understood] == [words]


@pytest.mark.parametrize(
    "label",
    ["Övergripande mål nr 1", "Mål nr. 1:", "Mål nummer 1", "Mål 1 –", "Övergripande mål 1 -"],
)
def test_the_number_of_a_goal_is_no_part_of_its_words(label):
    goals = [[label, "Ett kravpaket"], ["Delmål:", "1.1 Krav finns"]]
    read = reading(plan(goals=goals))
    assert [(goal.number, goal.title) for goal in read.document.goals] == [(1, "Ett kravpaket")]


def test_marks_that_nobody_sees_change_no_heading():
    rows = matrix_rows({("Råvara", 1): "A."})
    rows[1][1], rows[2][0] = "Mänskliga\u200e rättigheter\u202c", "\u2066Rå\u00advara\u2069"
    assert only_cell(reading(plan(rows)).document.areas[0]) == [("risk", "A.")]
