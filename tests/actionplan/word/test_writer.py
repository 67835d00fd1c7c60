"""What we write, and that we understand it ourselves."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from actionplan.word.document import (
    DESCRIBED,
    NO_LEVERAGE,
    OPPORTUNITY,
    RISK,
    SAME_AS,
    Area,
    CellReference,
    ContactText,
    GoalText,
    IndicatorText,
    PlanCell,
    PlanDocument,
    PlanStatement,
    SubGoalText,
)
from actionplan.word.reading.reader import read
from actionplan.word.writing.writer import write_docx, write_text
from tests.actionplan.word.documents import HEADINGS, NAMES, cell_of, clean_reading, read_text


def cell(stage, dimension, *statements, assessment=DESCRIBED, level="", same_as=None):
    made = tuple(PlanStatement(RISK, s) if isinstance(s, str) else s for s in statements)
    return PlanCell(stage, dimension, assessment, level, made, same_as)


CELLS = (
    cell("raw_material", "human_rights", "Barnarbete.", "Skuld."),
    cell("raw_material", "environment", "Läckage.", PlanStatement(OPPORTUNITY, "Möjlighet: el.")),
    cell("use", "environment", level="low", assessment="not_assessed"),
    cell("use", "anti_corruption", "Jäv.", level="high"),
    cell("end_of_life", "human_rights", "Ingen rådighet över", assessment=NO_LEVERAGE),
)
GOAL = GoalText(
    1,
    "Ett kravpaket",
    (
        SubGoalText("1.1", "Krav finns", (IndicatorText("1.1", "Antal krav"),)),
        SubGoalText("1.2", "Krav används"),
    ),
)
PLAN = PlanDocument(
    category="Servrar & nät <små>",
    first_year=2023,
    last_year=2025,
    procurement_region="C",
    coordinator="Region Stockholm",
    contacts=(ContactText("Anna Ek", "anna@region.example"), ContactText("Bo Ek")),
    introduction="Första stycket.\n\nAndra stycket.",
    areas=(Area(1, "servrar", CELLS), Area(2, "nät")),
    goals=(GOAL, GoalText(2, "Uppföljning")),
)


def with_cells(*cells):
    return replace(PLAN, areas=(Area(1, "servrar", cells), Area(2, "nät")))


def written(document=PLAN):
    return write_docx(document, **NAMES)


def opened(document=PLAN):
    return docx.Document(io.BytesIO(written(document)))


def again(document):
    """The plan read from the Word file that was written of it."""
    return clean_reading(read(written(document), headings=HEADINGS)).document


def again_from_text(document):
    return clean_reading(read_text(write_text(document, **NAMES))).document


def test_the_written_plan_is_read_back_equal():
    assert again(PLAN) == PLAN


def test_the_written_text_is_read_back_but_for_its_paragraphs():
    document = again_from_text(PLAN)
    assert replace(document, areas=()) == replace(PLAN, areas=())
    assert [c.text for c in document.areas[0].cells] == [c.text for c in CELLS]
    assert [c.level for c in document.areas[0].cells] == [c.level for c in CELLS]


@pytest.mark.parametrize(
    "document",
    [
        replace(PLAN, contacts=(), introduction="", goals=(), coordinator=""),
        replace(PLAN, last_year=2023),
        replace(PLAN, contacts=(ContactText("inkop@region.example", "inkop@region.example"),)),
        replace(PLAN, introduction="Mål\n\nII. Introduktion\n\nProduktområde 1: x"),
        replace(PLAN, category="Bild: MR, CT m.m.", areas=(Area(7, "a: b – c"),)),
    ],
)
def test_unusual_plans_are_read_back_equal(document):
    assert again(document) == document


def test_the_same_plan_gives_the_same_bytes():
    assert written() == written()


def test_statements_keep_their_kind_whatever_they_say():
    cells = with_cells(
        cell(
            "use",
            "environment",
            PlanStatement(OPPORTUNITY, "Risk: läckage."),
            PlanStatement(RISK, "Möjlighet till återbruk. Risk: nej."),
            PlanStatement(RISK, "Risknivå: Hög"),
            PlanStatement(RISK, "• Punkt"),
        )
    )
    assert again(cells) == cells


LINKS = [
    ("Samma risker som ovan.", CellReference(1, "raw_material", "human_rights")),
    ("Samma risker som ovan.", CellReference(1, "other", "environment")),
    ("Egna ord.", CellReference(2, "use", "anti_corruption")),
    ("Samma risker som för Råvara.", CellReference(category="Bild: MR, CT m.m.")),
    ("", CellReference(1, "use", "human_rights")),
]


@pytest.mark.parametrize(("text", "link"), LINKS)
def test_a_link_is_read_back_whatever_the_words_of_the_cell_say(text, link):
    statements = [text] if text else []
    linked = cell(
        "component_manufacturing", "human_rights", *statements, assessment=SAME_AS, same_as=link
    )
    assert again(with_cells(linked)) == with_cells(linked)
    assert again_from_text(with_cells(linked)) == with_cells(linked)


def test_words_that_look_like_a_link_are_read_back_without_one():
    plain = with_cells(cell("use", "environment", "Samma risker som ovan."))
    assert again(plain) == plain
    assert again_from_text(plain) == plain


def test_a_link_that_the_words_make_is_not_written_twice():
    link = CellReference(1, "component_manufacturing", "environment")
    linked = cell(
        "final_manufacturing",
        "environment",
        "Samma risker som ovan.",
        assessment=SAME_AS,
        same_as=link,
    )
    assert "Hänvisning" not in write_text(with_cells(linked), **NAMES)


def test_no_leverage_without_words_is_not_lost():
    empty = with_cells(cell("use", "environment", assessment=NO_LEVERAGE))
    result = read(written(empty), headings=HEADINGS)
    assert cell_of(result, "use", "environment").assessment == NO_LEVERAGE


def test_a_numbered_title_is_one_title():
    goal = GoalText(1, "Mål", (SubGoalText("1.1", "Version 1.2 av paketet"),))
    document = replace(PLAN, goals=(goal,))
    assert again(document) == document


def test_text_goals_are_run_together_as_in_the_template_if_they_can_be_told_apart():
    text = write_text(PLAN, **NAMES)
    assert "Delmål:\t1.1 Krav finns 1.2 Krav används\n" in text


def test_text_goals_that_cannot_be_told_apart_stand_one_a_line():
    sub_goals = (SubGoalText("1.3", "A"), SubGoalText("1.1", "B"))
    document = replace(PLAN, goals=(GoalText(1, "Mål", sub_goals),))
    assert "Delmål:\t1.3 A\n\t1.1 B\n" in write_text(document, **NAMES)
    assert again_from_text(document).goals == document.goals


def test_characters_that_xml_cannot_hold_do_not_stop_the_writer():
    document = with_cells(cell("use", "environment", "A\ufffeB"))
    result = read(written(document), headings=HEADINGS)
    assert cell_of(result, "use", "environment").text == "AB"


def test_headings_have_heading_styles():
    word = opened()
    styles = [
        (p.style.name, p.text.split(".")[0]) for p in word.paragraphs if "Head" in p.style.name
    ]
    assert styles == [("Heading 1", number) for number in ("I", "II", "III", "IV")]
    assert word.paragraphs[0].style.name == "Title"


def test_a_matrix_repeats_both_header_rows_and_keeps_its_rows_whole():
    table = opened().tables[1]
    rows = list(table.rows)
    has_header = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert has_header == [True, True] + [False] * 6
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert len(rows[0]._tr.tc_lst) == 2
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Produktområde 1: servrar"


def test_opportunities_are_told_apart_by_more_than_colour():
    word = opened()
    last = list(word.tables[1].rows)[2].cells[3].paragraphs[-1]
    assert last.style.name == "Möjlighet"
    assert last.style.font.italic
    assert last.style.element.pPr.find(qn("w:pBdr")) is not None


def test_the_page_is_a_landscape_a4_in_swedish():
    word = opened()
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    languages = {e.get(qn("w:val")) for e in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}


def test_the_properties_tell_what_it_is_and_not_when_it_was_made():
    properties = opened().core_properties
    assert properties.title == "Handlingsplan 2023–2025: Servrar & nät <små>"
    assert (properties.language, properties.author) == ("sv-SE", "Region Stockholm")
    assert properties.created == properties.modified
    assert properties.created.year == 2000


def test_the_file_holds_no_picture_and_no_date_of_the_template():
    with zipfile.ZipFile(io.BytesIO(written())) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_described_cell_whose_words_name_a_category_gets_no_mark():
    words = PlanStatement(RISK, "Samma risker som för kategorin Möbler.")
    cell = PlanCell("raw_material", "environment", DESCRIBED, statements=(words,))
    assert "Hänvisning" not in write_text(with_cells(cell), **NAMES)


def test_a_described_cell_whose_words_name_a_cell_is_marked():
    words = PlanStatement(RISK, "Samma risker som ovan.")
    cell = PlanCell("use", "environment", DESCRIBED, statements=(words,))
    assert "Hänvisning: ingen." in write_text(with_cells(cell), **NAMES)
