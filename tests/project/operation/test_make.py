"""The commands that a newcomer is told to type."""

import importlib.util
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import polib
import pytest
from django.core.management import get_commands

from tests.project.house import sources
from tests.project.house.sources import ROOT

CATALOGUE = Path("locale/sv/LC_MESSAGES/django.po")
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))


def typed(pattern: str) -> set[str]:
    """What the documents tell their readers to type."""
    pages = [path for path in sources.tracked() if path.suffix == ".md"]
    return {command for path in pages for command in re.findall(pattern, sources.text(path))}


def test_every_make_command_of_the_documents_is_there():
    named = typed(r"(?:`|^    (?:\w+=\S+ )?)make ([a-z-]+)") | typed(r"(?m)^    make ([a-z-]+)")
    assert {"run", "upgrade", "help"} <= named <= TARGETS


def test_every_command_of_the_documents_is_there():
    named = typed(r"manage\.py ([a-z_]+)")
    assert {"import_plan", "createsuperuser"} <= named <= set(get_commands())


def test_a_command_is_told_with_the_python_that_has_what_it_needs():
    lines = typed(r"(?m)^.*manage\.py [a-z_]+.*$") - typed(r"(?m)^.*`manage\.py [a-z_]+`.*$")
    # A container has one Python, the right one.
    here = {line for line in lines if "docker compose" not in line}
    assert [line for line in here if ".venv/bin/python manage.py" not in line] == []


def test_help_lists_what_can_be_made():
    done = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True)
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    assert listed >= {"run", "install", "upgrade", "test", "lint", "clean", "remove-data"}


def recipe(target: str) -> str:
    (lines,) = re.findall(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.M)
    return lines


def test_cleaning_up_leaves_the_data():
    assert "var" not in recipe("clean").split()
    assert CATALOGUE.suffix not in recipe("clean")
    assert "Type yes" in recipe("remove-data")


def test_an_upgrade_is_not_made_in_debug_mode_by_default():
    (exported,) = re.findall(r"^(.*): export DEBUG", MAKEFILE, re.M)
    assert {"upgrade", "install"}.isdisjoint(exported.split())
    for step in ("migrate", "catch_up", "collectstatic", "check --deploy"):
        assert step in recipe("upgrade")


def test_the_compiled_catalogue_is_kept_and_is_what_the_source_says():
    compiled = CATALOGUE.with_suffix(".mo")
    assert compiled in sources.tracked()
    wanted = polib.pofile(str(ROOT / CATALOGUE)).to_binary()
    assert (ROOT / compiled).read_bytes() == wanted, "make messages compiles it"


@pytest.fixture(scope="module")
def preflight() -> ModuleType:
    spec = importlib.util.spec_from_file_location("preflight", ROOT / "deploy/preflight.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def port() -> Iterator[socket.socket]:
    """A port that somebody listens on until it is closed."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener


def test_a_taken_port_is_told_in_a_sentence(preflight, port):
    number = str(port.getsockname()[1])
    command = [sys.executable, ROOT / "deploy/preflight.py", number]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"Port {number}" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    port.close()
    assert preflight.taken(number) == ""


@pytest.mark.parametrize("port", ["0", "65536", "åtta", "-1", ""])
def test_what_is_no_port_is_told(preflight, port):
    assert "from 1 to 65535" in preflight.taken(port)


def test_an_old_python_and_a_missing_venv_are_told(preflight, monkeypatch):
    assert preflight.lacking() == ""
    monkeypatch.setattr(preflight, "find_spec", lambda name: None)
    assert "python3-venv" in preflight.lacking()
    monkeypatch.setattr(sys, "version_info", (3, 10, 9))
    assert "Python 3.10 is too old" in preflight.lacking()
