"""The workbook as it is sent: a zip without an end that one could go back from.

Tabs stand in the order that a reader wants; parts are written in the order that they are known:
the tables first, and then the pages that tell of them.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any, Final

from actionplan.excel.columns.cell import cell_text
from actionplan.excel.streaming import parts
from actionplan.excel.streaming.cells import HEAD, LABEL
from actionplan.excel.streaming.charts import BarChart, chart_xml, drawing_xml, height
from actionplan.excel.streaming.parts import SPREADSHEET
from actionplan.excel.streaming.sheets import (
    MAX_ROWS,
    LinesSheet,
    NativeTable,
    PageLine,
    TableSheet,
    page_xml,
)

ZLIB_LEVEL: Final = 1
DRAWINGML: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(slots=True)
class StreamReport:
    """What was written: rows of each table, and how many texts of a column were cut."""

    rows: dict[str, int] = field(default_factory=dict)
    cuts: dict[tuple[str, str], int] = field(default_factory=dict)


class ZipSink(io.RawIOBase):
    """Where the zip is written to; it keeps nothing that has been taken from it."""

    def __init__(self) -> None:
        super().__init__()
        self._chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._chunks.append(bytes(data))
        return len(self._chunks[-1])

    def flush(self) -> None:
        """Hold nothing back, also when a file that nobody waited for is thrown away."""

    def taken(self) -> bytes:
        """Take what was written since the last time."""
        data = b"".join(self._chunks)
        self._chunks.clear()
        return data


class WorkbookStream:
    """A workbook on its way out. `report` grows as the tables are written."""

    def __init__(self, title: str, *, created: datetime, max_rows: int = MAX_ROWS) -> None:
        self.title = title
        self.report = StreamReport()
        self._created = created
        self._max_rows = max_rows
        self._sink = ZipSink()
        self._zip = zipfile.ZipFile(
            self._sink,
            "w",
            zipfile.ZIP_DEFLATED,
            compresslevel=ZLIB_LEVEL,
        )
        self._overrides: list[tuple[str, str]] = []
        self._sheets: list[tuple[str, int, bool]] = []
        self._names: set[str] = set()
        self._tables = 0

    def stream(
        self,
        tables: Iterable[NativeTable],
        *,
        front: Callable[[StreamReport], LinesSheet] | None = None,
        back: Callable[[StreamReport], LinesSheet] | None = None,
        charts: tuple[str, Callable[[], Sequence[BarChart]]] | None = None,
    ) -> Iterator[bytes]:
        """Yield the file in pieces, the first of them before most rows are read.

        Args:
            front: makes the first page once all is known that it tells of.
            back: makes a page after the tables; what is read again has its table first.
            charts: the name of the page of charts, and what makes them.
        """
        # In this order a file is known for what it is by its first bytes.
        self._part("_rels/.rels", parts.ROOT_RELATIONS)
        self._part("docProps/core.xml", parts.core(self.title, self._created), _CORE)
        yield self._sink.taken()
        for table in tables:
            yield from self._table(table)
        if charts is not None:
            name, make = charts
            yield from self._charts(self._once(name, 31, " "), make())
        if front is not None:
            yield from self._page(front(self.report), self._add_first)
        if back is not None:
            yield from self._page(back(self.report), self._add_last)
        self._close()
        yield self._sink.taken()

    def _table(self, table: NativeTable) -> Iterator[bytes]:
        sheet = TableSheet(table, max_rows=self._max_rows)
        while not sheet.finished:
            number = self._add_last(self._once(table.name, 31, " "), repeats=True)
            yield from self._write(f"xl/worksheets/sheet{number}.xml", sheet.xml())
            self._tables += 1
            name = self._once("tabell_" + re.sub(r"\W", "_", table.name), 200, "_")
            path = f"xl/tables/table{self._tables}.xml"
            data = sheet.table_xml(self._tables, name)
            self._part(path, data, f"{SPREADSHEET}.table+xml")
            self._relate(number, "table", f"../tables/table{self._tables}.xml")
        self.report.rows[table.name] = sheet.rows_written
        for column, times in sheet.cuts.items():
            self.report.cuts[table.name, column] = times

    def _charts(self, name: str, charts: Sequence[BarChart]) -> Iterator[bytes]:
        lines: list[PageLine] = []
        tops = []
        for chart in charts:
            head, *rows = chart.grid
            lines += [PageLine([chart.title], LABEL), PageLine(head, HEAD), *map(PageLine, rows)]
            tops.append(len(lines) - len(rows))
            lines += [PageLine([])] * max(height(chart) - len(rows), 2)
        number = self._add_first(name)
        page = LinesSheet(
            name, [44, *[20] * max((len(c.series) for c in charts), default=1)], lines
        )
        left = len(page.widths) + 1
        yield from self._write(f"xl/worksheets/sheet{number}.xml", page_xml(page, drawing=True))
        self._relate(number, "drawing", "../drawings/drawing1.xml")
        drawing = drawing_xml(charts, tops, left)
        self._part("xl/drawings/drawing1.xml", drawing, f"{DRAWINGML}.drawing+xml")
        targets = [("chart", f"../charts/chart{at}.xml") for at in range(1, len(charts) + 1)]
        self._part("xl/drawings/_rels/drawing1.xml.rels", parts.relations(targets))
        for at, (chart, top) in enumerate(zip(charts, tops, strict=True), 1):
            data = chart_xml(chart, name, top)
            self._part(f"xl/charts/chart{at}.xml", data, f"{DRAWINGML}.drawingml.chart+xml")

    def _page(self, page: LinesSheet, add: Callable[[str], int]) -> Iterator[bytes]:
        number = add(self._once(page.name, 31, " "))
        yield from self._write(f"xl/worksheets/sheet{number}.xml", page_xml(page))

    def _add_last(self, name: str, *, repeats: bool = False) -> int:
        number = len(self._sheets) + 1
        self._sheets.append((name, number, repeats))
        self._overrides.append((f"xl/worksheets/sheet{number}.xml", _SHEET))
        return number

    def _add_first(self, name: str) -> int:
        """Add a sheet whose tab stands before all that were written before it."""
        number = len(self._sheets) + 1
        self._sheets.insert(0, (name, number, False))
        self._overrides.append((f"xl/worksheets/sheet{number}.xml", _SHEET))
        return number

    def _relate(self, number: int, kind: str, target: str) -> None:
        path = f"xl/worksheets/_rels/sheet{number}.xml.rels"
        self._part(path, parts.relations([(kind, target)]))

    def _close(self) -> None:
        targets = [
            ("worksheet", f"worksheets/sheet{number}.xml")
            for number in range(1, len(self._sheets) + 1)
        ]
        self._part("xl/styles.xml", parts.STYLES, f"{SPREADSHEET}.styles+xml")
        self._part(
            "xl/workbook.xml", parts.workbook(self._sheets), f"{SPREADSHEET}.sheet.main+xml"
        )
        data = parts.relations([*targets, ("styles", "styles.xml")])
        self._part("xl/_rels/workbook.xml.rels", data)
        self._part("[Content_Types].xml", parts.content_types(self._overrides))
        self._zip.close()

    def _part(self, path: str, data: bytes, kind: str = "") -> None:
        with self._zip.open(path, "w") as part:
            part.write(data)
        if kind:
            self._overrides.append((path, kind))

    def _write(self, path: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
        part: IO[bytes]
        with self._zip.open(path, "w") as part:
            for chunk in chunks:
                part.write(chunk)
                if data := self._sink.taken():
                    yield data

    def _once(self, name: str, most: int, between: str) -> str:
        """Return a name that no other sheet or table of the book has, as Excel takes it."""
        name = re.sub(r"[\[\]:*?/\\]", " ", cell_text(name)).strip("' \n\t") or "-"
        candidate, count = name[:most], 1
        while candidate.casefold() in self._names:
            count += 1
            end = f"{between}{count}"
            candidate = name[: most - len(end)] + end
        self._names.add(candidate.casefold())
        return candidate


_SHEET: Final = f"{SPREADSHEET}.worksheet+xml"
_CORE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
