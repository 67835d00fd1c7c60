"""Budget 13: the first migrate of an empty database, against Django's own contrib apps.

Both have compiled files, as after the first start: pip compiles what it installs.
"""

import os
import sys
from compileall import compile_dir
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring.measure import at_most, cpu_of, medians, tell

MIGRATE = (sys.executable, "-m", "django", "migrate", "--verbosity=0")
RUNS = 5


def migrate(settings: str) -> float:
    """CPU seconds of the whole command, on a database of its own."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        env = {
            **os.environ,
            "DEBUG": "True",
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'new.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": settings,
        }
        return cpu_of(MIGRATE, env)


def main() -> None:
    """Both start Python, load their apps and make their tables."""
    for app in ("actionplan", "risks", "requirements_pkg", "followup"):
        compile_dir(app, quiet=1)
    floor, mine = medians(
        partial(migrate, "benchmarks.starting.contrib_settings"),
        partial(migrate, "actionplan.settings"),
        runs=RUNS,
    )
    tell(at_most(13, "first migrate, against Django's own apps", floor, mine, 4))


if __name__ == "__main__":
    main()
