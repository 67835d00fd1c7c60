"""A session lasts as long as somebody works, and not every request writes it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplan.models import User

OLD, NEW = "gurka lastbil nio mast", "sjal kanot orgel bok"
AGE = timedelta(seconds=settings.SESSION_COOKIE_AGE)


@pytest.fixture
def client(db, as_persona):
    return as_persona("coordinator")


def used(ago: timedelta) -> None:
    """Let the session have been written that long ago."""
    Session.objects.update(expire_date=timezone.now() + AGE - ago)


def test_a_session_that_is_used_is_renewed_and_so_is_its_cookie(client):
    used(AGE - timedelta(minutes=1))
    response = client.get("/admin/")
    assert response.status_code == 200
    assert Session.objects.get().expire_date > timezone.now() + AGE - timedelta(minutes=1)
    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == settings.SESSION_COOKIE_AGE


def test_it_is_not_written_before_a_tenth_of_its_age_has_passed(client):
    for ago, is_written in ((AGE * 0.05, False), (AGE * 0.15, True)):
        used(ago)
        before = Session.objects.get().expire_date
        response = client.get("/admin/")
        assert (settings.SESSION_COOKIE_NAME in response.cookies) is is_written
        assert (Session.objects.get().expire_date != before) is is_written


def test_a_public_page_does_not_ask_for_the_session(client):
    used(AGE - timedelta(minutes=1))
    before = Session.objects.get().expire_date
    assert not client.get("/om/").cookies
    assert Session.objects.get().expire_date == before


def test_a_session_that_nobody_used_ends(client):
    used(AGE + timedelta(minutes=1))
    assert client.get("/admin/").status_code == 302


def test_another_password_ends_the_other_sessions(client):
    """Whoever has stolen one is out; whoever chose the password is not."""
    person = client.get("/admin/").wsgi_request.user
    person.set_password(OLD)
    person.save()
    stolen = Client()
    for browser in (client, stolen):
        browser.force_login(person)
        assert browser.get("/admin/").status_code == 200
    sent = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    assert client.post(reverse("admin:password_change"), sent).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert stolen.get("/admin/").status_code == 302


def test_a_session_ends_at_the_next_request_of_whoever_is_made_inactive(client):
    User.objects.update(is_active=False)
    assert client.get("/admin/").status_code == 302
