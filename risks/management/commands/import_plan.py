"""`import_plan FILE`: a region's Word document or text becomes a plan."""

import json
import shlex
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from actionplan.django_edges import Handed
from actionplan.processes.uploads import FileRefused
from actionplan.text import typed
from actionplan.word.document import Problem, ProblemKind, WordPlace
from risks.importing.asking.answers import Answers
from risks.importing.asking.owners import RefusedImport
from risks.importing.plans import ImportOutcome, OvertakenImport, import_plan, unclear_category
from risks.importing.problems import place_text, remark, sentence


class Command(BaseCommand):
    help = "Imports an action plan from a .docx or a tab-separated text; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="tell, and store nothing")
        parser.add_argument("--json", action="store_true", help="tell it to a program")

        parser.add_argument(
            "--category",
            type=typed,
            default="",
            metavar="NAME",
            help="the purchasing category, where the document's own is nearly a stored one",
        )
        parser.add_argument(
            "--same",
            action="append",
            default=[],
            metavar="KEY",
            help="a question of --dry-run, answered with: they are the same",
        )

        parser.add_argument(
            "--replaces",
            action="append",
            default=[],
            metavar="KEY=TEXT",
            help="a question of --dry-run, answered with: this new text replaces the old one",
        )

    def handle(self, *args: Handed, **options: Handed) -> None:
        file: Path = options["file"]
        try:
            data = file.read_bytes()
        except OSError as error:
            self._fail([f"{file}: {error.strerror}"])
        pairs = dict(words.partition("=")[::2] for words in options["replaces"])
        answers = Answers(options["category"], frozenset(options["same"]), replaced=pairs)
        dry_run = options["dry_run"]
        try:
            outcome = import_plan(
                data, file_name=file.name, by=None, dry_run=dry_run, answers=answers
            )
            if outcome.near_categories and not answers.category:
                raise RefusedImport((unclear_category(outcome),))
        except OvertakenImport:
            text = _("Somebody else changed the plan at the same moment. Try again.")
            self._fail([f"{file}: {text}"])
        except FileRefused as refused:
            self._fail([f"{file}: {place_text(WordPlace())}: {refused}"])
        except RefusedImport as refused:
            self._fail([f"{file}: {place_text(p.place)}: {_sentence(p)}" for p in refused.faults])
        if options["json"]:
            report = as_json(outcome, dry_run=dry_run)
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self._tell(outcome, dry_run=dry_run)

    def _fail(self, lines: list[str]) -> None:
        # One line per fault and nothing else: other programs read them.
        for line in lines:
            self.stderr.write(line)
        raise SystemExit(1)

    def _tell(self, outcome: ImportOutcome, *, dry_run: bool) -> None:
        for line in outcome.changes.lines():
            self.stdout.write(line)
        for note in outcome.notes:
            self.stdout.write(f"{place_text(note.place)}: {remark(note)}")
        for problem in outcome.not_understood:
            self.stdout.write(f"{place_text(problem.place)}: {sentence(problem)}")
        self.stdout.write(outcome.changes.summary(outcome.plan.slug, dry_run=dry_run))


def _sentence(problem: Problem) -> str:
    """Say what is wrong, and how the command is told what was meant."""
    words = sentence(problem)
    if problem.what == ProblemKind.CATEGORY_UNCLEAR:
        words += f" --category {shlex.quote(problem.near[0])} | {shlex.quote(problem.words)}"
    return words


def as_json(outcome: ImportOutcome, *, dry_run: bool) -> dict[str, object]:
    """Return an import's outcome for programs."""
    return {
        "slug": outcome.plan.slug,
        "created": outcome.created,
        "dry_run": dry_run,
        "understood": outcome.understood,
        "changes": [
            {
                "kind": str(change.kind),
                "where": change.where,
                "before": change.before,
                "after": change.after,
            }
            for change in outcome.changes
        ],
        "kept": [
            {"where": kept.where, "text": kept.text, "holders": list(kept.holders)}
            for kept in outcome.changes.kept
        ],
        "questions": [asdict(question) for question in outcome.changes.questions],
        "replacements": [asdict(question) for question in outcome.changes.replacements],
        "read_as": [
            {
                "place": place_text(note.place),
                "what": str(note.what),
                "words": note.words,
                "read_as": note.read_as,
            }
            for note in outcome.notes
        ],
        "not_understood": [
            {"place": place_text(p.place), "what": str(p.what), "words": p.words}
            for p in outcome.not_understood
        ],
        "plan": outcome.document.to_json(),
    }
