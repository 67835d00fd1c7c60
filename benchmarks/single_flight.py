"""Budget 17: the heaviest page asked by eight at once when nothing is remembered.

The floor of the work is what one visitor alone causes, in the database's own count of
transactions: outside of a transaction every question is one. Meanwhile /healthz is asked again and
again, and its slowest answer counts.
"""

from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, sleep

import psycopg

from benchmarks.load import first_answer, get, server
from benchmarks.measure import count, tell
from benchmarks.nation import NATIONAL, demos, production

PAGE = "/uppfoljning/oversikt/"
CLIENTS = 8
SLOWEST = 100
# PostgreSQL's counts are told after a moment.
MOMENT = 2.0


def main() -> None:
    """Two servers, one after the other, so that neither remembers anything."""
    with demos(NATIONAL) as databases, production(databases[NATIONAL]):
        alone, _slowest = visited(databases[NATIONAL], 1)
        together, slowest = visited(databases[NATIONAL], CLIENTS)
    tell(
        count(17, f"questions of {CLIENTS} visitors at once, those of one", together, alone),
        count(17, "/healthz meanwhile, slowest answer", round(slowest * 1000), SLOWEST, " ms"),
    )


def visited(database: str, clients: int) -> tuple[int, float]:
    """How many questions so many visitors cause, and the slowest answer of /healthz meanwhile."""
    with server() as port, ThreadPoolExecutor(clients) as pool:
        sleep(MOMENT)
        before = transactions(database)
        visits = [pool.submit(first_answer, port, get(PAGE)) for _one in range(clients)]
        slowest = 0.0
        while not all(visit.done() for visit in visits):
            start = perf_counter()
            first_answer(port, get("/healthz"))
            slowest = max(slowest, perf_counter() - start)
            sleep(0.01)
        for visit in visits:
            visit.result()
    sleep(MOMENT)
    # One transaction each time is the question itself.
    return transactions(database) - before - 1, slowest


def transactions(database: str) -> int:
    """How many transactions the database has ended."""
    with psycopg.connect(database, autocommit=True) as connection:
        row = connection.execute(
            "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
    return int(row[0]) if row else 0


if __name__ == "__main__":
    main()
