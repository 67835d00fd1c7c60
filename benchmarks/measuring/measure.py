"""What the benchmarks share: medians of interleaved runs, and a line of the table per budget.

Machines differ and are noisy, so nothing is held against a bare time: a floor is measured in the
same run, by turns with ours, and what counts is the ratio.
"""

import gc
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, process_time
from typing import Any, NoReturn

from actionplan.processes import fork_server

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = "{:>6}  {:<46}  {:>12}  {:>12}  {:>6}  {:>7}  {}"
HEADER = COLUMNS.format("budget", "work", "floor", "ours", "ratio", "bound", "ok")

Cost = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Line:
    """One budget: what it costs at least, what it costs us, and whether that is allowed."""

    budget: int
    work: str
    floor: str
    ours: str
    ratio: float
    bound: str
    ok: bool

    def __str__(self) -> str:
        return COLUMNS.format(
            self.budget,
            self.work,
            self.floor,
            self.ours,
            f"{self.ratio:.2f}",
            self.bound,
            "yes" if self.ok else "NO",
        )


def at_most(budget: int, work: str, floor: float, ours: float, bound: float) -> Line:
    """Seconds: ours may be so many times the floor."""
    ratio = ours / floor
    return Line(budget, work, seconds(floor), seconds(ours), ratio, f"≤ {bound:g}", ratio <= bound)


def at_least(budget: int, work: str, floor: float, ours: float, bound: float) -> Line:
    """Return a line of requests a second: ours must be so many times the floor."""
    ratio = ours / floor
    return Line(
        budget, work, f"{floor:.0f}/s", f"{ours:.0f}/s", ratio, f"≥ {bound:g}", ratio >= bound
    )


def count(budget: int, work: str, ours: int, most: int, unit: str = "") -> Line:
    """Return a line of a number with its own bound, which stands where others have their floor."""
    # Nothing at all is allowed where the bound is 0, and 0 / 0 is not a number.
    ratio = ours / most if most else float(ours)
    bound = 1 if most else 0
    return Line(
        budget, work, f"{most}{unit}", f"{ours}{unit}", ratio, f"≤ {bound:g}", ours <= most
    )


def seconds(value: float) -> str:
    """Return a time as a person reads it."""
    return f"{value:.1f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def medians(*costs: Cost, runs: int) -> list[float]:
    """Return the median of each, run by turns so that a noisy moment strikes all of them."""
    rounds = [[cost() for cost in costs] for _run in range(runs)]
    return [median(column) for column in zip(*rounds, strict=True)]


def cpu(work: Callable[[], Any]) -> float:
    """CPU seconds for a piece of work: of this process, and of those that it starts and ends."""
    # What the run before left behind is not this one's to clean.
    gc.collect()
    start, before = process_time(), _of_children()
    work()
    return process_time() - start + _of_children() - before


def cpu_of(command: Sequence[str], env: Mapping[str, str], folder: Path = ROOT) -> float:
    """CPU seconds of a command and all that it starts."""
    before = _of_children()
    subprocess.run(command, env=dict(env), cwd=folder, check=True)
    return _of_children() - before


def _of_children() -> float:
    """Those that have ended; and of a server that forks others, it and all that it forked."""
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime + fork_server.spent()


def peak_memory() -> int:
    """Return the most memory that this process has had, in KiB.

    Not `ru_maxrss`: that begins with what the process had in memory that started this one.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


def wall(work: Callable[[], Any]) -> float:
    """Seconds on the clock."""
    start = perf_counter()
    work()
    return perf_counter() - start


def tell(*lines: Line) -> NoReturn:
    """Print the lines; the process fails if a budget is missed."""
    for line in lines:
        print(line, flush=True)
    sys.exit(not all(line.ok for line in lines))
