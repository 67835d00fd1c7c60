"""Transactions that begin late: what takes time is done while nobody waits for it.

A transaction on SQLite has the one write lock from its first moment, so a form that is built and
checked in it keeps everybody waiting, log-in too. Here it begins when only writing is left. Where
somebody has written since the work began it is done anew, and the last time under the lock.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeVar

from actionplan.database import write_marks
from actionplan.database.broken_rules import all_or_nothing

Locked = TypeVar("Locked")
Made = TypeVar("Made")


class ConcurrentWrite(Exception):
    """Somebody has written since: what was worked out may no longer hold."""


class LateTransaction:
    """A transaction that begins when the work asks for it, and ends with the work."""

    def __init__(self, stack: ExitStack, mark: write_marks.Mark | None) -> None:
        self._stack, self._mark = stack, mark

    @property
    def sees_others(self) -> bool:
        """Whether `begin` raises where somebody has written since: what was checked then holds."""
        return self._mark is not None

    def begin(self, lock: Callable[[], Locked]) -> Locked:
        """Begin, lock rows, and see that nobody has written since the work began.

        Returns:
            What `lock` gives.

        Raises:
            Overtaken: somebody has.
        """
        if self._mark is None:
            return lock()
        self._stack.enter_context(all_or_nothing())
        locked = lock()
        if not write_marks.is_as_it_was(self._mark):
            raise ConcurrentWrite
        return locked


def optimistically(
    work: Callable[[LateTransaction], Made], *, first: Callable[[], object] = lambda: None
) -> Made:
    """Do work that calls `begin` when nothing but writing is left; before that it writes nothing.

    It is done again where it was overtaken, so that it must begin with reading what it needs.

    Args:
        first: locks what the work reads, where it is done under the lock.

    Raises:
        BrokenRule: a rule of the database would have been broken; nothing of it is stored.
    """
    for _attempt in range(1, write_marks.ATTEMPTS):
        mark = write_marks.mark()
        if mark is None:
            # In a transaction, whose own writing does not show.
            break
        try:
            with ExitStack() as stack:
                return work(LateTransaction(stack, mark))
        except ConcurrentWrite:
            continue
    with all_or_nothing(), ExitStack() as stack:
        first()
        return work(LateTransaction(stack, None))
