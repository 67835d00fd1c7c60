"""Whoever may publish, approve, see what is confidential or give rights needs two factors."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from actionplan.models import ChangeLog, Goal
from tests.actionplan.accounts.entering.app import code
from tests.actionplan.accounts.entering.conftest import LOG_IN
from tests.actionplan.accounts.test_log_in import PASSWORD
from tests.project.back_office.test_forged_posts import rows_of

OVERVIEW, APP = reverse("mfa_index"), reverse("mfa_activate_totp")
CODE, PROVE = reverse("mfa_authenticate"), reverse("mfa_reauthenticate")
SHOW = reverse("prove_address")
CODES = reverse("mfa_view_recovery_codes")


def key_of(page) -> str:
    return re.search(r'class="key">([A-Z2-7]+)<', page.content.decode())[1]


def show_address(client) -> None:
    """Open the mail that is sent before the first second step."""
    client.post(SHOW)
    body = mail.outbox.pop().body
    assert client.get(re.search(r"(/admin/konto/adress/\S+/)", body)[1])["Location"] == OVERVIEW


def connect_app(client) -> str:
    """Connect an app as a person does; the key that it was told."""
    if client.get(APP).get("Location") == SHOW:
        show_address(client)
    key = key_of(client.get(APP))
    assert client.post(APP, {"code": code(key)})["Location"] == CODES
    return key


@pytest.mark.parametrize(
    "persona", ["coordinator", "reviewer", "region_administrator", "superuser"]
)
def test_whoever_others_trust_is_led_to_choose_a_second_factor(required, as_persona, persona):
    response = as_persona(persona).get("/admin/")
    assert response["Location"] == f"{OVERVIEW}?next=%2Fadmin%2F"
    page = as_persona(persona).get(OVERVIEW).content.decode()
    assert "Du behöver ett andra steg för att komma vidare." in page


def test_an_analyst_needs_none_and_nobody_does_where_it_is_relaxed(required, as_persona, settings):
    assert as_persona("analyst").get("/admin/").status_code == 200
    assert "Du behöver ett andra steg" not in as_persona("analyst").get(OVERVIEW).content.decode()
    settings.MFA_REQUIRED = False
    assert as_persona("coordinator").get("/admin/").status_code == 200


def test_who_connects_an_app_gets_codes_once_and_goes_on(required, as_persona):
    client = as_persona("coordinator")
    client.get(client.get("/admin/actionplan/actionplan/")["Location"])
    connect_app(client)
    page = client.get(CODES).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    assert 'href="/admin/actionplan/actionplan/"' in page
    assert client.get("/admin/actionplan/actionplan/").status_code == 200
    again = client.get(CODES).content.decode()
    assert "10 koder finns kvar." in again
    assert not re.search(r"\d{8}</code>", again)


def test_the_next_log_in_asks_for_the_code(required, client, known, enter):
    enter()
    key = connect_app(client)
    client.post(reverse("admin:logout"))
    assert enter(next="/admin/actionplan/goal/")["Location"] == CODE
    # Half in is not in.
    assert client.get("/admin/")["Location"].startswith(LOG_IN)
    wrong = client.post(CODE, {"code": "000000"})
    assert "Koden är fel eller redan använd." in wrong.content.decode()
    right = client.post(CODE, {"code": code(key)})
    assert right["Location"] == "/admin/actionplan/goal/"
    assert client.get(right["Location"]).status_code == 200


def test_a_code_is_taken_once(required, client, known, enter):
    enter()
    key = connect_app(client)
    used = code(key)
    for expected in (302, 200):
        client.post(reverse("admin:logout"))
        enter()
        assert client.post(CODE, {"code": used}).status_code == expected


def test_a_recovery_code_lets_in_once(required, client, known, enter):
    enter()
    connect_app(client)
    first = re.search(r"<code>(\d{8})</code>", client.get(CODES).content.decode())[1]
    for expected in (302, 200):
        client.post(reverse("admin:logout"))
        enter()
        assert client.post(CODE, {"code": first}).status_code == expected


def test_a_session_that_was_stolen_before_opens_nothing_after(required, client, known, enter):
    thief = Client()
    thief.force_login(known)
    enter()
    connect_app(client)
    assert thief.get("/admin/")["Location"] == f"{PROVE}?next=%2Fadmin%2F"
    assert client.get("/admin/").status_code == 200


def test_what_was_sent_comes_back_after_the_code(required, client, known, enter, plan):
    address = reverse("admin:actionplan_goal_change", args=[Goal.objects.get().pk])
    enter()
    key = connect_app(client)
    page = client.get(address)
    without = Client()
    without.force_login(known)
    words = page.content.decode()
    fields = {name: value for name, value in rows_of(page).items() if f'name="{name}"' in words}
    response = without.post(address, fields | {"text": "Ett mål med nya ord."})
    assert response["Location"].startswith(f"{PROVE}?next=")
    back = without.post(response["Location"], {"code": code(key)}, follow=True)
    words = back.content.decode()
    assert back.status_code == 200
    assert "Ett mål med nya ord." in words
    assert "Tack. Det du skickade är inte sparat än." in words
    assert Goal.objects.get().text != "Ett mål med nya ord."


def test_the_only_second_factor_is_not_removed_while_it_is_needed(
    required, client, known, enter, settings
):
    enter()
    connect_app(client)
    remove = reverse("mfa_deactivate_totp")
    page = client.post(remove)
    assert "Lägg till ett annat innan du tar bort det här." in page.content.decode()
    assert Authenticator.objects.filter(user=known).count() == 2
    settings.MFA_REQUIRED = False
    assert client.post(remove).status_code == 302
    assert not Authenticator.objects.exists()


def test_a_change_of_the_log_in_is_mailed_to_its_owner(
    client, known, enter, django_capture_on_commit_callbacks
):
    enter()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        connect_app(client)
    (message,) = mail.outbox
    assert message.to == [known.email]
    assert message.subject == "Kravkedjan: din inloggning har ändrats"
    assert "En app för koder har kopplats till din inloggning." in message.body
    assert "https://krav.example/admin/konto/" in message.body


def test_a_change_of_the_log_in_stands_in_the_change_log(
    client, known, enter, superuser, django_capture_on_commit_callbacks
):
    enter()
    with django_capture_on_commit_callbacks(execute=True):
        connect_app(client)
    line = ChangeLog.objects.about(known).latest("pk")
    assert (line.by_name, line.reason) == (known.username, "En app för koder anslöts.")
    helper = Client()
    helper.force_login(superuser)
    page = helper.get(reverse("admin:actionplan_changelog_change", args=[line.pk]))
    assert "En app för koder anslöts." in page.content.decode()


def test_a_copy_of_the_database_shows_no_key(client, known, enter, settings):
    enter()
    key = connect_app(client)
    factors = Authenticator.objects.all()
    assert key not in repr([factor.data for factor in factors])
    # Another key of the installation reads it while the old one stands beside.
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    settings.SECRET_KEY_FALLBACKS = [old]
    app = factors.get(type="totp").wrap()
    assert app.validate_code(code(key))
    settings.SECRET_KEY_FALLBACKS = []
    assert not app.validate_code(code(key, half_minutes=1))
    assert not app.validate_code(code("", half_minutes=1))


def test_the_log_tells_of_a_wrong_code_by_number_alone(client, known, enter, caplog):
    enter()
    connect_app(client)
    client.post(reverse("admin:logout"))
    enter()
    client.post(CODE, {"code": "123456"})
    assert f"Code refused: person {known.pk}." in caplog.text
    assert "123456" not in caplog.text


def test_codes_are_not_guessed(client, known, enter):
    enter()
    key = connect_app(client)
    client.post(reverse("admin:logout"))
    enter()
    for guess in range(8):
        client.post(CODE, {"code": f"{guess:06}"})
    assert "För många försök" in client.post(CODE, {"code": code(key)}).content.decode()


def test_nobody_signs_up(client, db):
    for address in ("/admin/konto/ny/", "/accounts/signup/", "/admin/signup/"):
        assert client.post(address, {"login": "ny", "password": PASSWORD}).status_code in (
            403,
            404,
        )
