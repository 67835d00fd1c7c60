"""The floor of `make test`: the share of lines and branches that the suite goes through at least.

A pytest plugin, named in pyproject.toml before those that import the application. It measures
where `MEASURE=True` asks for it, and judges the whole suite only: of a part of it, `coverage
report -m` tells what was gone through. Child processes are not measured; what they do is done in
the process of a test as well (`tests/conftest.py`).
"""

import math
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.measuring.importing import import_marked

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "pyproject.toml"
TOOLS = tomllib.loads(SETTINGS.read_text())["tool"]
FLOORS: dict[str, float] = TOOLS["kravkedjan"]["floors"]
PACKAGES: list[str] = TOOLS["coverage"]["run"]["source_pkgs"]
FLOOR_LINES = pytest.StashKey[list[str]]()

# Not handed on to what a test starts.
is_measured = os.environ.pop("MEASURE", None) == "True"
marks = import_marked(PACKAGES) if is_measured else None


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Measure, and let the whole suite fail below a floor."""
    config = session.config
    if marks is None or config.option.collectonly:
        return
    measured = measure()
    sentences = [", ".join(f"{percent(share)} of {name}" for name, share in measured.items())]
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        sentences += missed(measured, FLOORS)
    if len(sentences) > 1 and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    config.stash[FLOOR_LINES] = sentences


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what was measured, and what is missing."""
    measured, *missing = terminalreporter.config.stash.get(FLOOR_LINES, [""])
    if measured:
        terminalreporter.write_line(f"Gone through: {measured}")
    for sentence in missing:
        terminalreporter.write_line(sentence, red=True)


def measure() -> dict[str, float]:
    """Store what was gone through, and return the share of it."""
    # Only here, since every start of pytest would wait for it.
    from coverage import Coverage

    from tests.measuring import report

    files = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    ours = [path for path in files if path.parent.name != "migrations"]
    return report.shares(report.stored(marks, ours, Coverage(config_file=str(SETTINGS))))


def missed(measured: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Return a sentence for each floor that was not reached."""
    return [
        f"Too few {name} are gone through: {percent(measured[name])}, while pyproject.toml asks "
        f"for {floor} %. `.venv/bin/coverage report -m` lists what is left."
        for name, floor in floors.items()
        if measured[name] < floor
    ]


def percent(share: float) -> str:
    """Return a percentage, never rounded up to a floor."""
    return f"{math.floor(share * 100) / 100:.2f} %"
