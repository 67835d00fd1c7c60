"""Everybody sees where they are logged in, and logs themselves out there."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from actionplan.accounts.entering.log_in_places import in_words
from tests.actionplan.accounts.entering.conftest import LOG_IN
from tests.actionplan.accounts.test_log_in import PASSWORD

OVERVIEW, LOG_OUT = reverse("mfa_index"), reverse("log_out_there")
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Safari/604.1"


@pytest.fixture
def telephone(known) -> Client:
    """Another browser in which the coordinator has logged in."""
    browser = Client(headers={"user-agent": PHONE})
    browser.post(LOG_IN, {"login": "coordinator", "password": PASSWORD})
    assert browser.get("/admin/").status_code == 200
    return browser


def test_a_log_in_elsewhere_is_shown_and_ended(client, enter, telephone):
    enter()
    page = client.get(OVERVIEW).content.decode()
    assert "Safari på iPhone" in page
    assert "här och nu" in page
    there = UserSession.objects.get(user_agent=PHONE)
    assert client.post(LOG_OUT, {"place": there.pk})["Location"] == OVERVIEW
    assert telephone.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200
    assert "Safari på iPhone" not in client.get(OVERVIEW).content.decode()


def test_all_others_are_ended_at_once_and_so_is_ones_own(client, enter, telephone):
    enter()
    client.post(LOG_OUT)
    assert telephone.get("/admin/").status_code == 302
    assert client.get(OVERVIEW).status_code == 200
    here = UserSession.objects.get()
    assert client.post(LOG_OUT, {"place": here.pk})["Location"] == LOG_IN
    assert client.get("/admin/").status_code == 302


def test_nobody_ends_the_log_in_of_another(telephone, as_persona):
    there = UserSession.objects.get()
    other = as_persona("reviewer")
    assert other.post(LOG_OUT, {"place": there.pk}).status_code == 404
    assert other.post(LOG_OUT, {"place": "x"}).status_code == 404
    other.post(LOG_OUT)
    assert telephone.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/141 Safari/537.36 Edg/141", "Edge på Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/144", "Firefox på Linux"),
        ("curl/8", "Okänd webbläsare"),
        ("", "Okänd webbläsare"),
    ],
)
def test_a_browser_is_called_what_people_call_it(agent, words):
    assert in_words(agent) == words
