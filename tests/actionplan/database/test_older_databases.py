"""A database from before the first release is refused, and nothing is done to it."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from actionplan.database.older_databases import OLD, refuse_older

pytestmark = pytest.mark.django_db


def test_a_database_of_today_is_taken():
    assert refuse_older(databases=["default"]) == []
    assert refuse_older() == []


@pytest.mark.parametrize("migration", sorted(OLD))
def test_an_older_one_is_refused_before_anything_is_done_to_it(migration):
    MigrationRecorder(connection).record_applied(*migration)
    with pytest.raises(SystemCheckError, match="make remove-data"):
        call_command("migrate", skip_checks=False)
