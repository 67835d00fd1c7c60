"""`send_announcements`: mails subscribers of what was published; for cron, as reminders are."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from actionplan.django_edges import Handed
from actionplan.text import figure
from requirements_pkg.actions.dialogue.announcements import announce
from requirements_pkg.actions.dialogue.selection_mails import tell_buyers
from requirements_pkg.tender.selected.news import changes_since


class Command(BaseCommand):
    help = (
        "Tells subscribers by mail, once, of each version that was published in two weeks, and "
        "buyers of what became of their selections."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tell, and send nothing")

    def handle(self, *args: Handed, **options: Handed) -> None:
        if not settings.SITE_ADDRESS:
            raise CommandError(
                _("SITE_ADDRESS is missing: set it to https://host, where links in mails lead.")
            )
        outcome = announce(dry_run=options["dry_run"])
        for version, (sent, failed) in outcome.items():
            words = {"version": version, "sent": figure(sent), "failed": figure(failed)}
            self.stdout.write(_("%(version)s: %(sent)s mails, %(failed)s not sent.") % words)
        sent, failed = tell_buyers(changes_since, dry_run=options["dry_run"])
        if sent or failed:
            words = {"sent": figure(sent), "failed": figure(failed)}
            self.stdout.write(_("Selections: %(sent)s mails, %(failed)s not sent.") % words)
        if failed or any(missed for _sent, missed in outcome.values()):
            raise CommandError(_("Some mails could not be sent; the log says why."))
