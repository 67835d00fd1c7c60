"""A restoration that fails leaves what was there, wherever it fails; so does a backup."""

import os
import stat
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

import actionplan
from actionplan.backups import migration_state, restoring, taking, whole_file
from actionplan.backups.archive import BackupReader
from actionplan.backups.tables import backup_tables
from actionplan.models import PurchasingCategory, User
from requirements_pkg.models import SearchSynonym
from tests.actionplan.backups.installations import (
    address_of,
    everything,
    managed,
    output_of,
    refused,
)

TABLES = [table.label for table in backup_tables()]
# A process that kills itself when so many tables have been stored, or compared.
KILLED = """
import os, signal, sys
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "actionplan.settings"
django.setup()
from django.core.management import call_command
from actionplan.backups import {module}
command, file, after = sys.argv[1:]
original, left = {module}.{function}, [int(after)]
def until(*given):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*given)
{module}.{function} = until
call_command(command, file)
"""


def kill(database, command: str, file: Path, *, function: str, after: int) -> None:
    module = "taking" if command == "backup" else "restoring"
    code = KILLED.format(module=module, function=function)
    ended = managed(address_of(database), command, file, after, code=code)
    assert ended.returncode == -9, ended.stderr


@pytest.mark.parametrize("error", [RuntimeError("ett fel i programmet"), DatabaseError("fullt.")])
@pytest.mark.parametrize("function", ["insert_lines", "go_on_after", "lines_of"])
def test_whatever_fails_nothing_is_left(backed_up, empty, monkeypatch, function, error):
    original, calls = getattr(restoring, function), []

    def failing(table, *given):
        calls.append(table.label)
        if len(calls) == len(TABLES):
            raise error
        return original(table, *given)

    before = everything()
    with monkeypatch.context() as patched:
        patched.setattr(restoring, function, failing)
        if isinstance(error, DatabaseError):
            assert "fullt" in refused("restore", backed_up.file)
        else:
            with pytest.raises(RuntimeError):
                output_of("restore", backed_up.file)
    assert calls == TABLES
    assert everything() == before
    output_of("restore", backed_up.file)
    assert everything() == backed_up.rows


def test_a_process_that_is_killed_leaves_nothing(backed_up, empty):
    before = everything()
    for function, after in (("insert_lines", 1), ("go_on_after", 50), ("lines_of", 55)):
        kill(empty, "restore", backed_up.file, function=function, after=after)
        connection.close()
        assert everything() == before
    output_of("restore", backed_up.file)
    assert everything() == backed_up.rows


def test_a_backup_that_is_killed_is_no_file_and_the_next_is_whole(backed_up, tmp_path, db):
    file = tmp_path / "all.backup"
    kill(backed_up.database, "backup", file, function="lines_of", after=30)
    assert [path.name for path in tmp_path.iterdir()] == ["all.backup.part"]
    with backed_up.database.in_use():
        output_of("backup", file)
    assert [path.name for path in tmp_path.iterdir()] == ["all.backup"]
    output_of("restore", "--check", file)


def test_a_backup_that_fails_leaves_the_last_one(backed_up, tmp_path, monkeypatch, db):
    file = tmp_path / "all.backup"
    file.write_bytes(b"den forra")

    def failing(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking, "last_key", failing)
    with backed_up.database.in_use():
        assert "No space left" in refused("backup", file)
        assert connection.get_autocommit()
        assert User.objects.exists()
    assert file.read_bytes() == b"den forra"
    assert [path.name for path in tmp_path.iterdir()] == ["all.backup"]


def test_a_row_that_is_lost_on_the_way_is_found(backed_up, empty, monkeypatch):
    insert = restoring.insert_lines

    def losing(table, lines):
        rows = list(lines)
        insert(table, rows[:-1] if table.label == "followup.Question" else rows)

    before = everything()
    with monkeypatch.context() as patched:
        patched.setattr(restoring, "insert_lines", losing)
        sentence = refused("restore", backed_up.file)
    assert "av followup.Question är inte densamma" in sentence
    assert everything() == before


def test_rows_that_name_a_missing_one_are_refused(backed_up, empty, monkeypatch):
    insert = restoring.insert_lines

    def losing(table, lines):
        if table.label != "actionplan.Goal":
            insert(table, lines)

    before = everything()
    with monkeypatch.context() as patched:
        patched.setattr(restoring, "insert_lines", losing)
        assert "pekar på rader som saknas" in refused("restore", backed_up.file)
    assert everything() == before


def test_a_database_with_rows_is_refused_and_stays(backed_up, empty):
    PurchasingCategory.objects.bulk_create([PurchasingCategory(name="IT", slug="it")])
    before = everything()
    assert "rader i actionplan.PurchasingCategory" in refused("restore", backed_up.file)
    assert everything() == before


def test_a_database_that_is_written_to_meanwhile_is_refused(backed_up, empty, monkeypatch):
    """What was empty when the file was checked need not be so afterwards."""
    check = restoring._refuse_damage

    def checked(reader: BackupReader, progress):
        check(reader, progress)
        PurchasingCategory.objects.bulk_create([PurchasingCategory(name="IT", slug="it")])

    monkeypatch.setattr(restoring, "_refuse_damage", checked)
    assert "rader i actionplan.PurchasingCategory" in refused("restore", backed_up.file)
    assert not User.objects.exists()


def test_another_version_is_refused(backed_up, empty, monkeypatch):
    monkeypatch.setattr(actionplan, "__version__", "9.9")
    assert "version 0.1.0 och detta är version 9.9" in refused("restore", backed_up.file)


def test_other_tables_are_refused(backed_up, empty, monkeypatch):
    ours = migration_state.wanted()
    later = {**ours, "risks": (*ours["risks"], "0004_later")}
    with monkeypatch.context() as patched:
        patched.setattr(migration_state, "wanted", lambda: later)
        assert "risks 0004_later" in refused("restore", backed_up.file)
    fewer = backup_tables()[:-1]
    monkeypatch.setattr(restoring, "backup_tables", lambda: fewer)
    assert TABLES[-1] in refused("restore", backed_up.file)


def test_a_database_that_is_not_migrated_is_refused(backed_up, empty, tmp_path):
    MigrationRecorder(connection).record_unapplied("risks", "0003_searched_texts")
    for command in (("restore", backed_up.file), ("backup", tmp_path / "new")):
        sentence = refused(*command)
        assert "risks 0003_searched_texts" in sentence
        assert "manage.py migrate" in sentence
    assert list(tmp_path.glob("new*")) == []


def test_two_do_not_write_one_file(backed_up, tmp_path, monkeypatch, db):
    file = tmp_path / "all.backup"
    first = taking.lines_of
    sentences = []

    def meanwhile(table):
        if not sentences:
            sentences.append(refused("backup", file))
        return first(table)

    monkeypatch.setattr(taking, "lines_of", meanwhile)
    with backed_up.database.in_use():
        output_of("backup", file)
    assert "skrivs redan till" in sentences[0]
    output_of("restore", "--check", file)
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600


def test_a_part_that_became_the_file_of_another_is_left_alone(tmp_path, monkeypatch):
    """Between opening and locking it, its writer may have ended."""
    file, lock = tmp_path / "all.backup", whole_file.fcntl.flock

    def flock(stream, how):
        if not file.exists():
            file.with_name("all.backup.part").rename(file)
            file.write_bytes(b"deras")
        lock(stream, how)

    monkeypatch.setattr(whole_file.fcntl, "flock", flock)
    with whole_file.whole_file(file) as mine:
        mine.write(b"min")
        assert file.read_bytes() == b"deras"
    assert file.read_bytes() == b"min"


def test_a_database_that_gives_up_is_told(backed_up, tmp_path, monkeypatch, db):
    def failing(*_given):
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(taking, "lines_of", failing)
    with backed_up.database.in_use():
        sentence = refused("backup", tmp_path / "all.backup")
    assert sentence.startswith("Databasen avbröt arbetet: disk I/O error.")
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_may_be_written_is_told(backed_up, tmp_path, db):
    with backed_up.database.in_use():
        missing = tmp_path / "none" / "all.backup"
        assert refused("backup", missing).startswith(f"Det går inte att skriva {missing}")
        target = tmp_path / "theirs"
        target.write_bytes(b"annat")
        (tmp_path / "linked.backup.part").symlink_to(target)
        assert "linked.backup" in refused("backup", tmp_path / "linked.backup")
    assert target.read_bytes() == b"annat"
    assert SearchSynonym._meta.label in TABLES
