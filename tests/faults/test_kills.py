"""Whenever a process is killed, nothing half done is left."""

import random

import pytest

from tests.faults.conftest import KILLS, tell
from tests.faults.kills import ACTS, BETWEEN, Killing


@pytest.mark.parametrize("act", ACTS)
def test_what_is_killed_leaves_before_or_after(sites, db, backup, act, capsys):
    site = sites["empty" if act == "restore" else "work"]
    outcomes = Killing(act, site, backup, random.SystemRandom()).run(KILLS)
    tell(capsys, f"{act}: {KILLS} kills, {dict(outcomes)}")
    assert outcomes[BETWEEN] == 0
    assert outcomes.total() == KILLS
