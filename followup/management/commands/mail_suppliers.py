"""`mail_suppliers`: mails suppliers the page for their answers, and reminds them; for cron."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from actionplan.django_edges import Handed
from actionplan.text import figure
from followup.actions.answering.mails import mail_suppliers


class Command(BaseCommand):
    help = (
        "Mails suppliers the page for their answers, once, and reminds before and after the day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tell, and send nothing")

    def handle(self, *args: Handed, **options: Handed) -> None:
        if not settings.SITE_ADDRESS:
            raise CommandError(
                _("SITE_ADDRESS is missing: set it to https://host, where links in mails lead.")
            )
        sent, failed = mail_suppliers(dry_run=options["dry_run"])
        if sent or failed:
            words = {"sent": figure(sent), "failed": figure(failed)}
            self.stdout.write(_("Suppliers: %(sent)s mails, %(failed)s not sent.") % words)
        if failed:
            raise CommandError(_("Some mails could not be sent; the log says why."))
