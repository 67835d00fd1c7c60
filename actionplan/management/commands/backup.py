"""`backup FILE`: all that is stored, in one file that `restore` takes."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from actionplan.backups.progress import ProgressLines
from actionplan.backups.refusals import BackupRefused
from actionplan.backups.taking import back_up
from actionplan.django_edges import Handed
from actionplan.text import figure


class Command(BaseCommand):
    help = "Writes everything to one file, as it stands at one moment; people go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Handed, **options: Handed) -> None:
        try:
            manifest = back_up(options["file"], ProgressLines(self.stderr))
        except BackupRefused as refused:
            self.stderr.write(str(refused))
            sys.exit(1)
        self.stdout.write(
            _("%(file)s: %(rows)s rows of %(tables)s tables, written.")
            % {
                "file": options["file"],
                "rows": figure(manifest.rows),
                "tables": figure(len(manifest.parts)),
            }
        )
