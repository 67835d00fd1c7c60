"""Take a backup: every row as it stood at one moment, while people go on writing."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import actionplan
from actionplan.backups import migration_state, refusals
from actionplan.backups.archive import BackupWriter
from actionplan.backups.keys import last_key
from actionplan.backups.manifest import FORMAT, BackupManifest
from actionplan.backups.progress import ProgressLines
from actionplan.backups.refusals import BackupRefused, in_short
from actionplan.backups.rows import lines_of
from actionplan.backups.tables import backup_tables
from actionplan.backups.whole_file import InUse, whole_file


def back_up(path: Path, progress: ProgressLines) -> BackupManifest:
    """Write a backup to a file, which is there when it is whole and not before.

    Raises:
        BackupRefused: it cannot be written, or the database is not of this version.
    """
    if lacking := migration_state.missing():
        raise BackupRefused(refusals.NOT_MIGRATED, difference=lacking)
    try:
        with whole_file(path) as file, BackupWriter(file) as writer, _one_moment():
            return _written(writer, progress)
    except InUse as error:
        raise BackupRefused(refusals.BUSY, file=path) from error
    except DatabaseError as error:
        raise BackupRefused(refusals.BROKEN_OFF, reason=in_short(error)) from error
    except OSError as error:
        reason = error.strerror or in_short(error)
        raise BackupRefused(refusals.NOT_WRITTEN, file=path, reason=reason) from error


def _written(writer: BackupWriter, progress: ProgressLines) -> BackupManifest:
    parts = []
    for table in backup_tables():
        with closing(lines_of(table)) as rows:
            lines = progress.follow(rows, _("Saving"), table.label)
            parts.append(writer.write_part(table.label, table.columns, lines, last_key(table)))
    manifest = BackupManifest(
        format=FORMAT,
        made_at=timezone.now(),
        version=actionplan.__version__,
        database=connection.vendor,
        migrations=migration_state.wanted(),
        parts=tuple(parts),
    )
    writer.end(manifest)
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it stood at the first question, and keep nobody from writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Transactions of ours begin with the one write lock, which is not needed here.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
