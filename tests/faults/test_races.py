"""Eight at once: no lost update, no number twice, no fault of ours, no deadlock."""

from collections import Counter

import pytest
from django.db import connection

from tests.faults.conftest import RACES as TIMES
from tests.faults.conftest import tell
from tests.faults.races import RACES


@pytest.mark.parametrize("race", RACES)
def test_eight_clients_at_once(sites, db, capsys, race):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time.")
    outcomes, site = Counter[str](), sites["work"]
    for _time in range(TIMES):
        with site.in_use():
            run = RACES[race]()
        site.put_back()
        assert run.faults == []
        outcomes += run.outcomes
    tell(capsys, f"{race}: {TIMES} races of eight, {dict(outcomes)}")
