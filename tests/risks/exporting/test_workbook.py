"""A plan as an Excel workbook, read back by two readers."""

import io
from dataclasses import replace

import openpyxl
import pytest
from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from actionplan.word.document import (
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
from risks.exporting.workbook import plan_workbook

STAGES = {"raw_material": "Råvara", "use": "Användning"}
DIMENSIONS = {"environment": "Miljö", "anti_corruption": "Antikorruption"}
HOSTILE = "=cmd()|' /C calc'!A0"
PLAN = PlanDocument(
    category="IT & telefoni",
    first_year=2023,
    last_year=2025,
    procurement_region="C",
    coordinator="Region Stockholm",
    introduction="Servrar prioriteras.\n\n+1 är text.",
    areas=(
        Area(
            1,
            "servrar",
            (
                PlanCell(
                    "raw_material",
                    "environment",
                    "described",
                    "high",
                    (
                        PlanStatement("risk", HOSTILE),
                        PlanStatement("opportunity", "Möjlighet\tfinns 🧪"),
                    ),
                ),
                PlanCell("raw_material", "anti_corruption", "no_leverage"),
                PlanCell(
                    "use",
                    "environment",
                    "same_as",
                    "",
                    (PlanStatement("risk", "Samma risker som ovan"),),
                    CellReference(1, "raw_material", "environment"),
                ),
            ),
        ),
        Area(2, "[nät/verk]: *?", ()),
    ),
    goals=(
        GoalText(1, "Ett mål", (SubGoalText("1.1", "Delmål", (IndicatorText("1.10", "@x"),)),)),
        GoalText(2, "Ett mål utan delmål"),
        GoalText(3, "Ett till", (SubGoalText("3.1", "Utan indikator"),)),
    ),
)
ABOUT = [("Version", "1"), ("Källa", "https://exempel.se/")]


def blob(plan: PlanDocument = PLAN) -> bytes:
    return plan_workbook(plan, stage_names=STAGES, dimension_names=DIMENSIONS, about=ABOUT)


def sheets(plan: PlanDocument = PLAN) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(blob(plan)))
    return {n: book.get_sheet_by_name(n).to_python() for n in book.sheet_names}


def flat(rows: list[list]) -> list:
    return [value for row in rows for value in row if value != ""]


def with_text(text: str) -> PlanDocument:
    cell = PlanCell("use", "environment", "described", "", (PlanStatement("risk", text),))
    return replace(PLAN, areas=(Area(1, "servrar", (cell,)),))


def test_the_sheets_stand_in_reading_order():
    names = [_("Read me"), _("Action plan"), _("Risk matrix"), _("Risks"), _("Goals")]
    assert list(sheets()) == names


def test_the_same_plan_gives_the_same_bytes():
    assert blob() == blob()


def test_the_read_me_says_what_it_is_and_explains_every_column():
    book = sheets()
    read_me = flat(book[_("Read me")])
    assert {"Version", "1", "https://exempel.se/"} <= set(read_me)
    headings = [*book[_("Risks")][0], *book[_("Goals")][0]]
    assert set(headings) <= set(read_me)


def test_every_statement_is_a_row_of_its_own():
    rows = sheets()[_("Risks")][1:]
    high, same = str(_("high")), f"{_('product area %(number)s') % {'number': 1}}, Råvara, Miljö"
    assert rows == [
        [1, "servrar", "Råvara", "Miljö", _("Risk"), HOSTILE, high, "", 1],
        [1, "servrar", "Råvara", "Miljö", _("Opportunity"), "Möjlighet\tfinns 🧪", high, "", 2],
        [1, "servrar", "Användning", "Miljö", _("Risk"), "Samma risker som ovan", "", same, 1],
    ]


def test_a_statement_without_leverage_is_named_so():
    cell = PlanCell(
        "use", "environment", "no_leverage", "", (PlanStatement("risk", "Ingen rådighet"),)
    )
    plan = replace(PLAN, areas=(Area(1, "servrar", (cell,)),))
    assert [row[4] for row in sheets(plan)[_("Risks")][1:]] == [_("No leverage")]


def test_every_goal_is_there_also_without_indicators():
    assert sheets()[_("Goals")][1:] == [
        [1, "Ett mål", "1.1", "Delmål", "1.10", "@x"],
        [2, "Ett mål utan delmål", "", "", "", ""],
        [3, "Ett till", "3.1", "Utan indikator", "", ""],
    ]


def test_the_matrix_says_also_what_is_not_assessed():
    rows = sheets()[_("Risk matrix")]
    level = _("Level: %(level)s") % {"level": _("high")}
    assert rows[2] == [
        "Råvara",
        "\n".join([HOSTILE, "Möjlighet\tfinns 🧪", level]),
        _("No leverage"),
    ]
    assert rows[3][1].startswith("Samma risker som ovan\n")
    assert rows[3][2] == _("Not assessed")
    assert flat(rows).count(_("Not assessed")) == 1 + 4


def test_each_area_is_printed_on_a_page_of_its_own():
    sheet = openpyxl.load_workbook(io.BytesIO(blob()))[_("Risk matrix")]
    assert [mark.id for mark in sheet.row_breaks.brk] == [5]
    assert sheet.page_setup.scale == 75


@pytest.mark.parametrize("contacts", [(), (ContactText("Alva Öppen", "alva@region.example"),)])
def test_contacts_stand_there_only_if_the_document_has_any(contacts):
    rows = sheets(replace(PLAN, contacts=contacts))[_("Action plan")]
    assert ("Alva Öppen, alva@region.example" in flat(rows)) is bool(contacts)
    assert (_("Contacts") in flat(rows)) is bool(contacts)


@pytest.mark.parametrize("text", ["ord " * 500, "x" * 40_000, "rad\n" * 100])
def test_long_text_goes_on_in_the_next_row_and_none_is_lost(text):
    book = sheets(with_text(text))
    column = [row[1] for row in book[_("Risk matrix")][2:]]
    written = "".join(piece for piece in column if piece != _("Not assessed"))
    assert written.replace("\n", "") == text.replace("\n", "")
    marker = "\n" + _("[continues on the next row]")
    risks = "".join(row[5].removesuffix(marker) for row in book[_("Risks")][1:])
    assert risks == text


def test_every_text_cell_is_text_for_openpyxl_too():
    book = openpyxl.load_workbook(io.BytesIO(blob()))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}
    assert all(len(book[name].tables) == 1 for name in (_("Risks"), _("Goals")))


def test_a_plan_with_nothing_in_it_is_a_workbook_too():
    empty = replace(PLAN, areas=(), goals=(), introduction="")
    book = sheets(empty)
    assert len(book[_("Risks")]) == 1
    assert book[_("Risk matrix")] == []
