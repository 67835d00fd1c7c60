"""Budget 6: a plan from Word to rows, against python-docx and one bulk insert of the same rows.

It reads the shipped example, or the plan in the folder that PLAN_SAMPLES names.
"""

import os
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import docx

from benchmarks.measuring.measure import ROOT, at_most, count, cpu, medians, tell
from benchmarks.sites.databases import rewinder
from benchmarks.sites.site import empty_site, statements_sent

Rows = dict[Any, Sequence[Any]]


def main() -> None:
    """Both begin with the same empty database and end with the same rows in it."""
    data = document()
    with empty_site() as folder:
        from risks.importing.plans import import_plan

        start_over = rewinder(folder / "site.sqlite3")
        before = numbers()

        def ours() -> None:
            import_plan(data, file_name="plan.docx", by=None)

        sent = statements_sent(ours)
        rows = made_since(before)

        def floor() -> None:
            read_every_cell(data)
            insert(rows)

        def cost(work: Callable[[], None]) -> float:
            start_over()
            return cpu(work)

        least, mine = medians(lambda: cost(floor), lambda: cost(ours), runs=15)
    tell(
        at_most(6, "Word file to stored plan", least, mine, 2.5),
        count(6, "the same: statements sent, transaction too", sent, 60),
    )


def document() -> bytes:
    """Return the Word file of a plan."""
    folder = Path(os.environ.get("PLAN_SAMPLES") or ROOT / "examples")
    return min(folder.glob("*.docx")).read_bytes()


def numbers() -> dict[Any, int]:
    """Tell how many rows each table has."""
    from django.apps import apps

    models = [model for model in apps.get_models() if not model._meta.proxy]
    return {model: model._base_manager.count() for model in models}


def made_since(before: dict[Any, int]) -> Rows:
    """Every row that the import made, and what the log tells of it."""
    now = numbers()
    grown = [model for model, number in before.items() if now[model] > number]
    return {model: list(model._base_manager.all()) for model in grown}


def read_every_cell(data: bytes) -> None:
    """Read every cell of all of the tables by python-docx."""
    for table in docx.Document(BytesIO(data)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def insert(rows: Rows) -> None:
    """Rows that are known already, without a question to the database."""
    from django.db import transaction

    with transaction.atomic():
        for model, instances in rows.items():
            model._base_manager.bulk_create(instances)


if __name__ == "__main__":
    main()
