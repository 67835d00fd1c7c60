"""The sites that are broken: one with a plan in work, and one into which a backup is restored."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests.faults.site import FaultSite, furnish

# How many of each kind; the suite tries some, `python -m tests.faults` hundreds.
KILLS = int(os.environ.get("FAULTS_KILLS", "4"))
RACES = int(os.environ.get("FAULTS_RACES", "1"))


def tell(capsys: pytest.CaptureFixture[str], words: str) -> None:
    """Print counts, where somebody asked for hundreds."""
    if os.environ.get("FAULTS_KILLS"):
        with capsys.disabled():
            sys.stdout.write(f"\n{connection.vendor}, {words}\n")


@pytest.fixture(scope="module")
def sites(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, FaultSite]]:
    """The site in work, and an empty one."""
    with django_db_blocker.unblock():
        made = {name: FaultSite(tmp_path_factory.mktemp(name)) for name in ("work", "empty")}
        with made["work"].in_use():
            furnish()
        for site in made.values():
            site.keep()
    yield made
    with django_db_blocker.unblock():
        for site in made.values():
            site.drop()


@pytest.fixture(scope="module")
def backup(sites, django_db_blocker, tmp_path_factory) -> Path:
    """A folder with a backup of the site in work."""
    folder = tmp_path_factory.mktemp("backup")
    with django_db_blocker.unblock(), sites["work"].in_use():
        call_command("backup", str(folder / "allt.backup"), verbosity=0)
    return folder
