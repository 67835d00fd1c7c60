"""Finds tables of contents that somebody typed; those that Word makes are gone already."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from actionplan.text import fold, is_number
from actionplan.word.file.blocks import Block, Paragraph, TableRow, WordTable
from actionplan.word.reading.headings import (
    area_heading,
    category_heading,
    goal_heading,
    is_title,
    section,
)

HEADING: Final = re.compile(
    r"(?:innehåll(?:et|sförteckning(?:en)?)?|(?:table of )?contents)(?:\s+sid(?:a|nr)?)?[\s:.]*"
)
LONGEST_ENTRY: Final = 300
PAGE: Final = r"(?P<page>\d{1,3}|[ivxl]{1,6})"
# The words, dots or a tab, and the page.
ENTRY: Final = re.compile(rf"(?P<words>.*?[^\s.…·_])\s*(?:[.…·_][\s.…·_]*[.…·_]|\t)\s*{PAGE}")
PAGE_CELL: Final = re.compile(PAGE)
UNLED_ENTRY: Final = re.compile(rf"(?P<words>.*\S)\s+{PAGE}")


def without_contents(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks but for tables of contents: lines with pages, or a list so headed."""
    later = Counter(fold(block.words) for block in blocks if isinstance(block, Paragraph))
    position = 0
    while position < len(blocks):
        count, is_list = _run_at(blocks, position, later)
        run = blocks[position : position + count]
        later.subtract(fold(block.words) for block in run if isinstance(block, Paragraph))
        if not is_list:
            yield from (_without_rows(b) if isinstance(b, WordTable) else b for b in run)
        position += count


def _run_at(blocks: Sequence[Block], position: int, later: Counter[str]) -> tuple[int, bool]:
    """Count the blocks from a position on that belong together; tell whether they are contents."""
    first = blocks[position]
    if not isinstance(first, Paragraph):
        return 1, False
    if HEADING.fullmatch(fold(first.words)):
        taken = _entries_under_heading(blocks, position + 1, later)
        return 1 + taken, taken > 0
    entries: list[tuple[str, str]] = []
    taken = 0
    for block in _paragraphs(blocks, position):
        if not (block_entries := _entries(block)):
            break
        entries += block_entries
        taken += 1
    return max(taken, 1), _is_list(entries)


def _entries_under_heading(blocks: Sequence[Block], position: int, later: Counter[str]) -> int:
    """Tell how many paragraphs have a page, or are said once more further down."""
    taken: Counter[str] = Counter()
    for block in _paragraphs(blocks, position):
        words = fold(block.words)
        is_entry = _entries(block) or UNLED_ENTRY.fullmatch(block.words[-LONGEST_ENTRY:])
        if not is_entry and later[words] - taken[words] < 2:
            break
        taken[words] += 1
    return taken.total()


def _paragraphs(blocks: Sequence[Block], position: int) -> Iterator[Paragraph]:
    """Yield the paragraphs from a position on, up to the next table."""
    for at in range(position, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Paragraph):
            return
        yield block


def _entries(paragraph: Paragraph) -> list[tuple[str, str]]:
    """Return the words and pages of a paragraph all of whose lines are entries, else nothing."""
    lines = [line.text.strip() for line in paragraph.lines()]
    matches = [ENTRY.fullmatch(line) if len(line) <= LONGEST_ENTRY else None for line in lines]
    return [(match["words"], match["page"]) for match in matches if match] if all(matches) else []


def _is_list(entries: Sequence[tuple[str, str]]) -> bool:
    """Tell whether entries are a table of contents: headings of the plan, with pages that rise."""
    pages = [int(page) for _words, page in entries if is_number(page)]
    known = sum(_is_known(words) for words, _page in entries)
    return len(entries) > 1 and (known > 1 or (known > 0 and pages == sorted(pages)))


def _is_known(words: str) -> bool:
    """Tell whether a plan has such a heading."""
    return bool(
        section(words)
        or is_title(words)
        or category_heading(words) is not None
        or area_heading(words) is not None
        or goal_heading(words) is not None
    )


def _without_rows(table: WordTable) -> WordTable:
    """Return a table without the rows at its top that are a table of contents."""
    entries = list(_row_entries(table.rows))
    return WordTable(table.rows[len(entries) :]) if _is_list(entries) else table


def _row_entries(rows: Iterable[TableRow]) -> Iterator[tuple[str, str]]:
    for row in rows:
        cells = [cell.words for cell in dict.fromkeys(row.cells) if cell.words]
        if len(cells) != 2 or not PAGE_CELL.fullmatch(cells[1]):
            return
        yield cells[0], cells[1]
