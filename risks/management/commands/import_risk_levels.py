"""`import_risk_levels FILE --plan SLUG --area N`: the levels of a national risk analysis."""

from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.django_edges import Handed
from actionplan.models import ProductArea
from actionplan.processes.uploads import FileRefused
from actionplan.text import typed
from risks.importing.levels import AGENCY, LevelOutcome, import_risk_levels, preview_risk_levels
from risks.importing.problems import level_place, level_sentence
from risks.levels import MOST, LevelFault, LevelProblem, RefusedLevels

# UTF-8 has four bytes at most for a character; what is larger is not even read.
MOST_BYTES = 4 * MOST
NOWHERE = LevelProblem(LevelFault.NOT_UNDERSTOOD)


class Command(BaseCommand):
    help = (
        "Sets the risk levels of a product area from a national risk analysis, saved as text; "
        "all of them or none, and nothing else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--plan", required=True, metavar="SLUG")
        parser.add_argument("--area", required=True, type=int, metavar="N")
        parser.add_argument("--dry-run", action="store_true", help="tell, and store nothing")
        parser.add_argument(
            "--source",
            type=typed,
            default=AGENCY,
            metavar="URL",
            help=f"the analysis' address ({AGENCY})",
        )
        parser.add_argument(
            "--dated",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="when it was made or read (the day the file was saved)",
        )

    def handle(self, *args: Handed, **options: Handed) -> None:
        file, slug, number = options["file"], options["plan"], options["area"]
        try:
            text, saved = _read(file)
        except OSError as error:
            self._fail([f"{file}: {error.strerror}"])
        except RefusedLevels as refused:
            self._fail(_sentences(file, refused))
        area = ProductArea.objects.filter(plan__slug=slug, number=number).first()
        if area is None:
            sentence = _("The plan “%(plan)s” has no product area %(number)s.")
            self._fail([f"{file}: " + sentence % {"plan": slug, "number": number}])
        dated = options["dated"] or saved
        run = preview_risk_levels if options["dry_run"] else import_risk_levels
        try:
            outcome = run(area=area, text=text, source=options["source"], dated=dated, by=None)
        except RefusedLevels as refused:
            self._fail(_sentences(file, refused))
        except FileRefused as refused:
            self._fail([f"{file}: {level_place(NOWHERE)}: {refused}"])
        self._tell(outcome, slug, dry_run=options["dry_run"])

    def _fail(self, lines: list[str]) -> NoReturn:
        # One line per fault and nothing else: other programs read them.
        for line in lines:
            self.stderr.write(line)
        raise SystemExit(1)

    def _tell(self, outcome: LevelOutcome, slug: str, *, dry_run: bool) -> None:
        for line in outcome.changes.lines():
            self.stdout.write(line)
        for problem in outcome.analysis.not_understood:
            self.stdout.write(f"{level_place(problem)}: {level_sentence(problem)}")
        self.stdout.write(outcome.changes.summary(slug, dry_run=dry_run))


def _read(file: Path) -> tuple[str, date]:
    """Return the text of a file, and the day it was saved.

    Raises:
        RefusedLevels: it is too large, or no text.
    """
    about = file.stat()
    if about.st_size > MOST_BYTES:
        raise RefusedLevels([LevelProblem(LevelFault.TOO_LARGE)])
    saved = datetime.fromtimestamp(about.st_mtime, tz=timezone.get_current_timezone()).date()
    try:
        # Line ends as they are, so that lines are counted in one place.
        return file.read_bytes().decode("utf-8-sig"), min(saved, timezone.localdate())
    except UnicodeDecodeError as error:
        raise RefusedLevels([LevelProblem(LevelFault.NOT_TEXT)]) from error


def _sentences(file: Path, refused: RefusedLevels) -> list[str]:
    return [f"{file}: {level_place(p)}: {level_sentence(p)}" for p in refused.problems]
