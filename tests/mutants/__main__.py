"""`make mutants`: in a copy of the checkout, take each guard away and see a test fail."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.mutants.guards import GUARDS, Guard

ROOT = Path(__file__).resolve().parents[2]


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


def survives(guard: Guard, checkout: Path) -> bool:
    """Tell whether all tests pass without a guard."""
    file = checkout / guard.file
    whole = file.read_text()
    file.write_text(whole.replace(guard.line, guard.without))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-m", "not browser", *guard.tests],
            cwd=checkout,
            capture_output=True,
            text=True,
        )
    finally:
        file.write_text(whole)
    if done.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise SystemExit(f"{guard.name}: the tests did not run.\n{done.stdout}{done.stderr}")
    return done.returncode == pytest.ExitCode.OK


def main() -> int:
    """Say of each guard whether a test noticed; return how many were not missed."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder)
        copied(checkout)
        unnoticed = 0
        for guard in GUARDS:
            missed = survives(guard, checkout)
            unnoticed += missed
            print("NOT NOTICED" if missed else "noticed    ", guard.name, flush=True)  # noqa: T201
    return unnoticed


if __name__ == "__main__":
    sys.exit(main())
