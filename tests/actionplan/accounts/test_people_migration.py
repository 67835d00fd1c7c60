"""Two people with one address: the migration that parts them, forth, back and forth again."""

import os
import subprocess
import sys

from tests.project import sources

SCRIPT = """
import django

django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("actionplan", name)])
    return executor.loader.project_state([("actionplan", name)]).apps


def addresses(apps):
    rows = apps.get_model("actionplan", "User").objects.order_by("pk")
    return dict(rows.values_list("username", "email"))


BEFORE, AFTER = "0006_events_of_follow_up", "0007_people_by_role"
apps = migrate(BEFORE)
User = apps.get_model("actionplan", "User")
for name, address, more in (
    ("first", "Kim@region.example", {}),
    ("second", "kim@region.example", {"last_login": "2026-03-16T12:00:00Z", "is_staff": True}),
    ("third", "KIM@region.example", {}),
    ("gone", "kim@region.example", {"is_active": False}),
    ("other", "other@region.example", {}),
):
    User.objects.create(username=name, email=address, **more)
shared = addresses(apps)

apps = migrate(AFTER)
parted = {"first": "", "third": "", "second": "kim@region.example"}
assert addresses(apps) == shared | parted, addresses(apps)
events = apps.get_model("actionplan", "ChangeEvent").objects.filter(kind="person_changed")
assert events.count() == 2

# Somebody gives one of them an address of her own: that is what she has, backwards too.
apps.get_model("actionplan", "User").objects.filter(username="third").update(email="own@x.example")
third = apps.get_model("actionplan", "User").objects.get(username="third")
events.model.objects.create(
    kind="person_changed",
    target="actionplan.User",
    target_id=third.pk,
    actor="administrator",
    detail={"fields": ["email"]},
)
apps = migrate(BEFORE)
back = shared | {"first": "kim@region.example", "third": "own@x.example"}
assert addresses(apps) == back, addresses(apps)
assert not apps.get_model("actionplan", "ChangeEvent").objects.exists()
apps = migrate(AFTER)
assert addresses(apps) == back | {"first": ""}, addresses(apps)
"""


def test_people_who_share_an_address_are_parted_and_share_it_again_backwards(tmp_path):
    place = {
        "DJANGO_SETTINGS_MODULE": "actionplan.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/shared.sqlite3",
        "DEBUG": "True",
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        cwd=sources.ROOT,
        env=os.environ | place,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
