"""Budget 17: the heaviest page asked by eight at once when nothing is remembered.

The floor of the work is what one visitor alone causes, in statements: every answer says how many
were sent for it, so that nothing else that asks the same database is among them. Meanwhile
/healthz is asked again and again, and its slowest answer counts.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, sleep

from benchmarks.measuring.load import first_answer, get, server
from benchmarks.measuring.measure import count, tell
from benchmarks.sites.counted import HEADER
from benchmarks.sites.nation import NATIONAL, demos, production

PAGE = "/uppfoljning/oversikt/"
CLIENTS = 8
SLOWEST = 100


def main() -> None:
    """Two servers, one after the other, so that neither remembers anything."""
    with demos(NATIONAL) as databases, production(databases[NATIONAL]):
        os.environ["BENCHMARK_COUNTED"] = "True"
        alone, _slowest = visited(1)
        together, slowest = visited(CLIENTS)
    tell(
        count(17, f"statements for {CLIENTS} visitors at once, for one", together, alone),
        count(17, "/healthz meanwhile, slowest answer", round(slowest * 1000), SLOWEST, " ms"),
    )


def visited(clients: int) -> tuple[int, float]:
    """Count the statements so many visitors cause, and time the slowest /healthz meanwhile."""
    with server() as port, ThreadPoolExecutor(clients) as pool:
        visits = [pool.submit(first_answer, port, get(PAGE)) for _number in range(clients)]
        slowest = 0.0
        while not all(visit.done() for visit in visits):
            start = perf_counter()
            first_answer(port, get("/healthz"))
            slowest = max(slowest, perf_counter() - start)
            sleep(0.01)
        sent = sum(int(visit.result()[0][HEADER]) for visit in visits)
    return sent, slowest


if __name__ == "__main__":
    main()
