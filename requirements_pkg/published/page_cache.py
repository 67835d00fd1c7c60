"""Finished pages and files in the memory of this process, and how they are sent.

What is published never changes, and a key names all that a page depends on, so a page that is made
once is good for ever; only which version is the newest, and whom to ask, is asked again after
`REMEMBERED` seconds. Whoever changes what is public calls `forget_on_commit`, so that this process
tells the news at once.
"""

import gzip
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from time import monotonic
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from requirements_pkg.published.bounded_cache import OBJECTS, BoundedCache, size_of

REMEMBERED: Final = 5.0
HTML: Final = "text/html; charset=utf-8"
CACHE_CONTROL: Final = "public, max-age=0, must-revalidate"
# What the counts of all packages are about: a follow-up of one plan asks about modules too.
FOLLOW_UPS: Final = "follow-ups"
ACCEPTS_GZIP: Final = re.compile(r"\bgzip\b")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A body ready to be sent, plain and (where that helps) packed."""

    body: bytes
    packed: bytes
    etag: str
    content_type: str

    @classmethod
    def of(cls, body: bytes, content_type: str = HTML, *, pack: bool = True) -> "CachedPage":
        """Pack and label a body."""
        # Weak, since plain and packed are the same page.
        etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        return cls(body, gzip.compress(body, 6, mtime=0) if pack else b"", etag, content_type)

    @property
    def size(self) -> int:
        """The bytes that it holds."""
        return len(self.body) + len(self.packed)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A content with the bytes that it takes, as whoever read it knows them."""

    value: Any
    size: int


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """What the database said, what about, and until when it holds."""

    value: Any
    about: str
    until: float


def _bytes(key: Hashable, value: object) -> int:
    """Return the bytes that a value takes of the memory, with its key."""
    what = value.value if isinstance(value, CachedAnswer) else value
    return size_of(key) + (
        what.size if isinstance(what, CachedPage | ReadDocument) else size_of(what)
    )


# Each kind has a share of its own: no number of searches or files drives out the pages.
_answers: BoundedCache[CachedAnswer] = BoundedCache(settings.REMEMBERED_BYTES * 2 // 16, _bytes)
_pages: BoundedCache[CachedPage] = BoundedCache(settings.REMEMBERED_BYTES * 5 // 16, _bytes)
_files: BoundedCache[CachedPage] = BoundedCache(settings.REMEMBERED_BYTES * 4 // 16, _bytes)
# Contents as they came from the database, and what is made of all of them.
_contents: BoundedCache[object] = BoundedCache(settings.REMEMBERED_BYTES * 5 // 16, _bytes)


def remembered(key: Hashable, ask: Callable[[], Value], *, about: str = "") -> Value:
    """Return an answer of the database, at most `REMEMBERED` seconds old.

    While one visitor asks anew, others are told what was known until then.

    Args:
        about: the slug of the package that the answer is about, or another word that whoever
            changes it names to `forget`; without one it is about all packages.
    """

    def make_answer() -> CachedAnswer:
        return CachedAnswer(ask(), about, monotonic() + REMEMBERED)

    value: Value = _answers.get_or_make(
        key, make_answer, lambda known: known.until > monotonic()
    ).value
    return value


def page(key: Hashable, make: Callable[[], str]) -> CachedPage:
    """Return a page in the visitor's language; the key names all that its text depends on."""
    return _pages.get_or_make((key, get_language()), lambda: CachedPage.of(make().encode()))


def content(key: Hashable, ask: Callable[[], Value]) -> Value:
    """Return what follows from a published content, asked for once: it never changes."""
    return _contents.get_or_make(key, ask)  # type: ignore[return-value]


def stored(
    key: Hashable, ask: Callable[[], str | bytes], read: Callable[[str | bytes], Value]
) -> Value:
    """Return a published content, asked for and read from its stored text once.

    How much it takes follows from its text: to write it down again takes as long as to read it.
    """

    def read_content() -> ReadDocument:
        text = ask()
        return ReadDocument(read(text), OBJECTS * len(text))

    document: ReadDocument = _contents.get_or_make(key, read_content)  # type: ignore[assignment]
    value: Value = document.value
    return value


def file(key: Hashable, make: Callable[[], CachedPage]) -> CachedPage:
    """Return a file to download, in the visitor's language."""
    return _files.get_or_make((key, get_language()), make)


def forget(*about: str) -> None:
    """Ask the database again, at once, about these packages and about all packages together.

    Pages, files and contents stay: another version has another key. Where nothing is named,
    nothing stays.
    """
    if about:
        _answers.drop(lambda known: known.about in ("", *about))
    else:
        for shelf in (_answers, _pages, _files, _contents):
            shelf.clear()


def forget_on_commit(*about: str) -> None:
    """Ask the database again about these packages, and others' words, once this is stored.

    Until then every other thread would read, and remember, what was there before.
    """
    transaction.on_commit(partial(forget, *about))


def answer(request: HttpRequest, cached_page: CachedPage) -> HttpResponseBase:
    """Send a page, or say that the visitor's copy is still good."""
    response = get_conditional_response(request, etag=cached_page.etag)
    if response is None:
        packed = cached_page.packed and ACCEPTS_GZIP.search(
            request.headers.get("Accept-Encoding", "")
        )
        body = cached_page.packed if packed else cached_page.body
        response = HttpResponse(body, content_type=cached_page.content_type)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = cached_page.etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    if cached_page.packed:
        patch_vary_headers(response, ["Accept-Encoding"])
    return response
