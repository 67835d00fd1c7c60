"""A database that two connections really write to, and somebody who logs in at the second one.

The tests' own database is in memory on SQLite, and nothing in it is ever committed: there nobody
waits. Here it is copied, with what the migrations put into it, to a file or to another database of
the server.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import process_time
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import update_last_login
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, connections

from actionplan.models import User

# Between two log-ins, in seconds.
PAUSE = 0.005


class OwnDatabase:
    """A copy of the tests' database as it was migrated; make it between tests."""

    def __init__(self, folder: Path) -> None:
        ours = connections["default"]
        self.is_file = ours.vendor == "sqlite"
        self.name = str(folder / "own.sqlite3") if self.is_file else f"own_{uuid4().hex}"
        if self.is_file:
            with ours.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [self.name])
        else:
            before = ours.settings_dict["NAME"]
            # Nobody may be connected to what is copied.
            ours.close()
            self._tell(f'CREATE DATABASE "{self.name}" TEMPLATE "{before}"')

    @contextmanager
    def in_use(self, **options: Any) -> Iterator[None]:
        """Let everybody who connects meet it, with more options of a connection."""
        ours, settings = connections["default"], connections.settings["default"]
        before = dict(settings)
        settings |= {"NAME": self.name, "OPTIONS": settings["OPTIONS"] | options}
        connections["default"] = connections.create_connection("default")
        try:
            yield
        finally:
            connections["default"].close()
            settings |= before
            connections["default"] = ours

    def drop(self) -> None:
        """Take it away, where it is no file."""
        if not self.is_file:
            self._tell(f'DROP DATABASE "{self.name}"')

    def _tell(self, statement: str) -> None:
        with connections["default"]._nodb_cursor() as cursor:
            cursor.execute(statement)


def log_in(person: User) -> None:
    """Write what a log-in writes."""
    update_last_login(None, person)
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session.create()


class Waiting(Thread):
    """Somebody who logs in again and again at a connection of her own.

    How long she waits is counted in what the process works meanwhile: on a busy machine a wait may
    take any time by the clock.
    """

    def __init__(self, person: User) -> None:
        super().__init__(daemon=True)
        self.person, self.waits = person, list[float]()
        self.failure: DatabaseError | None = None
        self._began, self._enough = Event(), Event()

    def run(self) -> None:
        try:
            while not self._enough.is_set():
                before = process_time()
                log_in(self.person)
                self.waits.append(process_time() - before)
                self._began.set()
                self._enough.wait(PAUSE)
        except DatabaseError as error:
            self.failure = error
        finally:
            self._began.set()
            connections.close_all()

    @contextmanager
    def beside(self) -> Iterator[list[float]]:
        """Let her log in while something is done; afterwards the waits are there."""
        self.start()
        self._began.wait()
        self.waits.clear()
        try:
            yield self.waits
        finally:
            self._enough.set()
            self.join()
        if self.failure is not None:
            raise self.failure
