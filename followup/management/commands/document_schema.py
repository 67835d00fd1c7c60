"""`document_schema`: the JSON Schemas in docs/, written from the types themselves."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from actionplan.django_edges import Handed
from followup.report.json_schema import report_schema
from requirements_pkg.document.json_schema import json_schema, written_schema


class Command(BaseCommand):
    help = (
        "Writes docs/document-schema.json and docs/report-schema.json; --check only tells whether "
        "they are current."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Handed, **options: Handed) -> None:
        schemas = {"document": json_schema(), "report": report_schema()}
        for name, schema in schemas.items():
            place = f"docs/{name}-schema.json"
            path, wanted = settings.BASE_DIR / place, written_schema(schema)
            if not options["check"]:
                path.write_text(wanted)
                self.stdout.write(place)
            elif not path.exists() or path.read_text() != wanted:
                raise CommandError(
                    f"{place} is old: run .venv/bin/python manage.py document_schema"
                )
