"""How far the making of the nation has come, for whoever waits for it."""

from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Final, TypeVar

from django.core.management.base import OutputWrapper

Step = TypeVar("Step")
WIDTH: Final = 30


class Progress:
    """A bar on a terminal, elsewhere a line for each phase; nothing where nobody listens."""

    def __init__(self, out: OutputWrapper | None = None) -> None:
        self._out = out
        self._is_watched = out is not None and out.isatty()
        self._start = monotonic()

    def phase(self, title: str, steps: Sequence[Step]) -> Iterator[Step]:
        """Hand out the steps of a phase one by one, and tell how many are done."""
        start = monotonic()
        for done, step in enumerate(steps):
            self._draw(title, done, len(steps))
            yield step
        self._draw(title, len(steps), len(steps))
        self._say(f"{' ' if self._is_watched else title + ': '}{monotonic() - start:.0f} s")

    def end(self, what: str) -> None:
        """Say what was made, and how long all of it took."""
        minutes, seconds = divmod(round(monotonic() - self._start), 60)
        self._say(f"{what} Made in {minutes} min {seconds} s.")

    def _draw(self, title: str, done: int, of: int) -> None:
        if self._out is not None and self._is_watched:
            full = WIDTH * done // of if of else WIDTH
            bar = "#" * full + "." * (WIDTH - full)
            self._out.write(f"\r{title:<24} [{bar}] {done}/{of}", ending="")
            self._out.flush()

    def _say(self, line: str) -> None:
        if self._out is not None:
            self._out.write(line)
            self._out.flush()
