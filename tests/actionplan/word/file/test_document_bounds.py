"""A document in which there is more than in any plan is refused, however small its file is."""

import docx
import pytest

from actionplan.word.document import ProblemKind
from actionplan.word.file.archive import UnreadableFile
from actionplan.word.file.blocks import (
    LARGEST_TEXT,
    LONGEST_PARAGRAPH,
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_PARAGRAPHS,
    read_blocks,
)
from tests.actionplan.word.documents import W, saved
from tests.hostile.zips import packed, parts_of

WIDEST = f'<w:tcPr><w:gridSpan w:val="{MOST_COLUMNS}"/></w:tcPr>'


def document(inner: str) -> bytes:
    """A Word file with just this in its body."""
    main = f"<w:document {W}><w:body>{inner}</w:body></w:document>"
    return packed(parts_of(saved(docx.Document())) | {"word/document.xml": main.encode()})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(text: str = "", properties: str = "") -> str:
    return f"<w:tc>{properties}{paragraph(text)}</w:tc>"


def refused(data: bytes) -> ProblemKind:
    with pytest.raises(UnreadableFile) as caught:
        read_blocks(data)
    return caught.value.problem.what


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{'a' * 999}\n" * (LARGEST_TEXT // 1000 + 1), ProblemKind.TEXT_TOO_LARGE),
        ("a\n" * MOST_LINES, ProblemKind.TEXT_TOO_LARGE),
        ("a" * (LONGEST_PARAGRAPH + 1), ProblemKind.TOO_MUCH_INSIDE),
    ],
)
def test_a_text_is_bounded(text, kind):
    assert read_blocks(text[: len(text) // 2].encode()).blocks
    assert refused(text.encode()) == kind


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param("<w:p/>" * (MOST_PARAGRAPHS + 1), id="paragraphs"),
        pytest.param(paragraph("a" * (LONGEST_PARAGRAPH + 1)), id="a long paragraph"),
        pytest.param(
            table(*[cell(properties=WIDEST)] * (MOST_CELLS // MOST_COLUMNS + 1)),
            id="cells, in places of the grid",
        ),
        pytest.param(
            table(cell("a" * (MOST_CHARACTERS // MOST_COLUMNS + 1), WIDEST)),
            id="characters, in each place of the grid where they are read",
        ),
    ],
)
def test_a_document_is_bounded(inner):
    assert refused(document(inner)) == ProblemKind.TOO_MUCH_INSIDE


def test_a_table_has_as_many_columns_as_word_allows():
    (block,) = read_blocks(document(table(cell("a") * (MOST_COLUMNS + 6)))).blocks
    (row,) = block.rows
    assert len(row.cells) == MOST_COLUMNS
