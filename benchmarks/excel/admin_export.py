"""Budget 19: the whole list of risks and opportunities as Excel, as a coordinator takes it out.

The floor is budget 1's way: the same columns and rows in the same order, from the cursor to the
bare writer, without rights, control codes or the words of choices. Ours is the answer of the
admin, read to its end. Memory is what a process of its own has at its peak, for each number of
rows.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import django

from benchmarks.measuring.measure import ROOT, at_most, count, cpu, medians, peak_memory, tell
from benchmarks.sites.large_packages import large_package, sentence
from benchmarks.sites.site import empty_site, statements_sent

ROWS, FEW = 94_000, 10_000
RUNS = 3
# Who asks, what the list may show, and its rows.
QUERIES = 6
XLSX, CSV = "0", "1"


def main() -> None:
    """Both on one database."""
    with empty_site() as folder:
        large_package(requirements=0, areas=50)
        fill(FEW)
        few = peak()
        fill(ROWS - FEW)
        target, client = folder / "out", coordinator()
        least, excel, text = medians(
            lambda: cpu(lambda: write_bare(target)),
            lambda: cpu(lambda: write_export(client, target, XLSX)),
            lambda: cpu(lambda: write_export(client, target, CSV)),
            runs=RUNS,
        )
        sent = statements_sent(lambda: write_export(client, target, XLSX))
        grown = (peak() - few) // 1024
    tell(
        at_most(19, f"admin export of {ROWS:,} rows to Excel", least, excel, 2),
        at_most(19, "the same as CSV", least, text, 2),
        count(19, "the same: queries", sent, QUERIES),
        count(19, f"memory: from {FEW:,} to {ROWS:,} rows", grown, 50, " MB"),
    )


def fill(rows: int) -> None:
    """So many statements more, spread over the cells of the plan."""
    from risks.models import RiskCell, RiskStatement

    chance, there = Random(19), RiskStatement.objects.count()
    cells = list(RiskCell.objects.values_list("pk", flat=True))
    RiskStatement.objects.bulk_create(
        [
            RiskStatement(
                cell_id=cells[at % len(cells)],
                text=f"{sentence(chance, 12)} ({at})",
                position=2 + at // len(cells),
            )
            for at in range(there, there + rows)
        ],
        batch_size=2000,
    )


def write_bare(target: Path) -> None:
    """Write the floor: the columns that are read by a path, and no work beyond that."""
    from actionplan.excel.columns import Column
    from actionplan.excel.streaming import LinesSheet, NativeTable, WorkbookStream
    from risks.admin.sheets import STATEMENTS
    from risks.models import RiskStatement

    columns = [column for column in STATEMENTS.columns if column.path]
    paths = [column.path for column in columns]
    rows = (
        RiskStatement.objects.order_by(*RiskStatement._meta.ordering)
        .values_list(*paths)
        .iterator(chunk_size=2000)
    )
    plain = [Column(column.name, str(column.label), 16) for column in columns]
    book = WorkbookStream("Prov", created=datetime(2026, 1, 1, tzinfo=UTC))
    with target.open("wb") as file:
        file.writelines(
            book.stream(
                [NativeTable("Rader", plain, rows)], front=lambda report: LinesSheet("-", [30])
            )
        )


def coordinator() -> Any:
    """Return the browser of the coordinator who exports, logged in."""
    from django.test import Client

    from actionplan.models import User

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="samordnare"))
    return client


def write_export(client: Any, target: Path, form: str) -> None:
    """Ours: the answer of the admin, as it is sent."""
    order = {"format": form, "resource": "0"}
    response = client.post("/admin/risks/riskstatement/export/", order)
    if response.status_code != 200:
        raise SystemExit(f"The export answered {response.status_code}.")
    with target.open("wb") as file:
        file.writelines(response)


def peak() -> int:
    """Return the most memory, in KiB, that a process that exports all rows has."""
    command = [sys.executable, "-m", "benchmarks.excel.admin_export", "peak"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, check=True, stdout=subprocess.PIPE)
    return int(done.stdout)


def tell_peak() -> None:
    """Export all rows and print the most memory it took, for the process that waits in `peak`."""
    django.setup()
    write_export(coordinator(), Path(os.devnull), XLSX)
    print(peak_memory())


if __name__ == "__main__":
    tell_peak() if len(sys.argv) > 1 else main()
