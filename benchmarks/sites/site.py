"""The site as in production, on a temporary database, for the benchmarks of its pages."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from wsgiref.util import setup_testing_defaults

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection

from benchmarks.measuring.measure import ROOT

TRIVIAL = "/benchmark/trivial/"
REQUIREMENTS, AREA = "krav/", "risker/1/"
# Of each part of a package's page that is measured against rows, what it is called.
PARTS = {REQUIREMENTS: "requirements", AREA: "product area"}


@contextmanager
def empty_site(database: str = "") -> Iterator[Path]:
    """Django set up on a migrated, empty database; gives the folder that all of it is in.

    Args:
        database: the address of another database than a file in that folder.
    """
    with TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        os.environ |= {
            "DEBUG": "False",
            "SECRET_KEY": "0123456789abcdef" * 4,
            "DATABASE_URL": database or f"sqlite:///{folder}/site.sqlite3",
            "BENCHMARK_STATIC": str(folder / "static"),
            "DJANGO_SETTINGS_MODULE": "benchmarks.sites.settings",
        }
        django.setup()
        call_command("migrate", verbosity=0)
        yield folder


@contextmanager
def demo_site() -> Iterator[str]:
    """Make the demo with its static files collected, and yield the slug of its package."""
    from django.db import connection

    with empty_site():
        # Demo people are refused in production, so another process with DEBUG makes them.
        subprocess.run(
            [sys.executable, "manage.py", "seed_demo"],
            env=os.environ | {"DEBUG": "True", "DJANGO_SETTINGS_MODULE": "actionplan.settings"},
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        call_command("collectstatic", verbosity=0, interactive=False)
        from requirements_pkg.models import RequirementsPackage

        slug = RequirementsPackage.objects.values_list("slug", flat=True).get(plan__isnull=False)
        connection.close()
        yield slug


def statements_sent(work: Callable[[], Any]) -> int:
    """Count the statements that were sent, savepoints and BEGIN and COMMIT among them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def backend_time() -> float:
    """CPU seconds of the PostgreSQL process that answers this one."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def ours(slug: str, part: str) -> str:
    """Return the address of a part of the version in force."""
    return f"/kravpaket/{slug}/{part}"


def live(slug: str, part: str) -> str:
    """Return the address of the same part made from rows."""
    return f"/benchmark/live/{slug}/{part}"


class Browser:
    """Asks the site in this process, without a server and without a test client's own work."""

    def __init__(self) -> None:
        self.application = get_wsgi_application()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> bytes:
        """Ask for a page, and return the body of the answer as it is sent."""
        environ = {"HTTP_ACCEPT_ENCODING": "gzip", **(headers or {})}
        setup_testing_defaults(environ)
        # Added last: the defaults know no path, and Django refuses the host they name.
        path, _mark, query = path.partition("?")
        environ |= {"PATH_INFO": path, "HTTP_HOST": "127.0.0.1", "wsgi.input": BytesIO()}
        environ["QUERY_STRING"] = query
        status = ""

        def start_response(line: str, _headers: list[tuple[str, str]]) -> None:
            nonlocal status
            status = line

        response = self.application(environ, start_response)
        body = b"".join(response)
        response.close()
        if not status.startswith("200"):
            raise SystemExit(f"{path}: {status}")
        return body
