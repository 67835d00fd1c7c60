"""A stolen password alone does not choose the first second step."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplan.accounts import address_proof
from actionplan.accounts.entering.removing import remove_factors
from actionplan.accounts.password_links import send_links
from actionplan.models import ChangeEvent, Role, User
from tests.actionplan.accounts.entering.conftest import LOG_IN
from tests.actionplan.accounts.entering.test_second_factor import OVERVIEW, connect_app, key_of
from tests.actionplan.accounts.test_log_in import PASSWORD
from tests.factories import UserFactory

APP, KEY = reverse("mfa_activate_totp"), reverse("mfa_add_webauthn")
SHOW = reverse("prove_address")
LONG_AGO = timezone.now() - timedelta(days=30)


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.MFA_REQUIRED = True
    settings.SITE_ADDRESS = "https://krav.example"


@pytest.fixture
def sam(stockholm) -> User:
    """A coordinator with a password, an address and no second step."""
    person = UserFactory(
        username="sam",
        email="sam@region.example",
        role=Role.COORDINATOR,
        at=stockholm,
        date_joined=LONG_AGO,
    )
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def client(client, sam) -> Client:
    client.post(LOG_IN, {"login": "sam", "password": PASSWORD})
    # That she logged in in a new browser.
    mail.outbox.clear()
    return client


def link() -> str:
    return re.search(r"https://krav\.example(/admin/\S+/)", mail.outbox[-1].body)[1]


@pytest.mark.parametrize("address", [APP, KEY])
def test_a_password_alone_opens_no_way_to_a_second_step(client, address):
    assert client.get(address)["Location"] == SHOW
    assert client.post(address, {"code": "123456"})["Location"] == SHOW
    page = client.get(SHOW).content.decode()
    assert "Länken skickas till <strong>sam@region.example</strong>." in page


def test_who_reads_the_mail_goes_on(client):
    client.post(SHOW)
    assert mail.outbox[-1].to == ["sam@region.example"]
    assert client.get(link())["Location"] == OVERVIEW
    assert key_of(client.get(APP))
    assert client.get(SHOW)["Location"] == OVERVIEW


def test_the_mail_of_another_is_of_no_use_and_neither_is_it_in_another_browser(
    client, sam, stockholm
):
    client.post(SHOW)
    of_sam = link()
    thief = Client()
    thief.post(LOG_IN, {"login": "sam", "password": PASSWORD})
    # The owner opens it where the owner is logged in.
    client.get(of_sam)
    assert thief.get(APP)["Location"] == SHOW
    other = UserFactory(
        username="tove",
        email="tove@region.example",
        role=Role.REVIEWER,
        at=stockholm,
        date_joined=LONG_AGO,
    )
    thief.force_login(other)
    assert thief.get(of_sam)["Location"] == SHOW
    assert thief.get(APP)["Location"] == SHOW


def test_an_old_link_and_one_to_a_former_address_are_refused(client, sam, monkeypatch):
    client.post(SHOW)
    of_before = link()
    User.objects.filter(pk=sam.pk).update(email="sam.ny@region.example")
    assert client.get(of_before)["Location"] == SHOW
    client.post(SHOW)
    monkeypatch.setattr(address_proof, "AN_HOUR", -1)
    assert client.get(link())["Location"] == SHOW
    assert client.get(APP)["Location"] == SHOW


def test_a_forged_link_is_refused(client, sam):
    forged = signing.dumps([sam.pk, "0" * 16], salt=address_proof.SALT)
    for token in (forged, "gissning"):
        assert client.get(reverse("address_proved", args=[token]))["Location"] == SHOW


def test_who_chose_the_password_by_a_mailed_link_has_shown_it(client, sam):
    visitor = Client()
    # Logged in since it was read.
    sam.refresh_from_db()
    send_links([sam], by=None)
    form = visitor.get(link(), follow=True)
    password = "en annan lång mening"
    sent = {"new_password1": password, "new_password2": password}
    visitor.post(form.request["PATH_INFO"], sent)
    visitor.post(LOG_IN, {"login": "sam", "password": password})
    assert key_of(visitor.get(APP))


def test_no_more_mails_are_sent_than_some_an_hour(client):
    for _time in range(7):
        page = client.post(SHOW, follow=True).content.decode()
    assert len(mail.outbox) == address_proof.MOST_AN_HOUR
    assert "Vänta en timme" in page


@pytest.mark.parametrize(("days", "may"), [(1, True), (4, False)])
def test_where_no_mail_reaches_somebody_an_administrators_act_stands_for_it(
    client, sam, settings, superuser, days, may
):
    settings.SITE_ADDRESS = ""
    page = client.get(APP, follow=True).content.decode()
    assert "inga mejl når dig" in page
    assert client.post(SHOW).status_code == 200
    at = timezone.now() - timedelta(days=days)
    ChangeEvent.objects.create(
        kind="password_set", target="actionplan.User", target_id=sam.pk, actor="chef", at=at
    )
    assert (client.get(APP).status_code == 200) is may


def test_with_mail_only_the_machine_itself_stands_for_it(client, sam, superuser):
    remove_factors(sam, by=superuser)
    assert client.get(APP)["Location"] == SHOW
    remove_factors(sam, by=None)
    assert client.get(APP).status_code == 200


def test_another_second_step_needs_no_mail(client):
    client.post(SHOW)
    client.get(link())
    connect_app(client)
    session = client.session
    del session[address_proof.PROVED]
    session.save()
    assert client.get(KEY).status_code == 200


def test_who_needs_no_second_step_is_not_asked(client, sam, settings):
    settings.MFA_REQUIRED = False
    assert client.get(APP).status_code == 200
    settings.MFA_REQUIRED = True
    sam.memberships.update(role=Role.ANALYST)
    assert client.get(APP).status_code == 200
