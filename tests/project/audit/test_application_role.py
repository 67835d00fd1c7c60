"""The server's role of PostgreSQL runs the site, and can switch no guard off."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from actionplan.models import ChangeLog
from requirements_pkg.actions.publishing import package_of, publish
from tests.factories import RequirementFactory

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="only it has roles")
ROLE = "kravkedjan_app"
OWNER_ONLY = [
    "ALTER TABLE actionplan_changelog DISABLE TRIGGER ALL",
    "ALTER TABLE actionplan_changelog DISABLE TRIGGER actionplan_changelog_stands",
    "DROP TRIGGER actionplan_changelog_stands ON actionplan_changelog",
    (
        "CREATE OR REPLACE FUNCTION actionplan_changelog_stands() RETURNS trigger"
        " LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    ),
    "TRUNCATE actionplan_changelog",
    "TRUNCATE requirements_pkg_packageversion CASCADE",
    "UPDATE actionplan_changelog SET by_name = 'kim'",
    "DELETE FROM actionplan_changeevent",
    "DROP TABLE actionplan_changelog",
    "ALTER TABLE actionplan_changelog RENAME TO other",
    "CREATE TABLE other (id int)",
    "DELETE FROM django_migrations",
    "SET session_replication_role = replica",
]


@pytest.fixture
def granted(db) -> None:
    """What the migrations made, with the role made and let in; all goes with the transaction."""
    call_command("grant_application", ROLE, stdout=io.StringIO())


def become(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"SET LOCAL ROLE {role}")


@pytest.fixture
def as_application(granted, plan, coordinator, reviewer) -> None:
    """Everything from now on is asked by the role of the server."""
    become(ROLE)


@pytest.mark.parametrize("statement", OWNER_ONLY)
def test_what_only_an_owner_may_is_refused(statement, as_application):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_site_runs_as_that_role(as_application, plan, coordinator, reviewer, client):
    """Logs in, reads public pages and lists, writes, publishes, and keeps a session and a log."""
    requirement = RequirementFactory(package=package_of(plan), source="Förordning")
    version = publish(
        package=requirement.package, by=coordinator, approved_by=reviewer, note="Första."
    )
    for address in ("/", "/kravpaket/", f"/kravpaket/{version.package.slug}/", "/readyz"):
        assert client.get(address).status_code == 200, address
    client.force_login(coordinator)
    page = client.get(reverse("admin:index"))
    lists = sorted(set(re.findall(r'href="(/admin/\w+/\w+/)"', page.content.decode())))
    assert len(lists) > 8
    assert {client.get(address).status_code for address in lists} == {200}
    before = ChangeLog.objects.count()
    data = {"plan": plan.pk, "number": 3, "name": "lagring"}
    assert client.post(reverse("admin:risks_riskmatrix_add"), data).status_code == 302
    assert ChangeLog.objects.count() == before + 25
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (ROLE,)


def test_a_role_that_is_a_border_to_nobody_is_refused(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
    with pytest.raises(CommandError, match="en annan roll"):
        call_command("grant_application", owner)


def test_it_may_be_run_again_and_sets_a_password_that_nobody_sees(granted, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("ett lösenord med 'tecken'\n"))
    call_command("grant_application", ROLE, "--password", stdout=io.StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [ROLE])
        (stored,) = cursor.fetchone()
    assert stored.startswith("SCRAM-SHA-256$")


def test_a_table_of_a_later_migration_is_open_to_it(granted):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id int)")
    become(ROLE)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO later VALUES (1)")
        cursor.execute("SELECT count(*) FROM later")
        assert cursor.fetchone() == (1,)


def test_people_are_still_made_by_it(as_application):
    assert get_user_model().objects.create_user("kim").pk
