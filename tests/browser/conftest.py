"""A real browser against a real server: Debian's Chromium, driven by Playwright.

Without Chromium these tests are skipped; with BROWSER_TESTS=required they fail instead.
"""

import json
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from pytest_django.plugin import blocking_manager_key

try:
    from playwright.sync_api import Locator
except ImportError:  # Then every test here is skipped.
    Locator = None

CHROMIUM = Path("/usr/bin/chromium")
REQUIRED = os.environ.get("BROWSER_TESTS") == "required"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = [
    name
    for name, there in (
        (str(CHROMIUM), CHROMIUM.exists()),
        ("pytest-playwright", find_spec("pytest_playwright")),
        ("axe-playwright-python", find_spec("axe_playwright_python")),
    )
    if not there
]
REFERENCE_DATA = pytest.StashKey[str]()
WRAPPERS = pytest.StashKey[list[BaseDatabaseWrapper]]()
# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder, and skip it where there is no browser."""
    if MISSING and REQUIRED:
        raise pytest.UsageError(f"BROWSER_TESTS=required, but missing: {', '.join(MISSING)}")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if MISSING:
                item.add_marker(pytest.mark.skip(reason=f"missing: {', '.join(MISSING)}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Put back what migrations once wrote: after a live server everything has been flushed."""
    result = yield
    # After the last test the database itself has gone.
    if nextitem is not None and REFERENCE_DATA in item.session.stash:
        with item.config.stash[blocking_manager_key].unblock():
            restore_reference_data(item.session)
    return result


def restore_reference_data(session: pytest.Session) -> None:
    """The regions, stages and dimensions, as they stood when the test database was made."""
    session.stash[WRAPPERS].append(connections["default"])
    connection.creation.deserialize_db_from_string(session.stash[REFERENCE_DATA])


@pytest.fixture(scope="session")
def reference_data(request, django_db_setup, django_db_blocker) -> Iterator[None]:
    """Keep what the migrations wrote.

    Django's own serialized rollback keeps it on the connection; but once Playwright's loop runs,
    asgiref hands out another connection, and what was kept is out of reach. That other connection
    must also be closed before the test database can be dropped.
    """
    with django_db_blocker.unblock():
        rows = json.loads(connection.creation.serialize_db_to_string())
    # Content types and permissions are made anew by every flush, with other keys.
    ours = [row for row in rows if not row["model"].startswith(("contenttypes.", "auth."))]
    request.session.stash[REFERENCE_DATA] = json.dumps(ours)
    request.session.stash[WRAPPERS] = [connections["default"]]
    yield
    for wrapper in request.session.stash[WRAPPERS]:
        wrapper.close()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": str(CHROMIUM), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def base_url() -> str:
    """None: pytest-base-url's own fixture warns under pytest 9, and warnings are errors here."""
    return ""


@pytest.fixture
def site(request, reference_data, live_server) -> str:
    """The address of a running server, with the reference data in its database."""
    restore_reference_data(request.session)
    return live_server.url


@pytest.fixture(autouse=True)
def the_whole_page_is_there_after_a_click(monkeypatch) -> None:
    """Make a click or a key wait for all of the page that it leads to.

    Playwright waits for the first bytes of it only. What a test then reads at once, the number of
    some elements say, would be read of half a page where the machine is busy.
    """
    for name in ("click", "press"):
        monkeypatch.setattr(Locator, name, until_all_is_there(getattr(Locator, name)))


def until_all_is_there(act: Callable[..., None]) -> Callable[..., None]:
    """The same action on a locator, and then a wait for the page."""

    def act_and_wait(locator: Locator, *args: object, **options: object) -> None:
        act(locator, *args, **options)
        locator.page.wait_for_load_state("domcontentloaded")

    return act_and_wait


@pytest.fixture
def log_in(site, request):
    """A function that logs a browser context in as a persona."""

    def log_context_in(context, persona: str = "coordinator") -> None:
        client = Client()
        client.force_login(request.getfixturevalue(persona))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])

    return log_context_in


@pytest.fixture
def complaints(page) -> list[str]:
    """What the browser complains of: errors in its console, scripts that fail, refused styles.

    What a page was still loading when it was left for another, its icon often, is given up by
    the browser; that is no fault of the page. Given up while the page stays, it is. A page stays
    until the next one answers, and may still ask for its icon while that is waited for.
    """
    messages: list[str] = []
    # Pages asked for; and how many had been when the page that stands there came.
    navigations = 0
    arrived = 0
    navigation_of: dict[object, int] = {}

    def note_request(request) -> None:
        nonlocal navigations
        if request.is_navigation_request():
            navigations += request.redirected_from is None
        navigation_of[request] = arrived

    def came(frame) -> None:
        nonlocal arrived
        arrived = navigations

    def failed(request) -> None:
        was_left = navigation_of.get(request, navigations) < navigations
        if not (was_left and request.failure == "net::ERR_ABORTED"):
            messages.append(f"failed: {request.url} ({request.failure})")

    page.on(
        "console",
        lambda message: (
            messages.append(message.text) if message.type in ("error", "warning") else ""
        ),
    )
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", note_request)
    page.on("framenavigated", came)
    page.on("requestfailed", failed)
    return messages


# Told only what is wrong: the whole answer of axe is a hundred times as long. Its rules for style
# sheets are not among ours, so that it need not load them all again each time.
AXE = """async levels => {
  const found = await axe.run({
    runOnly: levels, resultTypes: ["violations"], preload: { assets: ["media"] }
  });
  return found.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`)
  );
}"""


@pytest.fixture(scope="session")
def violations() -> Callable[[object], list[str]]:
    """A function that runs axe over a page, at WCAG 2.2 level AA."""
    from axe_playwright_python.sync_playwright import Axe

    script = Axe().axe_script
    levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def check(page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        return page.evaluate(AXE, levels)

    return check


SCHEMES = ["light", "dark"]
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def faults(violations) -> Callable[..., list[str]]:
    """A function that looks at a loaded page in every dress: at each width, light and dark."""

    def look(page, dresses: Iterable[tuple[int, str]]) -> list[str]:
        all_faults = []
        for width, scheme in dresses:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            # No colour is looked at on its way to another.
            page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
            page_faults = violations(page)
            if (wide := page.evaluate(TOO_WIDE)) > 0:
                page_faults.append(f"{wide} px too wide")
            all_faults += [f"{page.url} {width} {scheme}: {fault}" for fault in page_faults]
        return all_faults

    return look


# A frame takes another width in a small part of the time that a window takes for it.
FRAME = "<!doctype html><html lang='sv'><title>Ram</title><iframe style='height: 900px'></iframe>"
TRIED = list(range(320, 1441, 20))
TOO_WIDE_IN_FRAME = """async ([address, widths]) => {
  const frame = document.querySelector("iframe");
  await new Promise(loaded => { frame.onload = loaded; frame.src = address; });
  return widths.filter(width => {
    frame.style.width = `${width}px`;
    if (frame.contentWindow.innerWidth !== width) throw `not ${width} px wide`;
    return frame.contentDocument.documentElement.scrollWidth > width;
  });
}"""


def let_into_a_frame(route: Any) -> None:
    """Answer as the site does, but for the headers that let nobody frame it."""
    answer = route.fetch()
    headers = {k: v for k, v in answer.headers.items() if k != "x-frame-options"}
    policy = headers.get("content-security-policy", "")
    headers["content-security-policy"] = policy.replace("frame-ancestors 'none'", "")
    route.fulfill(response=answer, headers=headers)


@pytest.fixture(scope="session")
def too_wide() -> Callable[..., list[int]]:
    """A function that gives the widths of a window in which a page does not fit."""

    def look(page, address: str) -> list[int]:
        outside = "/".join([*address.split("/")[:3], "ram"])
        page.route(address, let_into_a_frame)
        page.route(outside, lambda route: route.fulfill(body=FRAME, content_type="text/html"))
        page.goto(outside)
        return page.evaluate(TOO_WIDE_IN_FRAME, [address, TRIED])

    return look
