"""Helps somebody in who has lost what the second step of the log-in needs."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actionplan.accounts.entering.removing import remove_factors
from actionplan.django_edges import Handed
from actionplan.models import User


class Command(BaseCommand):
    help = "Removes the second step of a person's log-in; they choose a new one at the next."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Handed, **options: Handed) -> None:
        person = User.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError("There is nobody with this user name.")
        remove_factors(person, by=None)
        self.stdout.write(f"{person} logs in with the password alone and chooses a second step.")
