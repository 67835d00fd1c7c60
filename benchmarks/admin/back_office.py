"""Budget 11: every kind of admin address, in the national demo and in the small.

They are walked as a coordinator and as a reviewer. The floor is the same address in the small
demo. Most lists there have fewer rows than the fifty of a page, so a list is held against it
twice: with its page of fifty, and row for row, with as many on its page as the small demo shows,
which is what must not grow with the nation. Counted are the queries, and the CPU seconds of Python
and of PostgreSQL; nothing at all may cost a second. The databases have to be on this machine: the
CPU of the process that answers is read from /proc.

`python -m benchmarks.admin.back_office --all` lists what every address costs.
"""

import gc
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from time import process_time
from typing import Any

from benchmarks.measuring.measure import ROOT, Line, count, seconds, tell
from benchmarks.sites.nation import NATIONAL, SMALL, demos
from benchmarks.sites.site import backend_time

PEOPLE = ("samordnare", "granskare")
LIST, WORKSPACE, MATRIX = 12, 25, 0.060
MOST, TIMES = 1.0, 1.5
# Below this the ratio is noise.
NOISE = 0.02
# The least of so many runs is held against the least of as many, one run being noise in places.
RUNS = 3
HERE = "benchmarks.admin.back_office"
# One process of PostgreSQL does it all, and is measured. Not by PGOPTIONS: the site sets options.
ALONE = "SET max_parallel_workers_per_gather = 0"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one address costs; `alike` with as many rows as the small demo shows of a list."""

    name: str
    queries: int
    python: float
    database: float
    rows: int = 0
    alike: float = 0.0

    @property
    def cpu(self) -> float:
        return self.python + self.database


NOTHING = Cost("", 0, 0.0, 0.0)


def main() -> None:
    """Both databases walked, each by a process of its own."""
    if "--walk" in sys.argv:
        for cost in walk(sys.argv[-1], json.load(sys.stdin)):
            print(json.dumps(asdict(cost)), flush=True)
        return
    with demos(SMALL, NATIONAL) as databases:
        few = costs(databases[SMALL], {})
        rows = {name: cost.rows for name, cost in few.items() if is_list(cost)}
        many = costs(databases[NATIONAL], rows)
    if "--all" in sys.argv:
        for name, cost in sorted(many.items(), key=lambda pair: -pair[1].cpu):
            least = few.get(name, NOTHING)
            print(
                f"{cost.queries:4} {seconds(cost.python):>9} {seconds(cost.database):>9}"
                f" {seconds(least.cpu):>9}  {seconds(cost.alike):>9} {seconds(least.alike):>9}"
                f" {least.rows:4}  {name}"
            )
    pairs = [(few[name], cost) for name, cost in many.items() if is_list(cost) and name in few]
    for words, ratio in (("with its page of fifty", paged), ("row for row", row_for_row)):
        over = sum(ratio(small, national) > TIMES for small, national in pairs)
        print(f"{over} of {len(pairs)} lists cost over {TIMES} x the small demo {words}.")
    tell(*lines(few, many))


def is_list(cost: Cost) -> bool:
    """Tell whether an address is that of a list, whatever it is filtered or ordered by."""
    return " list" in cost.name


def paged(small: Cost, national: Cost) -> float:
    """Return how many times the small demo a list costs, each with its own page."""
    return national.cpu / max(small.cpu, NOISE)


def row_for_row(small: Cost, national: Cost) -> float:
    """Return how many times the small demo a list costs, with as many rows as that shows."""
    return national.alike / max(small.alike, NOISE)


def lines(few: dict[str, Cost], many: dict[str, Cost]) -> Iterator[Line]:
    """Yield the lines of the budgets, each with the address that comes worst off."""
    lists = [cost for cost in many.values() if is_list(cost)]
    most = max(lists, key=lambda cost: cost.queries)
    yield count(11, f"queries of {most.name}", most.queries, LIST)
    workspace = many[f"{PEOPLE[0]}: plan, change"]
    yield count(11, "queries of a plan's page", workspace.queries, WORKSPACE)
    matrix = many[f"{PEOPLE[0]}: risk matrix, riskmatrix_change"]
    slowest = max(many.values(), key=lambda cost: cost.cpu)
    yield _bounded(f"the dearest: {slowest.name}", slowest.cpu, MOST)
    yield _bounded("the page of a matrix, Python", matrix.python, MATRIX)
    compared = [cost for cost in lists if cost.name in few]
    steepest = max(compared, key=lambda cost: paged(few[cost.name], cost))
    yield _bounded(
        f"{steepest.name}, against the small demo",
        steepest.cpu,
        TIMES * max(few[steepest.name].cpu, NOISE),
    )
    grown = max(compared, key=lambda cost: row_for_row(few[cost.name], cost))
    yield _bounded(
        f"row for row {grown.name}", grown.alike, TIMES * max(few[grown.name].alike, NOISE)
    )


def _bounded(work: str, ours: float, most: float) -> Line:
    return Line(11, work[:46], seconds(most), seconds(ours), ours / most, "≤ 1", ours <= most)


def costs(database: str, rows: dict[str, int]) -> dict[str, Cost]:
    """Return what every address costs each of `PEOPLE` in a database.

    Args:
        database: its address.
        rows: how many rows each list is to show, too; one that is not named shows its own.
    """
    env = os.environ | {"DEBUG": "True", "DATABASE_URL": database}
    by_person = {}
    for person in PEOPLE:
        print(f"Walking as {person} …", file=sys.stderr)
        command = [sys.executable, "-m", HERE, "--walk", person]
        process = subprocess.run(
            command,
            env=env,
            cwd=ROOT,
            check=True,
            input=json.dumps(rows).encode(),
            stdout=subprocess.PIPE,
        )
        by_person |= {
            row["name"]: Cost(**row) for row in map(json.loads, process.stdout.splitlines())
        }
    return by_person


def walk(person: str, rows: dict[str, int]) -> Iterator[Cost]:
    """Every kind of address, as one of the people of the demo."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "actionplan.settings"
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from actionplan.models import User
    from benchmarks.admin.admin_addresses import addresses

    # What a person may not open is passed over.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    with connection.cursor() as cursor:
        cursor.execute(ALONE)
    client = Client()
    client.force_login(User.objects.get(username=person))
    # As in a worker that serves (deploy/gunicorn.conf.py): nobody looks through what was loaded.
    client.get(reverse("admin:index"))
    gc.collect()
    gc.freeze()
    for name, address in addresses(client):
        if cost := _cost(client, f"{person}: {name}", address):
            alike_rows = rows.get(cost.name, cost.rows)
            yield (
                replace(cost, alike=_alike(client, address, alike_rows)) if is_list(cost) else cost
            )


def _cost(client: Any, name: str, address: str) -> Cost | None:
    """Return what an address costs; None where it is not this person's."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    if response.status_code in (302, 403, 404):
        return None
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    # Read now: the next request forgets them.
    queries = len(captured)
    rows = len(response.context_data["cl"].result_list) if " list" in name else 0
    return Cost(name, queries, *_spent(client, address), rows)


def _spent(client: Any, address: str) -> tuple[float, float]:
    """Return the CPU seconds of Python and of PostgreSQL that an address takes."""
    before, python = backend_time(), process_time()
    client.get(address)
    return process_time() - python, backend_time() - before


def _alike(client: Any, address: str, rows: int) -> float:
    """Return the CPU seconds of a list with so many rows on its page, or with one."""
    from django.contrib.admin.views.main import PAGE_VAR
    from django.urls import resolve

    path, _mark, query = address.partition("?")
    pages = resolve(path).func.model_admin  # type: ignore[attr-defined]
    own, pages.list_per_page = pages.list_per_page, max(rows, 1)
    try:
        if query.startswith(f"{PAGE_VAR}="):
            # Where pages are shorter the last is another one, and the one before it is full.
            last = client.get(path).context_data["cl"].paginator.num_pages
            address = f"{path}?{PAGE_VAR}={max(last - 1, 1)}"
        return min(sum(_spent(client, address)) for _run in range(RUNS))
    finally:
        pages.list_per_page = own


if __name__ == "__main__":
    main()
