"""Budget 16: every type of public page, with nothing remembered, on the national demo.

The floor is the same page of the small demo, in the same run on the same server: CPU of Python and
of the PostgreSQL backend that answers it. A list may cost half a millisecond more for each package
that it lists.
"""

import json
import subprocess
import sys
from math import log
from statistics import median
from time import process_time
from typing import Any

from benchmarks.measuring.measure import ROOT, Line, count, seconds, tell
from benchmarks.sites.nation import NATIONAL, SMALL, addresses, demos, production
from benchmarks.sites.site import Browser, backend_time, statements_sent

RUNS = 7
BOUND, PER_PACKAGE, STEEPEST = 2, 0.0005, 0.5
MOST_QUERIES = 4
LISTS = ("start", "packages", "feed", "status", "overview")


def main() -> None:
    """Each demo in a process of its own, since each has its own database."""
    if sys.argv[1:]:
        print(json.dumps(measured()))
        return
    with demos(SMALL, NATIONAL) as databases:
        small, national = (measured_in(databases[name]) for name in (SMALL, NATIONAL))
    lines = [line for page in small["pages"] for line in compared(page, small, national)]
    tell(*lines)


def measured_in(database: str) -> dict[str, Any]:
    """Ask the pages of a database in another process, and return what it says."""
    with production(database):
        process = subprocess.run(
            [sys.executable, "-m", "benchmarks.pages.national_pages", "measure"],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
        )
    costs: dict[str, Any] = json.loads(process.stdout)
    return costs


def compared(page: str, small: dict[str, Any], national: dict[str, Any]) -> list[Line]:
    """Return the lines of one type of page."""
    least, mine = small["pages"][page]["cpu"], national["pages"][page]["cpu"]
    listed = national["packages"] - small["packages"] if page in LISTS else 0
    bound = BOUND + listed * PER_PACKAGE / least
    steepness = log(mine / least) / log(national["packages"] / small["packages"])
    work = f"{page}, cold, {national['packages']} packages"
    queries = national["pages"][page]["queries"]
    return [
        Line(
            *(16, work, seconds(least), seconds(mine), mine / least),
            *(f"≤ {bound:.1f}", mine / least <= bound),
        ),
        Line(
            *(16, f"{page}: growth exponent", "", "", steepness),
            *(f"≤ {STEEPEST}", steepness <= STEEPEST),
        ),
        count(16, f"{page}: queries", queries, MOST_QUERIES),
    ]


def measured() -> dict[str, Any]:
    """Ask every page with nothing remembered: CPU seconds of both processes, and queries."""
    browser = Browser()
    from requirements_pkg.published import catalogue, page_cache

    costs = {}
    for name, address in addresses().items():
        browser.get(address)

        def cold(address: str = address) -> float:
            page_cache.forget()
            before = process_time() + backend_time()
            browser.get(address)
            return process_time() + backend_time() - before

        cpu = median(cold() for _run in range(RUNS))
        page_cache.forget()
        queries = statements_sent(lambda address=address: browser.get(address))
        costs[name] = {"cpu": cpu, "queries": queries}
    return {"pages": costs, "packages": len(catalogue.in_force())}


if __name__ == "__main__":
    main()
