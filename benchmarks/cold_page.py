"""Budget 9: a public page that nobody has asked for yet, against the page made from rows."""

from html import unescape

from benchmarks.measure import at_most, cpu, medians, tell
from benchmarks.site import Browser, demo_site, live, ours


def main() -> None:
    """CPU seconds of the whole request, through all of the middleware; ours also packs it."""
    with demo_site() as slug:
        from requirements_pkg.published import page_cache

        browser = Browser()

        def cold() -> None:
            page_cache.forget()
            browser.get(ours(slug))

        def rows() -> None:
            browser.get(live(slug))

        # Asked for once before the runs, so that both find their templates read.
        for address in (ours(slug), live(slug)):
            check_words(browser, address)
        floor, mine = medians(lambda: cpu(rows), lambda: cpu(cold), runs=25)
    tell(at_most(9, "public page, cold, against Django templates", floor, mine, 0.5))


def check_words(browser: Browser, address: str) -> None:
    """Refuse a page that does not say all that the plan says: it would not be comparable."""
    from risks.models import RiskStatement

    page = unescape(browser.get(address, {"HTTP_ACCEPT_ENCODING": "identity"}).decode())
    # Where a long word may break says nothing.
    page = page.replace("\u00ad", "")
    texts = RiskStatement.objects.substantive().values_list("text", flat=True)
    missing = [text for text in texts if text not in page]
    if missing or not texts:
        raise SystemExit(f"{address} lacks {len(missing)} of {len(texts)} statements.")


if __name__ == "__main__":
    main()
