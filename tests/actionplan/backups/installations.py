"""Installations of their own: what is in one, a backup of one, and `manage.py` run on one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import connection, connections
from django.utils.http import urlencode

from actionplan.backups.tables import backup_tables
from tests.kept import rows_of
from tests.second_writer import OwnDatabase

Everything = dict[str, list[str]]


class BareDatabase(OwnDatabase):
    """A database that nobody has migrated yet."""

    def __init__(self, folder: Path) -> None:
        self.is_file = connections["default"].vendor == "sqlite"
        name = f"bare_{uuid4().hex}"
        self.name = str(folder / f"{name}.sqlite3") if self.is_file else name
        if not self.is_file:
            self._tell(f'CREATE DATABASE "{self.name}"')


def everything() -> Everything:
    """Return each row of each table of a backup as SQL writes it, whatever Django makes of it.

    Types of rows have other keys in each database; of the one table that names them, the words.
    """
    tables = [table.model._meta.db_table for table in backup_tables()]
    rows = {table: sorted(rows_of(table).values()) for table in tables}
    named = LogEntry.objects.order_by("pk").values_list("pk", "content_type__model", "object_repr")
    return rows | {LogEntry._meta.db_table: list(map(repr, named))}


def address_of(database: OwnDatabase) -> str:
    """Return what DATABASE_URL says for it."""
    if database.is_file:
        return f"sqlite:///{database.name}"
    given = connection.settings_dict
    place = urlencode(
        {"host": given["HOST"], **({"port": given["PORT"]} if given["PORT"] else {})}
    )
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@/{database.name}?{place}"


def managed(address: str, *arguments: object, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, or a piece of code with its arguments."""
    beginning = ["-c", code] if code else ["manage.py"]
    return subprocess.run(
        [sys.executable, *beginning, *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DEBUG": "True", "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )


def output_of(*command: object) -> str:
    """Return what a command that does its work tells."""
    out = StringIO()
    call_command(*map(str, command), stdout=out, stderr=StringIO())
    return out.getvalue()


def refused(*command: object) -> str:
    """Return the one sentence with which a command gives up, after how far it came."""
    errors = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(*map(str, command), stdout=StringIO(), stderr=errors)
    assert ended.value.code == 1
    *_progress, sentence = errors.getvalue().splitlines()
    return sentence


@contextmanager
def other_writer() -> Iterator[object]:
    """Return somebody's own connection to the database in use, for what is stored at once."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            yield cursor
    finally:
        other.close()
