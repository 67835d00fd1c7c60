"""`seed_demo`: an empty database becomes a demo, a used one stays as it is."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from actionplan.models import ActionPlan, Membership, Organisation, Role, User
from examples import national
from examples.demo.follow_up import follow_up_example
from examples.demo.versions import publish_example
from followup.models import Deviation, FollowUp
from requirements_pkg.models import PackageVersion, Requirement
from requirements_pkg.published import stored_facts
from requirements_pkg.searching import indexing
from risks.importing.plans import import_plan
from risks.models import RiskStatement

EXAMPLE = "examples/handlingsplan-it-teknisk-plattform.docx"
# Fixed on purpose: it is printed on the screen, and refused outside DEBUG.
PASSWORD = "kravkedjan-demo"  # noqa: S105
PEOPLE = {
    "samordnare": (Role.COORDINATOR, "Sam", "Ordnare"),
    "granskare": (Role.REVIEWER, "Gro", "Granskare"),
    "analytiker": (Role.ANALYST, "Ana", "Lytiker"),
    "administrator": (Role.ADMINISTRATOR, "Ada", "Ministrator"),
    "regionadministrator": (Role.REGION_ADMINISTRATOR, "Reg", "Ministrator"),
    "sekretariat": (Role.SECRETARIAT, "Sekre", "Tariat"),
}


class Command(BaseCommand):
    help = "Migrates, and fills an empty database with the example packages and demo people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="print the addresses of a server there")
        parser.add_argument(
            "--national", action="store_true", help="and made-up plans of all procurement regions"
        )
        parser.add_argument(
            "--small", action="store_true", help="of these only some, for a quick look"
        )

    def handle(self, *args: object, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo people have a known password: only with DEBUG=True.")
        call_command("migrate", verbosity=0, skip_checks=False)
        if ActionPlan.objects.exists() or User.objects.exists():
            if options["national"]:
                self.stdout.write("The database is in use: what is in it stays as it is.")
        else:
            self._seed(national=options["national"], small=options["small"])
        # Also what somebody stopped us from indexing the last time, or an older demo lacks.
        stored_facts.catch_up()
        indexing.catch_up()
        if options["port"]:
            self._tell(f"http://127.0.0.1:{options['port']}")

    @transaction.atomic
    def _seed(self, *, national: bool, small: bool) -> None:
        """Make everything, or nothing: whoever stops it begins anew the next time."""
        people = {name: _person(name, *facts) for name, facts in PEOPLE.items()}
        example = Path(settings.BASE_DIR / EXAMPLE)
        outcome = import_plan(
            example.read_bytes(), file_name=example.name, by=people["samordnare"]
        )
        two = {"by": people["samordnare"], "approved_by": people["granskare"]}
        publish_example(plan=outcome.plan, **two)
        follow_up_example(plan=outcome.plan, **two)
        if national:
            self._make_nation(small=small)

    def _make_nation(self, *, small: bool) -> None:
        progress = national.Progress(self.stdout)
        sizes = national.SMALL if small else national.FULL
        national.make_nation(sizes, until=timezone.localdate(), progress=progress)
        counted = (ActionPlan, RiskStatement, Requirement, PackageVersion, FollowUp, Deviation)
        progress.end(
            ", ".join(
                f"{model.objects.count():,} {model._meta.verbose_name_plural}" for model in counted
            )
        )

    def _tell(self, address: str) -> None:
        self.stdout.write(f"\n{settings.SITE_NAME}\n  {address}/")
        for slug in PackageVersion.objects.in_force().values_list("package__slug", flat=True):
            self.stdout.write(f"  {address}/kravpaket/{slug}/")
        self.stdout.write(f"  {address}/admin/")
        for member in Membership.objects.filter(user__username__in=PEOPLE).select_related("user"):
            role = member.get_role_display()
            self.stdout.write(f"    {member.user.username} / {PASSWORD}  ({role})")
        self.stdout.write("")


def _person(name: str, role: Role, first: str, last: str) -> User:
    # An address that reaches nobody, so that reminders have somewhere to go.
    address = f"{name}@example.org"
    user = User.objects.create_user(name, address, PASSWORD, first_name=first, last_name=last)
    region = Organisation.objects.get(code="stockholm")
    Membership.objects.create(user=user, organisation=region, role=role)
    return user
