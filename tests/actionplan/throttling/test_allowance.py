"""So many at once and as many a minute, for each who asks."""

import runpy
import subprocess
import sys

import pytest

from actionplan.throttling.allowance import Allowance


def refused(allowance: Allowance, asker: str, times: int, *, most: int, now: float) -> int:
    return sum(allowance.seconds_until(asker, most=most, now=now) > 0 for _time in range(times))


def test_so_many_at_once_and_no_more():
    allowance = Allowance()
    assert refused(allowance, "a", 60, most=60, now=1000.0) == 0
    assert allowance.seconds_until("a", most=60, now=1000.0) == pytest.approx(1.0)


def test_one_more_is_had_when_it_was_said():
    allowance = Allowance()
    refused(allowance, "a", 20, most=20, now=0.0)
    assert allowance.seconds_until("a", most=20, now=2.9) == pytest.approx(0.1)
    assert allowance.seconds_until("a", most=20, now=3.0) == 0
    assert allowance.seconds_until("a", most=20, now=3.0) > 0


def test_whoever_is_refused_is_not_counted_for_asking():
    allowance = Allowance()
    refused(allowance, "a", 500, most=20, now=0.0)
    assert refused(allowance, "a", 20, most=20, now=60.0) == 0


def test_others_have_their_own():
    allowance = Allowance()
    refused(allowance, "a", 21, most=20, now=0.0)
    assert allowance.seconds_until("b", most=20, now=0.0) == 0


def test_without_a_bound_nobody_is_counted():
    assert refused(Allowance(), "a", 1000, most=0, now=0.0) == 0


def test_a_flood_of_addresses_takes_no_memory():
    allowance = Allowance(slots=10)
    size = len(allowance._shared)
    for number in range(1000):
        allowance.seconds_until(f"{number}", most=1, now=0.0)
    assert len(allowance._shared) == size
    assert allowance.seconds_until("999", most=1, now=0.0) > 0


def test_forked_workers_count_together():
    program = """
import os
from actionplan.throttling.allowance import ALLOWANCES, AllowanceKind
files = ALLOWANCES[AllowanceKind.FILES]
for _worker in range(3):
    if not os.fork():
        files.seconds_until("a", most=3, now=0.0)
        os._exit(0)
    os.wait()
print(files.seconds_until("a", most=3, now=0.0), files.seconds_until("b", most=3, now=0.0))
"""
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "20.0 0.0\n"


def test_gunicorn_loads_the_counts_before_it_has_workers():
    before = dict(sys.modules)
    for name in [name for name in sys.modules if name.startswith("actionplan.throttling")]:
        del sys.modules[name]
    try:
        runpy.run_path("deploy/gunicorn.conf.py")
        assert "actionplan.throttling.allowance" in sys.modules
    finally:
        sys.modules.update(before)
