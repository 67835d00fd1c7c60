"""`publish_package SLUG`: the draft becomes the next version."""

from argparse import ArgumentParser

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from actionplan.django_edges import Handed
from actionplan.models import ActionPlan, User
from actionplan.text import typed
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import RequirementsPackage
from requirements_pkg.searching import indexing


class Command(BaseCommand):
    help = "Publishes a package as two people would: one asks, another approves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--by", required=True, metavar="USER")
        parser.add_argument("--approved-by", required=True, metavar="USER")
        parser.add_argument("--note", type=typed, required=True, metavar="TEXT")
        parser.add_argument(
            "--names-stand",
            type=typed,
            default="",
            metavar="REASON",
            help="why words may stand that may name a supplier or a contract",
        )

    def handle(self, *args: Handed, **options: Handed) -> None:
        by, approved_by = (_user(options[name]) for name in ("by", "approved_by"))
        try:
            version = publish(
                package=_package(options["slug"]),
                by=by,
                approved_by=approved_by,
                note=options["note"],
                names_stand=options["names_stand"],
            )
            indexing.catch_up(version)
        except PermissionDenied as error:
            raise CommandError(
                "Only a coordinator of the plan's procurement region publishes it, and only "
                "another person, a reviewer there, approves it."
            ) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{version.package.slug} v{version.number} {version.sha256}")


def _user(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no user “{name}”.")
    return user


def _package(slug: str) -> RequirementsPackage:
    """Return the package at an address, or that of the plan there, made if it has none."""
    package = RequirementsPackage.objects.filter(slug=slug).first()
    if package is not None:
        return package
    plan = ActionPlan.objects.with_head().filter(slug=slug).first()
    if plan is None:
        raise CommandError(f"There is no package or plan “{slug}”.")
    return package_of(plan)
