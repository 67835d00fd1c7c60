"""Restore a backup into an empty database: all of it, compared row by row, or nothing."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Final

import msgspec
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

import actionplan
from actionplan.backups import migration_state, refusals
from actionplan.backups.archive import BackupReader, DamagedBackup, OtherFormat
from actionplan.backups.keys import go_on_after
from actionplan.backups.manifest import BackupManifest, BackupPart
from actionplan.backups.progress import ProgressLines
from actionplan.backups.refusals import BackupRefused, in_short
from actionplan.backups.rows import are_the_same, insert_lines, lines_of
from actionplan.backups.tables import REFERENCE, BackupTable, backup_tables
from actionplan.text import figure

# So long we wait for others to end what they write.
LOCK_SECONDS: Final = 10


def check(path: Path, progress: ProgressLines) -> BackupManifest:
    """Read all of a backup and see that it is whole and of this version; no database is asked.

    Raises:
        BackupRefused: it is not.
    """
    with _opened(path) as reader:
        _refuse_other_version(reader.manifest, path)
        _refuse_damage(reader, progress)
        return reader.manifest


def restore(path: Path, progress: ProgressLines) -> BackupManifest:
    """Store every row of a backup with its key, in one transaction; a bare database is migrated.

    Raises:
        BackupRefused: the file is damaged or of another version, or the database is not empty.
    """
    with _opened(path) as reader:
        _refuse_other_version(reader.manifest, path)
        is_bare = migration_state.has_no_tables()
        if not is_bare:
            _refuse_this_database()
        _refuse_damage(reader, progress)
        if is_bare:
            call_command("migrate", verbosity=0, interactive=False)
        try:
            with transaction.atomic(durable=True):
                _hold_tables()
                _refuse_this_database()
                _fill(reader, progress)
                _compare(reader, progress)
        except DatabaseError as error:
            raise BackupRefused(refusals.BROKEN_OFF, reason=in_short(error)) from error
        return reader.manifest


@contextmanager
def _opened(path: Path) -> Iterator[BackupReader]:
    try:
        with path.open("rb") as file:
            yield BackupReader(file)
    except DamagedBackup as damage:
        sentence = refusals.DAMAGED if damage.part else refusals.NO_BACKUP
        raise BackupRefused(sentence, file=path, part=damage.part) from damage
    except OtherFormat as error:
        raise BackupRefused(refusals.OTHER_FORMAT, file=path) from error
    except OSError as error:
        raise BackupRefused(refusals.NOT_READ, file=path, reason=error.strerror) from error


def _refuse_other_version(manifest: BackupManifest, path: Path) -> None:
    theirs, ours = manifest.version, actionplan.__version__
    if theirs != ours:
        raise BackupRefused(refusals.OTHER_VERSION, file=path, theirs=theirs, ours=ours)
    different = migration_state.difference(manifest.migrations, migration_state.wanted())
    stored = {part.table: part.columns for part in manifest.parts}
    here = {table.label: table.columns for table in backup_tables()}
    if not different and stored != here:
        columns = zip_longest(stored.items(), here.items())
        different = next(str((left or right)[0]) for left, right in columns if left != right)
    if different:
        raise BackupRefused(refusals.OTHER_TABLES, file=path, difference=different)


def _refuse_damage(reader: BackupReader, progress: ProgressLines) -> None:
    for part in reader.manifest.parts:
        for _line in progress.follow(reader.lines(part), _("Checking"), part.table):
            pass


def _refuse_this_database() -> None:
    """Refuse a database that is in use, or not of this version."""
    if lacking := migration_state.missing():
        raise BackupRefused(refusals.NOT_MIGRATED, difference=lacking)
    for table in backup_tables():
        if table.label not in REFERENCE and table.model._base_manager.exists():
            raise BackupRefused(refusals.HOLDS_ROWS, table=table.label)


def _hold_tables() -> None:
    """Keep others from writing; on SQLite the transaction itself does."""
    if connection.vendor != "postgresql":
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(table.model._meta.db_table) for table in backup_tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
        cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def _pairs(reader: BackupReader) -> Iterator[tuple[BackupPart, BackupTable]]:
    return zip(reader.manifest.parts, backup_tables(), strict=True)


def _fill(reader: BackupReader, progress: ProgressLines) -> None:
    """Store all rows, in any order: links are looked at when all of them are there."""
    for _part, table in _pairs(reader):
        if table.label in REFERENCE:
            rows = table.model._base_manager.all()
            rows._raw_delete(rows.db)
    for part, table in _pairs(reader):
        lines = progress.follow(reader.lines(part), _("Restoring"), part.table)
        try:
            insert_lines(table, lines)
        except msgspec.DecodeError as error:
            raise DamagedBackup(part.name) from error
        except DatabaseError as error:
            reason = in_short(error)
            raise BackupRefused(refusals.NOT_TAKEN, table=part.table, reason=reason) from error
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise BackupRefused(refusals.NOT_WHOLE, reason=in_short(error)) from error
    for part, table in _pairs(reader):
        go_on_after(table, part.last_key)


def _compare(reader: BackupReader, progress: ProgressLines) -> None:
    """See that the database holds each row of the backup, and no other."""
    for part, table in _pairs(reader):
        lines = progress.follow(reader.lines(part), _("Comparing"), part.table)
        with closing(lines_of(table)) as stored:
            rows = zip_longest(lines, stored, fillvalue=b"{}")
            for number, (line, row) in enumerate(rows, start=1):
                if not are_the_same(line, row):
                    raise BackupRefused(
                        refusals.DIFFERENT, number=figure(number), table=part.table
                    )
