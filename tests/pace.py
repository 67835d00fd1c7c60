"""How fast the tests go: little garbage is looked for, and a suite tells how long it took.

A pytest plugin, named on the command line so that it is read before anything is collected.
"""

import gc
import os
import time

import pytest

BEGUN = time.monotonic() - time.process_time()
# Garbage is looked for a hundred times less often than Python does by itself.
gc.set_threshold(70_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was collected stays to the end, and is never looked through for garbage again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how long a suite of the Makefile took, above its closing line."""
    if name := os.environ.get("MADE"):
        took, worked = time.monotonic() - BEGUN, time.process_time()
        terminalreporter.write_line(f"{name}: {took:.0f} s; Python itself worked {worked:.0f} s")
