"""Who gets in, with what, and what is said to whom does not."""

import logging

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from actionplan.models import Membership, Organisation, Role, User
from tests.factories import UserFactory

LOG_IN = reverse("admin:login")
PASSWORD = "en lång mening om krav"


@pytest.fixture
def anna(db) -> User:
    """Somebody with a password and an address, and no role."""
    user = UserFactory(username="anna", email="anna.ek@region.example")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def role(anna, stockholm) -> Membership:
    return Membership.objects.create(user=anna, organisation=stockholm, role=Role.ANALYST)


def log_in(client, name: str, password: str = PASSWORD):
    return client.post(LOG_IN, {"login": name, "password": password, "next": "/admin/"})


def test_a_role_opens_the_admin_and_the_last_one_taken_away_shuts_it(client, anna, stockholm):
    refused = log_in(client, "anna")
    assert "Du har ingen roll här." in refused.content.decode()
    role = Membership.objects.create(user=anna, organisation=stockholm, role=Role.ANALYST)
    assert log_in(client, "anna")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    role.delete()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("led", ["", "?next=https://evil.example/", "?next=//evil.example/"])
def test_a_log_in_never_leads_out_of_the_site_nor_to_a_page_that_is_not_there(client, role, led):
    response = client.post(f"{LOG_IN}{led}", {"login": "anna", "password": PASSWORD})
    assert response["Location"] == "/admin/"


@pytest.mark.parametrize("name", ["anna", "anna.ek@region.example", "Anna.Ek@Region.example"])
def test_one_logs_in_with_the_user_name_or_the_address(client, role, name):
    assert log_in(client, name).status_code == 302


@pytest.mark.parametrize("name", ["anna", "anna.ek@region.example", "ingen@region.example"])
def test_a_wrong_password_is_told_the_same_whoever_it_is(client, role, name):
    page = log_in(client, name, "fel")
    assert page.status_code == 200
    assert "Användarnamnet eller lösenordet är fel." in page.content.decode()


def test_the_log_tells_who_got_in_and_who_did_not_by_number_alone(client, role, anna, caplog):
    caplog.set_level(logging.INFO, logger="actionplan.accounts.log_in")
    log_in(client, "anna", "fel lösenord som ingen ska läsa")
    log_in(client, "Anna.Ek@region.example", "fel")
    log_in(client, "mitt lösenord i fel ruta", "fel")
    log_in(client, "anna")
    messages = [record.getMessage() for record in caplog.records if record.name.endswith("log_in")]
    refused = f"Log-in refused: person {anna.pk}."
    nobody = "Log-in refused: person None."
    assert messages == [refused, refused, nobody, f"Logged in: person {anna.pk}."]
    assert "lösenord" not in caplog.text


def test_somebody_who_has_left_does_not_get_in(client, role, anna):
    User.objects.filter(pk=anna.pk).update(is_active=False)
    for name in ("anna", "anna.ek@region.example"):
        assert "är fel" in log_in(client, name).content.decode()


def test_an_address_never_takes_the_user_name_of_another(client, role):
    """Somebody is called what is the address of somebody else: the password decides nothing."""
    named = UserFactory(
        username="anna.ek@region.example",
        role=Role.ANALYST,
        at=Organisation.objects.get(code="skane"),
    )
    named.set_password("en helt annan mening")
    named.save()
    assert log_in(client, "anna.ek@region.example", "en helt annan mening").status_code == 302
    assert client.get("/admin/").wsgi_request.user == named


def test_a_superuser_needs_no_role_and_is_made_without_one(client, db):
    User.objects.create_superuser("rut", "rut@region.example", PASSWORD)
    assert log_in(client, "rut").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_log_in_in_a_new_browser_is_mailed_to_its_owner_once(client, role, anna):
    log_in(client, "anna")
    client.get("/admin/")
    (message,) = mail.outbox
    assert message.to == [anna.email]
    assert "loggade in i en ny webbläsare" in message.subject
    assert "Någon loggade in som du" in message.body
    # Where she has been the same person is no stranger.
    client.post(reverse("admin:logout"))
    log_in(client, "anna")
    assert len(mail.outbox) == 1
    log_in(Client(), "anna")
    assert len(mail.outbox) == 2
