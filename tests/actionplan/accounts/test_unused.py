"""An account that nobody uses ends, and is opened again by an administrator."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from actionplan.accounts.people.unused import end_unused
from actionplan.models import ChangeEvent, User
from followup.actions.personal import make_calendar
from followup.models import CalendarFeed
from tests.project.back_office.test_forged_posts import rows_of


@pytest.fixture
def long_ago(settings):
    """So many days before an account ends."""
    settings.UNUSED_DAYS = 100

    def day(left: int):
        return timezone.now() - timedelta(days=100 - left)

    return day


def seen(person: User, at, *, added=None) -> None:
    User.objects.filter(pk=person.pk).update(last_login=at, date_joined=added or at)


def test_an_account_ends_after_its_time_and_so_does_the_calendar(
    coordinator, reviewer, analyst, superuser, long_ago
):
    make_calendar(by=coordinator)
    seen(coordinator, long_ago(-1))
    seen(reviewer, long_ago(1))
    # Added long ago, and never there.
    seen(analyst, None, added=long_ago(-1))
    seen(superuser, long_ago(50))
    assert end_unused() == [analyst, coordinator]
    inactive = User.objects.filter(is_active=False)
    assert set(inactive) == {coordinator, analyst}
    assert coordinator.memberships.exists()
    (event,) = ChangeEvent.objects.about(coordinator)
    assert (event.kind, event.actor) == ("deactivated", "manage.py")
    assert not CalendarFeed.objects.exists()


def test_the_last_superusers_stay_and_a_forgotten_one_goes(superuser, long_ago, db):
    seen(superuser, long_ago(-1))
    assert end_unused() == []
    other = User.objects.create_superuser("rut", "rut@region.example", "sju svarta svanar")
    seen(other, long_ago(50))
    assert end_unused() == [superuser]


def test_whoever_is_let_in_again_stays(client, coordinator, superuser, long_ago):
    seen(superuser, long_ago(50))
    seen(coordinator, long_ago(-1))
    end_unused()
    client.force_login(superuser)
    address = reverse("admin:actionplan_user_change", args=[coordinator.pk])
    sent = rows_of(client.get(address)) | {"is_active": "on"}
    assert client.post(address, sent).status_code == 302
    coordinator.refresh_from_db()
    assert coordinator.is_active
    assert end_unused() == []


def test_the_command_tells_whom_and_can_only_tell(coordinator, superuser, long_ago):
    seen(superuser, long_ago(50))
    seen(coordinator, long_ago(-1))
    for options, is_active in ((["--dry-run"], True), ([], False)):
        out = StringIO()
        call_command("end_unused_accounts", *options, stdout=out)
        assert out.getvalue().split("\n")[:2] == ["coordinator", "1 unused accounts"]
        coordinator.refresh_from_db()
        assert coordinator.is_active is is_active
