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


def began_and_ended(first: str, fixed: str) -> list[dict[str, str]]:
    return [{"introduced": first}, {"fixed": fixed}]


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
    other = advisory("something-else") | {"modified": "2026-11-02T10:00:00Z"}
    (tmp_path / "P-2.json").write_text(json.dumps(other))
    answer = audit(tmp_path)
    assert answer.returncode == 0
    assert answer.stdout.startswith("No known fault in ")
    assert "(1 advisories, 2026-11-02)" in answer.stdout


def test_a_folder_of_something_else_is_no_good_news(tmp_path):
    (tmp_path / "PYSEC-1.yaml").write_text("id: PYSEC-1")
    answer = audit(tmp_path)
    assert answer.returncode == 1
    assert "there are no advisories" in answer.stderr
    torn = tmp_path / "all.zip"
    torn.write_bytes(b"PK")
    answer = audit(torn)
    assert answer.returncode == 1
    assert "all.zip cannot be read" in answer.stderr


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
        ("0.dev1", [{"introduced": "0"}, {"fixed": "1.0"}], True),
        ("1.5", [{"introduced": "0"}, {"limit": "1.0"}, {"limit": "2.0"}], True),
        ("2.0", [{"introduced": "0"}, {"limit": "1.0"}, {"limit": "2.0"}], False),
        ("2.0", [{"introduced": "0"}, {"limit": "*"}], True),
    ],
)
def test_a_version_is_within_a_range_as_pypi_orders_versions(version, events, is_within):
    assert AUDIT["is_within"](version, events) is is_within


@pytest.mark.parametrize(
    ("version", "is_within"),
    [("5.1", True), ("5.1.1", False), ("5.0.8", True), ("5.0.9", False), ("4.2.15", True)],
)
def test_the_order_of_versions_counts_and_not_that_in_which_they_are_written(version, is_within):
    """As PyPI's own advisories are: the newest series first."""
    series = [("5.1", "5.1.1"), ("5.0", "5.0.9"), ("4.2", "4.2.16")]
    events = [event for first, fixed in series for event in began_and_ended(first, fixed)]
    assert AUDIT["is_within"](version, events) is is_within


def test_a_range_of_commits_is_read_by_the_versions_beside_it():
    commits = {"type": "GIT", "events": [{"introduced": "0"}, {"fixed": "a1b2c3"}]}
    assert AUDIT["is_affected"]("1.2", {"versions": ["1.2.0"], "ranges": [commits]})
    assert not AUDIT["is_affected"]("1.3", {"versions": ["1.2.0"], "ranges": [commits]})


def test_what_is_locked_in_two_versions_is_looked_up_in_both(tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_text(
        "a.thing==1.0 ; python_full_version < '3.12'\nA-thing==2.0 ; python_version >= '3.12'\n"
    )
    assert AUDIT["pins"](lock) == {("a-thing", "1.0"), ("a-thing", "2.0")}


def test_a_version_that_is_named_is_affected_without_a_range():
    assert AUDIT["is_affected"]("1.2", {"versions": ["1.2"]})
    assert not AUDIT["is_affected"]("1.3", {"versions": ["1.2"]})


def test_what_an_advisory_leaves_empty_ends_no_audit(tmp_path):
    """Some exports write null for what there is none of; the others are looked up all the same."""
    empty = {"type": "ECOSYSTEM", "events": None}
    cases = [
        advisory() | {"summary": None, "withdrawn": None},
        advisory("lxml", ranges=None, versions=None) | {"id": "P-2"},
        advisory("lxml", ranges=[empty, {"type": "SEMVER"}]) | {"id": "P-3"},
        advisory() | {"id": "P-4", "affected": None},
        advisory() | {"id": "P-5", "affected": [{"package": None}]},
    ]
    for at, case in enumerate(cases):
        (tmp_path / f"{at}.json").write_text(json.dumps(case))
    answer = audit(tmp_path)
    (line,) = answer.stdout.splitlines()
    assert line.endswith(": PYSEC-1: see the advisory")
    (tmp_path / "list.json").write_text("[1]")
    answer = audit(tmp_path)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "no advisories" in answer.stderr


def test_names_are_compared_as_pypi_does():
    locked = AUDIT["pins"](ROOT / "requirements.txt")
    assert "django-import-export" in {name for name, _version in locked}
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
