"""`tidy [FOLDER …]`: clear away what a killed run, an ended session or five years have left."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.django_edges import Handed
from actionplan.extension_points import old_personal_data
from actionplan.models import ChangeKind, ChangeLog
from actionplan.text import figure

# No run of ours writes so long at one file: what has lain still that long nobody writes any more.
LAIN_STILL: Final = timedelta(days=1)
ENDING: Final = ".part"
# As the guards of the databases have it.
YEARS: Final = 5


class Command(BaseCommand):
    help = (
        "Removes the rows of ended sessions, who sent what without a log-in so long ago as "
        "SENDER_MONTHS says, and, from the folders that are named, the .part files "
        "of backups and workbooks that a killed run left more than a day ago."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="*", type=Path)
        parser.add_argument(
            "--reading",
            action="store_true",
            help="also who read what more than five years ago; as the owner of the tables",
        )
        parser.add_argument("--dry-run", action="store_true", help="only tell what there is")

    def handle(self, *args: Handed, **options: Handed) -> None:
        is_trial = options["dry_run"]
        files = [path for folder in options["folder"] for path in _left_over(folder)]
        ended = Session.objects.filter(expire_date__lt=timezone.now())
        sessions = ended.count() if is_trial else ended.delete()[0]
        senders = sum(remove(is_trial) for remove in old_personal_data)
        lines = _reading(is_trial=is_trial) if options["reading"] else 0
        if not is_trial:
            for path in files:
                path.unlink(missing_ok=True)
        sentence = _(
            "Left-over files: %(files)s. Ended sessions: %(sessions)s. "
            "Old lines of the log: %(lines)s. Senders forgotten: %(senders)s."
        )
        numbers = {"files": len(files), "sessions": sessions, "lines": lines, "senders": senders}
        self.stdout.write(sentence % {name: figure(number) for name, number in numbers.items()})


def _left_over(folder: Path) -> list[Path]:
    """Return the files of a folder that a run began and did not end; none in folders below it.

    Raises:
        CommandError: it is no folder.
    """
    if not folder.is_dir():
        raise CommandError(_("%(folder)s is no folder.") % {"folder": folder})
    before = (timezone.now() - LAIN_STILL).timestamp()
    return [
        path
        for path in sorted(folder.iterdir())
        if path.name.endswith(ENDING) and path.is_file() and not path.is_symlink()
        if path.stat().st_mtime < before
    ]


def _reading(*, is_trial: bool) -> int:
    """Remove the lines of the log that say who read what, so long ago; no change ever goes.

    Raises:
        CommandError: the role of the server only adds to the log.
    """
    before = timezone.now() - timedelta(days=366 * YEARS)
    kinds = (ChangeKind.READ, ChangeKind.EXPORTED)
    rows = ChangeLog.objects.filter(kind__in=kinds, at__lt=before).order_by()
    if is_trial:
        return rows.count()
    try:
        with transaction.atomic():
            # The model lets nothing go; the guards of the database let go of these alone.
            return int(rows._raw_delete(connection.alias))
    except ProgrammingError as error:
        sentence = _(
            "The log is cleared by the owner of the tables: name that role in DATABASE_URL."
        )
        raise CommandError(sentence) from error
