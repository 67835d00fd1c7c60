"""The verb of the grid: one cell gets its new content, and only what differs is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from actionplan.models import ProductArea, User
from actionplan.text import fold
from actionplan.word.document import Reference
from actionplan.word.references import Position, reference_words
from actionplan.word.statements import NO_LEVERAGE_WORDS
from actionplan.word.writer import NO_LEVERAGE_STATEMENT
from risks.matrix import match, weave
from risks.models import Assessment, RiskCell, RiskStatement, StatementKind


@dataclass(frozen=True)
class Content:
    """What a person wants a cell to say."""

    assessment: str
    level: str
    risks: Sequence[str]
    opportunities: Sequence[str]
    same_as_cell: int | None = None
    same_as_category: int | None = None


@dataclass(frozen=True)
class Names:
    """What things are called, to put a link into words."""

    stages: dict[str, str]
    dimensions: dict[str, str]
    categories: dict[int, str]
    cells: dict[int, RiskCell]


def edit_cell(cell: RiskCell, content: Content, *, by: User, names: Names) -> None:
    """Store a cell's content. A statement keeps its row when its neighbours or its words change.

    Args:
        cell: with `statements` prefetched, held against other writers by the caller.
        names: for the words of a link, which a plan always says in its text.

    Raises:
        ProtectedError: something builds on one of the `lost_statements`.
    """
    risks = _with_words(cell, content, names)
    said = bool(risks or content.opportunities)
    assessment = content.assessment
    if assessment in (Assessment.DESCRIBED, Assessment.NOT_ASSESSED):
        assessment = Assessment.DESCRIBED if said else Assessment.NOT_ASSESSED
    wanted = {
        "assessment": assessment,
        "same_as_cell_id": content.same_as_cell,
        "same_as_category_id": content.same_as_category,
    }
    if cell.level != content.level or any(
        getattr(cell, name) != value for name, value in wanted.items()
    ):
        cell.give_level(content.level)
        for name, value in wanted.items():
            setattr(cell, name, value)
        cell._history_user = by
        cell.save()
    _store_statements(cell, risks, content.opportunities, by=by)


def follow_number(area: ProductArea, *, before: int, by: User, names: Names) -> None:
    """Reword the links that name an area by its number, when it gets another one."""
    cells = (
        RiskCell.objects.filter(same_as_cell__product_area=area)
        .exclude(product_area=area)
        .select_related("product_area", "stage", "dimension")
        .select_related("same_as_cell__stage", "same_as_cell__dimension")
        .prefetch_related("statements")
    )
    for cell in cells:
        to = cell.same_as_cell
        codes = (to.stage.code, to.dimension.code)
        old, new = (
            _link_words(cell, Reference(number, *codes), names) for number in (before, area.number)
        )
        for statement in cell.statements.all():
            if fold(statement.text) == fold(old):
                statement.text, statement._history_user = new, by
                statement.save()


def _with_words(cell: RiskCell, content: Content, names: Names) -> list[str]:
    """The risks, with the words of a new assessment and without those of the one before."""
    risks = list(content.risks)
    before, after = _words(cell, _assessed(cell), names), _words(cell, content, names)
    if before != after:
        risks = [text for text in risks if not before or fold(text) != fold(before)]
    if after and not risks and not content.opportunities:
        risks = [after]
    elif after and before != after and fold(after) not in map(fold, risks):
        risks.insert(0, after)
    return risks


def says_no_leverage(text: str) -> bool:
    """Whether a cell's whole text is that there is no leverage, as the reader understands it."""
    return fold(text).rstrip(" .") in NO_LEVERAGE_WORDS


def _assessed(cell: RiskCell) -> Content:
    return Content(
        cell.assessment, cell.level, (), (), cell.same_as_cell_id, cell.same_as_category_id
    )


def _words(cell: RiskCell, content: Content, names: Names) -> str:
    if content.assessment == Assessment.NO_LEVERAGE:
        return NO_LEVERAGE_STATEMENT.text
    if content.assessment != Assessment.SAME_AS:
        return ""
    return _link_words(cell, _reference(content, names), names)


def _link_words(cell: RiskCell, reference: Reference, names: Names) -> str:
    own = Position(cell.product_area.number, cell.stage.code, cell.dimension.code)
    return reference_words(
        reference,
        own=own,
        above_stage=_above(cell.stage.code, list(names.stages)),
        stage_names=names.stages,
        dimension_names=names.dimensions,
    )


def _reference(content: Content, names: Names) -> Reference:
    if content.same_as_category is not None:
        return Reference(category=names.categories[content.same_as_category])
    other = names.cells[content.same_as_cell or 0]
    return Reference(other.product_area.number, other.stage.code, other.dimension.code)


def _above(stage: str, stages: list[str]) -> str:
    """The stage of the row above, as the template orders them; "" for the first row."""
    at = stages.index(stage)
    return stages[at - 1] if at else ""


def lost_statements(cell: RiskCell, content: Content, names: Names) -> list[RiskStatement]:
    """The statements that would go if the cell got this content."""
    risks = _with_words(cell, content, names)
    return _lay_out(cell, risks, content.opportunities)[1]


def _lay_out(
    cell: RiskCell, risks: Sequence[str], opportunities: Sequence[str]
) -> tuple[list[tuple[RiskStatement, str, str]], list[RiskStatement]]:
    """The rows in their new order, each with its new kind and text, and the rows that go."""
    old = list(cell.statements.all())
    lines = {StatementKind.RISK: risks, StatementKind.OPPORTUNITY: opportunities}
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


def _store_statements(
    cell: RiskCell, risks: Sequence[str], opportunities: Sequence[str], *, by: User
) -> None:
    laid, lost = _lay_out(cell, risks, opportunities)
    for row in lost:
        row._history_user = by
        row.delete()
    for at, (row, kind, text) in enumerate(laid):
        if (row.kind, row.text, row.position, row.pk is None) != (kind, text, at, False):
            row.kind, row.text, row.position = kind, text, at
            row._history_user = by
            row.save()
