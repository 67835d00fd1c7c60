"""What gunicorn or the proxy refuses by themselves is told in Swedish too."""

import logging
import re
import runpy
from collections import defaultdict
from html.parser import HTMLParser

import pytest
from gunicorn.http import errors

from tests.project.house.sources import ROOT


class Page(HTMLParser):
    """What a page says and what its elements are given, by their names."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: defaultdict[str, str] = defaultdict(str)
        self.given: defaultdict[str, list[dict]] = defaultdict(list)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.given[tag].append(dict(attrs))
        self.texts[tag] += ""
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts[self.open[-1] if self.open else ""] += data


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
    places = {
        status: place
        for statuses, place in re.findall(r"error_page ([\d ]+?) (?:= )?(@\w+);", text)
        for status in statuses.split()
    }
    own = "400 405 408 413 414 421 429 431 494 500 501 502 503 504 505"
    assert set(own.split()) == places.keys()
    for place in set(places.values()):
        part = text.split(f"location {place} {{")[1].split("\n    }")[0]
        # nginx ends a text at an apostrophe, and reads a dollar as a variable.
        (page,) = re.findall(r"return \d{3} '([^'$]+)';", part)
        seen = Page()
        seen.feed(page)
        assert seen.texts["title"] == seen.texts["h1"]
        assert {"html", "head", "main", "p"} <= seen.texts.keys()
        # As wide as the window, without scripts and styles; and a way on.
        assert {"lang": "sv"} in seen.given["html"]
        assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in (
            seen.given["meta"]
        )
        assert not {"script", "style", "link"} & seen.texts.keys()
        assert seen.given["a"] == [{"href": "/"}]
        # Whoever reads no Swedish is told too.
        assert {"lang": "en"} in seen.given["p"]
