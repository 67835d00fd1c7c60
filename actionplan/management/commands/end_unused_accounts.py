"""Makes people inactive who have not logged in for UNUSED_DAYS; for cron, beside the reminders."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from actionplan.accounts.people.unused import end_unused, unused
from actionplan.django_edges import Handed


class Command(BaseCommand):
    help = (
        "Makes people inactive who have not logged in for UNUSED_DAYS; --dry-run only tells whom."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Handed, **options: Handed) -> None:
        people = list(unused(timezone.now())) if options["dry_run"] else end_unused()
        for person in people:
            self.stdout.write(person.get_username())
        self.stdout.write(f"{len(people)} unused accounts")
