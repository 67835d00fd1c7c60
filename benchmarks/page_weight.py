"""Budget 15: what a browser fetches for the public page of a plan with 72 cells, packed."""

import gzip
from html.parser import HTMLParser

from benchmarks.measure import count, tell
from benchmarks.site import Browser, demo_site, ours

MOST = 60_000
CELLS = 72


class Fetched(HTMLParser):
    """Collects the addresses of what a browser fetches to show a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Style sheets, the print one too, icons, scripts and images; inline ones are weighed."""
        values = dict(attrs)
        # The cells of the matrices; those of the heat map have no address.
        self.cells += tag == "td" and "id" in values
        is_needed = values.get("rel") in ("stylesheet", "icon", "preload", "modulepreload")
        if tag == "link" and is_needed:
            self.addresses.add(values["href"] or "")
        elif tag in ("script", "img", "source", "iframe") and values.get("src"):
            self.addresses.add(values["src"] or "")


def main() -> None:
    """Bodies as they are sent to a browser that takes gzip and nothing better."""
    with demo_site() as slug:
        browser = Browser()
        page = browser.get(ours(slug))
        fetched = Fetched()
        fetched.feed(gzip.decompress(page).decode())
        if fetched.cells != CELLS:
            raise SystemExit(f"The plan has {fetched.cells} cells instead of {CELLS}.")
        sizes = [len(page), *(len(browser.get(address)) for address in fetched.addresses)]
    work = f"page weight, gzip, {len(sizes)} files, bytes"
    tell(count(15, work, sum(sizes), MOST))


if __name__ == "__main__":
    main()
