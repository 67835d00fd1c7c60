"""`export_workbook --output FILE`: the analysts' workbook, of all plans or of some."""

from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import mkstemp
from typing import Final

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from actionplan.django_edges import CommandOptions, Handed
from actionplan.models import ActionPlan, ChangeKind, ChangeLog, ProcurementRegion, User
from followup.models import FollowUp
from followup.workbook import WorkbookFilters
from followup.workbook.writing import workbook

READ_BY_ALL: Final = 0o644


class Command(BaseCommand):
    help = "Writes the analysts' workbook to a file, and tells on stderr how far it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, required=True)
        parser.add_argument("--plan", action="append", default=[], metavar="SLUG")
        parser.add_argument("--region", default="", metavar="CODE")
        parser.add_argument("--from", dest="first_day", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--to", dest="last_day", type=date.fromisoformat, metavar="DATE")
        parser.add_argument(
            "--confidential", action="store_true", help="what only --as may see, too"
        )
        parser.add_argument("--as", dest="username", metavar="USERNAME")

    def handle(self, *args: Handed, **options: Handed) -> None:
        if options["confidential"] and not options["username"]:
            raise CommandError("--confidential needs --as USERNAME: somebody who may see it.")
        person = _person(options["username"])
        try:
            pieces = workbook(
                _filters(options),
                by=person,
                confidential=options["confidential"],
                progress=self._tell,
            )
        except PermissionDenied as error:
            raise CommandError(str(error) or "This person exports nothing.") from error
        output: Path = options["output"]
        if not output.name or output.is_dir():
            raise CommandError(f"{output}: name a file.")
        if options["confidential"]:
            _tell_log(options, by=person)
        try:
            _write(pieces, output, for_all=not options["confidential"])
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        self.stdout.write(str(output))

    def _tell(self, sheet: str, rows: int) -> None:
        self.stderr.write(f"{sheet}: {rows}")


def _write(pieces: Iterable[bytes], output: Path, *, for_all: bool) -> None:
    """Write a file, which nobody ever finds half of; what is not for all is for its owner."""
    # A file of its own beside it: never through a link, and never into what somebody keeps there.
    descriptor, name = mkstemp(prefix=f".{output.name}.", suffix=".part", dir=output.parent)
    half = Path(name)
    try:
        with open(descriptor, "wb") as file:
            file.writelines(pieces)
        if for_all:
            half.chmod(READ_BY_ALL)
        half.replace(output)
    finally:
        half.unlink(missing_ok=True)


def _tell_log(options: dict[str, object], *, by: User | None) -> None:
    """Write who took out what is confidential."""
    names = ("plan", "region", "first_day", "last_day")
    given = ", ".join(f"{name}: {options[name]}" for name in names if options[name])
    detail = {"page": "export_workbook", "filter": given}
    ChangeLog.objects.access(FollowUp, ChangeKind.EXPORTED, detail, by=by)


def _filters(options: CommandOptions) -> WorkbookFilters:
    slugs, region = options["plan"], options["region"].upper()
    known = set(ActionPlan.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if unknown := [slug for slug in slugs if slug not in known]:
        raise CommandError(f"There is no plan “{unknown[0]}”.")
    if region and not ProcurementRegion.objects.filter(code=region).exists():
        raise CommandError(f"There is no procurement region “{region}”.")
    first, last = options["first_day"], options["last_day"]
    if first and last and last < first:
        raise CommandError("The period ends before it begins.")
    return WorkbookFilters(tuple(slugs), region, first, last)


def _person(username: str | None) -> User | None:
    if username is None:
        return None
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active user “{username}”.")
    return user
