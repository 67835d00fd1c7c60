"""Databases from before the first release are told from those that can be brought over."""

from collections.abc import Sequence
from typing import Final

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from actionplan.django_edges import Handed

# Every database had one of them until the migrations were written anew for the last time.
OLD: Final = {
    ("followup", name)
    for name in (
        "0001_contracts_and_follow_ups",
        "0001_follow_up",
        "0001_follow_up_tables",
        "0001_initial",
        "0001_tables",
        "0001_tables_of_follow_up",
        "0001_what_is_followed_up",
    )
}


def refuse_older(*, databases: Sequence[str] | None = None, **given: Handed) -> list[CheckMessage]:
    """Return an error for each database whose migrations are those from before the release."""
    return [
        Error(
            "This database was made before the first release, and its tables cannot be "
            "brought over.",
            hint="Begin with an empty one: `make remove-data`, or another DATABASE_URL.",
            id="actionplan.E001",
        )
        for name in databases or ()
        if OLD & MigrationRecorder(connections[name]).applied_migrations().keys()
    ]
