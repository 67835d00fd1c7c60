"""Finished pages and files in the memory of this process, and how they are sent.

What is published never changes, so a page that is made once is good for ever; only which version
is the newest, and whom to ask, is asked again after `REMEMBERED` seconds. Whoever publishes calls
`forget()` when the transaction is through, so that this process tells the news at once.
"""

import gzip
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from time import monotonic
from typing import Any, Final, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

REMEMBERED: Final = 5.0
MOST_ANSWERS: Final = 512
MOST_PAGES: Final = 256
MOST_FILES: Final = 32
# Contents as they came from the database; a large one is a few MB of objects.
MOST_CONTENTS: Final = 16
HTML: Final = "text/html; charset=utf-8"
CACHE_CONTROL: Final = "public, max-age=0, must-revalidate"
ACCEPTS_GZIP: Final = re.compile(r"\bgzip\b")

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """The most recently used values, a bounded number of them, for all threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()
        self._age = 0

    def get(self, key: Hashable) -> Value | None:
        """A value that is kept, which makes it the last to be thrown away."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def get_or_make(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What is kept under a key, made if it is not."""
        kept = self.get(key)
        return self.make(key, make) if kept is None else kept

    def make(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Make a value and keep it, unless the shelf was cleared meanwhile: then it may be old."""
        age = self._age
        value = make()
        with self._lock:
            if age == self._age:
                self._values[key] = value
                self._values.move_to_end(key)
                if len(self._values) > self._most:
                    self._values.popitem(last=False)
        return value

    def clear(self) -> None:
        """Throw everything away, and what is being made just now with it."""
        with self._lock:
            self._age += 1
            self._values.clear()


@dataclass(frozen=True, slots=True)
class Page:
    """A body ready to be sent, plain and (where that helps) packed."""

    body: bytes
    packed: bytes
    etag: str
    content_type: str

    @classmethod
    def of(cls, body: bytes, content_type: str = HTML, *, pack: bool = True) -> "Page":
        """Pack and label a body."""
        # Weak, since plain and packed are the same page.
        etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        return cls(body, gzip.compress(body, 6, mtime=0) if pack else b"", etag, content_type)


_answers: Shelf[tuple[float, object]] = Shelf(MOST_ANSWERS)
_pages: Shelf[Page] = Shelf(MOST_PAGES)
_files: Shelf[Page] = Shelf(MOST_FILES)
_contents: Shelf[object] = Shelf(MOST_CONTENTS)


def remembered(key: Hashable, ask: Callable[[], Value]) -> Value:
    """An answer of the database, at most `REMEMBERED` seconds old."""
    known = _answers.get(key)
    if known is None or known[0] < monotonic():
        known = _answers.make(key, lambda: (monotonic() + REMEMBERED, ask()))
    return known[1]  # type: ignore[return-value]


def page(key: Hashable, make: Callable[[], str]) -> Page:
    """A page in the visitor's language; the key names all that its text depends on."""
    return _pages.get_or_make((key, get_language()), lambda: Page.of(make().encode()))


def content(key: Hashable, ask: Callable[[], Value]) -> Value:
    """A published content, asked for once: it never changes."""
    return _contents.get_or_make(key, ask)  # type: ignore[return-value]


def kept(key: Hashable) -> Any:
    """What `content` holds under a key, or None; nothing is asked."""
    return _contents.get(key)


def file(key: Hashable, make: Callable[[], Page]) -> Page:
    """A file to download, in the visitor's language."""
    return _files.get_or_make((key, get_language()), make)


def forget() -> None:
    """Something was published: ask the database again, at once."""
    for shelf in (_answers, _pages, _files, _contents):
        shelf.clear()


def answer(request: HttpRequest, found: Page) -> HttpResponseBase:
    """Send a page, or say that the visitor's copy is still good."""
    response = get_conditional_response(request, etag=found.etag)
    if response is None:
        packed = found.packed and ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", ""))
        body = found.packed if packed else found.body
        response = HttpResponse(body, content_type=found.content_type)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = found.etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    if found.packed:
        patch_vary_headers(response, ["Accept-Encoding"])
    return response
