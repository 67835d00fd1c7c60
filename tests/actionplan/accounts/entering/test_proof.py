"""Who publishes, approves or gives rights confirms that it is them, once the log-in is old."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplan.accounts.sessions import BEGAN
from actionplan.models import ChangeEvent, Membership, Organisation, Role, User
from requirements_pkg.actions.publishing import package_of, request_publication
from requirements_pkg.models import PackageVersion, PublishRequest
from tests.actionplan.accounts.entering.app import code
from tests.actionplan.accounts.entering.test_second_factor import connect_app
from tests.actionplan.accounts.test_log_in import PASSWORD
from tests.project.back_office.test_forged_posts import rows_of

PROVE = reverse("account_reauthenticate")
AN_HOUR = 60 * 60


def some_time_ago(client: Client, seconds: int = AN_HOUR) -> None:
    """Let the log-in of a client have been so long ago."""
    session = client.session
    session[BEGAN] -= seconds
    session.pop("account_authentication_methods", None)
    session.save()


@pytest.fixture
def publish_request(plan, coordinator) -> PublishRequest:
    return request_publication(package=package_of(plan), by=coordinator, note="Första versionen.")


@pytest.fixture
def second(reviewer) -> Client:
    reviewer.set_password(PASSWORD)
    reviewer.save()
    client = Client()
    client.force_login(reviewer)
    return client


def test_an_approval_after_a_while_asks_for_the_password_and_brings_it_back(
    second, publish_request
):
    address = reverse("admin:requirements_pkg_decide", args=[publish_request.pk])
    some_time_ago(second)
    first = second.post(address, {"reason": "Skriv om den andra raden.", "_return": ""})
    assert first["Location"].startswith(f"{PROVE}?next=")
    assert PublishRequest.objects.pending().exists()
    wrong = second.post(first["Location"], {"password": "fel"})
    assert "Lösenordet är fel." in wrong.content.decode()
    back = second.post(first["Location"], {"password": PASSWORD}, follow=True)
    assert "Tack. Det du skickade är inte sparat än." in back.content.decode()
    assert "Skriv om den andra raden." in back.content.decode()
    assert PublishRequest.objects.pending().exists()
    second.post(address, {"_approve": "", "despite_unread": "on"})
    assert PackageVersion.objects.exists()


def test_an_approval_soon_after_the_log_in_asks_for_nothing(second, publish_request, settings):
    address = reverse("admin:requirements_pkg_decide", args=[publish_request.pk])
    some_time_ago(second, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT - 5)
    second.post(address, {"_approve": "", "despite_unread": "on"})
    assert PackageVersion.objects.exists()


def test_a_page_is_read_however_old_the_log_in_is(second, publish_request):
    some_time_ago(second)
    address = reverse("admin:requirements_pkg_decide", args=[publish_request.pk])
    assert second.get(address).status_code == 200


def test_rights_are_given_by_whoever_confirms_it(client, region_administrator, analyst, stockholm):
    person = User.objects.create(username="ny", first_name="Ny")
    Membership.objects.create(user=person, organisation=stockholm, role=Role.ANALYST)
    client.force_login(region_administrator)
    some_time_ago(client)
    address = reverse("admin:actionplan_user_change", args=[person.pk])
    sent = rows_of(client.get(address)) | {"memberships-0-role": "coordinator"}
    assert client.post(address, sent)["Location"].startswith(PROVE)
    assert list(person.memberships.values_list("role", flat=True)) == ["analyst"]
    assert client.post(reverse("admin:actionplan_user_add"), sent)["Location"].startswith(PROVE)


def test_a_password_for_another_is_set_by_whoever_confirms_it(client, superuser, analyst):
    client.force_login(superuser)
    some_time_ago(client)
    address = reverse("admin:auth_user_password_change", args=[analyst.pk])
    new = {"password1": "sju svarta svanar", "password2": "sju svarta svanar"}
    assert client.post(address, new)["Location"].startswith(PROVE)
    assert not ChangeEvent.objects.exists()


def test_an_administrator_helps_who_has_lost_the_second_step(
    client, known, enter, region_administrator, other_region_administrator, required
):
    enter()
    connect_app(client)
    address = reverse("admin:actionplan_user_remove_factors", args=[known.pk])
    for person, is_let in ((other_region_administrator, False), (region_administrator, True)):
        helper = Client()
        helper.force_login(person)
        connect_app(helper)
        mail.outbox.clear()
        helper.post(address)
        assert Authenticator.objects.filter(user=known).exists() is not is_let
    (event,) = ChangeEvent.objects.about(known)
    assert (event.kind, event.actor) == ("factors_removed", "region_administrator")
    assert "En administratör har tagit bort det andra steget" in mail.outbox[0].body
    # They are led to choose anew, with what they are logged in with and the next time.
    client.post(reverse("admin:logout"))
    assert enter()["Location"] == "/admin/"
    assert client.get("/admin/")["Location"].startswith(reverse("mfa_index"))


def test_whoever_belongs_to_two_regions_is_helped_by_no_administrator_of_one(
    client, known, enter, region_administrator
):
    enter()
    connect_app(client)
    skane = Organisation.objects.get(code="skane")
    Membership.objects.create(user=known, organisation=skane, role=Role.ANALYST)
    helper = Client()
    helper.force_login(region_administrator)
    address = reverse("admin:actionplan_user_remove_factors", args=[known.pk])
    assert helper.post(address).status_code == 403
    assert Authenticator.objects.filter(user=known).exists()
    page = helper.get(reverse("admin:actionplan_user_change", args=[known.pk]))
    assert address not in page.content.decode()


def test_the_command_line_helps_the_only_superuser(client, known, enter):
    enter()
    connect_app(client)
    call_command("remove_second_factor", "coordinator")
    assert not Authenticator.objects.exists()
    assert ChangeEvent.objects.about(known).get().actor == "manage.py"
    with pytest.raises(CommandError):
        call_command("remove_second_factor", "ingen")


def test_another_password_is_told_by_mail(client, known, enter):
    enter()
    mail.outbox.clear()
    new = {"new_password1": "sju svarta svanar", "new_password2": "sju svarta svanar"}
    client.post(reverse("admin:password_change"), {"old_password": "fel"} | new)
    assert mail.outbox == []
    client.post(reverse("admin:password_change"), {"old_password": PASSWORD} | new)
    assert "Ditt lösenord har ändrats." in mail.outbox[0].body


def test_a_code_confirms_it_too(client, known, enter, publish_request, required):
    enter()
    key = connect_app(client)
    some_time_ago(client)
    page = client.get(f"{PROVE}?next=/admin/")
    assert re.search(r'href="[^"]*bekrafta/kod/\?next=[^"]*"', page.content.decode())
    response = client.post(f"{reverse('mfa_reauthenticate')}?next=/admin/", {"code": code(key)})
    assert response["Location"] == "/admin/"


def test_a_session_ends_twelve_hours_after_the_log_in_however_it_is_used(client, known, settings):
    client.force_login(known)
    assert client.get("/admin/").status_code == 200
    for ago, expected in ((settings.SESSION_LONGEST_AGE - 60, 200), (120, 302)):
        some_time_ago(client, ago)
        Session.objects.update(expire_date=timezone.now() + timedelta(hours=7))
        assert client.get("/admin/").status_code == expected
