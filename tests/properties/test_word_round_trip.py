"""Any plan that we can hold is understood again when we have written it."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from actionplan.word.document import SAME_AS
from actionplan.word.reading.reader import read
from actionplan.word.writing.writer import write_docx, write_text
from tests.actionplan.word.documents import HEADINGS, NAMES
from tests.properties.strategies import NAMES as PLAIN
from tests.properties.strategies import plans

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def with_categories(document, read_plan):
    """The plan as its own words read: a category they name is a link, with or without a plan.

    Only the database knows that; where there is none, the importer makes it a description again.
    """
    read_cells = {
        (area.number, cell.stage, cell.dimension): cell
        for area in read_plan.areas
        for cell in area.cells
    }

    def as_read(area, cell):
        other = read_cells[area.number, cell.stage, cell.dimension].same_as
        if cell.same_as is None and other is not None and other.category:
            return replace(cell, same_as=other, assessment=SAME_AS)
        return cell

    areas = tuple(
        replace(area, cells=tuple(as_read(area, cell) for cell in area.cells))
        for area in document.areas
    )
    return replace(document, areas=areas)


def without_cells(document):
    areas = tuple(replace(area, cells=()) for area in document.areas)
    return replace(document, areas=areas)


def facts(document):
    """What the text form can tell of the cells: all but where their statements begin."""
    return {
        (area.number, cell.stage, cell.dimension): (
            cell.text,
            cell.level,
            cell.assessment,
            cell.same_as,
        )
        for area in document.areas
        for cell in area.cells
    }


@SLOW
@given(plans())
def test_a_plan_written_as_word_is_read_back_equal(document):
    result = read(write_docx(document, **NAMES), headings=HEADINGS)
    assert result.faults == ()
    assert result.document == with_categories(document, result.document)
    assert result.not_understood == ()


@SLOW
@given(plans(paragraphs=PLAIN))
def test_a_plan_written_as_text_is_read_back_but_for_its_paragraphs(document):
    result = read(write_text(document, **NAMES).encode(), headings=HEADINGS)
    assert result.faults == ()
    assert without_cells(result.document) == without_cells(document)
    assert facts(result.document) == facts(with_categories(document, result.document))
    assert result.not_understood == ()


@SLOW
@given(plans())
def test_a_plan_survives_the_plan_json(document):
    assert type(document).from_json(document.to_json()) == document
