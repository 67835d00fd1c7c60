"""Budget 11: every kind of admin address as a coordinator, in the national demo and in the small.

The floor is the same address in the small demo: a list shows fifty rows of either. Counted are the
queries, and the CPU seconds of Python and of PostgreSQL; nothing at all may cost a second. Both
databases are made on a server of its own, or are those that BENCHMARK_DEMO and BENCHMARK_NATIONAL
name, which have to be on this machine: the CPU of their processes is read from /proc.

`python -m benchmarks.back_office --all` lists what every address costs.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.measure import ROOT, Line, count, seconds, tell
from benchmarks.search import postgres

RUNS = 3
LIST, WORKSPACE, MATRIX = 12, 25, 0.060
MOST, TIMES = 1.0, 1.5
# Below this the ratio is noise: PostgreSQL's clock ticks a hundred times a second.
NOISE = 0.02
HERE = "benchmarks.back_office"
# Nothing is measured that another core did meanwhile.
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
        print(json.dumps([asdict(cost) for cost in walk()]))
        return
    with databases() as (small, national):
        few, many = costs(small), costs(national)
    if "--all" in sys.argv:
        for name, cost in sorted(many.items(), key=lambda pair: -pair[1].cpu):
            least = few[name].cpu if name in few else 0.0
            print(
                f"{cost.queries:4} {seconds(cost.python):>9} {seconds(cost.database):>9}"
                f" {seconds(least):>9}  {name}"
            )
    tell(*lines(few, many))


def lines(few: dict[str, Cost], many: dict[str, Cost]) -> Iterator[Line]:
    """The budgets, each with the address that comes worst off."""
    lists = [cost for cost in many.values() if " list" in cost.name]
    most = max(lists, key=lambda cost: cost.queries)
    yield count(11, f"queries of {most.name}", most.queries, LIST)
    workspace = many["plan, change"]
    yield count(11, "queries of a plan's page", workspace.queries, WORKSPACE)
    slowest = max(many.values(), key=lambda cost: cost.cpu)
    yield _bounded(f"the dearest: {slowest.name}", slowest.cpu, MOST)
    yield _bounded("the page of a matrix, Python", many["risk matrix, change"].python, MATRIX)
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


@contextmanager
def databases() -> Iterator[tuple[str, str]]:
    """The addresses of the small demo and of the national one."""
    given = tuple(os.environ.get(f"BENCHMARK_{name}", "") for name in ("DEMO", "NATIONAL"))
    if all(given):
        yield given[0], given[1]
        return
    with postgres() as address:
        made = []
        for name, options in (("demo", []), ("national", ["--national"])):
            import psycopg

            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            made.append(address.replace("/postgres?", f"/{name}?"))
            env = os.environ | {"DEBUG": "True", "DATABASE_URL": made[-1]}
            command = [sys.executable, "manage.py", "seed_demo", *options]
            subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        yield made[0], made[1]


def costs(database: str) -> dict[str, Cost]:
    """What every address costs in a database."""
    env = os.environ | ALONE | {"DEBUG": "True", "DATABASE_URL": database}
    command = [sys.executable, "-m", HERE, "--walk"]
    said = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return {row["name"]: Cost(**row) for row in json.loads(said.stdout)}


def walk() -> Iterator[Cost]:
    """Every kind of address, as the coordinator of the demo."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "actionplan.settings"
    django.setup()
    from django.conf import settings
    from django.test import Client

    from actionplan.models import User

    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(User.objects.get(username="samordnare"))
    for name, address in addresses(client):
        yield _cost(client, name, address)


def _cost(client: Any, name: str, address: str) -> Cost:
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    # Read now: the next request forgets them.
    queries = len(captured)
    before, python = _database_cpu(), process_time()
    for _run in range(RUNS):
        client.get(address)
    python, database = process_time() - python, _database_cpu() - before
    return Cost(name, queries, python / RUNS, database / RUNS)


def _database_cpu() -> float:
    """CPU seconds of PostgreSQL's processes for this database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        pids = [pid for (pid,) in cursor.fetchall()]
    ticks = 0
    for pid in pids:
        stat = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(stat[11]) + int(stat[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def addresses(client: Any) -> Iterator[tuple[str, str]]:
    """Every kind of address that a coordinator opens, each with what it is."""
    from django.contrib import admin
    from django.urls import reverse

    yield "index", reverse("admin:index")
    for name in ("followup_mine", "followup_workbook", "requirements_pkg_suspects"):
        yield name, reverse(f"admin:{name}")
    request = client.get(reverse("admin:index")).wsgi_request
    for model, model_admin in admin.site._registry.items():
        if model_admin.has_view_permission(request):
            yield from _of_model(client, model, model_admin)
    yield from _pages_of_a_plan(client)


def _of_model(client: Any, model: Any, model_admin: Any) -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    name = str(model._meta.verbose_name)
    label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    address = reverse(f"{label}_changelist")
    yield f"{name} list", address
    listed = client.get(address).context_data["cl"]
    if (pages := listed.paginator.num_pages) > 1:
        yield f"{name} list, last page", f"{address}?p={pages}"
    if model_admin.search_fields:
        yield f"{name} list, search", f"{address}?q=leverans"
    for spec in listed.filter_specs:
        links = [choice["query_string"] for choice in spec.choices(listed)]
        chosen = [link for link in links if len(link) > 1]
        if chosen:
            yield f"{name} list, by {spec.title}", f"{address}{chosen[len(chosen) // 2]}"
    if model_admin.date_hierarchy:
        by_year = f"{address}?{model_admin.date_hierarchy}__year=2026"
        yield f"{name} list, a year", by_year
    if (row := listed.result_list[:1]) and (pk := row[0].pk):
        for page in ("change", "history"):
            yield f"{name}, {page}", reverse(f"{label}_{page}", args=[pk])


def _pages_of_a_plan(client: Any) -> Iterator[tuple[str, str]]:
    """What hangs on the newest plan of the coordinator's region."""
    from django.urls import reverse

    from actionplan.models import ActionPlan
    from followup.models import FollowUp
    from requirements_pkg.models import RequirementsPackage

    package = RequirementsPackage.objects.filter(
        plan__procurement_region__code="C", plan__status__in=("adopted", "review")
    ).latest("pk")
    plan = ActionPlan.objects.get(pk=package.plan_id)
    yield "plan, change", reverse("admin:actionplan_actionplan_change", args=[plan.pk])
    yield "plan, history", reverse("admin:actionplan_actionplan_history", args=[plan.pk])
    area = plan.product_areas.first()
    if area is not None:
        yield "risk matrix, change", reverse("admin:risks_riskmatrix_change", args=[area.pk])
        yield "risk matrix, levels", reverse("admin:risks_levels", args=[area.pk])
    yield "calendar", reverse("admin:followup_calendar", args=[plan.pk])
    for name in ("preview", "coverage"):
        yield f"package, {name}", reverse(f"admin:requirements_pkg_{name}", args=[plan.pk])
    yield "package, include", reverse("admin:requirements_pkg_include", args=[package.pk])
    yield "requirement, add", f"{reverse('admin:requirements_pkg_requirement_add')}?plan={plan.pk}"
    yield "follow-up, add", f"{reverse('admin:followup_followup_add')}?plan={plan.pk}"
    follow_up = FollowUp.objects.filter(product_area__plan=plan, questions__isnull=False).first()
    if follow_up is not None:
        yield "follow-up, reuse", reverse("admin:followup_reuse", args=[follow_up.pk])


if __name__ == "__main__":
    main()
