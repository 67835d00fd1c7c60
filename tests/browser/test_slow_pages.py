"""What the other browser tests lean on: a page is read when all of it has come."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class InTwoHalves(BaseHTTPRequestHandler):
    """A page whose second half comes half a second after its first."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>T</title><a href=/next>Next</a>" + b" " * 2000)
        self.wfile.flush()
        time.sleep(0.5)
        self.wfile.write(b"<p class=last>The end</p>")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def in_two_halves() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), InTwoHalves)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("act", [lambda link: link.click(), lambda link: link.press("Enter")])
def test_a_page_is_read_when_all_of_it_has_come(page, in_two_halves, act):
    page.goto(in_two_halves)
    act(page.get_by_role("link", name="Next"))
    assert page.url.endswith("/next")
    assert page.locator(".last").count() == 1
