"""Whatever text a plan holds, a file gives it back, and nothing becomes a formula."""

import io

import openpyxl
import pytest
import tablib
from django.utils.translation import gettext
from hypothesis import example, given, settings
from hypothesis import strategies as st

from actionplan import text
from actionplan.excel.formats import SafeCSV, SafeXLSX
from actionplan.excel.front import ResourceFront
from actionplan.excel.writing.spreadsheet import pieces, spread
from actionplan.models import User
from actionplan.word.document import Area, PlanCell, PlanDocument, PlanStatement
from risks.admin.sheets import STATEMENTS
from risks.exporting.workbook import plan_workbook
from risks.models import RiskStatement
from tests.factories import PlanFactory

# Text as it is stored: cleaned, but with every first letter that spreadsheets take for a formula.
first = st.sampled_from(["", "=", "+", "-", "@", "'", "'=", "\t", "\r", "=cmd()", "_x0041_", "🧪"])
words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=60)
hostile = st.builds(str.__add__, first, words).filter(text.clean)
kept = hostile.map(text.clean)


@settings(max_examples=60, deadline=None)
@given(st.lists(kept, min_size=1, max_size=8))
@example(["=cmd()|' /C calc'!A0", "+1", "-x", "@x", "'=x", "_x000D_", "1.10", "007", "2025-01-01"])
def test_a_file_gives_back_what_it_was_given(values):
    rows = tablib.Dataset(*[[value] for value in values], headers=["Text"])
    for form in (SafeXLSX(), SafeCSV()):
        again = form.create_dataset(form.export_data(rows))
        assert [text.clean(row[0]) for row in again] == values


@settings(max_examples=40, deadline=None)
@given(st.lists(hostile, min_size=1, max_size=4))
def test_no_text_becomes_a_formula_in_a_workbook(values):
    cell = PlanCell(
        "use", "environment", "described", "", tuple(PlanStatement("risk", v) for v in values)
    )
    plan = PlanDocument(values[0], 2023, 2025, "C", "Region", areas=(Area(1, values[0], (cell,)),))
    names = {"stage_names": {"use": "=1"}, "dimension_names": {"environment": "+2"}}
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(plan, **names, about=[("@a", "-b")])))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(1, 400))
def test_a_long_text_is_cut_without_losing_anything(part, times):
    whole = part * times
    assert "".join(pieces(whole)) == whole
    rows = list(spread([1, whole, "a"]))
    assert {(row[0], row[2]) for row in rows} == {(1, "a")}
    *cut, last = [row[1] for row in rows]
    marker = "\n" + gettext("[continues on the next row]")
    assert all(piece.endswith(marker) for piece in cut)
    assert "".join(piece.removesuffix(marker) for piece in cut) + last == whole


@pytest.mark.django_db
@settings(max_examples=15, deadline=None)
@given(values=st.lists(kept, min_size=1, max_size=4))
def test_imported_text_is_exported_the_same_and_read_without_a_change(values):
    user = User.objects.create(username=f"u{User.objects.count()}", is_superuser=True)
    plan = PlanFactory(with_matrix=True, category__name=f"K {User.objects.count()}")
    names = list(STATEMENTS.by_name)
    new = {"plan": plan.slug, "area_number": 2, "stage": "use", "dimension": "environment"}
    rows = [[{**new, "text": value}.get(name, "") for name in names] for value in values]
    result = ResourceFront(STATEMENTS, user).import_data(tablib.Dataset(*rows, headers=names))
    assert result.totals["new"] == len(values)
    statements = RiskStatement.objects.filter(cell__product_area__plan=plan).in_grid_order()
    sheet = ResourceFront(STATEMENTS, user).export(statements.filter(cell__product_area__number=2))
    again = SafeXLSX().create_dataset(SafeXLSX().export_data(sheet))
    assert [row[names.index("text")] for row in again] == values
    result = ResourceFront(STATEMENTS, user).import_data(again)
    assert (result.totals["skip"], result.faults) == (len(values), [])
