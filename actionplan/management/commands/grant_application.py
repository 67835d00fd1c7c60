"""`grant_application ROLE`: let the server's role of PostgreSQL read and write rows alone."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from actionplan.audit.application_role import UnfitRole, grant
from actionplan.django_edges import Handed


class Command(BaseCommand):
    help = (
        "Lets a role of PostgreSQL read and write rows of all tables, and nothing else; makes it "
        "where there is none. Run it as the owner of the tables, after each migrate."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role")
        parser.add_argument(
            "--password", action="store_true", help="read the role's password from standard input"
        )

    def handle(self, *args: Handed, **options: Handed) -> None:
        role, password = options["role"], ""
        if connection.vendor != "postgresql":
            raise CommandError(_("Only PostgreSQL has roles. Name it in DATABASE_URL."))
        if options["password"] and not (password := sys.stdin.readline().rstrip("\n")):
            raise CommandError(_("Write the password on standard input."))
        try:
            with transaction.atomic():
                grant(role, password=password)
        except UnfitRole as error:
            sentence = _(
                "%(role)s owns tables, or may do more in another way. Name another role: the "
                "server is to run as one that can switch nothing off."
            )
            raise CommandError(sentence % {"role": role}) from error
        self.stdout.write(_("%(role)s reads and writes rows, and no more.") % {"role": role})
