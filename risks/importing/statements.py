"""The statements of a document's cells, as rows: which go on, which are new, which go."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from django.db.models import Model
from django.utils.translation import gettext as _

from actionplan.word.document import PlanCell, PlanStatement
from risks.grid.matrix import match
from risks.importing.changes import Changes
from risks.models import Assessment, RiskCell, RiskStatement, StatementKind

Key = tuple[int, str, str]
NOTHING: Final = PlanCell("", "")


def place_of(cell: RiskCell) -> str:
    """Tell how a person names a cell: area, stage, dimension."""
    return _("Product area %(number)d, %(stage)s, %(dimension)s") % {
        "number": cell.product_area.number,
        "stage": cell.stage.name,
        "dimension": cell.dimension.name,
    }


@dataclass(frozen=True)
class Pairing:
    """The statements of a cell: a row for each of the document's, and the rows that are left."""

    cell: RiskCell
    pairs: list[tuple[RiskStatement, PlanStatement]]
    left: list[RiskStatement]


def pair_statements(
    cells: Mapping[Key, RiskCell], wanted: Mapping[Key, PlanCell], *, exact: bool
) -> list[Pairing]:
    """Find for each cell which of its rows goes on as which of the document's statements.

    Args:
        exact: whether the document tells where one statement ends and the next begins; where it
            does not, a cell whose words are the same is left out.
    """
    areas = {cell.product_area.pk for cell in cells.values()} - {None}
    rows = RiskStatement.objects.filter(cell__product_area__in=areas).order_by(
        "cell_id", "position", "id"
    )
    there = {cell: list(group) for cell, group in groupby(rows, key=lambda row: row.cell_id)}
    pairings = []
    for key, cell in cells.items():
        old, new = there.get(cell.pk or 0, []), wanted.get(key, NOTHING)
        if not exact and " ".join(row.text for row in old) == new.text:
            if any(row.is_kept for row in old) and not any(s.is_kept for s in new.statements):
                # The document has the words again that were kept without it.
                same = [(row, PlanStatement(row.kind, row.text)) for row in old]
                pairings.append(Pairing(cell, same, []))
            continue
        indexes = match([row.text for row in old], [s.text for s in new.statements])
        pairs = [
            (RiskStatement(cell=cell) if index is None else old[index], statement)
            for index, statement in zip(indexes, new.statements, strict=True)
        ]
        left = [row for index, row in enumerate(old) if index not in indexes]
        pairings.append(Pairing(cell, pairs, left))
    return pairings


def take_replaced(
    pairings: Iterable[Pairing], staying: Mapping[int, Sequence[Model]], changes: Changes
) -> None:
    """Let what others build on go on as the new text of its cell that a person says it is."""
    for pairing in pairings:
        for row in [row for row in pairing.left if row.pk in staying]:
            new = [at for at, (other, _text) in enumerate(pairing.pairs) if other.pk is None]
            if not new:
                break
            changes.enter(part_of(pairing.cell))
            texts = [pairing.pairs[at][1].text for at in new]
            choice = changes.ask_which(place_of(pairing.cell), row, staying[row.pk], texts)
            if choice is not None:
                at = new[choice]
                pairing.pairs[at] = row, pairing.pairs[at][1]
                pairing.left.remove(row)


def part_of(cell: RiskCell) -> str:
    """Return the key of the part of the plan that a cell is in: its area."""
    return str(cell.product_area.number)


def with_what_stays(
    wanted: Mapping[Key, PlanCell], pairings: Iterable[Pairing], staying: Container[int]
) -> dict[Key, PlanCell]:
    """Return the document's cells, and mark one in which a statement stays as described."""
    cells = dict(wanted)
    for pairing in pairings:
        if any(row.pk in staying for row in pairing.left):
            cell = pairing.cell
            key = (cell.product_area.number, cell.stage.code, cell.dimension.code)
            planned = cells.get(key, NOTHING)
            if planned.assessment in (Assessment.NOT_ASSESSED, Assessment.NO_LEVERAGE):
                cells[key] = replace(planned, assessment=Assessment.DESCRIBED.value)
    return cells


@dataclass
class StatementChanges:
    """The statements that a document changes, with their new values."""

    added: list[RiskStatement] = field(default_factory=list)
    edited: list[RiskStatement] = field(default_factory=list)
    removed: list[RiskStatement] = field(default_factory=list)


def lay_out_statements(
    pairings: Iterable[Pairing], staying: Mapping[int, Sequence[Model]], changes: Changes
) -> StatementChanges:
    """Give the rows what the document says; those that stay stand last, and are told as kept."""
    statement_changes = StatementChanges()
    for pairing in pairings:
        where = place_of(pairing.cell)
        changes.enter(part_of(pairing.cell))
        for position, (row, statement) in enumerate(pairing.pairs):
            is_new, moved = row.pk is None, row.position != position
            before = "" if is_new else statement_words(row)
            row.kind, row.text, row.position = statement.kind, statement.text, position
            was_kept, row.is_kept = row.is_kept, statement.is_kept
            is_other = changes.note(where, before, statement_words(row))
            if is_other:
                changes.touch(row)
            if is_other or moved or was_kept != row.is_kept:
                (statement_changes.added if is_new else statement_changes.edited).append(row)
        last = len(pairing.pairs)
        for row in pairing.left:
            changes.touch(row)
            if row.pk not in staying:
                changes.note(where, statement_words(row), "")
                statement_changes.removed.append(row)
                continue
            changes.keep(where, row.text, staying[row.pk])
            # After what the document says, where a second run finds it.
            if (row.position, row.is_kept) != (last, True):
                row.position, row.is_kept = last, True
                statement_changes.edited.append(row)
            last += 1
    return statement_changes


def statement_words(row: RiskStatement) -> str:
    """Return a statement as changes tell it: what kind it is, and its words."""
    return f"{StatementKind(row.kind).label}: {row.text}"
