"""Risk matrices as real documents hold them."""

import docx
import pytest

from actionplan.word.document import (
    NO_LEVERAGE,
    OPPORTUNITY,
    RISK,
    SAME_AS,
    CellReference,
    WordPlace,
)
from tests.actionplan.word.documents import (
    CORNER,
    HEAD,
    STAGES,
    add_table,
    area_of,
    cell_of,
    clean_reading,
    head_of_plan,
    matrix_cell,
    matrix_rows,
    paragraphs,
    plan,
    reading,
)


def texts(result, area=1):
    return {(c.stage, c.dimension): c.text for c in area_of(clean_reading(result), area).cells}


def plan_with(*tables, gap=""):
    """A plan whose risk block holds these tables, with an empty paragraph between them."""
    word = head_of_plan(docx.Document())
    for rows in tables:
        add_table(word, rows)
        word.add_paragraph(gap)
    return word


def test_cells_come_in_grid_order_and_only_those_given():
    cells = {("Övrigt", 1): "Sist.", ("Råvara", 4): "Mutor.", ("Råvara", 1): "Barnarbete."}
    given = area_of(reading(plan(matrix_rows(cells)))).cells
    assert [cell.text for cell in given] == ["Barnarbete.", "Mutor.", "Sist."]


def test_two_spellings_of_one_heading_in_a_document_are_one_stage():
    first = matrix_rows({("Sluttilverkning", 1): "A."}, stages=("Sluttilverkning",))
    second = matrix_rows(
        {("Slutmontering", 1): "B."}, stages=("Slutmontering",), area="Produktområde 2: nät"
    )
    result = reading(plan_with(first, second))
    assert texts(result, 1) == {("final_manufacturing", "human_rights"): "A."}
    assert texts(result, 2) == {("final_manufacturing", "human_rights"): "B."}


@pytest.mark.parametrize(
    "heading",
    [
        "Råvara: risker och möjligheter",
        "Råvara risker och möjligheter",
        "råvara – Risker och möjligheter:",
        "RÅVARA",
        "Råvara:",
        "1. Råvara (risker och möjligheter)",
        "Rå\u00advara:\u00a0risker & möjligheter",
        "Råvara\nrisker och möjligheter",
    ],
)
def test_a_stage_heading_has_many_forms(heading):
    rows = matrix_rows()
    rows[2][0] = heading
    assert texts(reading(plan(rows))) == {("raw_material", "human_rights"): "Barnarbete."}


def test_a_slash_in_a_heading_may_have_room_around_it():
    rows = [*matrix_rows()[:2], ["Sluthantering / avfall", "Dumpning.", "", "", ""]]
    rows[1] = ["", "Anti\u2011korruption/affärsetik", *HEAD[1:4]]
    cell_texts = texts(reading(plan(rows)))
    assert cell_texts == {("end_of_life", "anti_corruption"): "Dumpning."}


def test_columns_are_read_by_name_in_any_order():
    rows = matrix_rows({("Råvara", 1): "Utsläpp.", ("Råvara", 2): "Mutor."})
    rows[1] = ["", "Miljöskydd", "Korruption", "Arbeters rättigheter", "Mänskliga rättigheter"]
    assert texts(reading(plan(rows))) == {
        ("raw_material", "environment"): "Utsläpp.",
        ("raw_material", "anti_corruption"): "Mutor.",
    }


def test_rows_are_read_by_name_in_any_order():
    rows = matrix_rows({("Råvara", 1): "A.", ("Övrigt", 1): "B."}, stages=("Övrigt", "Råvara"))
    cells = area_of(reading(plan(rows))).cells
    assert [(cell.stage, cell.text) for cell in cells] == [("raw_material", "A."), ("other", "B.")]


def test_a_merged_row_fills_all_its_cells():
    cells = {("Avfall", column): "Ingen rådighet över" for column in range(1, 5)}
    word = plan(matrix_rows(cells))
    assert len(matrix_cell(word, 6, 1)._tc.getparent().tc_lst) == 2
    given = area_of(clean_reading(reading(word))).cells
    assert [cell.assessment for cell in given] == [NO_LEVERAGE] * 4


def test_a_cell_merged_over_two_rows_is_in_both():
    word = plan(matrix_rows({("Råvara", 1): "Barnarbete."}))
    matrix_cell(word, 2, 1).merge(matrix_cell(word, 3, 1))
    assert texts(reading(word)) == {
        ("raw_material", "human_rights"): "Barnarbete.",
        ("component_manufacturing", "human_rights"): "Barnarbete.",
    }


def test_a_stage_merged_over_two_rows_has_the_cells_of_both():
    word = plan(matrix_rows({("Råvara", 1): "A.", ("Sluttillverkning", 1): "B."}))
    matrix_cell(word, 3, 0).text = ""
    matrix_cell(word, 3, 1).text = "Mer."
    matrix_cell(word, 2, 0).merge(matrix_cell(word, 3, 0))
    assert texts(reading(word)) == {
        ("raw_material", "human_rights"): "A. Mer.",
        ("final_manufacturing", "human_rights"): "B.",
    }


def test_paragraphs_and_bullets_are_statements_of_their_own():
    word = plan()
    cell = matrix_cell(word, 2, 1)
    paragraphs(cell, "Barnarbete.", "Tvångsarbete.", "• Skuld", styles=[None, "List Bullet"])
    cell.add_paragraph("Möjlighet att välja gruva.")
    assert [(s.kind, s.text) for s in cell_of(reading(word)).statements] == [
        (RISK, "Barnarbete."),
        (RISK, "Tvångsarbete."),
        (RISK, "• Skuld"),
        (OPPORTUNITY, "Möjlighet att välja gruva."),
    ]


def test_a_table_cut_by_a_page_goes_on():
    rows = matrix_rows({("Råvara", 1): "A.", ("Övrigt", 2): "Samma som ovan", ("Avfall", 2): "B."})
    result = reading(plan_with(rows[:4], rows[4:]))
    assert texts(result)["other", "workers_rights"] == "Samma som ovan"
    assert cell_of(result, "other", "workers_rights").same_as == CellReference(
        1, "end_of_life", "workers_rights"
    )


def test_a_header_repeated_over_the_page_begins_no_new_area():
    rows = matrix_rows({("Råvara", 1): "A.", ("Övrigt", 2): "B."})
    result = reading(plan_with(rows[:4], [*rows[:2], *rows[4:]]))
    assert set(texts(result).values()) == {"A.", "B."}
    one_table = [*rows[:4], *rows[:2], *rows[4:]]
    assert set(texts(reading(plan(one_table))).values()) == {"A.", "B."}


def test_above_is_above_in_the_document_not_in_the_grid():
    cells = {("Övrigt", 1): "Annat.", ("Råvara", 1): "Samma risker som ovan."}
    result = reading(plan(matrix_rows(cells, stages=("Övrigt", "Råvara"))))
    cell = cell_of(result)
    assert (cell.assessment, cell.same_as) == (SAME_AS, CellReference(1, "other", "human_rights"))


def test_an_alias_of_the_introduction_makes_a_link_that_keeps_its_words():
    introduction = ["De har samma risker som övriga IT-produkter (se IT-arbetsplats)."]
    text = "Varorna har samma risker som för övriga IT-produkter. Mer värme."
    result = reading(plan(matrix_rows({("Råvara", 1): text}), introduction=introduction))
    cell = cell_of(result)
    assert (cell.same_as, cell.text) == (CellReference(category="IT-arbetsplats"), text)


def test_words_of_a_cell_that_look_like_a_heading_are_its_text():
    cells = {("Råvara", 1): "Produktområde 2 är värre.", ("Råvara", 2): "Miljö"}
    assert list(texts(reading(plan(matrix_rows(cells)))).values()) == list(cells.values())


def test_five_areas_are_read():
    tables = [
        matrix_rows({("Råvara", 1): f"Risk {n}."}, area=f"Produktområde {n}: vara {n}")
        for n in range(1, 6)
    ]
    result = clean_reading(reading(plan_with(*tables)))
    assert [(area.number, area.name) for area in result.document.areas] == [
        (n, f"vara {n}") for n in range(1, 6)
    ]
    assert texts(result, 5) == {("raw_material", "human_rights"): "Risk 5."}


@pytest.mark.parametrize(
    ("heading", "number", "name"),
    [
        ("Produktområde 3: servrar", 3, "servrar"),
        ("Produktområde 3 – servrar", 3, "servrar"),
        ("Produktområde 3. servrar: små", 3, "servrar: små"),
        ("produktområde servrar", 1, "servrar"),
        ("Produktområde: servrar", 1, "servrar"),
        ("Produktområde 2", 2, "Produktområde 2"),
    ],
)
def test_an_area_heading_has_many_forms(heading, number, name):
    area = reading(plan(matrix_rows(area=heading))).document.areas[0]
    assert (area.number, area.name) == (number, name)


def test_areas_without_number_get_the_next():
    headings = ("Produktområde 4: a", "Produktområde: b", "Produktområde: c")
    tables = [matrix_rows(area=heading) for heading in headings]
    result = clean_reading(reading(plan_with(*tables)))
    assert [area.number for area in result.document.areas] == [4, 5, 6]


def test_the_area_may_stand_above_its_table():
    word = head_of_plan(docx.Document())
    for number, name in ((1, "servrar"), (2, "nät")):
        word.add_heading(f"Produktområde {number}: {name}", 2)
        add_table(word, matrix_rows()[1:])
    areas = clean_reading(reading(word)).document.areas
    assert [(area.number, area.name, len(area.cells)) for area in areas] == [
        (1, "servrar", 1),
        (2, "nät", 1),
    ]


def test_the_area_may_stand_both_above_and_in_its_table():
    word = head_of_plan(docx.Document())
    word.add_paragraph("Produktområde 1: servrar", "Caption")
    add_table(word, matrix_rows())
    assert area_of(clean_reading(reading(word))).name == "servrar"


def test_area_and_columns_may_share_a_row():
    rows = [["Produktområde 1: servrar", *HEAD[1:]], *matrix_rows()[2:]]
    assert texts(reading(plan(rows))) == {("raw_material", "human_rights"): "Barnarbete."}


def test_a_caption_without_its_table_is_reported():
    word = plan_with(matrix_rows())
    word.add_paragraph("Produktområde 2: nät")
    (problem,) = reading(word).not_understood
    assert problem.words == "Produktområde 2: nät"


def test_a_caption_that_says_something_else_than_its_table_is_reported():
    word = head_of_plan(docx.Document())
    for caption in ("Produktområde 1: nät", "Produktområde 1: datahallar"):
        word.add_paragraph(caption)
    add_table(word, matrix_rows())
    result = reading(word)
    assert [problem.words for problem in result.not_understood] == [
        "Produktområde 1: nät",
        "Produktområde 1: datahallar",
    ]
    assert area_of(result).name == "servrar"


def test_rows_before_the_first_area_are_reported():
    result = reading(plan_with([HEAD, *matrix_rows()[2:3]], matrix_rows()))
    assert [problem.words for problem in result.not_understood] == [
        " | ".join(HEAD[1:]),
        "Råvara: risker och möjligheter | Barnarbete.",
    ]
    assert len(area_of(result).cells) == 1


def test_text_without_any_column_head_is_reported():
    rows = matrix_rows()
    result = reading(plan([rows[0], *rows[2:]]))
    assert [problem.words for problem in result.not_understood] == ["Barnarbete."]


def test_a_paragraph_among_the_matrices_is_reported():
    (problem,) = reading(plan_with(matrix_rows(), gap="Källa: egen analys")).not_understood
    assert (problem.words, problem.place) == ("Källa: egen analys", WordPlace(paragraph=6))


def test_a_note_over_the_whole_row_is_reported_and_no_stage():
    rows = [*matrix_rows(), ["Källa: egen analys"] * 5]
    word = plan(rows)
    cells = word.tables[1].rows[8].cells
    cells[0].merge(cells[4]).text = "Källa: egen analys"
    (problem,) = reading(word).not_understood
    assert (problem.words, problem.place) == ("Källa: egen analys", WordPlace(table=2, row=9))


def test_text_outside_the_columns_is_reported():
    rows = matrix_rows()
    rows[1] = [*HEAD[:4], ""]
    rows[2] = [rows[2][0], "Barnarbete.", "", "", "Löst."]
    (problem,) = reading(plan(rows)).not_understood
    assert (problem.words, problem.place) == ("Löst.", WordPlace(table=2, row=3, column=5))


def test_a_row_without_heading_is_reported():
    rows = [*matrix_rows(), ["", "Utan rubrik.", "", "", ""]]
    (problem,) = reading(plan(rows)).not_understood
    assert problem.words == "Utan rubrik."


def test_other_words_in_the_header_row_are_reported():
    rows = matrix_rows()
    rows[0][0] = "Analys av Anna"
    assert [problem.words for problem in reading(plan(rows)).not_understood] == ["Analys av Anna"]
    rows[0][0] = CORNER
    clean_reading(reading(plan(rows)))


def test_levels_stand_with_and_without_text():
    word = plan(matrix_rows({("Råvara", 2): "Risknivå: Låg"}, stages=STAGES))
    paragraphs(matrix_cell(word, 2, 1), "Risknivå: Hög", "Barnarbete.")
    result = clean_reading(reading(word))
    first, second = area_of(result).cells
    assert (first.level, first.assessment, first.text) == ("high", "described", "Barnarbete.")
    assert (second.level, second.assessment, second.text) == ("low", "not_assessed", "")
