"""`send_invitations`: mails those who are asked to answer a consultation; for cron."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from actionplan.django_edges import Handed
from actionplan.text import figure
from requirements_pkg.actions.dialogue.invitations import send_invitations


class Command(BaseCommand):
    help = "Mails who is invited to answer a consultation, once, and once before the last day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tell, and send nothing")

    def handle(self, *args: Handed, **options: Handed) -> None:
        if not settings.SITE_ADDRESS:
            raise CommandError(
                _("SITE_ADDRESS is missing: set it to https://host, where links in mails lead.")
            )
        sent, failed = send_invitations(dry_run=options["dry_run"])
        if sent or failed:
            words = {"sent": figure(sent), "failed": figure(failed)}
            self.stdout.write(_("Consultations: %(sent)s mails, %(failed)s not sent.") % words)
        if failed:
            raise CommandError(_("Some mails could not be sent; the log says why."))
