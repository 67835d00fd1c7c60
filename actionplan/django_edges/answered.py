"""The request that is being answered: whose it is, and what it is called in the logs.

The server's log is set up before there are models, so nothing here knows any.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Request:
    """The request that is being answered: whose it is, and what it is called in the log."""

    user: Any
    name: str


_request: ContextVar[Request | None] = ContextVar("request", default=None)


@contextmanager
def answering(user: object, name: str) -> Iterator[None]:
    """Let what is written meanwhile be written by whoever sent a request.

    Args:
        user: looked at only when something is written.
        name: what all changes of the request have in common.
    """
    token = _request.set(Request(user, name))
    try:
        yield
    finally:
        _request.reset(token)


def answered() -> Request | None:
    """Return the request that is being answered."""
    return _request.get()


def request_name() -> str:
    """Return what all changes of the request have in common that is being answered, or ""."""
    request = answered()
    return request.name if request is not None else ""


class RequestOfLine(logging.Filter):
    """Puts before a line of the server's log which request it is of, and whose it was by number.

    The page for a fault shows that name, and the change log keeps it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line through with the request; with nothing where none is being answered."""
        request = answered()
        record.request_name = "" if request is None else f"[{request.name}{_person(request)}] "
        return True


def _person(request: Request) -> str:
    """Return whose it is, where somebody has looked: a log asks no database."""
    person = getattr(getattr(request.user, "_wrapped", request.user), "pk", None)
    return f" person {person}" if person else ""
