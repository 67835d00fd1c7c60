"""Budget 8: a public page that is kept, over HTTP, against a view that does nothing."""

from benchmarks.measuring.load import first_answer, get, rate, server
from benchmarks.measuring.measure import Line, at_least, count, medians, tell
from benchmarks.sites.site import (
    REQUIREMENTS,
    TRIVIAL,
    Browser,
    demo_site,
    live,
    ours,
    statements_sent,
)

RUNS = 7
# Enough for half a second or so each; the page from rows is much slower.
MANY, FEW = 1500, 60


def main() -> None:
    """One process with its threads, sixteen connections, as many requests as they take."""
    with demo_site() as slug:
        lines = [*_throughput(slug), *_queries(slug)]
    tell(*lines)


def _throughput(slug: str) -> list[Line]:
    with server() as port:
        page = get(ours(slug, REQUIREMENTS))
        etag = first_answer(port, page)[0]["etag"]
        again = get(ours(slug, REQUIREMENTS), {"If-None-Match": etag})

        nothing, rows, kept, unchanged = medians(
            lambda: rate(port, get(TRIVIAL), MANY),
            lambda: rate(port, get(live(slug, REQUIREMENTS)), FEW),
            lambda: rate(port, page, MANY),
            lambda: rate(port, again, MANY, status=b"304"),
            runs=RUNS,
        )
    return [
        at_least(8, "public page, warm, against a trivial view", nothing, kept, 0.6),
        at_least(8, "the same, not modified (304)", nothing, unchanged, 0.7),
        at_least(8, "the same, warm, against live rows", rows, kept, 8),
    ]


def _queries(slug: str) -> list[Line]:
    browser = Browser()
    cold = statements_sent(lambda: browser.get(ours(slug, REQUIREMENTS)))
    warm = statements_sent(lambda: browser.get(ours(slug, REQUIREMENTS)))
    return [
        count(8, "the same, cold: queries", cold, 3),
        count(8, "the same, warm: queries", warm, 0),
    ]


if __name__ == "__main__":
    main()
