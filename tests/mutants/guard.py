"""What a guard is: a line that keeps somebody out, and who notices when it is gone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """A line that keeps somebody out, and the line that lets them in."""

    name: str
    file: str
    line: str
    without: str
    # Files or folders of tests, one of which fails without the guard.
    tests: tuple[str, ...]
