"""The sheets of a book as XML: tables of any length, and pages of a few lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from actionplan.excel.columns import Column
from actionplan.excel.columns.cell import LINE_HEIGHT, cell_text, heading_lines
from actionplan.excel.reading.bounds import column_letters
from actionplan.excel.streaming import cells, parts
from actionplan.excel.streaming.cells import HEAD, TITLE, Values, escape

BATCH: Final = 500
MAX_ROWS: Final = 1_048_576  # Excel's own, the head included
# Beyond this a sheet goes on in another: a zip without its 64-bit extension holds 2 GiB a part.
MAX_BYTES: Final = 1_500_000_000


@dataclass(frozen=True, slots=True)
class NativeTable:
    """A sheet that is one native table; a row has a value for each column that has its own."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Values]
    # At the foot of each printed page, with Excel's own signs: &L left, &R right, &P page.
    footer: str = ""
    # People read and edit the cells: they wrap, and a moment shows its time.
    edited: bool = False


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page: its cells, and the look of the first of them."""

    cells: Sequence[object]
    look: int = 0


@dataclass(frozen=True, slots=True)
class LinesSheet:
    """A sheet of lines to read."""

    name: str
    widths: Sequence[int]
    lines: Sequence[PageLine] = field(default_factory=tuple)


class TableSheet:
    """A table on its way out: as many sheets as its rows need."""

    def __init__(self, table: NativeTable, *, max_rows: int = MAX_ROWS) -> None:
        self.table = table
        self.columns = list(_unique_names(table.columns))
        # A row below the head is asked for by Excel even where there is nothing.
        self.rows_written = 0
        self.cuts: dict[str, int] = {}
        self.finished = False
        self._max_rows = max_rows
        self._cells = cells.cells_of(self.columns, self._cut, edited=table.edited)
        self._rows = iter(table.rows)
        self._waiting: list[Values] = []

    @property
    def area(self) -> str:
        """What the sheet that was written last covers."""
        return f"A1:{column_letters(len(self.columns))}{max(self._last, 2)}"

    def xml(self) -> Iterator[bytes]:
        """Yield the next sheet, a batch at a time."""
        widths = [c.width for c in self.columns]
        looks = [cells.look_of(c, edited=self.table.edited) for c in self.columns]
        yield parts.sheet_start(widths, frozen=True, looks=looks)
        yield self._head()
        self._last, size = 1, 0
        while batch := self._next_batch():
            data = cells.batch_xml(batch, self._cells, self._last + 1)
            self._last += len(batch)
            self.rows_written += len(batch)
            size += len(data)
            yield data
            if self._last >= self._max_rows or size >= MAX_BYTES:
                break
        self._waiting = self._waiting or next(cells.batches(self._rows, BATCH), [])
        self.finished = not self._waiting
        if self._last == 1:
            yield b'<row r="2"/>'
        yield parts.sheet_end(
            landscape=True,
            over=parts.TABLE_PART,
            offers=parts.offers(self._choices()),
            footer=self.table.footer,
        )

    def _choices(self) -> list[tuple[str, Sequence[str]]]:
        last = max(self._last, 2)
        return [
            (f"{column_letters(at)}2:{column_letters(at)}{last}", column.kind.offers)
            for at, column in enumerate(self.columns, 1)
            if column.kind.offers
        ]

    def _next_batch(self) -> list[Values]:
        batch = self._waiting or next(cells.batches(self._rows, BATCH), [])
        room = self._max_rows - self._last
        batch, self._waiting = batch[:room], batch[room:]
        return batch

    def _head(self) -> bytes:
        made = b"".join(cells.styled(column.label, HEAD) for column in self.columns)
        height = LINE_HEIGHT * min(heading_lines(self.columns), 4)
        return b'<row r="1" ht="%d" customHeight="1">%b</row>' % (height, made)

    def _cut(self, column: Column, times: int) -> None:
        self.cuts[column.label] = self.cuts.get(column.label, 0) + times

    def table_xml(self, number: int, name: str) -> bytes:
        """Write the native table over the sheet that was written last."""
        columns = "".join(
            f'<tableColumn id="{at}" name="{escape(column.label)}"/>'
            for at, column in enumerate(self.columns, 1)
        )
        return parts.table(number, name, self.area, len(self.columns), columns)


def page_xml(page: LinesSheet, *, drawing: bool = False) -> Iterator[bytes]:
    """Yield a page: wrapped texts, a look for what begins a line."""
    yield parts.sheet_start(page.widths, frozen=False)
    for number, line in enumerate(page.lines, 1):
        made = b"".join(_line_cell(at, value, line.look) for at, value in enumerate(line.cells))
        height = _height(line, page.widths)
        yield b'<row r="%d"%b>%b</row>' % (number, height, made)
    yield parts.sheet_end(over=parts.DRAWING_PART if drawing else "")


def _height(line: PageLine, widths: Sequence[int]) -> bytes:
    """Give what wraps its room: not every program makes it by itself."""
    if line.look == TITLE:
        return b""
    lines = max(
        (
            len(str(value)) * 10 // (width * 9)
            for value, width in zip(line.cells, widths, strict=False)
        ),
        default=0,
    )
    return b' ht="%d" customHeight="1"' % (LINE_HEIGHT * (lines + 1)) if lines else b""


def _line_cell(at: int, value: object, look: int) -> bytes:
    if isinstance(value, int | float):
        return cells.number_cells([value])[0]
    head = look if at == 0 or look == HEAD else 0
    return cells.styled("" if value is None else str(value), head or cells.WRAPPED)


def _unique_names(columns: Sequence[Column]) -> Iterator[Column]:
    """Yield the columns with headings that a native table takes: filled, one line and unique."""
    seen: set[str] = set()
    for at, column in enumerate(columns, 1):
        wanted = " ".join(cell_text(column.label).split())[:240] or str(at)
        label, count = wanted, 1
        while label.casefold() in seen:
            count += 1
            label = f"{wanted} {count}"
        seen.add(label.casefold())
        yield replace(column, label=label)
