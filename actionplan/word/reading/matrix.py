"""Reads the risk matrices: areas, their cells, and the links between them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from actionplan.text import fold
from actionplan.word.document import (
    MOST_STATEMENTS,
    Area,
    PlanCell,
    ProblemKind,
    Remark,
    WordPlace,
)
from actionplan.word.file.blocks import Paragraph, TableCell, TableRow, WordTable
from actionplan.word.kept_mark import unmarked
from actionplan.word.likeness import Likeness
from actionplan.word.reading.findings import (
    LONGEST_CELL,
    LONGEST_NAME,
    LONGEST_TEXT,
    ReadingProblems,
)
from actionplan.word.reading.headings import Headings, area_heading, has_tail
from actionplan.word.reading.references import (
    Position,
    ReferenceTargets,
    aliases_in,
    find_reference,
)
from actionplan.word.reading.statements import (
    NO_LINK,
    CellWords,
    cell_words,
    make_cell,
    says_something,
)

MOST_COMPARED: Final = 300
# What people add to a heading where a table goes on over the page.
CONTINUED: Final = re.compile(r"[\s,–-]*\(?(?:forts\.?|fortsättning|fortsätter)\)?$", re.I)


@dataclass(slots=True)
class _AreaMatrix:
    """An area while it is read; the same place of the grid may be met more than once."""

    number: int
    name: str
    place: WordPlace
    has_header: bool = False
    columns: dict[int, str] = field(default_factory=dict)
    stages: list[str] = field(default_factory=list)
    cells: dict[tuple[str, str], list[TableCell]] = field(default_factory=dict)


class MatrixReader:
    """Takes the tables of the risk block; a matrix may be cut over several of them."""

    def __init__(self, headings: Headings, findings: ReadingProblems) -> None:
        self.headings = headings
        self.findings = findings
        self.matrices: list[_AreaMatrix] = []
        self.caption: Paragraph | None = None
        self.likenesses: dict[tuple[str, str], Likeness] = {}

    def take_caption(self, paragraph: Paragraph) -> None:
        """Keep "Produktområde 1: datahallar" above a table for the table to come."""
        self.drop_caption()
        self.caption = paragraph

    def drop_caption(self) -> None:
        if self.caption is not None:
            self.findings.leave_out(self.caption.place, self.caption.words)
            self.caption = None

    def _caption_heading(self) -> tuple[int | None, str] | None:
        caption = self.caption
        return None if caption is None else area_heading(caption.words, caption.label)

    def takes(self, table: WordTable) -> bool:
        return any(
            self._area_in(row) is not None
            or self._is_header(row)
            or self.headings.stage(row.cells[0].words)
            or has_tail(row.cells[0].words)
            for row in table.rows
            if row.cells
        )

    def read(self, table: WordTable) -> None:
        """Take the rows, whether they begin an area or go on with the one before."""
        if self.caption is not None and all(self._area_in(row) is None for row in table.rows):
            number, name = self._caption_heading() or (None, "")
            self._begin(number, name or self.caption.words, self.caption.place)
            self.caption = None
        for row in table.rows:
            if row.words:
                self._row(row)
        self.drop_caption()

    def _row(self, row: TableRow) -> None:
        if (heading := self._area_in(row)) is not None:
            self._area_row(row, heading)
            if not self._is_header(row):
                return
        if not self.matrices:
            self.findings.leave_out(row.place, row.words)
        elif self._is_header(row):
            self._header(row)
        elif not self.matrices[-1].has_header and not self._stage_of(row):
            # Where the heads stand, though none of them is known.
            self._header(row)
        else:
            self._stage_row(row, self.matrices[-1])

    def _stage_of(self, row: TableRow) -> str:
        """Return the stage heading a row; a near spelling counts below columns or with a tail."""
        if not row.cells:
            return ""
        head = row.cells[0]
        stage = self.headings.stage(head.words)
        is_below = bool(self.matrices) and self.matrices[-1].has_header
        if stage or not (is_below or has_tail(head.words)):
            return stage
        return self._like(head, self.headings.like_stage).code

    def _area_in(self, row: TableRow) -> TableCell | None:
        """Return the cell that names an area; in a row of the matrix it is only a cell's text."""
        if self._stage_of(row):
            return None
        return next((c for c in row.cells if area_heading(c.words, c.label) is not None), None)

    def _is_header(self, row: TableRow) -> bool:
        """Tell whether a row names columns; a stage in front makes it a row of the matrix."""
        return not self._stage_of(row) and any(
            self.headings.dimension(cell.words) for cell in row.cells[1:]
        )

    def _area_row(self, row: TableRow, cell: TableCell) -> None:
        number, name = area_heading(cell.words, cell.label) or (None, "")
        if self.caption is not None:
            above = self._caption_heading()
            if above is not None and above[1] in ("", name):
                self.caption = None
        self.drop_caption()
        self._begin(number, name or cell.words, cell.place)
        for other in dict.fromkeys(row.cells):
            is_layout = other.words.casefold().startswith("kartläggning")
            is_repeated = other.words == cell.words or self.headings.dimension(other.words)
            if not is_layout and not is_repeated:
                self.findings.leave_out(other.place, other.words)

    def _begin(self, number: int | None, name: str, place: WordPlace) -> None:
        last = self.matrices[-1] if self.matrices else None
        again = fold(CONTINUED.sub("", name))
        if last is not None and fold(last.name) == again and number in (None, last.number):
            # The header row, repeated where the table goes on over the page.
            return
        if number is None:
            number = max((matrix.number for matrix in self.matrices), default=0) + 1
        elif any(matrix.number == number for matrix in self.matrices):
            self.findings.fault(ProblemKind.AREA_TWICE, place, f"{number}: {name}")
        self.findings.check_length(name, LONGEST_NAME, place)
        self.matrices.append(_AreaMatrix(number, name, place))

    def _header(self, row: TableRow) -> None:
        self.matrices[-1].has_header = True
        columns = self.matrices[-1].columns
        columns.clear()
        reported: set[TableCell] = set()
        for number, cell in enumerate(row.cells[1:], start=1):
            if code := self._dimension(cell, is_reported=cell in reported):
                columns[number] = code
            reported.add(cell)

    def _stage_row(self, row: TableRow, matrix: _AreaMatrix) -> None:
        if not (stage := self._stage(row)):
            return
        columns = matrix.columns
        if stage not in matrix.stages:
            matrix.stages.append(stage)
        for number, cell in enumerate(row.cells[1:], start=1):
            if dimension := columns.get(number, ""):
                self._put(matrix, stage, dimension, cell, is_more=0 in row.carried)
            elif cell is not row.cells[number - 1] and (columns or not matrix.has_header):
                self.findings.leave_out(cell.place, cell.words)

    def _stage(self, row: TableRow) -> str:
        """Return the stage of a row, also by a heading close to a known one, else note a fault."""
        head = row.cells[0]
        if stage := self.headings.stage(head.words):
            self._note_answer(head, stage)
            return stage
        if self.headings.leaves_out(head.words):
            self._note_answer(head, "")
            self.findings.leave_out(row.place, row.words)
            return ""
        like = self._like(head, self.headings.like_stage)
        is_note = not head.words or (row.words == head.words and not has_tail(head.words))
        if is_note and not like.code:
            self.findings.leave_out(row.place, row.words)
            return ""
        return self._taken_as(like, head, ProblemKind.UNKNOWN_STAGE)

    def _dimension(self, cell: TableCell, *, is_reported: bool) -> str:
        """Return the dimension of a column, also by a near heading; note only new ones."""
        code = self.headings.dimension(cell.words)
        if code or not cell.words:
            self._note_answer(cell, code)
            return code
        if self.headings.leaves_out(cell.words):
            self._note_answer(cell, "")
            self.findings.leave_out(cell.place, "" if is_reported else cell.words)
            return ""
        like = self._like(cell, self.headings.like_dimension)
        return (
            like.code if is_reported else self._taken_as(like, cell, ProblemKind.UNKNOWN_DIMENSION)
        )

    def _note_answer(self, cell: TableCell, code: str) -> None:
        """Tell that a heading was read as a person said."""
        if self.headings.is_settled(cell.words):
            self.findings.note(Remark.FROM_ANSWER, cell.place, cell.words, code)

    def _like(self, cell: TableCell, like: Callable[[str], Likeness]) -> Likeness:
        """Return what a heading is close to; compare no more strange ones than a plan may have."""
        key = (like.__name__, cell.words)
        if key not in self.likenesses:
            is_too_many = len(self.likenesses) >= MOST_COMPARED
            self.likenesses[key] = Likeness() if is_too_many else like(cell.words)
        return self.likenesses[key]

    def _taken_as(self, like: Likeness, cell: TableCell, unknown: ProblemKind) -> str:
        """Tell what a heading was taken as, or that it is none."""
        if like.code:
            self.findings.note(Remark.READ_AS, cell.place, cell.words, like.near[0])
        else:
            what = ProblemKind.HEADING_UNCLEAR if like.is_tie else unknown
            self.findings.fault(what, cell.place, cell.words, like.near)
        return like.code

    def _put(
        self, matrix: _AreaMatrix, stage: str, dimension: str, cell: TableCell, *, is_more: bool
    ) -> None:
        """Keep a cell; a second one with text is a fault, unless its stage spans both rows."""
        if not cell.words:
            return
        kept = matrix.cells.setdefault((stage, dimension), [])
        if cell in kept:
            return
        if kept and not is_more:
            self.findings.fault(ProblemKind.CELL_TWICE, cell.place, cell.words)
            return
        kept.append(cell)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs of all cells that are kept."""
        for matrix in self.matrices:
            for cells in matrix.cells.values():
                for cell in cells:
                    yield from cell.paragraphs

    def areas(self, introduction: str) -> tuple[Area, ...]:
        """Return the areas; call it once everything that a link may lead to is known."""
        numbers = frozenset(matrix.number for matrix in self.matrices)
        known = ReferenceTargets(self.headings, numbers, aliases_in(introduction))
        return tuple(self._area(matrix, known) for matrix in self.matrices)

    def _area(self, matrix: _AreaMatrix, known: ReferenceTargets) -> Area:
        cells = (
            self._cell(matrix, Position(matrix.number, stage, dimension), known)
            for stage in self.headings.stage_codes
            for dimension in self.headings.dimension_codes
            if (stage, dimension) in matrix.cells
        )
        name, is_kept = unmarked(matrix.name)
        given = tuple(cell for cell in cells if cell.is_given)
        return Area(matrix.number, name, given, is_kept)

    def _cell(self, matrix: _AreaMatrix, own: Position, known: ReferenceTargets) -> PlanCell:
        kept = matrix.cells[own.stage, own.dimension]
        paragraphs = [p.noted for cell in kept for p in cell.paragraphs]
        for sign in (p for p in paragraphs if p.words and not says_something(p.words)):
            # A dash, or a question mark: nobody's risk.
            self.findings.leave_out(sign.place, sign.words)
        words = cell_words(p for p in paragraphs if says_something(p.words))
        self.findings.check_length(words.text, LONGEST_CELL, kept[0].place)
        if len(words.statements) > MOST_STATEMENTS:
            self.findings.fault(ProblemKind.TOO_MANY_STATEMENTS, kept[0].place, words.text)
        for statement in words.statements:
            self.findings.check_length(statement.text, LONGEST_TEXT, kept[0].place)
        return cell_of(words, own, above_stage(matrix.stages, own.stage), known)


def above_stage(stages: Sequence[str], stage: str) -> str:
    """Return the stage of the row above, in the order of the document's rows; "" for the first."""
    position = stages.index(stage)
    return stages[position - 1] if position else ""


def cell_of(words: CellWords, own: Position, above: str, known: ReferenceTargets) -> PlanCell:
    """Make a cell with the link that its words make; an explicit link goes before them."""
    source = words.link or words.text
    reference = None
    if words.link.casefold() != NO_LINK:
        reference = find_reference(source, own=own, above_stage=above, known=known)
    return make_cell(own.stage, own.dimension, words, reference)
