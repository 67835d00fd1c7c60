"""How far long work is: a line now and then, and nothing of what is done at once."""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Final

from django.core.management.base import OutputWrapper

from actionplan.text import figure

SECONDS: Final = 2.0


class ProgressLines:
    """Lines of progress; nothing where nobody listens."""

    def __init__(self, out: OutputWrapper | None = None, *, seconds: float = SECONDS) -> None:
        self._out, self._seconds = out, seconds
        self._last_line_at = monotonic()

    def follow(self, lines: Iterable[bytes], doing: str, table: str) -> Iterator[bytes]:
        """Hand out the rows of a table, and tell how many have gone."""
        for done, line in enumerate(lines):
            self._tell(doing, table, done)
            yield line

    def _tell(self, doing: str, table: str, done: int) -> None:
        if self._out is None or monotonic() - self._last_line_at < self._seconds:
            return
        self._out.write(f"{doing} {table}: {figure(done)}")
        self._out.flush()
        self._last_line_at = monotonic()
