"""`python -m tests.faults [kills] [races]`: hundreds of faults on both databases, with counts."""

import os
import subprocess
import sys
from collections.abc import Sequence

KILLS, RACES = "200", "200"
DATABASES = ("False", "True")


def main(given: Sequence[str]) -> int:
    """Try them on SQLite and on PostgreSQL; return whether something was left half done."""
    kills, races = (*given, *(KILLS, RACES)[len(given) :])[:2]
    counts = {"DEBUG": "True", "FAULTS_KILLS": kills, "FAULTS_RACES": races}
    suite = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "tests/faults"]
    ended = [
        subprocess.run(suite, env={**os.environ, **counts, "TEST_POSTGRES": is_server}).returncode
        for is_server in DATABASES
    ]
    return int(any(ended))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
