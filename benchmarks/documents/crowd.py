"""How the site answers while somebody asks for fifty different selections as PDF, all at once.

Run by hand: `python -m benchmarks.documents.crowd http://127.0.0.1:8000 SLUG` against a server
that runs already. It tells how the fifty were answered, and how long others waited for /healthz
and a page.
"""

import json
import sys
import threading
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, sleep

FILES, CODES = 50, 40
PATIENCE = 300


def main(site: str, slug: str) -> None:
    """Ask for many PDFs at once, and print how the site answers visitors meanwhile."""
    with urllib.request.urlopen(f"{site}/kravpaket/{slug}/v1/ladda-ner/json") as answer:
        codes = [requirement["code"] for requirement in json.load(answer)["requirements"]]
    folder = f"{site}/kravpaket/{slug}/v1/ladda-ner/pdf"
    # Each is another selection: they begin at another requirement.
    queries = [
        "&".join(
            f"krav={codes[(start + at) % len(codes)]}" for at in range(min(CODES, len(codes)))
        )
        for start in range(FILES)
    ]
    waits: dict[str, list[float]] = {"/healthz": [], f"/kravpaket/{slug}/": []}
    through = threading.Event()
    visitors = [
        threading.Thread(target=visit, args=(f"{site}{path}", times, through))
        for path, times in waits.items()
    ]
    for visitor in visitors:
        visitor.start()
    start = perf_counter()
    with ThreadPoolExecutor(FILES) as pool:
        statuses = Counter(pool.map(lambda query: status_of(f"{folder}?{query}"), queries))
    spent = perf_counter() - start
    through.set()
    for visitor in visitors:
        visitor.join()
    print(f"{FILES} PDFs in {spent:.1f} s: {dict(statuses)}")
    for path, times in waits.items():
        worst, usual = max(times) * 1000, sorted(times)[len(times) // 2] * 1000
        print(f"{path}: asked {len(times)} times, {usual:.0f} ms usually, {worst:.0f} ms at most")


def visit(address: str, waits: list[float], through: threading.Event) -> None:
    """Ask again and again, and note how long each answer took."""
    while not through.is_set():
        start = perf_counter()
        status_of(address)
        waits.append(perf_counter() - start)
        sleep(0.1)


def status_of(address: str) -> int:
    """Tell how an address answers, read to the end."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2])
