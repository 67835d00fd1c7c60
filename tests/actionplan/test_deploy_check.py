"""Django's own look at a deployment finds nothing in the settings of production."""

import os
import subprocess
import sys

from tests.project.house.sources import ROOT

PRODUCTION = {
    "DEBUG": "False",
    "SECRET_KEY": "0123456789abcdefghij" * 3,
    "HTTPS": "True",
    "ALLOWED_HOSTS": "krav.example",
    "DATABASE_URL": "sqlite:////tmp/nothing-is-read.sqlite3",
}


def test_the_settings_of_production_leave_django_nothing_to_warn_of():
    env = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=env | PRODUCTION,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    # Whether subdomains are bound too is for the operator to say; nothing else is passed over.
    assert "2 silenced" in checked.stdout + checked.stderr
