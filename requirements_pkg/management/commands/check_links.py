"""`check_links [FILE]`: note which web addresses of sources answer, as a file says.

Nothing is fetched from here: another program asks the addresses, and writes those that answer.
"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.django_edges import Handed
from actionplan.text import figure
from requirements_pkg.models import LinkCheck, RequirementSource, RequirementState


class Command(BaseCommand):
    help = (
        "Without a file: writes the web addresses of all sources, one a line. With one: notes "
        "that the addresses in it (one a line) answer, and that the others do not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answering", nargs="?", type=Path)

    def handle(self, *args: Handed, **options: Handed) -> None:
        addresses = _addresses()
        if options["answering"] is None:
            for address in addresses:
                self.stdout.write(address)
            return
        answering = set(_lines(options["answering"])) & set(addresses)
        # A file of nothing is a network that was down, rather than a world without addresses.
        if addresses and not answering:
            raise CommandError(_("No address in the file is that of a source. Nothing is noted."))
        with transaction.atomic():
            LinkCheck.objects.note(addresses, answering, timezone.now())
        numbers = {"good": figure(len(answering)), "bad": figure(len(addresses) - len(answering))}
        self.stdout.write(_("Answer: %(good)s. Do not answer: %(bad)s.") % numbers)


def _addresses() -> list[str]:
    """Return the addresses of the sources of requirements that are in force."""
    rows = RequirementSource.objects.exclude(url="")
    rows = rows.filter(requirement__state=RequirementState.ACTIVE)
    return sorted(set(rows.values_list("url", flat=True)))


def _lines(path: Path) -> list[str]:
    """Return the lines of a file.

    Raises:
        CommandError: it cannot be read.
    """
    try:
        return [line.strip() for line in path.read_text().splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(_("%(file)s cannot be read.") % {"file": path}) from error
