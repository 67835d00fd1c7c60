"""`restore FILE`: an empty installation becomes the one that a backup was taken of."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.backups.progress import ProgressLines
from actionplan.backups.refusals import BackupRefused
from actionplan.backups.restoring import check, restore
from actionplan.django_edges import Handed
from actionplan.text import figure


class Command(BaseCommand):
    help = "Restores a backup into an empty database and compares every row; all of it or nothing."
    # Those of Django 6.1 open the database, which only looking at a file does without.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--check", action="store_true", help="see that the file is whole, and store nothing"
        )

    def handle(self, *args: Handed, **options: Handed) -> None:
        work = check if options["check"] else restore
        if not options["check"]:
            self.check()
        try:
            manifest = work(options["file"], ProgressLines(self.stderr))
        except BackupRefused as refused:
            self.stderr.write(str(refused))
            sys.exit(1)
        done = _("whole, nothing restored") if options["check"] else _("restored and compared")
        made_at = date_format(timezone.localtime(manifest.made_at), "Y-m-d H:i")
        self.stdout.write(
            _("%(file)s of %(moment)s: %(rows)s rows of %(tables)s tables, %(done)s.")
            % {
                "file": options["file"],
                "moment": made_at,
                "rows": figure(manifest.rows),
                "tables": figure(len(manifest.parts)),
                "done": done,
            }
        )
