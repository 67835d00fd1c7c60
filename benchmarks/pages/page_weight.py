"""Budget 15: what a browser fetches for each part of a package of 72 cells, packed."""

import gzip
from html.parser import HTMLParser

from benchmarks.measuring.measure import count, tell
from benchmarks.sites.site import PARTS, Browser, demo_site, ours

MOST = 60_000
CELLS = 72
# The other parts of the demo's package, with all its product areas.
OTHERS = {
    "": "overview",
    "risker/": "coverage map",
    "risker/2/": "second product area",
    "risker/3/": "third product area",
    "mal/": "goals",
}


class Fetched(HTMLParser):
    """Collects the addresses of what a browser fetches to show a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Style sheets, the print one too, icons, scripts and images; inline ones are weighed."""
        values = dict(attrs)
        # The cells of the matrices; those of the coverage map have no address.
        self.cells += tag == "td" and "id" in values
        is_needed = values.get("rel") in ("stylesheet", "icon", "preload", "modulepreload")
        if tag == "link" and is_needed:
            self.addresses.add(values["href"] or "")
        elif tag in ("script", "img", "source", "iframe") and values.get("src"):
            self.addresses.add(values["src"] or "")


def main() -> None:
    """Bodies as they are sent to a browser that takes gzip and nothing better, part by part."""
    with demo_site() as slug:
        browser = Browser()
        weights, cells = {}, 0
        for part, name in {**PARTS, **OTHERS}.items():
            page = browser.get(ours(slug, part))
            fetched = Fetched()
            fetched.feed(gzip.decompress(page).decode())
            cells += fetched.cells
            files = [len(browser.get(address)) for address in fetched.addresses]
            weights[name] = len(page) + sum(files)
    if cells != CELLS:
        raise SystemExit(f"The plan has {cells} cells instead of {CELLS}.")
    tell(*(count(15, f"{name}, gzip, bytes", size, MOST) for name, size in weights.items()))


if __name__ == "__main__":
    main()
