"""How long writers wait: what a piece of work costs while it holds a transaction open.

On SQLite every transaction has the one write lock from its first moment, on PostgreSQL the rows
that it asked for. Counted is the processor time of the thread, so that a busy machine does not
make a test fail; what a waiting statement costs elsewhere is seen by the number of statements.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import thread_time
from typing import Any
from unittest.mock import patch

from django.db.transaction import Atomic


@contextmanager
def lock_times() -> Iterator[list[float]]:
    """Collect the seconds that each outermost transaction begun in here was open."""
    seconds: list[float] = []
    open_since: list[float] = []
    enter, leave = Atomic.__enter__, Atomic.__exit__

    def entering(atomic: Atomic) -> None:
        enter(atomic)
        open_since.append(thread_time())

    def leaving(atomic: Atomic, *failure: Any) -> None:
        leave(atomic, *failure)
        began = open_since.pop()
        if not open_since:
            seconds.append(thread_time() - began)

    with patch.object(Atomic, "__enter__", entering), patch.object(Atomic, "__exit__", leaving):
        yield seconds
