"""Budget 20: one cell, one requirement and one reading are saved, and a whole matrix.

The floor is what anybody would have to write: a bare `save()` of the row that tells the change log
nothing, and one event, in a transaction. Of ours three things are told. What others wait for is
the CPU of the request while it holds its lock: the rows, what the log tells of them and the check
that nobody wrote meanwhile. The whole request has the form, its merge with what others wrote, the
rights and what the page says; it is what the person waits for, and is held to the same bound,
though an empty page of the admin with a log-in alone costs several times the floor: what our code
adds to such a page is what can be mended there. Counted are all statements that are sent, those
that begin and end the transaction among them.

Every request is the form of the page as a browser sends it back, with one text changed, as a
coordinator. Where BENCHMARK_NATIONAL is the address of a database it is done there, and changes
rows of it; else in the demo on SQLite. CPU is that of Python and, on PostgreSQL, of its process.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any
from unittest.mock import patch

from benchmarks.measuring.measure import Line, at_most, count, seconds, tell
from benchmarks.sites.nation import NATIONAL, demos, production
from benchmarks.sites.sent_form import Sent, sent_form
from benchmarks.sites.site import demo_site, statements_sent

TIMES, QUERIES, RUNS = 3, 20, 15
# Repeated, for PostgreSQL's clock ticks a hundred times a second.
BARE = 40


def main() -> None:
    """In the demo of a nation where there is one."""
    if os.environ.get(f"BENCHMARK_{NATIONAL.upper()}"):
        import django

        with demos(NATIONAL) as databases, production(databases[NATIONAL]):
            django.setup()
            measured = list(lines())
    else:
        with demo_site():
            measured = list(lines())
    tell(*measured)


def lines() -> Iterator[Line]:
    """Yield the lines of a cell, a requirement and a reading, and of a whole matrix beside."""
    from django.utils import timezone

    from actionplan.models import Indicator, User
    from followup.models import IndicatorReading
    from requirements_pkg.models import Requirement
    from risks.models import RiskStatement

    client = coordinator()
    by = User.objects.get(username="samordnare")
    plan = their_plan()
    area = plan.product_areas.order_by("number").first()
    statement = RiskStatement.objects.filter(cell__product_area=area).first()
    requirement = Requirement.objects.filter(package__plan=plan, state="active").first()
    indicator = Indicator.objects.filter(sub_goal__goal__plan=plan).first()
    reading = IndicatorReading.objects.create(
        # In a period that is not locked.
        indicator=indicator,
        as_of=timezone.localdate(),
        status="on_track",
        author=by,
        comment="Så går det.",
    )
    cell = f"/admin/risks/riskmatrix/{area.pk}/change/"
    works = [
        ("cell", cell, statement, f"cell-{statement.cell_id}-risks", "text"),
        ("requirement", _page(requirement), requirement, "text", "text"),
        ("reading", _page(reading), reading, "comment", "comment"),
    ]
    for name, page, row, boxes, field in works:
        least = bare(row, field, by)
        whole, locked, sent = saved(client, page, boxes)
        yield at_most(20, f"one {name}: under the lock", least, locked, TIMES)
        yield count(20, f"one {name}: statements", sent, QUERIES)
        yield at_most(20, f"one {name}: the whole request", least, whole, TIMES)
    whole, locked, sent = saved(client, cell, "-risks")
    # No budget says what all cells at once may cost: told, and held to the dearest of any page.
    yield Line(
        20, "a whole matrix: under the lock", "", seconds(locked), locked, "≤ 1 s", locked <= 1
    )
    yield Line(20, "a whole matrix: the request", "", seconds(whole), whole, "≤ 1 s", whole <= 1)
    yield count(20, "a whole matrix: statements", sent, QUERIES)


def coordinator() -> Any:
    """Return the browser of the coordinator who writes, logged in."""
    from django.test import Client

    from actionplan.models import User

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="samordnare"))
    return client


def their_plan() -> Any:
    """Return the open plan of the coordinator's region that has most requirements."""
    from django.db.models import Count

    from actionplan.models import ActionPlan

    rows = ActionPlan.objects.filter(procurement_region__code="C").exclude(status="closed")
    return rows.alias(size=Count("package__requirements")).latest("size")


def _page(row: Any) -> str:
    from django.urls import reverse

    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def bare(row: Any, field: str, by: Any) -> float:
    """Return CPU seconds of the floor: a `save()` unknown to the change log, and an event."""
    from django.db import models, transaction

    from actionplan.models import ChangeEvent, EventKind

    text = getattr(row, field)

    def work() -> None:
        for at in range(BARE):
            setattr(row, field, f"{text} ({at})")
            with transaction.atomic():
                models.Model.save(row)
                ChangeEvent.objects.record(EventKind.IMPORTED, row, by=by, detail={})

    work()
    least = median(cpu(work) for _run in range(3)) / BARE
    setattr(row, field, text)
    models.Model.save(row)
    return least


def saved(client: Any, page: str, boxes: str) -> tuple[float, float, int]:
    """CPU seconds of a request that stores a text, those under its lock, and its statements."""
    form = sent_form(client.get(page).content.decode())
    wholes, locks = [], []
    for at in range(RUNS):
        sent = changed(client, page, form, boxes, at)
        with under_lock() as spans:
            wholes.append(cpu(lambda sent=sent: post(client, page, sent)))
        locks.append(sum(spans))
    sent = changed(client, page, form, boxes, RUNS)
    return median(wholes), median(locks), statements_sent(lambda: post(client, page, sent))


def changed(client: Any, page: str, form: Sent, boxes: str, at: int) -> Sent:
    """Return the form as it is shown now, with another text in each box whose name ends so."""
    changed_form = sent_form(client.get(page).content.decode())
    for name in changed_form:
        # A cell that is like another, or without leverage, has no words of its own.
        own = form.get(f"{name.rpartition('-')[0]}-assessment", ["own"]) == ["own"]
        if name.endswith(boxes) and not name.startswith("initial-") and form[name][0] and own:
            # The first line alone: each other stays a text of its own.
            first, *others = form[name][0].splitlines()
            changed_form[name] = ["\n".join([f"{first} ({at})", *others])]
    return changed_form


def post(client: Any, page: str, sent: Sent) -> None:
    """Send a form that has to be taken."""
    response = client.post(page, sent)
    if response.status_code != 302:
        raise SystemExit(f"{page}: {response.status_code}, not stored")


def cpu(work: Callable[[], Any]) -> float:
    """CPU seconds of Python, and of the database where it is another process."""
    before, start = _database(), process_time()
    work()
    return process_time() - start + _database() - before


def _database() -> float:
    from django.db import connection

    if connection.vendor != "postgresql" or connection.connection is None:
        return 0.0
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    ticks = stat.rsplit(")", 1)[1].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def under_lock() -> Iterator[list[float]]:
    """Collect the CPU seconds that each outermost transaction was open."""
    from django.db.transaction import Atomic

    spans: list[float] = []
    since: list[float] = []
    enter, leave = Atomic.__enter__, Atomic.__exit__

    def entering(atomic: Atomic) -> None:
        enter(atomic)
        since.append(process_time() + _database())

    def leaving(atomic: Atomic, *failure: Any) -> None:
        leave(atomic, *failure)
        spent = process_time() + _database() - since.pop()
        if not since:
            spans.append(spent)

    with patch.object(Atomic, "__enter__", entering), patch.object(Atomic, "__exit__", leaving):
        yield spans


if __name__ == "__main__":
    main()
