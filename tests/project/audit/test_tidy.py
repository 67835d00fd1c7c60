"""What is left behind goes, and nothing else."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from actionplan.models import ChangeKind, ChangeLog
from tests.unguarded import unguarded

TWO_DAYS = timedelta(days=2)


def tidied(*arguments: object) -> str:
    output = StringIO()
    call_command("tidy", *map(str, arguments), stdout=output)
    return output.getvalue()


def file_of(folder: Path, name: str, *, age: timedelta) -> Path:
    path = folder / name
    path.write_bytes(b"half")
    at = (timezone.now() - age).timestamp()
    os.utime(path, (at, at))
    return path


@pytest.fixture
def folder(tmp_path, db) -> Path:
    """What a killed run left, and what is there for a reason."""
    for name in ("old.backup.part", ".bok.xlsx.x1.part", "whole.backup", "part"):
        file_of(tmp_path, name, age=TWO_DAYS)
    file_of(tmp_path, "being-written.backup.part", age=timedelta(minutes=5))
    (tmp_path / "folder.part").mkdir()
    (tmp_path / "link.part").symlink_to(tmp_path / "whole.backup")
    (tmp_path / "below").mkdir()
    file_of(tmp_path / "below", "old.backup.part", age=TWO_DAYS)
    return tmp_path


REMOVED = {"old.backup.part", ".bok.xlsx.x1.part"}


def test_the_files_of_killed_runs_go_and_no_others(folder):
    before = {path.name for path in folder.iterdir()}
    assert "Kvarlämnade filer: 2." in tidied(folder)
    assert before - {path.name for path in folder.iterdir()} == REMOVED
    assert (folder / "below" / "old.backup.part").exists()
    assert "Kvarlämnade filer: 0." in tidied(folder)


def test_a_trial_removes_nothing(folder):
    before = {path.name for path in folder.iterdir()}
    assert "Kvarlämnade filer: 2." in tidied(folder, "--dry-run")
    assert {path.name for path in folder.iterdir()} == before


def test_a_folder_that_is_none_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="är ingen mapp"):
        tidied(tmp_path / "nowhere")


def test_ended_sessions_go_and_others_stay(db):
    now = timezone.now()
    for name, end in (("ended", now - TWO_DAYS), ("lives", now + TWO_DAYS)):
        Session.objects.create(session_key=name, session_data="", expire_date=end)
    assert "Avslutade sessioner: 1." in tidied()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["lives"]


def test_who_read_what_goes_after_five_years_and_no_change_does(plan):
    for at in ("2019-01-01 00:00:00+00:00", None):
        ChangeLog.objects.access(type(plan), ChangeKind.READ, {}, key=plan.pk)
        if at is not None:
            with unguarded(), connection.cursor() as cursor:
                cursor.execute("UPDATE actionplan_changelog SET at = %s", [at])
    changes = ChangeLog.objects.of(type(plan)).count()
    assert "Gamla rader i loggen: 0." in tidied()
    assert "Gamla rader i loggen: 1." in tidied("--reading", "--dry-run")
    assert "Gamla rader i loggen: 1." in tidied("--reading")
    assert ChangeLog.objects.filter(kind="read").count() == 1
    assert ChangeLog.objects.of(type(plan)).count() == changes


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only it has roles")
def test_the_role_of_the_server_clears_no_log(plan):
    call_command("grant_application", "kravkedjan_app", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL ROLE kravkedjan_app")
    with pytest.raises(CommandError, match="ägaren"):
        tidied("--reading")
    assert "Avslutade sessioner: 0." in tidied()
