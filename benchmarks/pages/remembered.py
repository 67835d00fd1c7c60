"""Budget 21: what a process remembers is bounded by bytes, and publishing forgets what it changed.

The bound of the memory is the setting itself: so much may the process grow while far more pages
are asked for than fit.
"""

import os
from pathlib import Path

from benchmarks.measuring.measure import count, tell
from benchmarks.sites.site import Browser, demo_site, statements_sent

MB = 8
QUESTIONS = 300
WARM = 50


def main() -> None:
    """Ask for searches and pages of requirements in two languages, none of them twice."""
    os.environ["REMEMBERED_MB"] = str(MB)
    with demo_site() as slug:
        from requirements_pkg.models import PackageVersion
        from requirements_pkg.published import page_cache

        browser = Browser()
        for at in range(WARM):
            browser.get(f"/sok/?q=energi+{at}")
        before = resident()
        for version in PackageVersion.objects.of(slug).select_related("facts"):
            for _place, code, _mark in version.facts.requirements.values():
                for language in ("sv", "en"):
                    browser.get(
                        f"/kravpaket/{slug}/v{version.number}/krav/{code}/",
                        {"HTTP_COOKIE": f"django_language={language}"},
                    )
        for at in range(WARM, QUESTIONS):
            browser.get(f"/sok/?q=energi+{at}")
        grown = max(0, resident() - before)
        address = f"/kravpaket/{slug}/"
        browser.get(address)
        page_cache.forget("another-package")
        again = statements_sent(lambda: browser.get(address))
    tell(
        count(21, f"memory after {QUESTIONS} pages and more", round(grown / 1e6), MB, " MB"),
        count(21, "queries of a page after another is published", again, 0),
    )


def resident() -> int:
    """Return how many bytes of this process are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
