"""Passwords are not guessed, and guessing shuts nobody else out."""

from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from actionplan.accounts import log_in
from actionplan.processes.heavy_work import WorkPlaces
from tests.actionplan.accounts.entering.conftest import LOG_IN
from tests.actionplan.accounts.test_log_in import PASSWORD

TOO_MANY = "För många försök har misslyckats."


def guess(name: str, times: int, **sent) -> Client:
    """Try so many wrong passwords, each from another address."""
    stranger = Client()
    for number in range(times):
        stranger.post(
            LOG_IN,
            {"login": name, "password": f"fel {number}"},
            REMOTE_ADDR=f"192.0.2.{number + 1}",
            **sent,
        )
    return stranger


def test_after_eight_wrong_ones_the_right_one_is_refused_before_it_is_looked_at(
    known, monkeypatch
):
    stranger = guess("coordinator", 8)
    compared = []
    monkeypatch.setattr(MD5PasswordHasher, "verify", lambda *a: compared.append(a))
    refused = stranger.post(LOG_IN, {"login": "coordinator", "password": PASSWORD})
    assert TOO_MANY in refused.content.decode()
    assert compared == []


def test_the_name_and_the_address_of_a_person_are_counted_together(known):
    guess("coordinator", 4)
    stranger = guess("Sam@region.example", 4)
    refused = stranger.post(LOG_IN, {"login": "coordinator", "password": PASSWORD})
    assert TOO_MANY in refused.content.decode()


def test_the_owner_gets_in_where_she_has_been_before(known, client, enter):
    enter()
    client.get("/admin/")
    client.post(reverse("admin:logout"))
    guess("coordinator", 9)
    assert enter().status_code == 302
    # Nobody's own browser is without bounds, and it is no way around those of others.
    client.post(reverse("admin:logout"))
    for _time in range(8):
        enter(password="fel")
    assert TOO_MANY in enter().content.decode()


def test_somebody_elses_browser_is_no_known_one(known, client, enter, reviewer):
    reviewer.set_password(PASSWORD)
    reviewer.save()
    enter("reviewer")
    client.get("/admin/")
    client.post(reverse("admin:logout"))
    guess("coordinator", 8)
    assert TOO_MANY in enter("coordinator").content.decode()
    assert enter("reviewer").status_code == 302


def test_one_address_is_refused_after_twenty_whoever_it_tries(db):
    client = Client()
    for number in range(20):
        client.post(LOG_IN, {"login": f"namn-{number}", "password": "fel"})
    refused = client.post(LOG_IN, {"login": "namn-20", "password": "fel"})
    assert TOO_MANY in refused.content.decode()


def test_more_than_sixty_a_minute_get_a_page_without_a_form(db, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "1/m/ip"}
    client = Client()
    client.post(LOG_IN, {"login": "namn", "password": "fel"})
    refused = client.post(LOG_IN, {"login": "namn", "password": "fel"})
    assert refused.status_code == 429
    assert "För många förfrågningar på kort tid" in refused.content.decode()


def test_no_more_passwords_are_compared_at_once_than_the_others_can_wait_for(
    known, enter, monkeypatch
):
    monkeypatch.setattr(log_in, "HASHING", WorkPlaces(1))
    with log_in.HASHING.queue():
        busy = enter()
        assert busy.status_code == 503
        assert busy["Retry-After"]
    assert enter().status_code == 302
