"""Django's `compilemessages` without GNU gettext, which a bare machine does not have."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from actionplan.django_edges import Handed


class Command(BaseCommand):
    help = "Compiles locale/*/LC_MESSAGES/django.po to the .mo files that are kept beside them."
    requires_system_checks = []

    def handle(self, *args: Handed, **options: Handed) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                target, compiled = source.with_suffix(".mo"), polib.pofile(str(source)).to_binary()
                if not target.exists() or target.read_bytes() != compiled:
                    target.write_bytes(compiled)
                    self.stdout.write(f"{target} compiled")
