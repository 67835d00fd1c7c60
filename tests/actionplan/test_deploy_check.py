"""Django's own look at a deployment finds nothing in the settings of production."""

import os
import subprocess
import sys

import pytest

from tests.project.house.sources import ROOT

PRODUCTION = {
    "DEBUG": "False",
    "SECRET_KEY": "0123456789abcdefghij" * 3,
    "HTTPS": "True",
    "ALLOWED_HOSTS": "krav.example",
    "DATABASE_URL": "sqlite:////tmp/nothing-is-read.sqlite3",
}


COOKIES = """
from django.conf import settings
for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
    facts = [getattr(settings, f"{cookie}_{fact}") for fact in FACTS]
    print(*facts)
"""
HSTS = """
from django.conf import settings
print(*(getattr(settings, f"SECURE_HSTS_{name}") for name in NAMES))
""".replace("NAMES", repr(("SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD")))
FACTS = ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")


def in_production(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What Python says with the settings of a server."""
    # What other tests have set for themselves is none of production's.
    env = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    return subprocess.run(
        [sys.executable, *arguments],
        env=env | PRODUCTION | {"DJANGO_SETTINGS_MODULE": "actionplan.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_cookies_of_a_log_in_are_this_hosts_alone_and_no_scripts():
    lines = in_production("-c", COOKIES.replace("FACTS", repr(FACTS))).stdout.splitlines()
    assert lines == [
        "__Host-sessionid True True Lax / None",
        "__Host-csrftoken True True Lax / None",
    ]


@pytest.mark.parametrize(
    ("selected", "expected"),
    [
        ({}, "31536000 False False"),
        ({"HSTS_SUBDOMAINS": "True"}, "31536000 True False"),
        ({"HSTS_SUBDOMAINS": "True", "HSTS_PRELOAD": "True"}, "31536000 True True"),
    ],
)
def test_how_far_https_binds_is_the_operators_to_say(monkeypatch, selected, expected):
    for name, value in selected.items():
        monkeypatch.setenv(name, value)
    assert in_production("-c", HSTS).stdout.strip() == expected


def test_the_settings_of_production_leave_django_nothing_to_warn_of():
    checked = in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    # Whether subdomains are bound too is for the operator to say; nothing else is passed over.
    assert "2 silenced" in checked.stdout + checked.stderr
