"""Budget 11: every kind of admin address, in the national demo and in the small.

They are walked as a coordinator and as a reviewer. The floor is the same address in the small
demo: a list shows fifty rows of either. Counted are the queries, and the CPU seconds of Python and
of PostgreSQL; nothing at all may cost a second. The databases have to be on this machine: the CPU
of the process that answers is read from /proc.

`python -m benchmarks.admin.back_office --all` lists what every address costs.
"""

import gc
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
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
HERE = "benchmarks.admin.back_office"
# One process of PostgreSQL does it all, and is measured.
ALONE = {"PGOPTIONS": "-c max_parallel_workers_per_gather=0"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one address costs."""

    name: str
    queries: int
    python: float
    database: float

    @property
    def cpu(self) -> float:
        return self.python + self.database


def main() -> None:
    """Both databases walked, each by a process of its own."""
    if "--walk" in sys.argv:
        for cost in walk(sys.argv[-1]):
            print(json.dumps(asdict(cost)), flush=True)
        return
    with demos(SMALL, NATIONAL) as databases:
        few, many = costs(databases[SMALL]), costs(databases[NATIONAL])
    if "--all" in sys.argv:
        for name, cost in sorted(many.items(), key=lambda pair: -pair[1].cpu):
            least = few[name].cpu if name in few else 0.0
            print(
                f"{cost.queries:4} {seconds(cost.python):>9} {seconds(cost.database):>9}"
                f" {seconds(least):>9}  {name}"
            )
    tell(*lines(few, many))


def lines(few: dict[str, Cost], many: dict[str, Cost]) -> Iterator[Line]:
    """Yield the lines of the budgets, each with the address that comes worst off."""
    lists = [cost for cost in many.values() if " list" in cost.name]
    most = max(lists, key=lambda cost: cost.queries)
    yield count(11, f"queries of {most.name}", most.queries, LIST)
    workspace = many[f"{PEOPLE[0]}: plan, change"]
    yield count(11, "queries of a plan's page", workspace.queries, WORKSPACE)
    matrix = many[f"{PEOPLE[0]}: risk matrix, riskmatrix_change"]
    slowest = max(many.values(), key=lambda cost: cost.cpu)
    yield _bounded(f"the dearest: {slowest.name}", slowest.cpu, MOST)
    yield _bounded("the page of a matrix, Python", matrix.python, MATRIX)
    steepest = max(
        (cost for cost in lists if cost.name in few),
        key=lambda cost: cost.cpu / max(few[cost.name].cpu, NOISE),
    )
    yield _bounded(
        f"{steepest.name}, against the small demo",
        steepest.cpu,
        TIMES * max(few[steepest.name].cpu, NOISE),
    )


def _bounded(work: str, ours: float, most: float) -> Line:
    return Line(11, work[:46], seconds(most), seconds(ours), ours / most, "≤ 1", ours <= most)


def costs(database: str) -> dict[str, Cost]:
    """Return what every address costs each of `PEOPLE` in a database."""
    env = os.environ | ALONE | {"DEBUG": "True", "DATABASE_URL": database}
    by_person = {}
    for person in PEOPLE:
        print(f"Walking as {person} …", file=sys.stderr)
        command = [sys.executable, "-m", HERE, "--walk", person]
        said = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE)
        by_person |= {
            row["name"]: Cost(**row) for row in map(json.loads, said.stdout.splitlines())
        }
    return by_person


def walk(person: str) -> Iterator[Cost]:
    """Every kind of address, as one of the people of the demo."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "actionplan.settings"
    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from actionplan.models import User
    from benchmarks.admin.admin_addresses import addresses

    # What a person may not open is passed over.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(User.objects.get(username=person))
    # As in a worker that serves (deploy/gunicorn.conf.py): nobody looks through what was loaded.
    client.get(reverse("admin:index"))
    gc.collect()
    gc.freeze()
    for name, address in addresses(client):
        if cost := _cost(client, f"{person}: {name}", address):
            yield cost


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
    before, python = backend_time(), process_time()
    client.get(address)
    python, database = process_time() - python, backend_time() - before
    return Cost(name, queries, python, database)


if __name__ == "__main__":
    main()
