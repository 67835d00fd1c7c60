"""Tests on copies of the database run alone as well, where nobody else has asked for it."""

import os
import subprocess
import sys

from django.conf import settings

ALONE = "tests/actionplan/backups/test_damage.py::test_a_line_that_is_no_row_is_not_stored[{}]"
# On SQLite in memory, whatever this suite runs on: a server has one test database.
GIVEN = {"DATABASE_URL", "TEST_POSTGRES", "MEASURE", "MADE"}


def test_what_only_copies_the_database_finds_its_tables():
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", ALONE],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in os.environ.items() if name not in GIVEN},
        capture_output=True,
        text=True,
    )
    assert "1 passed" in run.stdout, run.stdout
