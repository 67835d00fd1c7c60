"""Budget 9: parts of a package that nobody has asked for yet, against the same made from rows."""

from collections.abc import Callable
from html import unescape

from benchmarks.measuring.measure import Line, at_most, cpu, medians, tell
from benchmarks.sites.site import AREA, PARTS, REQUIREMENTS, Browser, demo_site, live, ours


def main() -> None:
    """CPU seconds of the whole request, through all of the middleware; ours also packs it."""
    with demo_site() as slug:
        browser = Browser()
        lines = [_line(browser, slug, part) for part in PARTS]
    tell(*lines)


def _line(browser: Browser, slug: str, part: str) -> Line:
    from requirements_pkg.published import page_cache

    def cold() -> None:
        page_cache.forget()
        browser.get(ours(slug, part))

    def rows() -> None:
        browser.get(live(slug, part))

    # Asked for once before the runs, so that both find their templates read.
    for address in (ours(slug, part), live(slug, part)):
        check_words(browser, address, TEXTS[part]())
    floor, mine = medians(lambda: cpu(rows), lambda: cpu(cold), runs=25)
    return at_most(9, f"{PARTS[part]}, cold, against Django templates", floor, mine, 0.5)


def _statements() -> list[str]:
    """Return all that the plan says of the first product area."""
    from risks.models import RiskStatement

    rows = RiskStatement.objects.substantive().filter(cell__product_area__number=1)
    return list(rows.values_list("text", flat=True))


def _requirements() -> list[str]:
    """Return what the first requirements are called, as many as on a page."""
    from requirements_pkg.models import Requirement
    from requirements_pkg.rendering.package_parts import REQUIREMENTS_PER_PAGE

    rows = Requirement.objects.filter(package__plan__isnull=False, state="active")
    return list(rows.values_list("title", flat=True)[:REQUIREMENTS_PER_PAGE])


TEXTS: dict[str, Callable[[], list[str]]] = {REQUIREMENTS: _requirements, AREA: _statements}


def check_words(browser: Browser, address: str, texts: list[str]) -> None:
    """Refuse a page that does not say all of these texts: it would not be comparable."""
    page = unescape(browser.get(address, {"HTTP_ACCEPT_ENCODING": "identity"}).decode())
    # Where a long word may break says nothing.
    page = page.replace("\u00ad", "")
    missing = [text for text in texts if text not in page]
    if missing or not texts:
        raise SystemExit(f"{address} lacks {len(missing)} of {len(texts)} texts.")


if __name__ == "__main__":
    main()
