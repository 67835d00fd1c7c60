"""The demo with a row of each kind that is hard to carry, a backup of it, and empty databases."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import override_settings

from actionplan.models import ActionPlan, Organisation, User
from followup.models import Evidence, IndicatorReading
from requirements_pkg.models import SearchSynonym, WordTemplate
from risks.models import PlanUpload
from tests.actionplan.backups.installations import BareDatabase, Everything, everything, output_of
from tests.second_writer import OwnDatabase

# Every byte, and more than a line of text would hold.
FILE = bytes(range(256)) * 40
HARD = "Å, ”citat”, \\n, \n, \t, emoji 🪲, tecknet \u2028 och en <tagg>"


@dataclass(frozen=True)
class BackedUp:
    """An installation, its backup, and every row that was in it."""

    database: OwnDatabase
    file: Path
    rows: Everything
    # A synonym that was added last and is gone.
    last_key: int


@pytest.fixture(scope="session")
def backed_up(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[BackedUp]:
    folder = tmp_path_factory.mktemp("backed-up")
    with django_db_blocker.unblock():
        database = OwnDatabase(folder)
        with database.in_use():
            with override_settings(DEBUG=True):
                call_command("seed_demo", stdout=StringIO())
            last_key = _hard_rows()
            file = folder / "all.backup"
            output_of("backup", file)
            it = BackedUp(database, file, everything(), last_key)
    yield it
    with django_db_blocker.unblock():
        database.drop()


def _hard_rows() -> int:
    user = User.objects.get(username="samordnare")
    User.objects.filter(pk=user.pk).update(first_name=HARD)
    reading = IndicatorReading.objects.first()
    file = {"file_name": "fil.bin", "sha256": "0" * 64, "uploaded_by": user}
    Evidence.objects.create(reading=reading, content=FILE, **file)
    PlanUpload.objects.create(content=b"", **file)
    stockholm = Organisation.objects.get(code="stockholm")
    WordTemplate.objects.create(organisation=stockholm, content=FILE, **file)
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(ActionPlan),
        object_id="1",
        object_repr=HARD,
        action_flag=ADDITION,
    )
    # A type of rows that no model has any more.
    former = ContentType.objects.create(app_label="former", model="thing")
    LogEntry.objects.create(user=user, content_type=former, object_repr="", action_flag=ADDITION)
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": HARD})
    SocialAccount.objects.create(user=user, provider="oidc", uid="1", extra_data={"name": HARD})
    synonym = SearchSynonym.objects.create(words="borttagen, struken")
    last_key = synonym.pk
    synonym.delete()
    return last_key


@pytest.fixture
def empty(backed_up, django_db_blocker, tmp_path) -> Iterator[OwnDatabase]:
    """A migrated database in use, with nothing in it but what the migrations wrote."""
    yield from _in_use(OwnDatabase, django_db_blocker, tmp_path)


@pytest.fixture
def bare(backed_up, django_db_blocker, tmp_path) -> Iterator[OwnDatabase]:
    """A database in use that has no tables."""
    yield from _in_use(BareDatabase, django_db_blocker, tmp_path)


def _in_use(make: Callable[[Path], OwnDatabase], blocker, folder: Path) -> Iterator[OwnDatabase]:
    with blocker.unblock():
        database = make(folder)
        with database.in_use():
            yield database
        database.drop()
