"""Bounds how much heavy work one process does at once: files that take seconds to make.

Whoever comes when every place is taken gets a page that says so (503, `actionplan.middleware`),
and the other threads go on answering. A place is of this process; another has its own.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# Seconds after which one may try again.
RETRY_AFTER: Final = 10


class AllPlacesTaken(Exception):
    """Every place is taken, and as many wait for one as may."""


class WorkPlaces:
    """Places for heavy work of one kind.

    Args:
        most: pieces of work at once.
        waiting: how many more may wait, each of them in a thread that does nothing else.
        patience: seconds that one of them waits.
    """

    def __init__(self, most: int, *, waiting: int = 0, patience: float = 5.0) -> None:
        self._places = threading.BoundedSemaphore(most)
        self._queue = threading.BoundedSemaphore(most + waiting)
        self._patience = patience if waiting else 0.0

    @contextmanager
    def queue(self) -> Iterator[None]:
        """Count as somebody who wants a place, and perhaps finds the work done by another.

        Raises:
            AllPlacesTaken: enough others do.
        """
        if not self._queue.acquire(blocking=False):
            raise AllPlacesTaken
        try:
            yield
        finally:
            self._queue.release()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Have a place while the work is done.

        Raises:
            AllPlacesTaken: none became free in time.
        """
        self._take()
        try:
            yield
        finally:
            self._places.release()

    def hold(self, pieces: Iterator[bytes]) -> "GuardedStream":
        """Have a place until the last of these pieces is made, or they are thrown away.

        Raises:
            AllPlacesTaken: none became free in time.
        """
        self._take()
        return GuardedStream(pieces, self._places)

    def _take(self) -> None:
        if not self._places.acquire(timeout=self._patience):
            raise AllPlacesTaken


class GuardedStream(Iterator[bytes]):
    """Pieces of a file on its way out, and the place of whoever makes them.

    A class and not a generator: one that was never begun would not give its place back.
    """

    def __init__(self, pieces: Iterator[bytes], place: threading.BoundedSemaphore) -> None:
        self._pieces, self._place = pieces, place
        self._has_place = True

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give the place back; Django calls this when the answer is through, or broken off."""
        if self._has_place:
            self._has_place = False
            self._place.release()
        if close := getattr(self._pieces, "close", None):
            close()

    def __del__(self) -> None:
        # Where nobody closes what was never sent.
        self.close()
