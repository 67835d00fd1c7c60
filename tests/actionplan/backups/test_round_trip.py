"""What was backed up stands again in an empty database, row by row, on either database."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from actionplan.backups.progress import ProgressLines
from actionplan.backups.taking import back_up
from actionplan.models import ActionPlan, ChangeLog, User
from actionplan.models.change_log import AppendOnlyError
from followup.models import Evidence
from requirements_pkg.models import PackageVersion, SearchSynonym
from requirements_pkg.models.versions import ImmutableError
from tests.actionplan.backups.conftest import FILE, HARD
from tests.actionplan.backups.installations import (
    address_of,
    everything,
    managed,
    other_writer,
    output_of,
)

SLUG = "it-teknisk-plattform"


def test_every_row_stands_again_in_a_migrated_database(backed_up, empty):
    assert everything() != backed_up.rows
    assert "återställda och jämförda" in output_of("restore", backed_up.file)
    assert everything() == backed_up.rows
    assert bytes(Evidence.objects.get(file_name="fil.bin").content) == FILE
    assert User.objects.get(username="samordnare").first_name == HARD


def test_an_empty_database_is_migrated_on_the_way(backed_up, bare):
    output_of("restore", backed_up.file)
    assert everything() == backed_up.rows


def test_what_was_restored_works(backed_up, empty):
    output_of("restore", backed_up.file)
    client = Client()
    assert client.get(f"/kravpaket/{SLUG}/").status_code == 200
    answers = client.get("/sok/", {"q": "datahallen"}).content.decode()
    assert f"/kravpaket/{SLUG}/" in answers
    plan = ActionPlan.objects.get(slug=SLUG)
    plan.introduction = "Ett annat namn"
    plan.save()
    assert ChangeLog.objects.about(plan).first().after["introduction"] == "Ett annat namn"


def test_a_key_that_was_given_once_never_comes_again(backed_up, empty):
    output_of("restore", backed_up.file)
    assert SearchSynonym.objects.create(words="ny, nyare").pk == backed_up.last_key + 1
    # A table that never had a row.
    assert not ChangeLog.objects.filter(pk__gt=ChangeLog.objects.first().pk).exists()


def test_what_is_only_added_to_is_guarded_as_before(backed_up, empty):
    output_of("restore", backed_up.file)
    with pytest.raises(AppendOnlyError):
        ChangeLog.objects.all().delete()
    with pytest.raises(ImmutableError):
        PackageVersion.objects.update(number=9)
    if connection.vendor != "postgresql":
        return
    for table in ("actionplan_changelog", "requirements_pkg_packageversion"):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608
            with (
                pytest.raises(DatabaseError, match=r"never changed|only ever added"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


def test_a_backup_of_what_was_restored_holds_the_same(backed_up, empty, tmp_path):
    output_of("restore", backed_up.file)
    again = tmp_path / "again.backup"
    nobody = ProgressLines()
    manifest = back_up(again, nobody)
    with backed_up.database.in_use():
        assert manifest.parts == back_up(again, nobody).parts


def test_postgresql_and_sqlite_take_each_others_backups(backed_up, empty, tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("needs both databases")
    sqlite = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    assert managed(sqlite, "restore", backed_up.file).returncode == 0
    there = tmp_path / "there.backup"
    assert managed(sqlite, "backup", there).returncode == 0
    output_of("restore", there)
    assert everything() == backed_up.rows


def test_it_holds_what_was_there_at_one_moment_and_nobody_waits(empty, tmp_path):
    class Watched(ProgressLines):
        def follow(self, lines, doing, table):
            if table == "actionplan.Contact":
                with other_writer() as cursor:
                    cursor.execute(
                        "INSERT INTO requirements_pkg_searchsynonym (words) VALUES ('sen, senare')"
                    )
                added.append(table)
            return super().follow(lines, doing, table)

    added = []
    before = SearchSynonym.objects.count()
    manifest = back_up(tmp_path / "moment.backup", Watched())
    assert added
    assert SearchSynonym.objects.count() == before + 1
    rows = {part.table: part.rows for part in manifest.parts}
    assert rows["requirements_pkg.SearchSynonym"] == before


def test_it_is_for_its_owner_alone_and_checked_without_a_database(backed_up, tmp_path):
    assert backed_up.file.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in backed_up.file.parent.iterdir()) == sorted(
        {"all.backup", *(p.name for p in backed_up.file.parent.iterdir() if "sqlite3" in p.name)}
    )
    nowhere = f"sqlite:///{tmp_path / 'none' / 'none.sqlite3'}"
    checked = managed(nowhere, "restore", "--check", backed_up.file)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "hel, inget återställt" in checked.stdout


def test_a_command_line_tells_one_sentence_and_ends_with_one(backed_up, tmp_path):
    ended = managed(address_of(backed_up.database), "restore", backed_up.file)
    assert ended.returncode == 1
    assert ended.stderr == (
        "Databasen används redan: det finns rader i actionplan.ActionPlan. "
        "Återställ till en tom databas.\n"
    )
