"""Reads an action plan, Word or text, into a PlanDocument and says what it did not understand."""

from collections.abc import Iterable, Iterator, Mapping

from actionplan.word.document import (
    MOST_AREAS,
    MOST_GOALS,
    MOST_STATEMENTS_OF_PLAN,
    PlanDocument,
    ProblemKind,
    WordReading,
)
from actionplan.word.file.archive import UnreadableFile
from actionplan.word.file.blocks import Block, Blocks, Paragraph, TableRow, WordTable, read_blocks
from actionplan.word.file.margins import untold
from actionplan.word.reading.contents import without_contents
from actionplan.word.reading.findings import LONGEST_INTRODUCTION, NOWHERE, ReadingProblems
from actionplan.word.reading.goals import GoalReader
from actionplan.word.reading.head import NOTHING_GIVEN, HeadReader
from actionplan.word.reading.headings import (
    CATEGORY,
    COORDINATOR,
    GOALS,
    INTRODUCTION,
    PERIOD,
    REGION,
    REQUIREMENTS,
    RISKS,
    Headings,
    area_heading,
    is_heading_style,
    section,
)
from actionplan.word.reading.matrix import MatrixReader
from actionplan.word.reading.respelling import paragraph_as_spelt, table_as_spelt


def read(
    data: bytes, *, headings: Headings, given: Mapping[str, str] = NOTHING_GIVEN
) -> WordReading:
    """Read the plan in a .docx or a tab-separated text, with all faults and what was left out.

    Args:
        given: head facts that a person has said, by label; they go before the document's own.
    """
    try:
        blocks = read_blocks(data)
    except UnreadableFile as unreadable:
        return WordReading(None, (unreadable.problem,))
    return _PlanReader(headings, blocks, given).read()


class _PlanReader:
    """Goes through the blocks once and hands each to the part of the plan that it belongs to."""

    def __init__(self, headings: Headings, blocks: Blocks, given: Mapping[str, str]) -> None:
        self.blocks = blocks
        self.findings = ReadingProblems()
        self.head = HeadReader(self.findings, given)
        self.matrix = MatrixReader(headings, self.findings)
        self.goals = GoalReader(self.findings)
        self.introduction: list[Paragraph] = []
        self.section = CATEGORY
        self.notes: list[Paragraph] = []
        # Where a heading has a heading style, the same words without it are only words.
        self.styled = {
            section(block.words)
            for block in blocks.blocks
            if isinstance(block, Paragraph) and is_heading_style(block.style)
        }

    def read(self) -> WordReading:
        for block in without_contents(self.blocks.blocks):
            self._block(block)
        self.matrix.drop_caption()
        self._report_notes()
        self._report_comments()
        document = self._document()
        self._report_margins()
        findings = self.findings
        return WordReading(
            document=None if findings.faults else document,
            faults=tuple(findings.faults),
            not_understood=tuple(findings.not_understood),
            notes=tuple(findings.notes),
            places={
                name: place
                for name, place in self.head.places.items()
                if name in (REGION, COORDINATOR, CATEGORY, PERIOD)
            },
            words={name: self.head.own(name) for name in (REGION, COORDINATOR, CATEGORY, PERIOD)},
            statements_are_cut=not self.blocks.is_text,
        )

    def _block(self, block: Block) -> None:
        if self.section == REQUIREMENTS:
            # They are brought in from Excel; here they stand to be read.
            return
        if isinstance(block, WordTable):
            self._report(_paragraphs(block))
            self._table(block)
        elif not block.is_contents:
            self._report([block])
            if block.words:
                self._paragraph(block)

    def _report(self, paragraphs: Iterable[Paragraph]) -> None:
        """Tell what stands in paragraphs and is no text, and remember their notes."""
        for paragraph in paragraphs:
            for part in paragraph.left_out:
                self.findings.report(part.what, paragraph.place, part.words)
            if paragraph.notes:
                self.notes.append(paragraph)

    def _report_notes(self) -> None:
        """Tell the notes of headings and labels; those of what is kept are kept with it."""
        kept = {id(paragraph) for paragraph in [*self.introduction, *self.matrix.paragraphs()]}
        for paragraph in self.notes:
            for _at, note in () if id(paragraph) in kept else paragraph.notes:
                self.findings.leave_out(paragraph.place, note, ProblemKind.NOTE_NOT_PLACED)

    def _report_comments(self) -> None:
        """Tell what somebody remarked in the margin, where it was remarked."""
        for paragraph in _all_paragraphs(self.blocks.blocks):
            for words in paragraph.comments:
                self.findings.report(ProblemKind.COMMENT_NOT_READ, paragraph.place, words)
        for words in self.blocks.comments:
            self.findings.report(ProblemKind.COMMENT_NOT_READ, NOWHERE, words)

    def _report_margins(self) -> None:
        """Tell what headers and footers say that the plan does not."""
        words_of_body = (paragraph.words for paragraph in _all_paragraphs(self.blocks.blocks))
        facts = [words for values in self.head.facts.values() for words in values]
        for what, words in untold(self.blocks.margins, words_of_body, facts):
            self.findings.report(what, NOWHERE, words)

    def _paragraph(self, paragraph: Paragraph) -> None:
        paragraph = paragraph_as_spelt(paragraph, self.section, self.findings)
        opened = section(paragraph.words)
        if opened and (is_heading_style(paragraph.style) or opened not in self.styled):
            self.section = opened
            self.matrix.drop_caption()
        elif self.section == CATEGORY:
            if not self.head.title(paragraph) and not self.head.category(paragraph):
                self.head.paragraph(paragraph)
        elif self.section == INTRODUCTION:
            self.introduction.append(paragraph)
        elif self.section == GOALS:
            self.goals.paragraph(paragraph)
        elif area_heading(paragraph.words, paragraph.label) is not None:
            self.matrix.take_caption(paragraph)
        else:
            self.findings.leave_out(paragraph.place, paragraph.words)

    def _table(self, table: WordTable) -> None:
        table = table_as_spelt(table, self.findings)
        if self.matrix.takes(table):
            self.section = RISKS
            self.matrix.read(table)
        elif self.goals.takes(table):
            self.section = GOALS
            self.goals.table(table)
        elif self.head.takes(table):
            self.head.table(table)
        else:
            self._leave_out(table.rows)

    def _leave_out(self, rows: tuple[TableRow, ...]) -> None:
        for row in rows:
            self.findings.leave_out(row.place, row.words)

    def _document(self) -> PlanDocument:
        self.head.check()
        introduction = "\n\n".join(paragraph.noted.words for paragraph in self.introduction)
        if self.introduction:
            place = self.introduction[0].place
            self.findings.check_length(introduction, LONGEST_INTRODUCTION, place)
        if not self.matrix.matrices:
            self.findings.fault(ProblemKind.NO_AREAS)
        first_year, last_year = self.head.years
        document = PlanDocument(
            category=self.head.value(CATEGORY),
            first_year=first_year,
            last_year=last_year,
            procurement_region=self.head.value(REGION),
            coordinator=self.head.value(COORDINATOR),
            contacts=self.head.contacts(),
            introduction=introduction,
            areas=self.matrix.areas(introduction),
            goals=self.goals.finished(),
        )
        if _is_too_large(document):
            self.findings.fault(ProblemKind.TOO_LARGE_PLAN)
        return document


def _is_too_large(document: PlanDocument) -> bool:
    """Tell whether there is more than can be stored while others wait a moment."""
    statements = sum(len(cell.statements) for area in document.areas for cell in area.cells)
    goals = sum(
        1 + sum(1 + len(sub_goal.indicators) for sub_goal in goal.sub_goals)
        for goal in document.goals
    )
    return (
        len(document.areas) > MOST_AREAS
        or statements > MOST_STATEMENTS_OF_PLAN
        or goals > MOST_GOALS
    )


def _all_paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        yield from _paragraphs(block) if isinstance(block, WordTable) else (block,)


def _paragraphs(table: WordTable) -> Iterator[Paragraph]:
    """Yield the paragraphs of a table, those of merged cells once."""
    seen = dict.fromkeys(cell for row in table.rows for cell in row.cells)
    for cell in seen:
        yield from cell.paragraphs
