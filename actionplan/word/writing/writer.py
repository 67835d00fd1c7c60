"""Writes a plan in the regions' own template, as Word or as tab-separated text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from actionplan.word.document import (
    NO_LEVERAGE,
    RISK,
    Area,
    GoalText,
    IndicatorText,
    PlanCell,
    PlanDocument,
    PlanStatement,
    SubGoalText,
)
from actionplan.word.file.blocks import Paragraph
from actionplan.word.kept_mark import marked
from actionplan.word.reading.contacts import contact_lines
from actionplan.word.reading.goals import numbered_items
from actionplan.word.reading.headings import Headings
from actionplan.word.reading.matrix import above_stage, cell_of
from actionplan.word.reading.references import (
    Position,
    ReferenceTargets,
    aliases_in,
    reference_words,
)
from actionplan.word.reading.statements import LEVELS, NO_LINK, STYLE_OF_KIND, CellWords
from actionplan.word.writing import styles
from actionplan.word.writing.body import DocumentBody, xml_text
from actionplan.word.writing.tables import TEXT_WIDTH, CellText, add_table

CATEGORY: Final = "I. Prioriterad inköpskategori"
INTRODUCTION: Final = "II. Introduktion"
RISKS: Final = "III. Väsentligaste risker och möjligheter ur ett livscykelperspektiv"
GOALS: Final = "IV. Mål"
CORNER: Final = "Kartläggning risker och möjligheter (urval av produktområde)"
LABEL_WIDTH: Final = 2570
NO_LEVERAGE_STATEMENT: Final = PlanStatement(RISK, "Ingen rådighet över")


def write_docx(
    document: PlanDocument, *, stage_names: Mapping[str, str], dimension_names: Mapping[str, str]
) -> bytes:
    """Write the plan as a Word file; the same plan gives the same bytes."""
    plan = _Plan(document, stage_names, dimension_names)
    title = xml_text(f"{plan.title}: {document.category}")
    word = styles.new_document(title=title, author=xml_text(document.coordinator))
    body = DocumentBody(word)
    body.paragraph((plan.title, ""), style="Title")
    _heading(body, f"{CATEGORY}: {document.category}")
    facts = [
        [_cell([label], styles.HEAD_STYLE), _cell(values, styles.CELL_STYLE)]
        for label, values in plan.facts()
    ]
    add_table(body, _widths(1), facts, title="Ansvariga för planen")
    _heading(body, INTRODUCTION)
    for paragraph in plan.introduction():
        body.paragraph((paragraph, ""))
    _heading(body, RISKS)
    for area in document.areas:
        body.paragraph((_area_title(area), ""), style=styles.CAPTION)
        rows = _matrix_rows(plan, area)
        add_table(
            body, _widths(len(dimension_names)), rows, title=_area_title(area), header_rows=2
        )
    _heading(body, GOALS)
    for goal in document.goals:
        add_table(body, _widths(1), _goal_rows(goal), title=_goal_label(goal))
        # Without a paragraph between them Word makes one table of two.
        body.paragraph()
    return styles.packed(word)


def _heading(body: DocumentBody, text: str) -> None:
    body.paragraph((text, ""), style="Heading 1")


def write_text(
    document: PlanDocument, *, stage_names: Mapping[str, str], dimension_names: Mapping[str, str]
) -> str:
    """Write the plan as tab-separated text; the paragraphs of its cells are run together."""
    plan = _Plan(document, stage_names, dimension_names)
    parts = [
        [plan.title],
        [f"{CATEGORY}: {document.category}"],
        [f"{label}\t{'; '.join(values)}" for label, values in plan.facts()],
        [INTRODUCTION],
        *([paragraph] for paragraph in plan.introduction()),
        [RISKS],
        *(list(_matrix_lines(plan, area)) for area in document.areas),
        [GOALS],
        *(list(_goal_lines(goal)) for goal in document.goals),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


@dataclass(frozen=True, slots=True)
class _Plan:
    """What both forms say in the same words."""

    document: PlanDocument
    stage_names: Mapping[str, str]
    dimension_names: Mapping[str, str]

    @property
    def title(self) -> str:
        first, last = self.document.first_year, self.document.last_year
        return f"Handlingsplan {first}" if first == last else f"Handlingsplan {first}–{last}"

    def facts(self) -> list[tuple[str, list[str]]]:
        return [
            ("Upphandlingsregion:", [self.document.procurement_region]),
            ("Regional samordnare:", [self.document.coordinator]),
            ("Kontaktpersoner:", contact_lines(self.document.contacts)),
        ]

    def introduction(self) -> list[str]:
        return [paragraph for paragraph in self.document.introduction.split("\n\n") if paragraph]

    def known(self) -> ReferenceTargets:
        names = {name: code for code, name in self.stage_names.items()}
        heads = {name: code for code, name in self.dimension_names.items()}
        numbers = frozenset(area.number for area in self.document.areas)
        return ReferenceTargets(
            Headings(names, heads), numbers, aliases_in(self.document.introduction)
        )

    def stage_label(self, stage: str) -> str:
        return f"{self.stage_names[stage]}: risker och möjligheter"

    def link(self, area: Area, cell: PlanCell, known: ReferenceTargets) -> str:
        """Return the link of a cell, or that it has none, in words; "" if its own words say so."""
        own = Position(area.number, cell.stage, cell.dimension)
        above = above_stage(list(self.stage_names), cell.stage)
        words = CellWords(statements=_statements(cell))
        read = cell_of(words, own, above, known).same_as
        if read == cell.same_as:
            return ""
        if cell.same_as is None:
            # Words that name a category are no link while it has no plan, and one when it has.
            is_open = read is not None and read.category
            return "" if is_open else f"Hänvisning: {NO_LINK}"
        sentence = reference_words(
            cell.same_as,
            own=own,
            above_stage=above,
            stage_names=self.stage_names,
            dimension_names=self.dimension_names,
        )
        return f"Hänvisning: {sentence.removesuffix('.')}"


def _area_title(area: Area) -> str:
    return f"Produktområde {area.number}: {marked(area.name, is_kept=area.is_kept)}"


def _goal_label(goal: GoalText) -> str:
    return f"Övergripande mål {goal.number}"


def _title(text: GoalText | SubGoalText | IndicatorText) -> str:
    return marked(text.title, is_kept=text.is_kept)


def _statement_words(statement: PlanStatement) -> str:
    return marked(statement.text, is_kept=statement.is_kept)


def _level(cell: PlanCell) -> str:
    return f"Risknivå: {LEVELS[cell.level]}" if cell.level else ""


def _statements(cell: PlanCell) -> tuple[PlanStatement, ...]:
    """Return the statements of a cell, or the one that says that nothing can be done about it."""
    if cell.assessment == NO_LEVERAGE and not cell.statements:
        return (NO_LEVERAGE_STATEMENT,)
    return cell.statements


def _widths(columns: int) -> list[int]:
    return [LABEL_WIDTH, *[(TEXT_WIDTH - LABEL_WIDTH) // columns] * columns]


def _cell(paragraphs: Sequence[str], style: str, span: int = 1) -> CellText:
    return CellText([(text, style) for text in paragraphs], span)


def _matrix_rows(plan: _Plan, area: Area) -> Iterator[list[CellText]]:
    head = styles.HEAD_STYLE
    yield [_cell([CORNER], head), _cell([_area_title(area)], head, len(plan.dimension_names))]
    names = plan.dimension_names.values()
    yield [_cell([], head), *(_cell([name], head) for name in names)]
    known = plan.known()
    cells = {(cell.stage, cell.dimension): cell for cell in area.cells}
    for stage in plan.stage_names:
        row_cells = [cells.get((stage, dimension)) for dimension in plan.dimension_names]
        yield [
            _cell([plan.stage_label(stage)], head),
            *(_risk_cell(plan, area, cell, known) for cell in row_cells),
        ]


def _risk_cell(
    plan: _Plan, area: Area, cell: PlanCell | None, known: ReferenceTargets
) -> CellText:
    if cell is None:
        return CellText([])
    marks = [
        (_level(cell), styles.LEVEL_STYLE),
        (plan.link(area, cell, known), styles.LINK_STYLE),
    ]
    words = [(_statement_words(s), STYLE_OF_KIND[s.kind]) for s in _statements(cell)]
    return CellText([pair for pair in [*marks, *words] if pair[0]])


def _goal_rows(goal: GoalText) -> list[list[CellText]]:
    head = styles.HEAD_STYLE
    return [
        [_cell([_goal_label(goal)], head), _cell([_title(goal)], styles.CELL_STYLE)],
        [_cell(["Delmål:"], head), _cell(_sub_goals(goal), styles.SUB_GOAL_STYLE)],
        [_cell(["Målindikatorer:"], head), _cell(_indicators(goal), styles.INDICATOR_STYLE)],
    ]


def _sub_goals(goal: GoalText) -> list[str]:
    return [f"{sub.number} {_title(sub)}" for sub in goal.sub_goals]


def _indicators(goal: GoalText) -> list[str]:
    return [f"{i.number} {_title(i)}" for sub in goal.sub_goals for i in sub.indicators]


def _matrix_lines(plan: _Plan, area: Area) -> Iterator[str]:
    names = plan.dimension_names.values()
    # The title spans the columns of all dimensions.
    yield "\t".join([CORNER, _area_title(area), *[""] * (len(names) - 1)])
    yield "\t".join(["", *names])
    known = plan.known()
    cells = {(cell.stage, cell.dimension): cell for cell in area.cells}
    for stage in plan.stage_names:
        row_cells = [cells.get((stage, dimension)) for dimension in plan.dimension_names]
        texts = ["" if cell is None else _text(plan, area, cell, known) for cell in row_cells]
        yield "\t".join([plan.stage_label(stage), *texts])


def _text(plan: _Plan, area: Area, cell: PlanCell, known: ReferenceTargets) -> str:
    marks = [f"{mark}." for mark in (_level(cell), plan.link(area, cell, known)) if mark]
    return " ".join([*marks, *map(_statement_words, _statements(cell))])


def _goal_lines(goal: GoalText) -> Iterator[str]:
    sub_goals = _sub_goals(goal)
    wanted = [sub.number for sub in goal.sub_goals]
    yield f"{_goal_label(goal)}\t{_title(goal)}"
    yield from _item_lines("Delmål:", sub_goals, goal.number, ())
    yield from _item_lines("Målindikatorer:", _indicators(goal), goal.number, wanted)


def _item_lines(
    label: str, items: Sequence[str], goal: int, wanted: Sequence[str]
) -> Iterator[str]:
    """Yield the items run together as in the template, or one a line where that mixes them up."""
    together = " ".join(items)
    read_back = [
        f"{i.number} {i.title}" for i in numbered_items([Paragraph(together)], goal, wanted)
    ]
    if read_back == list(items) or not items:
        yield f"{label}\t{together}"
        return
    for number, item in enumerate(items):
        yield f"{label if number == 0 else ''}\t{item}"
