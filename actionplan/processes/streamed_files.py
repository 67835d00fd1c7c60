"""Files that are sent while they are made: of one moment, in one language, few at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction
from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header

from actionplan.processes.heavy_work import WorkPlaces

# Of a process's threads. A file holds its place until it is sent: a proxy that takes it as fast as
# it is made lets others begin.
EXPORTS: Final = WorkPlaces(2)


def streamed(
    pieces: Iterator[bytes], *, file_name: str, content_type: str, language: str | None = None
) -> StreamingHttpResponse:
    """Return the response that sends a file piece by piece.

    Args:
        language: that of its words; the visitor's unless given.

    Raises:
        AllPlacesTaken: as many are being made as may.
    """
    in_language = spoken(_of_one_moment(pieces), language or translation.get_language())
    response = StreamingHttpResponse(EXPORTS.hold(in_language), content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=file_name
    )
    # A proxy that gathered it first would show nothing meanwhile.
    response.headers["X-Accel-Buffering"] = "no"
    return response


def spoken(pieces: Iterator[bytes], language: str | None) -> Iterator[bytes]:
    """Make each piece in a language: that of the request is over when the pieces are made."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _of_one_moment(pieces: Iterator[bytes]) -> Iterator[bytes]:
    with one_moment():
        yield from pieces


@contextmanager
def one_moment() -> Iterator[None]:
    """Read rows that agree with each other, though others go on writing meanwhile.

    SQLite begins every transaction by shutting others out, so there each query is of its own
    moment.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
