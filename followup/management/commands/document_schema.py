"""`document_schema`: docs/document-schema.json, written from the types themselves."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from requirements_pkg.document.json_schema import written_schema

PATH = "docs/document-schema.json"


class Command(BaseCommand):
    help = "Writes docs/document-schema.json; --check only tells whether it is current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path, wanted = settings.BASE_DIR / PATH, written_schema()
        if not options["check"]:
            path.write_text(wanted)
            self.stdout.write(PATH)
        elif not path.exists() or path.read_text() != wanted:
            raise CommandError(f"{PATH} is old: run .venv/bin/python manage.py document_schema")
