"""The verb of the grid: cells get their new content, and only what differs is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from actionplan.database import bulk
from actionplan.models import ProductArea, User
from actionplan.models.change_log import NO_REASON
from actionplan.text import fold
from actionplan.word.document import CellReference
from actionplan.word.reading.references import Position, reference_words
from actionplan.word.reading.statements import NO_LEVERAGE_WORDS
from actionplan.word.writing.writer import NO_LEVERAGE_STATEMENT
from risks.grid.matrix import match, weave
from risks.grid.rows import Row
from risks.models import Assessment, RiskCell, RiskStatement, StatementKind

CELL_FIELDS: Final = [
    "assessment",
    "level",
    "level_source",
    "level_source_dated",
    "same_as_cell",
    "same_as_category",
]
STATEMENT_FIELDS: Final = ["kind", "text", "position"]


@dataclass(frozen=True)
class CellContent:
    """What a person wants a cell to say."""

    assessment: str
    level: str
    risks: Sequence[str]
    opportunities: Sequence[str]
    same_as_cell: int | None = None
    same_as_category: int | None = None


@dataclass(frozen=True)
class GridNames:
    """What things are called, to put a link into words."""

    stages: dict[str, str]
    dimensions: dict[str, str]
    categories: dict[int, str]
    cells: dict[int, RiskCell]


@dataclass(frozen=True)
class CellEdit:
    """What becomes of a cell: worked out while nobody waits, and written under a lock.

    `laid` are the statements in their new order, each with its new kind and text; `lost` go.
    """

    cell: RiskCell
    level: str
    facts: dict[str, Any]
    laid: list[tuple[RiskStatement, str, str]]
    lost: list[RiskStatement]


def work_out(cell: RiskCell, content: CellContent, names: GridNames) -> CellEdit:
    """Find what a content changes. A statement keeps its row when its words or neighbours change.

    Args:
        cell: with `statements` prefetched.
        names: for the words of a link, which a plan always says in its text.
    """
    risks = _with_words(cell, content, names)
    has_words = bool(risks or content.opportunities)
    assessment = content.assessment
    if assessment in (Assessment.DESCRIBED, Assessment.NOT_ASSESSED):
        assessment = Assessment.DESCRIBED if has_words else Assessment.NOT_ASSESSED
    facts = {
        "assessment": assessment,
        "same_as_cell_id": content.same_as_cell,
        "same_as_category_id": content.same_as_category,
    }
    laid, lost = _lay_out(cell, risks, content.opportunities)
    return CellEdit(cell, content.level, facts, laid, lost)


def work_out_rows(
    cell: RiskCell,
    rows: Sequence[Row],
    content: CellContent,
    names: GridNames,
    source: tuple[str, date | None],
) -> CellEdit:
    """Find what rows change, each of which says itself which statement it goes on as.

    Args:
        cell: with `statements` prefetched.
        rows: in their new order.
        content: its assessment and level.
        names: for the words of a link, which a plan always says in its text.
        source: the address and the date of what gives the level.
    """
    laid = _rows_with_words(cell, rows, content, names)
    assessment = content.assessment
    if assessment in (Assessment.DESCRIBED, Assessment.NOT_ASSESSED):
        assessment = Assessment.DESCRIBED if laid else Assessment.NOT_ASSESSED
    facts = {
        "assessment": assessment,
        "same_as_cell_id": content.same_as_cell,
        "same_as_category_id": content.same_as_category,
        "level_source": source[0],
        "level_source_dated": source[1],
    }
    there = {row.pk: row for row in cell.statements.all()}
    kept = {row.key for row in laid}
    return CellEdit(
        cell,
        content.level,
        facts,
        [(there.get(r.key or 0) or RiskStatement(cell=cell), r.kind, r.text) for r in laid],
        [row for pk, row in there.items() if pk not in kept],
    )


def write_edits(edits: Iterable[CellEdit], *, by: User, reason: str = NO_REASON) -> None:
    """Store what was worked out; call it where the plan is locked, and is as it was then.

    Nothing may build on the statements that are lost.
    """
    changed: list[RiskCell] = []
    added: list[RiskStatement] = []
    edited: list[RiskStatement] = []
    lost: list[RiskStatement] = []
    for edit in edits:
        if _set_facts(edit):
            changed.append(edit.cell)
        lost += edit.lost
        for at, (row, kind, text) in enumerate(edit.laid):
            if (row.kind, row.text, row.position, row.pk is None) != (kind, text, at, False):
                row.kind, row.text, row.position = kind, text, at
                (added if row.pk is None else edited).append(row)
    bulk.change(RiskCell, changed, CELL_FIELDS, by=by, reason=reason)
    bulk.remove(RiskStatement, lost, by=by)
    bulk.make(RiskStatement, added, by=by, reason=reason)
    bulk.change(RiskStatement, edited, STATEMENT_FIELDS, by=by, reason=reason)


def _set_facts(edit: CellEdit) -> bool:
    """Give a cell its assessment and level; returns whether they are others than before."""
    cell = edit.cell
    before = {name: getattr(cell, name) for name in edit.facts}
    if (cell.level, before) == (edit.level, edit.facts):
        return False
    cell.give_level(edit.level)
    for name, value in edit.facts.items():
        setattr(cell, name, value)
    return True


def follow_number(area: ProductArea, *, before: int, by: User, names: GridNames) -> None:
    """Reword the links that name an area by its number, when it gets another one."""
    cells = (
        RiskCell.objects.filter(same_as_cell__product_area=area)
        .exclude(product_area=area)
        .select_related("product_area", "stage", "dimension")
        .select_related("same_as_cell__stage", "same_as_cell__dimension")
        .prefetch_related("statements")
    )
    reworded = []
    links = [(cell, cell.same_as_cell) for cell in cells if cell.same_as_cell is not None]
    for cell, to in links:
        codes = (to.stage.code, to.dimension.code)
        old, new = (
            _link_words(cell, CellReference(number, *codes), names)
            for number in (before, area.number)
        )
        for statement in cell.statements.all():
            if fold(statement.text) == fold(old):
                statement.text = new
                reworded.append(statement)
    bulk.change(RiskStatement, reworded, STATEMENT_FIELDS, by=by)


def _with_words(cell: RiskCell, content: CellContent, names: GridNames) -> list[str]:
    """Return the risks, with the words of a new assessment and without those of the one before."""
    risks = list(content.risks)
    before, after = _words(cell, _assessed(cell), names), _words(cell, content, names)
    if before != after:
        risks = [text for text in risks if not before or fold(text) != fold(before)]
    if after and not risks and not content.opportunities:
        risks = [after]
    elif after and before != after and fold(after) not in map(fold, risks):
        risks.insert(0, after)
    return risks


def _rows_with_words(
    cell: RiskCell, rows: Sequence[Row], content: CellContent, names: GridNames
) -> list[Row]:
    """Return the rows, with the words of a new assessment and without those of the one before."""
    before, after = _words(cell, _assessed(cell), names), _words(cell, content, names)
    laid = list(rows)
    if before and before != after:
        laid = [row for row in laid if fold(row.text) != fold(before)]
    is_repeated = fold(after) in (fold(row.text) for row in laid)
    if after and not is_repeated and (not laid or before != after):
        laid.insert(0, Row(None, StatementKind.RISK.value, after))
    return laid


def says_no_leverage(text: str) -> bool:
    """Tell whether a cell's whole text is that there is no leverage, as the reader takes it."""
    return NO_LEVERAGE_WORDS.fullmatch(fold(text)) is not None


def _assessed(cell: RiskCell) -> CellContent:
    return CellContent(
        cell.assessment, cell.level, (), (), cell.same_as_cell_id, cell.same_as_category_id
    )


def _words(cell: RiskCell, content: CellContent, names: GridNames) -> str:
    if content.assessment == Assessment.NO_LEVERAGE:
        return NO_LEVERAGE_STATEMENT.text
    if content.assessment != Assessment.SAME_AS:
        return ""
    return _link_words(cell, _reference(content, names), names)


def _link_words(cell: RiskCell, reference: CellReference, names: GridNames) -> str:
    own = Position(cell.product_area.number, cell.stage.code, cell.dimension.code)
    return reference_words(
        reference,
        own=own,
        above_stage=_above(cell.stage.code, list(names.stages)),
        stage_names=names.stages,
        dimension_names=names.dimensions,
    )


def _reference(content: CellContent, names: GridNames) -> CellReference:
    if content.same_as_category is not None:
        return CellReference(category=names.categories[content.same_as_category])
    other = names.cells[content.same_as_cell or 0]
    return CellReference(other.product_area.number, other.stage.code, other.dimension.code)


def _above(stage: str, stages: list[str]) -> str:
    """Return the stage of the row above, as the template orders them; "" for the first row."""
    at = stages.index(stage)
    return stages[at - 1] if at else ""


def _lay_out(
    cell: RiskCell, risks: Sequence[str], opportunities: Sequence[str]
) -> tuple[list[tuple[RiskStatement, str, str]], list[RiskStatement]]:
    """Return the rows in their new order with their new kind and text, and the rows that go."""
    old = list(cell.statements.all())
    lines: dict[str, Sequence[str]] = {
        StatementKind.RISK: risks,
        StatementKind.OPPORTUNITY: opportunities,
    }
    woven = weave([row.kind for row in old], lines)
    rows: dict[int, RiskStatement] = {}
    for kind in lines:
        of_kind = [row for row in old if row.kind == kind]
        places = [at for at, (is_kind, _text) in enumerate(woven) if is_kind == kind]
        pairs = match([row.text for row in of_kind], [woven[at][1] for at in places])
        for at, index in zip(places, pairs, strict=True):
            rows[at] = of_kind[index] if index is not None else RiskStatement(cell=cell)
    kept = {row.pk for row in rows.values()}
    laid = [(rows[at], kind, text) for at, (kind, text) in enumerate(woven)]
    return laid, [row for row in old if row.pk not in kept]
