"""That the browser tests would notice: axe finds faults, and failures are heard."""

import pytest

from tests.browser import conftest

HERE = "http://kravkedjan.example"
# Both colours are far too pale on their ground; the second only where it is dark.
PALE = """<!doctype html><html lang="sv"><title>Blek</title><style>
  body { background: white; color: black; transition: all 9s }
  @media (prefers-color-scheme: dark) { body { background: black; color: #333 } }
  @media (max-width: 400px) { table { width: 900px } }
</style><main><h1>Blek</h1><table><tr><td>Text</table></main>"""


@pytest.fixture
def left(page) -> None:
    """Two pages, the first of which waits for a picture that never comes."""

    def answer(route) -> None:
        if not route.request.url.endswith(".png"):
            body = f"<!doctype html><title>x</title><img src='{route.request.url}.png' alt=''>"
            route.fulfill(body=body, content_type="text/html")

    page.route(f"{HERE}/**", answer)
    with page.expect_request(f"{HERE}/first.png"):
        page.goto(f"{HERE}/first", wait_until="commit")
    with page.expect_request(f"{HERE}/second.png"):
        page.goto(f"{HERE}/second", wait_until="commit")


def test_what_a_page_was_still_loading_when_it_was_left_is_no_fault(page, complaints, left):
    assert complaints == []


def test_what_fails_while_the_page_stays_is_heard(page, complaints, left):
    page.route(f"{HERE}/later", lambda route: route.abort("aborted"))
    page.evaluate("fetch('/later').catch(() => null)")
    assert complaints == [f"failed: {HERE}/later (net::ERR_ABORTED)"]


def test_a_fault_of_one_dress_alone_is_found(page, faults):
    page.set_content(PALE)
    assert faults(page, [(1280, "light")]) == []
    pale = faults(page, [(1280, "dark")])
    assert pale
    assert all("1280 dark: color-contrast: <" in fault for fault in pale)
    (wide,) = faults(page, [(360, "light")])
    assert wide.endswith("px too wide")


def test_a_page_that_fits_at_some_widths_only_is_found(page, site, too_wide, monkeypatch):
    def answer(route) -> None:
        route.fulfill(body=PALE, content_type="text/html")

    assert too_wide(page, f"{site}/om/") == []
    monkeypatch.setattr(conftest, "let_into_a_frame", answer)
    assert too_wide(page, f"{HERE}/wide") == [320, 340, 360, 380, 400]
