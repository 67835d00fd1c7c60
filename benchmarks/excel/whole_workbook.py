"""Budget 3: the analysts' workbook of the national demo, against its sheets one by one.

The floor writes the same rows, each sheet from its own query to a file of its own, by the bare
writer: no page to read first, no charts, no progress that is told, nothing asked about rights.
"""

from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.measuring.measure import at_most, count, cpu, medians, tell
from benchmarks.sites.site import empty_site, statements_sent

UNTIL = date(2026, 6, 30)
RUNS = 3
# What the two charts ask beside the sheets.
CHARTS = 2


def main() -> None:
    """Both on the same made-up nation, of about 100,000 rows."""
    with empty_site() as folder:
        from examples.national import make_nation
        from followup.workbook import WorkbookFilters
        from followup.workbook.writing import row_counts, sheets

        make_nation(until=UNTIL)
        rows = sum(row_counts(WorkbookFilters()).values())
        target = folder / "out.xlsx"
        least, mine = medians(
            lambda: cpu(lambda: single_cells(target)),
            lambda: cpu(lambda: whole(target)),
            runs=RUNS,
        )
        sent = statements_sent(lambda: whole(target))
        most = len(sheets(confidential=False)) + CHARTS
    tell(
        at_most(3, f"analysts' workbook of {rows:,} rows", least, mine, 1.5),
        count(3, "the same: queries, one a sheet and two for charts", sent, most),
    )


def single_cells(target: Path) -> None:
    """Write the floor: each sheet from a query of its own to a file of its own."""
    from actionplan.excel.streaming import LinesSheet, NativeTable, WorkbookStream
    from followup.workbook import WorkbookFilters
    from followup.workbook.writing import CHUNK, sheets

    for sheet in sheets(confidential=False):
        columns = [field.column for field in sheet.fields_for(confidential=False)]
        rows = sheet.tuples(WorkbookFilters(), confidential=False).iterator(chunk_size=CHUNK)
        book = WorkbookStream("Prov", created=datetime(2026, 1, 1, tzinfo=UTC))
        table = NativeTable(str(sheet.name), columns, rows)
        with target.open("wb") as file:
            file.writelines(book.stream([table], front=lambda report: LinesSheet("-", [10])))


def whole(target: Path) -> None:
    """Ours, as the command does it."""
    from followup.workbook import WorkbookFilters
    from followup.workbook.writing import workbook

    with target.open("wb") as file:
        file.writelines(workbook(WorkbookFilters(), by=None, progress=lambda sheet, rows: None))


if __name__ == "__main__":
    main()
