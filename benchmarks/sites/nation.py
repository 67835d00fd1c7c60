"""The small demo and the national one on PostgreSQL, for the benchmarks of size.

The national one takes minutes to fill. Where BENCHMARK_SMALL or BENCHMARK_NATIONAL is the address
of a database that `make run` or `make demo-national` has filled, that is asked, as it is.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg

from benchmarks.measuring.measure import ROOT
from benchmarks.sites.databases import postgres

SMALL, NATIONAL = "small", "national"


@contextmanager
def demos(*names: str) -> Iterator[Mapping[str, str]]:
    """Yield the addresses of demos by their names, each in a database of its own."""
    named = {name: os.environ.get(f"BENCHMARK_{name.upper()}", "") for name in names}
    given = {name: address for name, address in named.items() if address}
    missing = [name for name in names if name not in given]
    with postgres() if missing else nullcontext("") as server:
        yield given | {name: _made(server, name) for name in missing}


def _made(server: str, name: str) -> str:
    """Create a database, fill it with a demo, and return its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    address = urlsplit(server)._replace(path=f"/{name}").geturl()
    options = ["--national"] if name == NATIONAL else []
    subprocess.run(
        [sys.executable, "manage.py", "seed_demo", *options],
        env=os.environ | {"DEBUG": "True", "DATABASE_URL": address},
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return address


@contextmanager
def production(address: str) -> Iterator[Path]:
    """Set the environment for the site as in production on a database, its static files too."""
    with TemporaryDirectory(prefix="benchmark-static-") as name:
        before = dict(os.environ)
        os.environ |= {
            "DEBUG": "False",
            "SECRET_KEY": "0123456789abcdef" * 4,
            "DATABASE_URL": address,
            "BENCHMARK_STATIC": name,
            "DJANGO_SETTINGS_MODULE": "benchmarks.sites.settings",
        }
        try:
            subprocess.run(
                [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"],
                cwd=ROOT,
                check=True,
            )
            yield Path(name)
        finally:
            os.environ.clear()
            os.environ |= before


def addresses() -> dict[str, str]:
    """Return an address of each type of public page, for the package with most requirements."""
    from requirements_pkg.models import PackageVersion

    rows = PackageVersion.objects.in_force().filter(package__plan__isnull=False)
    slug, marks = max(
        rows.values_list("package__slug", "facts__requirements"), key=lambda row: len(row[1])
    )
    _place, code, _mark = min(marks.values())
    return {
        "start": "/",
        "packages": "/kravpaket/",
        "feed": "/flode/",
        "status": "/uppfoljning/",
        "its plan page": f"/uppfoljning/{slug}/",
        "overview": "/uppfoljning/oversikt/",
        "requirement": f"/kravpaket/{slug}/krav/{code}/",
        "search": "/sok/?q=energi",
        "largest package": f"/kravpaket/{slug}/",
        "its requirements": f"/kravpaket/{slug}/krav/",
        "its coverage map": f"/kravpaket/{slug}/risker/",
        "its product area": f"/kravpaket/{slug}/risker/1/",
        "its goals": f"/kravpaket/{slug}/mal/",
    }
