"""What gunicorn or the proxy refuses by themselves is told in Swedish too."""

import logging
import re
import runpy

import pytest
from gunicorn.http import errors

from tests.project.sources import ROOT


class Client:
    """The visitor's end of a connection."""

    def __init__(self) -> None:
        self.got = b""

    def sendall(self, data: bytes) -> None:
        self.got += data


@pytest.mark.parametrize(
    ("fault", "status", "heading"),
    [
        (errors.LimitRequestLine(10_646, 8190), 414, "Adressen är för lång"),
        (errors.LimitRequestHeaders("too many"), 431, "Webbläsaren skickade för mycket"),
        (errors.InvalidRequestLine("?"), 400, "Förfrågan gick inte att förstå"),
        (errors.InvalidHeader("?"), 400, "Förfrågan gick inte att förstå"),
    ],
)
def test_gunicorn_refuses_in_swedish(fault, status, heading):
    worker_class = runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))["worker_class"]
    worker, client = object.__new__(worker_class), Client()
    worker.log = logging.getLogger("test")
    worker.handle_error(None, client, ("127.0.0.1", 1), fault)
    head, body = client.got.decode().split("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert f"Content-Length: {len(body.encode())}" in head
    assert f"<h1>{heading}" in body
    assert '<html lang="sv">' in body


def test_the_proxy_refuses_in_swedish():
    text = (ROOT / "deploy/nginx/kravkedjan.conf").read_text()
    told = {
        status: place
        for statuses, place in re.findall(r"error_page ([\d ]+?) (?:= )?(@\w+);", text)
        for status in statuses.split()
    }
    assert {"400", "413", "414", "431", "494", "502"} <= told.keys()
    for place in told.values():
        page = text.split(f"location {place} {{")[1].split("\n    }")[0]
        assert '<html lang="sv">' in page
