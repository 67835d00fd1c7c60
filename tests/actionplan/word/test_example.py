"""The example plan in the repository: as irregular as a real one, and understood."""

import io
import zipfile

import docx
import pytest

from actionplan.word.document import NO_LEVERAGE, SAME_AS
from actionplan.word.reading.reader import read
from actionplan.word.writing.writer import write_docx
from examples import build_example
from tests.actionplan.word.documents import HEADINGS, NAMES, clean_reading
from tests.reference_grid import DIMENSIONS, STAGES

WORD = build_example.FOLDER / f"{build_example.NAME}.docx"
TEXT = build_example.FOLDER / f"{build_example.NAME}.txt"


@pytest.fixture(scope="module")
def document():
    return clean_reading(read(WORD.read_bytes(), headings=HEADINGS)).document


def test_both_forms_hold_the_same_plan(document):
    assert clean_reading(read(TEXT.read_bytes(), headings=HEADINGS)).document == document


def test_it_is_a_whole_plan(document):
    assert (document.category, document.procurement_region) == ("IT-teknisk plattform", "C")
    assert [contact.name for contact in document.contacts] == ["Exempel Exempelsson"]
    assert [area.name for area in document.areas] == ["datahallar", "servrar", "nätverksprodukter"]
    assert len(document.areas) * len(STAGES) * len(DIMENSIONS) == 72
    assert [len(area.cells) for area in document.areas] == [22, 18, 17]
    assert [len(goal.sub_goals) for goal in document.goals] == [2, 2]
    assert all(sub.indicators for goal in document.goals for sub in goal.sub_goals)


def test_it_has_what_makes_real_plans_hard(document):
    text = TEXT.read_text(encoding="utf-8")
    for spelling in ("Sluttilverkning", "Sluttillverkning", "Arbeters", "Användarfas", "\u00ad"):
        assert spelling in text
    assessments = [cell.assessment for area in document.areas for cell in area.cells]
    assert (assessments.count(NO_LEVERAGE), assessments.count(SAME_AS)) == (4, 25)
    categories = {c.same_as.category for a in document.areas for c in a.cells if c.same_as}
    assert categories == {"", "IT-arbetsplats"}
    # One table for the head, four for three matrices, two for the goals.
    assert len(docx.Document(WORD).tables) == 7


def test_it_survives_the_round_trip(document):
    again = read(write_docx(document, **NAMES), headings=HEADINGS)
    assert clean_reading(again).document == document


def test_the_files_are_those_that_the_script_builds():
    assert TEXT.read_text(encoding="utf-8") == build_example.text()
    # Compared unpacked: another zlib may pack the same parts into other bytes.
    assert parts(WORD.read_bytes()) == parts(build_example.word_bytes())


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}
