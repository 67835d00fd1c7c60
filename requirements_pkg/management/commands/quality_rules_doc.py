"""`quality_rules_doc`: docs/quality-rules.md, written from the rules themselves."""

from argparse import ArgumentParser
from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from actionplan.django_edges import Handed
from requirements_pkg.drafting.quality_case import RuleSeverity
from requirements_pkg.drafting.quality_rules import RULES

PATH = "docs/quality-rules.md"
HEAD = """# Quality rules

Written from `requirements_pkg/drafting/quality_rules.py` by
`.venv/bin/python manage.py quality_rules_doc`; a test keeps it current. The rules run over the
draft of a package, and are shown on its page and on its plan's. An error stops a draft from being
sent for approval and from being published. A number is never given to another rule.
"""
TITLES = {
    RuleSeverity.ERROR: "Errors",
    RuleSeverity.WARNING: "Warnings",
    RuleSeverity.ADVICE: "Advice",
}


class Command(BaseCommand):
    help = "Writes docs/quality-rules.md; --check only tells whether it is current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Handed, **options: Handed) -> None:
        path = settings.BASE_DIR / PATH
        wanted = "\n".join(_lines()) + "\n"
        if not options["check"]:
            path.write_text(wanted)
            self.stdout.write(f"{PATH}: {len(RULES)} rules")
        elif not path.exists() or path.read_text() != wanted:
            raise CommandError(f"{PATH} is old: run .venv/bin/python manage.py quality_rules_doc")


def _lines() -> Iterator[str]:
    yield HEAD.rstrip()
    for severity, title in TITLES.items():
        yield f"\n## {title}\n"
        yield "| Number | Rule | As it is said in Swedish |"
        yield "|---|---|---|"
        for rule in RULES:
            if rule.severity == severity:
                sentences = []
                for language in ("en", "sv"):
                    with override(language):
                        sentences.append(str(rule.sentence))
                yield f"| {rule.number} | {sentences[0]} | {sentences[1]} |"
