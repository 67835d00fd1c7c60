"""A whole action plan as an Excel workbook: to read, to print and to sort."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from actionplan.excel.columns import CODE, TEXT, Column
from actionplan.excel.columns.cell import LINE_HEIGHT
from actionplan.excel.columns.kinds import NUMBER
from actionplan.excel.writing.spreadsheet import SheetDefinition, WorkbookWriter
from actionplan.text import fold
from actionplan.word.document import (
    NO_LEVERAGE,
    NOT_ASSESSED,
    OPPORTUNITY,
    Area,
    CellReference,
    GoalText,
    IndicatorText,
    PlanCell,
    PlanDocument,
    SubGoalText,
)
from actionplan.word.kept_mark import marked
from risks.models import RiskLevel

Names = dict[str, str]
About = list[tuple[str, str]]
STAGE_WIDTH, CELL_WIDTH = 17, 31
# A row of a sheet is at most 409 points high, 27 lines: what is longer goes on in the next row.
LINES_A_ROW = 25
# Manual page breaks hold only without "fit to page"; 75 % makes five columns fit A4.
MATRIX_SCALE: Final = 75


def plan_workbook(
    document: PlanDocument,
    *,
    stage_names: Names,
    dimension_names: Names,
    about: About,
    more: Sequence[SheetDefinition] = (),
) -> bytes:
    """Write the plan as an Excel file; the same plan and `about` give the same bytes.

    Args:
        more: sheets of what is right of the risks in the chain, after the plan's own.
    """
    title = _("Action plan: %(category)s %(period)s") % {
        "category": document.category,
        "period": _period(document),
    }
    book = WorkbookWriter(title)
    sheets = [*_tables(document, stage_names, dimension_names), *more]
    own = {
        _("Action plan"): _("Who, when and why: facts about the plan and its introduction."),
        _("Risk matrix"): _("The matrix of each product area, one on each page when printed."),
    }
    read_me(book, about, own, sheets)
    _plan(book, document)
    _matrix(book, document, stage_names, dimension_names)
    for sheet in sheets:
        book.table(sheet)
    return book.close()


def _tables(document: PlanDocument, stages: Names, dimensions: Names) -> list[SheetDefinition]:
    return [
        SheetDefinition(
            _("Risks"),
            _("Every risk and opportunity on a row of its own, for filtering and sorting."),
            risk_columns(),
            list(_risk_rows(document, stages, dimensions)),
        ),
        SheetDefinition(
            _("Goals"),
            _("Every goal, sub-goal and indicator, for filtering and sorting."),
            goal_columns(),
            list(_goal_rows(document)),
        ),
    ]


def risk_columns() -> list[Column]:
    """Return the columns of the sheet of risks."""
    level_help = _("An editor's judgement of the whole cell: %(levels)s, or empty.")
    return [
        Column("area_number", _("Product area no."), 10, NUMBER, _("As in the plan.")),
        Column("area", _("Product area"), 24),
        Column("stage", _("Life-cycle stage"), 22, TEXT, _("The row in the risk matrix.")),
        Column("dimension", _("Dimension"), 22, TEXT, _("The column in the risk matrix.")),
        Column("kind", _("Type"), 14, TEXT, _("Risk, opportunity or no leverage.")),
        Column("text", _("Text"), 80, TEXT, _("Word for word as in the plan.")),
        Column(
            "level",
            _("Level"),
            14,
            TEXT,
            level_help % {"levels": ", ".join(str(label) for label in RiskLevel.labels)},
        ),
        Column(
            "reference",
            _("Refers to"),
            30,
            TEXT,
            _("The cell or category whose risks also apply here."),
        ),
        Column("order", _("Order"), 8, NUMBER, _("The order within the cell, from 1.")),
    ]


def goal_columns() -> list[Column]:
    """Return the columns of the sheet of goals."""
    return [
        Column("goal_number", _("Goal no."), 8, NUMBER, _("As in the plan.")),
        Column("goal", _("Overall goal"), 50),
        Column("sub_goal_number", _("Sub-goal no."), 10, CODE, _("As in the plan.")),
        Column("sub_goal", _("Sub-goal"), 50),
        Column("indicator_number", _("Indicator no."), 10, CODE, _("As in the plan.")),
        Column("indicator", _("Indicator"), 50, TEXT, _("How to tell that it is reached.")),
    ]


def _period(document: PlanDocument) -> str:
    if document.first_year == document.last_year:
        return str(document.first_year)
    return f"{document.first_year}–{document.last_year}"


def read_me(
    book: WorkbookWriter, about: About, own: dict[str, str], sheets: Sequence[SheetDefinition]
) -> None:
    """Write the first sheet: what the file is, and what its other sheets and their columns mean.

    Args:
        own: sheets that are no tables, each with its meaning.
    """
    sheet = book.sheet(_("Read me"), [30, 100])
    book.write(sheet, 0, 0, book.title, "title")
    row = 2
    for label, value in about:
        book.pair(sheet, row, label, str(value))
        row += 1
    book.heading(sheet, row + 1, _("The sheets"))
    row += 2
    for name, meaning in {
        **own,
        **{definition.name: definition.meaning for definition in sheets},
    }.items():
        book.pair(sheet, row, name, meaning)
        row += 1
    for definition in sheets:
        book.heading(sheet, row + 1, _("Columns of %(sheet)s") % {"sheet": definition.name})
        row = book.explain(sheet, row + 2, definition.columns)


def _plan(book: WorkbookWriter, document: PlanDocument) -> None:
    sheet = book.sheet(_("Action plan"), [28, 110])
    facts = [
        (_("Purchasing category"), document.category),
        (_("Period"), _period(document)),
        (_("Procurement region"), document.procurement_region),
        (_("Coordinator"), document.coordinator),
    ]
    contacts = [", ".join(filter(None, (c.name, c.email))) for c in document.contacts]
    paragraphs = [part for part in document.introduction.split("\n\n") if part]
    row = 0
    for label, texts in (
        *((label, [text]) for label, text in facts),
        (_("Contacts"), contacts),
        (_("Introduction"), paragraphs),
    ):
        pieces = [piece for text in texts for piece in _rows_of(text, 110)]
        for index, piece in enumerate(pieces):
            book.write(sheet, row, 0, "" if index else label, "label")
            book.write(sheet, row, 1, piece)
            row += 1


def _matrix(
    book: WorkbookWriter, document: PlanDocument, stages: Names, dimensions: Names
) -> None:
    sheet = book.sheet(_("Risk matrix"), [STAGE_WIDTH, *[CELL_WIDTH] * len(dimensions)])
    sheet.set_print_scale(MATRIX_SCALE)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    row, breaks = 0, []
    for area in document.areas:
        if row:
            breaks.append(row)
        heading = _("Product area %(number)s: %(name)s")
        values = {"number": area.number, "name": area.name}
        sheet.merge_range(row, 0, row, len(dimensions), "", book.format("heading"))
        book.write(sheet, row, 0, heading % values, "heading")
        row = _grid(book, sheet, row + 1, area, stages, dimensions) + 1
    sheet.set_h_pagebreaks(breaks)


def _grid(
    book: WorkbookWriter, sheet: Worksheet, row: int, area: Area, stages: Names, dimensions: Names
) -> int:
    for column, heading in enumerate([_("Life-cycle stage"), *dimensions.values()]):
        book.write(sheet, row, column, heading, "head")
    cells = {(cell.stage, cell.dimension): cell for cell in area.cells}
    row += 1
    for stage, name in stages.items():
        row_cells = [cells.get((stage, dimension)) for dimension in dimensions]
        columns = [
            _rows_of(cell_words(cell, stages, dimensions), CELL_WIDTH) for cell in row_cells
        ]
        depth = max(map(len, columns), default=1)
        for level in range(depth):
            cell_texts = [part[level] if level < len(part) else "" for part in columns]
            label = _("%(stage)s (continued)") % {"stage": name} if level else name
            book.write(sheet, row, 0, label, "head")
            for column, (cell, text) in enumerate(
                zip(row_cells, cell_texts, strict=True), start=1
            ):
                book.write(sheet, row, column, text, "framed" if _says(cell) else "muted")
            lines = max(_lines(name, STAGE_WIDTH), *(_lines(t, CELL_WIDTH) for t in cell_texts))
            sheet.set_row(row, min(lines, LINES_A_ROW + 2) * LINE_HEIGHT)
            row += 1
    return row


def _says(cell: PlanCell | None) -> bool:
    return cell is not None and cell.assessment not in (NOT_ASSESSED, NO_LEVERAGE)


def cell_words(cell: PlanCell | None, stages: Names, dimensions: Names) -> str:
    """Say all of a cell of the matrix, one thing a line; what it does not say is said in words."""
    if cell is None or not cell.is_given:
        return _("Not assessed")
    lines = [marked(statement.text, is_kept=statement.is_kept) for statement in cell.statements]
    if cell.assessment == NOT_ASSESSED:
        lines = [_("Not assessed"), *lines]
    says_no_leverage = fold(cell.text).startswith(fold(_("No leverage")))
    if cell.assessment == NO_LEVERAGE and not says_no_leverage:
        lines = [_("No leverage"), *lines]
    if cell.same_as:
        lines.append(_("Same as: %(cell)s") % {"cell": _place(cell.same_as, stages, dimensions)})
    if cell.level:
        lines.append(_("Level: %(level)s") % {"level": RiskLevel(cell.level).label})
    return "\n".join(lines)


def _place(to: CellReference, stages: Names, dimensions: Names) -> str:
    if to.category:
        return to.category
    area = _("product area %(number)s") % {"number": to.area}
    named = stages.get(to.stage, to.stage), dimensions.get(to.dimension, to.dimension)
    return ", ".join([area, *named])


def _lines(text: str, width: int) -> int:
    """Estimate how many lines a text takes in a column; rather one too many."""
    return sum(len(line) // width + 1 for line in text.split("\n"))


def _rows_of(text: str, width: int) -> list[str]:
    """Cut a text into what a row of a sheet can show, between lines or words; all of it."""
    room = width * (LINES_A_ROW - 1)
    rows, now = [], ""
    for line in text.splitlines(keepends=True):
        if now and _lines(now + line, width) > LINES_A_ROW:
            rows.append(now.removesuffix("\n"))
            now = ""
        while len(line) > room:
            at = line.rfind(" ", 0, room) + 1 or room
            rows.append(line[:at])
            line = line[at:]
        now += line
    return [*rows, now]


def _risk_rows(document: PlanDocument, stages: Names, dimensions: Names) -> Iterator[list[object]]:
    for area in document.areas:
        for cell in area.cells:
            place = [
                area.number,
                area.name,
                stages.get(cell.stage, cell.stage),
                dimensions.get(cell.dimension, cell.dimension),
            ]
            level = str(RiskLevel(cell.level).label) if cell.level else ""
            same = _place(cell.same_as, stages, dimensions) if cell.same_as else ""
            for order, statement in enumerate(cell.statements, start=1):
                kind = _("Opportunity") if statement.kind == OPPORTUNITY else _("Risk")
                if cell.assessment == NO_LEVERAGE:
                    kind = _("No leverage")
                text = marked(statement.text, is_kept=statement.is_kept)
                yield [*place, kind, text, level, same, order]


def _goal_rows(document: PlanDocument) -> Iterator[list[object]]:
    for goal in document.goals:
        head = [goal.number, _title(goal)]
        if not goal.sub_goals:
            yield [*head, "", "", "", ""]
        for sub in goal.sub_goals:
            if not sub.indicators:
                yield [*head, sub.number, _title(sub), "", ""]
            for indicator in sub.indicators:
                yield [*head, sub.number, _title(sub), indicator.number, _title(indicator)]


def _title(text: GoalText | SubGoalText | IndicatorText) -> str:
    return marked(text.title, is_kept=text.is_kept)
