"""A real plan, where PLAN_SAMPLES names its folder: the acceptance test."""

import os
from collections import Counter
from pathlib import Path

import pytest

from actionplan.text import clean
from actionplan.word.document import (
    NO_LEVERAGE,
    SAME_AS,
    CellReference,
    ContactText,
    PlanCell,
)
from actionplan.word.reading.reader import read
from actionplan.word.writing.writer import write_docx, write_text
from tests.actionplan.word.documents import HEADINGS, NAMES, clean_reading
from tests.reference_grid import DIMENSIONS, STAGES

FOLDER = os.environ.get("PLAN_SAMPLES", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="PLAN_SAMPLES names no folder")


def sample(ending):
    (path,) = Path(FOLDER).glob(f"*.{ending}")
    return path.read_bytes()


@pytest.fixture(scope="module", params=["docx", "txt"])
def document(request):
    return clean_reading(read(sample(request.param), headings=HEADINGS)).document


def plain_cells(text):
    """The cells of the text by area, row and column, without any of our reader."""
    rows = [line.split("\t") for line in text.splitlines() if line.count("\t") >= 4]
    areas = []
    for row in rows:
        if row[1].startswith("Produktområde"):
            areas.append([])
        elif row[0]:
            areas[-1].append([" ".join(cell.split()) for cell in row[1:5]])
    return areas


def test_both_forms_hold_the_same_plan():
    from_word = read(sample("docx"), headings=HEADINGS)
    from_text = read(sample("txt"), headings=HEADINGS)
    assert from_word.document == from_text.document
    assert (from_word.statements_are_cut, from_text.statements_are_cut) == (True, False)


def test_the_head_is_read(document):
    assert (document.first_year, document.last_year) == (2023, 2025)
    assert (document.procurement_region, document.coordinator) == ("C", "Region Stockholm")
    assert [type(contact) for contact in document.contacts] == [ContactText]
    assert document.introduction.count("\n") == 0


def test_all_cells_are_read(document):
    cells = [cell for area in document.areas for cell in area.cells]
    assert [area.number for area in document.areas] == [1, 2, 3]
    assert len(document.areas) * len(STAGES) * len(DIMENSIONS) == 72
    assert len(cells) == sum(bool(cell.text) for cell in cells) == 58
    counts = Counter(cell.assessment for cell in cells)
    assert (counts[NO_LEVERAGE], counts[SAME_AS], counts["described"]) == (4, 16, 38)


def test_every_cell_is_kept_word_for_word(document):
    areas = plain_cells(sample("txt").decode("utf-8-sig"))
    for area, rows in zip(document.areas, areas, strict=True):
        cells = {(cell.stage, cell.dimension): cell for cell in area.cells}
        for stage, texts in zip(STAGES, rows, strict=True):
            for dimension, text in zip(DIMENSIONS, texts, strict=True):
                cell = cells.get((stage, dimension), PlanCell(stage, dimension))
                assert cell.text == clean(text)


def test_the_cut_matrix_is_one(document):
    stages = {cell.stage for cell in document.areas[2].cells}
    assert stages == set(STAGES[:5])


def test_links_lead_to_the_other_category_and_to_the_row_above(document):
    links = Counter(cell.same_as for area in document.areas for cell in area.cells if cell.same_as)
    (category,) = [link for link in links if link.category]
    assert links.pop(category) == 12
    assert links == {
        CellReference(area, "component_manufacturing", dimension): 1
        for area in (2, 3)
        for dimension in ("workers_rights", "anti_corruption")
    }


def test_risks_and_opportunities_are_told_apart(document):
    kinds = Counter(
        statement.kind
        for area in document.areas
        for cell in area.cells
        for statement in cell.statements
    )
    assert kinds["opportunity"] == 8
    mixed = [
        c for c in document.areas[1].cells if c.stage == "end_of_life" and len(c.statements) > 1
    ]
    (cell,) = mixed
    assert [statement.kind for statement in cell.statements] == ["risk", "opportunity"]


def test_the_goals_are_read(document):
    (goal,) = document.goals
    assert [sub.number for sub in goal.sub_goals] == ["1.1", "1.2"]
    assert [[i.number for i in sub.indicators] for sub in goal.sub_goals] == [["1.1"], ["1.2"]]


def test_the_plan_survives_the_round_trip(document):
    again = read(write_docx(document, **NAMES), headings=HEADINGS)
    assert clean_reading(again).document == document
    again = read(write_text(document, **NAMES).encode(), headings=HEADINGS)
    assert clean_reading(again).document == document
