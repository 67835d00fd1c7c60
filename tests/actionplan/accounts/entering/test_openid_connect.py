"""Logging in at a region's own site: a real provider of OpenID Connect, asked over HTTP."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.urls import reverse

from actionplan import env
from actionplan.accounts.sessions import BEGAN
from actionplan.models import User
from tests.actionplan.accounts.entering.conftest import LOG_IN
from tests.actionplan.accounts.entering.test_second_factor import CODE, connect_app
from tests.project.house.sources import ROOT

THERE = reverse("openid_connect_login", args=["region"])
BACK = reverse("openid_connect_callback", args=["region"])
ADDRESS = "sam@region.example"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a provider, a process of its own, that knows whoever says so."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        address = f"http://localhost:{port}"
        for _attempt in range(100):
            with suppress(requests.ConnectionError):
                requests.get(f"{address}/.well-known/openid-configuration", timeout=5)
                break
            time.sleep(0.1)
        yield address
        child.terminate()


@pytest.fixture(autouse=True)
def set_up(server, settings, monkeypatch) -> None:
    """An installation to which the provider is known, as its environment would have it."""
    settings.SOCIALACCOUNT_PROVIDERS = env.region_log_in(
        {"OIDC_SERVER": server},
        "OIDC_SERVER",
        client_id="kravkedjan",
        secret="delad hemlighet",
        title="Region Stockholm",
        debug=True,
    )
    known = {**registry.provider_map, OpenIDConnectProvider.id: OpenIDConnectProvider}
    monkeypatch.setattr(registry, "provider_map", known)


@pytest.fixture
def come_back(client, server) -> Callable:
    """A function that logs in there, as somebody with an address, and comes back."""

    def go(subject: str = "s1", address: str = ADDRESS, verified: bool = True, **query):
        claims = {"email": address, "email_verified": verified, "name": "Sam Ek"}
        requests.put(f"{server}/users/{subject}", json=claims, timeout=5).raise_for_status()
        led = client.get(THERE, query)
        assert led["Location"].startswith(f"{server}/oauth2/authorize?")
        answer = requests.post(
            led["Location"], data={"sub": subject}, allow_redirects=False, timeout=5
        )
        back = urlsplit(answer.headers["Location"])
        assert back.path == BACK
        return client.get(f"{back.path}?{back.query}")

    return go


def test_the_log_in_offers_it_by_its_name(client, db):
    page = client.get(f"{LOG_IN}?next=/admin/actionplan/goal/").content.decode()
    link = re.search(r'href="([^"]+)">\s*Logga in med Region Stockholm', page)[1]
    assert link.startswith(THERE)
    assert "next=%2Fadmin%2Factionplan%2Fgoal%2F" in link


def test_a_person_is_found_by_the_verified_address_and_then_by_number(client, known, come_back):
    back = come_back(next="/admin/actionplan/goal/")
    assert back["Location"] == "/admin/actionplan/goal/"
    assert client.get("/admin/").wsgi_request.user == known
    there = SocialAccount.objects.get()
    assert (there.user, there.uid) == (known, "s1")
    # The password that she had here goes on, and another address there is hers, too.
    known.refresh_from_db()
    assert known.has_usable_password()
    client.post(reverse("admin:logout"))
    come_back(address="gift@region.example")
    assert client.get("/admin/").wsgi_request.user == known


@pytest.mark.parametrize(
    ("address", "verified"),
    [(ADDRESS, False), ("ingen@region.example", True), ("", True)],
    ids=["not verified", "nobody's", "none"],
)
def test_nobody_is_let_in_or_made_by_another_address(client, known, come_back, address, verified):
    before = User.objects.count()
    back = come_back(subject="s2", address=address, verified=verified)
    assert back["Location"] == LOG_IN
    assert "Ingen här har din adress" in client.get(LOG_IN).content.decode()
    assert client.get("/admin/").status_code == 302
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_who_has_left_or_has_no_role_stays_outside(client, known, come_back):
    come_back()
    client.post(reverse("admin:logout"))
    User.objects.filter(pk=known.pk).update(is_active=False)
    assert come_back()["Location"] == LOG_IN
    assert client.get("/admin/").status_code == 302
    User.objects.filter(pk=known.pk).update(is_active=True)
    known.memberships.all().delete()
    assert come_back()["Location"] == LOG_IN
    assert "Du har ingen roll här." in client.get(LOG_IN).content.decode()


def test_the_second_step_is_asked_here_unless_it_is_asked_there(
    required, client, known, come_back, settings
):
    come_back()
    assert client.get("/admin/")["Location"].startswith(reverse("mfa_index"))
    connect_app(client)
    client.post(reverse("admin:logout"))
    assert come_back()["Location"] == CODE
    Authenticator.objects.all().delete()
    settings.OIDC_TWO_FACTORS = True
    come_back()
    assert client.get("/admin/").status_code == 200


def test_what_asks_for_a_proof_takes_a_new_log_in_there(client, known, come_back):
    known.set_unusable_password()
    known.save()
    come_back()
    session = client.session
    session[BEGAN] -= 60 * 60
    session["account_authentication_methods"] = []
    session.save()
    led = client.get(f"{reverse('account_reauthenticate')}?next=/admin/actionplan/goal/")
    assert led["Location"].startswith(f"{THERE}?auth_params=prompt")
    there = client.get(led["Location"])
    assert "prompt=login" in there["Location"]
    back = come_back(next="/admin/actionplan/goal/")
    assert back["Location"] == "/admin/actionplan/goal/"
    assert client.session[BEGAN] > session[BEGAN]


def test_an_answer_that_nobody_asked_for_lets_nobody_in(client, known, server):
    for query in ("code=stulen&state=gissat", "error=access_denied", ""):
        response = client.get(f"{BACK}?{query}")
        assert response["Location"] == LOG_IN
        assert "blev inte klar" in client.get(LOG_IN).content.decode()
    assert client.get("/admin/").status_code == 302


def test_a_server_that_is_away_is_told(client, db, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://localhost:9"
    assert client.get(THERE)["Location"] == LOG_IN


def test_without_settings_there_is_no_such_page(client, db, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert client.get(THERE).status_code == client.get(BACK).status_code == 404


@pytest.mark.parametrize(
    ("address", "secret"), [("", "x"), ("https://id.example", ""), ("http://id.example", "x")]
)
def test_settings_that_cannot_be_meant_are_refused(address, secret):
    with pytest.raises(env.Misconfigured):
        env.region_log_in(
            {"OIDC_SERVER": address},
            "OIDC_SERVER",
            client_id="krav",
            secret=secret,
            title="",
            debug=False,
        )


def test_settings_alone_set_it_up(server):
    """In a process of its own, since Django reads what is installed once."""
    program = (
        "import django; django.setup()\n"
        "from django.apps import apps; from django.conf import settings\n"
        "print(apps.is_installed('allauth.socialaccount.providers.openid_connect'))\n"
        "print(settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['name'])\n"
    )
    given = {"OIDC_SERVER": server, "OIDC_CLIENT_ID": "krav", "OIDC_SECRET": "x"}
    environment = {**os.environ, **given, "OIDC_NAME": "Region Skåne", "DEBUG": "True"}
    environment["DJANGO_SETTINGS_MODULE"] = "actionplan.settings"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:2] == ["True", "Region Skåne"]
