"""`send_reminders`: tells people by mail what is due; for cron, once a day."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from actionplan.django_edges import CommandOptions, Handed
from followup.reminders.sending import SendingOutcome, remind


class Command(BaseCommand):
    help = "Tells each person once, in one mail, what is due or overdue since 1, 7 or 30 days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tell, and send nothing")
        parser.add_argument("--today", type=_day, metavar="DATE", help="as of a day: 2026-03-16")

    def handle(self, *args: Handed, **options: Handed) -> None:
        if not settings.SITE_ADDRESS:
            raise CommandError(
                "SITE_ADDRESS is missing: set it to https://host, where links in mails lead."
            )
        today = options["today"] or timezone.localdate()
        outcome = remind(today=today, dry_run=options["dry_run"])
        self._tell(outcome, options)
        if outcome.failed:
            raise CommandError(f"{_count(len(outcome.failed), 'mail')} could not be sent.")

    def _tell(self, outcome: SendingOutcome, options: CommandOptions) -> None:
        """Tell how many; a dry run and a talkative one also say for whom, and never of what."""
        is_dry = options["dry_run"]
        if is_dry or options["verbosity"] > 1:
            for user, number in outcome.sent.items():
                self.stdout.write(f"{user.get_username()}: {_count(number, 'item')}")
        verb = "Would send" if is_dry else "Sent"
        mails, items = _count(len(outcome.sent), "mail"), _count(outcome.items, "item")
        self.stdout.write(f"{verb} {mails} with {items}.")


def _day(text: str) -> date:
    """Return a day as it is written in a command.

    Raises:
        ArgumentTypeError: no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no day: write 2026-03-16.") from error


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
