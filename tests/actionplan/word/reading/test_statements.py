"""How the words of a cell become statements, and what the cell's assessment is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actionplan.text import clean
from actionplan.word.document import (
    DESCRIBED,
    NO_LEVERAGE,
    NOT_ASSESSED,
    OPPORTUNITY,
    RISK,
    SAME_AS,
    CellReference,
)
from actionplan.word.file.blocks import Paragraph
from actionplan.word.reading.statements import cell_words, cut_statements, make_cell


def cut(text):
    return [(statement.kind, statement.text) for statement in cut_statements(text)]


def words(*paragraphs):
    return cell_words(p if isinstance(p, Paragraph) else Paragraph(p) for p in paragraphs)


def kinds(*paragraphs):
    return [statement.kind for statement in words(*paragraphs).statements]


def test_a_text_without_marks_is_one_risk():
    assert cut("Barnarbete. Tvångsarbete förekommer.") == [
        (RISK, "Barnarbete. Tvångsarbete förekommer.")
    ]


def test_a_sentence_that_begins_with_opportunity_starts_one():
    assert cut("Elavfall dumpas. Möjlighet till återtag, som ger återbruk.") == [
        (RISK, "Elavfall dumpas."),
        (OPPORTUNITY, "Möjlighet till återtag, som ger återbruk."),
    ]


def test_opportunity_inside_a_sentence_starts_nothing():
    assert [kind for kind, _ in cut("Arbetare saknar möjlighet att klaga.")] == [RISK]
    assert [kind for kind, _ in cut("Få val, t.ex. möjlighet att byta.")] == [RISK]


def test_a_label_with_opportunity_starts_one_each():
    assert cut(
        "Läckage. Möjligheter på nivå: låg effekt. Organisatoriska möjligheter: delning."
    ) == [
        (RISK, "Läckage."),
        (OPPORTUNITY, "Möjligheter på nivå: låg effekt."),
        (OPPORTUNITY, "Organisatoriska möjligheter: delning."),
    ]


def test_a_label_of_both_or_of_none_starts_no_opportunity():
    assert [kind for kind, _ in cut("Risker och möjligheter: se nedan.")] == [RISK]
    assert [kind for kind, _ in cut("Brist på möjligheter: arbetare är inlåsta.")] == [RISK]
    assert [kind for kind, _ in cut("Miljö i kedjan: utsläpp.")] == [RISK]


def test_a_risk_label_switches_back():
    assert cut("Möjligheter: återbruk. Risk: dumpning. Risker: läckage.") == [
        (OPPORTUNITY, "Möjligheter: återbruk."),
        (RISK, "Risk: dumpning."),
        (RISK, "Risker: läckage."),
    ]


def test_the_word_risk_in_an_opportunity_does_not_switch_back():
    assert cut("Möjlighet till återtag. Risk för att det blir dyrt.") == [
        (OPPORTUNITY, "Möjlighet till återtag. Risk för att det blir dyrt.")
    ]


def test_a_risk_label_before_the_word_risk_is_one_statement():
    text = "Risk: Risk för att avfall dumpas. Möjlighet till återtag."
    assert cut(text) == [
        (RISK, "Risk: Risk för att avfall dumpas."),
        (OPPORTUNITY, "Möjlighet till återtag."),
    ]


def test_a_line_break_begins_a_sentence():
    assert cut("Läckage\nMöjlighet till återbruk") == [
        (RISK, "Läckage"),
        (OPPORTUNITY, "Möjlighet till återbruk"),
    ]


def test_a_typed_bullet_stays_with_its_sentence():
    assert cut("• Läckage • Möjlighet till återbruk") == [
        (RISK, "• Läckage"),
        (OPPORTUNITY, "• Möjlighet till återbruk"),
    ]


def test_each_paragraph_is_a_statement():
    assert kinds("Läckage.", "", "Möjlighet till återbruk.", "Utsläpp.") == [
        RISK,
        OPPORTUNITY,
        RISK,
    ]


def test_list_items_after_a_label_alone_are_of_its_kind():
    bullet = Paragraph("återbruk", is_item=True)
    assert kinds("Möjligheter:", bullet, "- delning", "Utsläpp.") == [OPPORTUNITY] * 3 + [RISK]


@pytest.mark.parametrize(
    ("style", "kind"), [("Risk", RISK), ("Möjlighet", OPPORTUNITY), ("opportunity", OPPORTUNITY)]
)
def test_a_paragraph_in_our_style_is_one_statement_of_its_kind(style, kind):
    text = "Risk: läckage. Möjlighet till återbruk. Risknivå: Hög"
    (statement,) = words(Paragraph(text, style)).statements
    assert (statement.kind, statement.text) == (kind, text)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Risknivå: Hög", "high"),
        ("risknivå: medelhög.", "medium"),
        ("Risknivå – Låg", "low"),
        ("Risknivå: Otillräcklig information", "insufficient"),
    ],
)
def test_a_level_is_no_statement(text, level):
    cell = words(text, "Läckage.")
    assert (cell.level, cell.text) == (level, "Läckage.")


def test_a_level_may_stand_last_or_before_the_text():
    assert words("Läckage.", "Risknivå: Hög").level == "high"
    assert words("Risknivå: Hög. Läckage.").text == "Läckage."


def test_a_sentence_about_a_level_is_a_statement():
    text = "Risknivå: Hög sannolikhet för läckage."
    assert (words(text).level, words(text).text) == ("", text)


def test_a_second_level_is_kept_as_words():
    cell = words("Risknivå: Hög", "Risknivå: Låg")
    assert (cell.level, cell.text) == ("high", "Risknivå: Låg")


@pytest.mark.parametrize(
    "text", ["Ingen rådighet över", "ingen  rådighet.", "Ingen rådighet över."]
)
def test_no_leverage_is_an_assessment_that_keeps_its_words(text):
    cell = make_cell("use", "environment", words(text), CellReference(1, "other", "environment"))
    assert (cell.assessment, cell.text, cell.same_as) == (NO_LEVERAGE, clean(text), None)


def test_more_than_no_leverage_is_described():
    cell = make_cell("use", "environment", words("Ingen rådighet över elavtalet."), None)
    assert cell.assessment == DESCRIBED


def test_the_assessment_follows_from_words_and_link():
    link = CellReference(category="IT-arbetsplats")
    assert make_cell("use", "environment", words(), None).assessment == NOT_ASSESSED
    assert make_cell("use", "environment", words("Läckage."), None).assessment == DESCRIBED
    cell = make_cell("use", "environment", words("Läckage."), link)
    assert (cell.assessment, cell.same_as, cell.text) == (SAME_AS, link, "Läckage.")


PIECES = st.sampled_from(
    [
        "Möjlighet till återbruk",
        "Möjligheter:",
        "möjligheter på nivå:",
        "Risk:",
        "Risker:",
        "Risk för läckage",
        "Risknivå: Hög",
        ".",
        "!",
        "• ",
        "- ",
        "\n",
        "\u00a0",
        "t.ex. ",
        "å",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=10).map(" ".join)


@given(TEXTS)
@example("a.\nMöjlighet b • Möjlighet c")
def test_nothing_of_a_text_is_lost_or_changed_by_cutting_it(text):
    parts = [statement.text for statement in cut_statements(text)]
    assert " ".join(parts).split() == clean(text).split()
    assert all(part == " ".join(part.split()) and part for part in parts)
