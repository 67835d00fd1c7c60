"""`make mutants`: in a copy of the checkout, take each guard away and see a test fail.

`python -m tests.mutants contracts consultations` tries guards of these kinds alone.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.mutants.guard import Guard
from tests.mutants.guards import GUARDS

ROOT = Path(__file__).resolve().parents[2]
NOT_HERE = ("-m", "not browser", "-p", "no:cacheprovider")


def copied(into: Path) -> None:
    """Copy what git tracks or would, and lend the installed packages."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others"]
    listed = subprocess.run(
        [*command, "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, into / name)


def run(tests: Iterable[str], checkout: Path) -> str:
    """Run tests in a copy until one fails; return which that is, "" where all pass."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-qx", "-rfE", "--tb=no", *NOT_HERE, *tests],
        cwd=checkout,
        capture_output=True,
        text=True,
    )
    if done.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise SystemExit(f"The tests did not run.\n{done.stdout}{done.stderr}")
    failed = re.findall(r"(?m)^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout)
    return failed[0] if done.returncode else ""


def noticed(guard: Guard, checkout: Path) -> str:
    """Take a guard away; return the test that fails without it, "" if none does."""
    file = checkout / guard.file
    whole = file.read_text()
    file.write_text(whole.replace(guard.line, guard.without))
    try:
        return run(guard.tests, checkout)
    finally:
        file.write_text(whole)


def main() -> int:
    """Say of each guard which test noticed; return how many were not missed."""
    begun = time.monotonic()
    kinds = sys.argv[1:] or GUARDS
    guards = [(kind, guard) for kind in kinds for guard in GUARDS[kind]]
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder)
        copied(checkout)
        # A test that fails anyway would seem to notice.
        if failed := run(sorted({path for _, guard in guards for path in guard.tests}), checkout):
            raise SystemExit(f"With every guard in its place {failed} fails.")
        unnoticed = 0
        for kind, guard in guards:
            by = noticed(guard, checkout)
            unnoticed += not by
            print(f"{kind}: {guard.name}: {by or 'NOT NOTICED'}", flush=True)  # noqa: T201
    took = time.monotonic() - begun
    print(f"{len(guards)} guards, {unnoticed} not noticed, {took:.0f} s")  # noqa: T201
    return unnoticed


if __name__ == "__main__":
    sys.exit(main())
