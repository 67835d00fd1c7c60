"""Writes the example plan, as Word and as text: `python -m examples.build_example`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.shared import Pt

from actionplan.word.writing import styles
from actionplan.word.writing.body import DocumentBody
from actionplan.word.writing.tables import TEXT_WIDTH, CellText, add_table
from examples import it_platform as plan

FOLDER: Final = Path(__file__).parent
NAME: Final = "handlingsplan-it-teknisk-plattform"
LABEL_WIDTH: Final = 2570


def word_bytes() -> bytes:
    """Return the plan as a region's own Word file, without our styles that carry meaning."""
    word = styles.new_document(title=plan.TITLE, author=plan.FACTS[1][1])
    word.add_heading(plan.TITLE, 0)
    word.add_heading(plan.CATEGORY, 1)
    add_table(
        DocumentBody(word),
        _widths(1),
        [_label_row(*fact) for fact in plan.FACTS],
        title="Ansvariga",
    )
    word.add_heading(plan.INTRODUCTION_HEADING, 1)
    for paragraph in plan.INTRODUCTION:
        word.add_paragraph(paragraph)
    word.add_heading(plan.RISKS_HEADING, 1)
    for number, (heading, rows) in enumerate(plan.AREAS, start=1):
        _add_matrix(word, heading, rows, is_cut=number == len(plan.AREAS))
        word.add_paragraph()
    _add_plain_heading(word, plan.GOALS_HEADING)
    for goal in plan.GOALS:
        add_table(
            DocumentBody(word), _widths(1), [_label_row(*row) for row in goal], title=goal[0][0]
        )
        word.add_paragraph()
    return styles.packed(word)


def _add_matrix(word: Document, heading: str, rows: Sequence[plan.Row], *, is_cut: bool) -> None:
    head = [
        [_cell(plan.CORNER, styles.HEAD_STYLE), _cell(heading, styles.HEAD_STYLE, span=4)],
        [_cell("", styles.HEAD_STYLE), *(_cell(c, styles.HEAD_STYLE) for c in plan.COLUMNS)],
    ]
    body = [_matrix_row(*row) for row in rows]
    cut = plan.CUT_AFTER_ROW if is_cut else len(body)
    add_table(DocumentBody(word), _widths(4), [*head, *body[:cut]], title=heading, header_rows=2)
    if is_cut:
        word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        add_table(DocumentBody(word), _widths(4), body[cut:], title=f"{heading} (forts.)")


def _matrix_row(label: str, cells: Sequence[plan.Cell]) -> list[CellText]:
    span = len(plan.COLUMNS) // len(cells)
    texts = (CellText([(text, styles.CELL_STYLE) for text in cell], span) for cell in cells)
    return [_cell(label, styles.HEAD_STYLE), *texts]


def _label_row(label: str, value: str) -> list[CellText]:
    return [_cell(label, styles.HEAD_STYLE), _cell(value, styles.CELL_STYLE)]


def _cell(text: str, style: str, span: int = 1) -> CellText:
    return CellText([(text, style)], span)


def _widths(columns: int) -> list[int]:
    return [LABEL_WIDTH, *[(TEXT_WIDTH - LABEL_WIDTH) // columns] * columns]


def _add_plain_heading(word: Document, text: str) -> None:
    """Add a heading that only looks like one, as people write them."""
    run = word.add_paragraph().add_run(text)
    run.bold = True
    run.font.size = Pt(15)


def text() -> str:
    """Return the plan as text that was saved from Word: paragraphs of a cell run together."""
    parts = [
        [plan.TITLE],
        [plan.CATEGORY],
        ["\t".join(fact) for fact in plan.FACTS],
        [plan.INTRODUCTION_HEADING],
        *([paragraph] for paragraph in plan.INTRODUCTION),
        [plan.RISKS_HEADING],
        *_matrix_parts(),
        [plan.GOALS_HEADING],
        *(["\t".join(row) for row in goal] for goal in plan.GOALS),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _matrix_parts() -> Iterator[list[str]]:
    for number, (heading, rows) in enumerate(plan.AREAS, start=1):
        lines = [f"{plan.CORNER}\t{heading}\t\t\t", "\t".join(["", *plan.COLUMNS])]
        for label, cells in rows:
            repeated = [cell for cell in cells for _ in range(len(plan.COLUMNS) // len(cells))]
            lines.append("\t".join([label, *(" ".join(cell) for cell in repeated)]))
        cut = 2 + plan.CUT_AFTER_ROW if number == len(plan.AREAS) else len(lines)
        yield lines[:cut]
        if lines[cut:]:
            yield lines[cut:]


def main() -> None:
    (FOLDER / f"{NAME}.docx").write_bytes(word_bytes())
    (FOLDER / f"{NAME}.txt").write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
