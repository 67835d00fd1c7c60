"""The locked dependencies are looked up among known faults, without a network."""

import json
import os
import runpy
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.project.house.sources import ROOT

AUDIT = runpy.run_path(str(ROOT / "deploy/audit.py"))


def advisory(name: str = "Django", **more) -> dict:
    fixed = {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.1"}]}
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": [fixed]}
    return {"id": "PYSEC-1", "summary": "Names are not escaped.", "affected": [affected | more]}


def audit(database: Path | None, **env: str) -> subprocess.CompletedProcess[str]:
    known = {"AUDIT_DATABASE": str(database)} if database else {}
    return subprocess.run(
        [sys.executable, "deploy/audit.py"],
        env={"PATH": "/nowhere"} | known | env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def database(tmp_path) -> Path:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("PYSEC-1.json", json.dumps(advisory()))
        archive.writestr("PYSEC-2.json", json.dumps(advisory("something-else") | {"id": "P-2"}))
        withdrawn = advisory() | {"id": "P-3", "withdrawn": "2026-01-01T00:00:00Z"}
        archive.writestr("PYSEC-3.json", json.dumps(withdrawn))
    return path


def test_a_known_fault_of_what_is_locked_fails_and_is_named(database):
    answer = audit(database)
    assert answer.returncode == 1
    (line,) = answer.stdout.splitlines()
    assert line.startswith("django 5.")
    assert line.endswith(": PYSEC-1: Names are not escaped.")


def test_a_folder_of_advisories_will_do_and_without_a_fault_it_says_so(tmp_path):
    (tmp_path / "P-2.json").write_text(json.dumps(advisory("something-else")))
    answer = audit(tmp_path)
    assert answer.returncode == 0
    assert answer.stdout.startswith("No known fault in ")


@pytest.mark.parametrize(
    ("version", "events", "is_within"),
    [
        ("1.9", [{"introduced": "2.0"}, {"fixed": "2.5"}], False),
        ("2.0", [{"introduced": "2.0"}, {"fixed": "2.5"}], True),
        ("2.10", [{"introduced": "2.0"}, {"fixed": "2.5"}], False),
        ("2.5", [{"introduced": "0"}, {"last_affected": "2.5"}], True),
        ("2.6", [{"introduced": "0"}, {"last_affected": "2.5"}], False),
        ("3.1", [{"introduced": "0"}, {"fixed": "2.5"}, {"introduced": "3.0"}], True),
        ("3.1", [{"introduced": "0"}, {"fixed": "of a kind that nobody reads"}], True),
    ],
)
def test_a_version_is_within_a_range_as_pypi_orders_versions(version, events, is_within):
    assert AUDIT["is_within"](version, events) is is_within


def test_a_version_that_is_named_is_affected_without_a_range():
    assert AUDIT["is_affected"]("1.2", {"versions": ["1.2"]})
    assert not AUDIT["is_affected"]("1.3", {"versions": ["1.2"]})


def test_names_are_compared_as_pypi_does():
    locked = AUDIT["pins"](ROOT / "requirements.txt")
    assert "django-import-export" in locked
    assert AUDIT["normal"]("Django_Import.Export") == "django-import-export"


def test_where_nothing_is_at_hand_it_says_so_and_fails_only_where_it_must():
    answer = audit(None)
    assert (answer.returncode, answer.stderr) == (0, AUDIT["NOTHING"] + "\n")
    assert audit(None, AUDIT="required").returncode == 1
    lost = audit(Path("/finns/inte.zip"))
    assert lost.returncode == 1
    assert "there is no /finns/inte.zip" in lost.stderr


def test_pip_audit_is_asked_where_it_is_installed(tmp_path):
    command = tmp_path / "pip-audit"
    command.write_text('#!/bin/sh\necho "$@"\nexit 3\n')
    command.chmod(0o755)
    answer = audit(None, PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert answer.returncode == 3
    assert "-r requirements.txt" in answer.stdout
