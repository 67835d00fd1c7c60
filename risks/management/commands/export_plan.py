"""`export_plan SLUG --format docx|json|xlsx|txt --output FILE`: a plan as it stands now."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from actionplan.django_edges import Handed
from actionplan.models import ActionPlan
from risks.exporting.document import FORMATS, plan_file


class Command(BaseCommand):
    help = "Writes an action plan, drafts included, to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *args: Handed, **options: Handed) -> None:
        plan = ActionPlan.objects.with_head().filter(slug=options["slug"]).first()
        if plan is None:
            raise CommandError(f"There is no plan “{options['slug']}”.")
        try:
            options["output"].write_bytes(plan_file(plan, options["format"]))
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from error
        self.stdout.write(str(options["output"]))
