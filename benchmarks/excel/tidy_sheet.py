"""Budgets 1 and 2: 100,000 rows with joined names to Excel, as they come from the database.

The rows are the sheet of requirements and the risks they treat. csv writes the very same tuples.
import-export's default, a resource of fields by path and its own xlsx format, is too slow and too
large for all of them: it writes a tenth, with `select_related`, and is taken ten times, which is
kind to it. Memory is what a process of its own has at its peak, for each number of rows.
"""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from benchmarks.measuring.measure import (
    ROOT,
    Line,
    at_most,
    count,
    cpu,
    medians,
    peak_memory,
    tell,
)
from benchmarks.sites.large_packages import large_package
from benchmarks.sites.site import empty_site, statements_sent

ROWS, FEW = 100_000, 10_000
REQUIREMENTS = 1000
RUNS = 3


def main() -> None:
    """All on one database; the sheet is the workbook's own."""
    with empty_site() as folder:
        fill()
        target = folder / "out"
        least, mine = medians(
            lambda: cpu(lambda: write_csv(target)),
            lambda: cpu(lambda: write_sheet(target, ROWS)),
            runs=RUNS,
        )
        tenth = cpu(lambda: write_by_default(target))
        sent = statements_sent(lambda: write_sheet(target, ROWS))
        grown = (peak(ROWS) - peak(FEW)) // 1024
        first = read_before_first_bytes()
    tell(
        at_most(1, f"{ROWS:,} rows to Excel, against csv", least, mine, 1.3),
        at_most(1, "the same, against import-export (a tenth, × 10)", tenth * 10, mine, 0.12),
        count(1, "the same: queries", sent, 1),
        count(2, f"memory: from {FEW:,} to {ROWS:,} rows", grown, 25, " MB"),
        first,
    )


def fill() -> None:
    """Make a package whose requirements each treat a hundred risks."""
    from requirements_pkg.models import Requirement, RiskTreatment
    from risks.models import RiskStatement

    large_package(requirements=REQUIREMENTS, areas=6)
    RiskTreatment.objects.all().delete()
    requirements = list(Requirement.objects.values_list("pk", flat=True))
    statements = cycle(RiskStatement.objects.values_list("pk", flat=True))
    for start in range(0, REQUIREMENTS, 100):
        RiskTreatment.objects.bulk_create(
            RiskTreatment(requirement_id=pk, statement_id=statement, hash_at_link="0" * 64)
            for pk in requirements[start : start + 100]
            for statement in islice(statements, ROWS // REQUIREMENTS)
        )


def tuples(rows: int) -> Iterator[Any]:
    """Return the first `rows` rows as the workbook asks for them."""
    from followup.workbook import WorkbookFilters
    from followup.workbook.requirements import TREATMENTS
    from followup.workbook.writing import CHUNK

    treatments = TREATMENTS.tuples(WorkbookFilters(), confidential=False)
    return (treatments if rows == ROWS else treatments[:rows]).iterator(chunk_size=CHUNK)


def pieces(rows: Iterator[Any]) -> Iterator[bytes]:
    """Return the workbook of one sheet and a first page, in pieces."""
    from actionplan.excel.streaming import LinesSheet, NativeTable, WorkbookStream
    from followup.workbook.requirements import TREATMENTS

    columns = [field.column for field in TREATMENTS.fields]
    book = WorkbookStream("Prov", created=datetime(2026, 1, 1, tzinfo=UTC))
    return book.stream(
        [NativeTable("Krav", columns, rows)], front=lambda report: LinesSheet("Läs mig", [30])
    )


def write_sheet(target: Path, rows: int) -> None:
    """Ours."""
    with target.open("wb") as file:
        file.writelines(pieces(tuples(rows)))


def write_csv(target: Path) -> None:
    """Write the floor: the same tuples as csv."""
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(tuples(ROWS))


def write_by_default(target: Path) -> None:
    """Write a tenth of the rows as import-export does it when nobody tells it otherwise."""
    from import_export.fields import Field
    from import_export.formats.base_formats import XLSX
    from import_export.resources import ModelResource

    from followup.workbook.requirements import TREATMENTS
    from requirements_pkg.models import RiskTreatment

    paths = [field.value for field in TREATMENTS.fields]
    named = [path for path in paths if isinstance(path, str)]
    # What the sheet has as an expression stands in the package or in the link itself.
    named += ["requirement__package__slug", "requirement__package__title", "confirmed_at"]
    named += ["statement__cell__product_area__plan__slug"]
    fields = {
        f"field_{at}": Field(attribute=path, column_name=path) for at, path in enumerate(named)
    }
    meta = type("Meta", (), {"model": RiskTreatment, "fields": list(fields)})
    resource = type("Resource", (ModelResource,), {**fields, "Meta": meta})()
    joined = RiskTreatment.objects.select_related(
        "requirement__package",
        "statement__cell__stage",
        "statement__cell__dimension",
        "statement__cell__product_area__plan__category",
        "statement__cell__product_area__plan__procurement_region",
    )
    target.write_bytes(XLSX().export_data(resource.export(joined.order_by("pk")[:FEW])))


def peak(rows: int) -> int:
    """Return the most memory, in KiB, that a process that writes so many rows has."""
    command = [sys.executable, "-m", "benchmarks.excel.tidy_sheet", str(rows)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, check=True, capture_output=True)
    return int(done.stdout)


def tell_peak(rows: int) -> None:
    """Write the rows and print the most memory it took, for the process that waits in `peak`."""
    django.setup()
    with TemporaryDirectory(prefix="benchmark-") as folder:
        write_sheet(Path(folder) / "out", rows)
    print(peak_memory())


def read_before_first_bytes() -> Line:
    """Tell how many rows are taken from the database before some of them leave."""
    taken = 0

    def counted() -> Iterator[Any]:
        nonlocal taken
        for row in tuples(ROWS):
            taken += 1
            yield row

    for sent in pieces(counted()):
        if taken and sent:
            break
    return count(2, f"rows of {ROWS:,} read before the first bytes leave", taken, ROWS // 20)


if __name__ == "__main__":
    tell_peak(int(sys.argv[1])) if len(sys.argv) > 1 else main()
