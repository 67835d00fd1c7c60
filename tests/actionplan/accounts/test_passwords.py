"""A password is chosen by whoever has the mail, and by nobody else."""

import re
import smtplib
from datetime import timedelta
from threading import Event

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from actionplan.accounts import password_links
from actionplan.accounts.background import do_afterwards
from actionplan.accounts.password_links import send_links
from actionplan.models import ChangeEvent, Role, User
from tests.factories import UserFactory
from tests.mail_server import mail_server_away

FORGOTTEN, SENT = reverse("password_forgotten"), reverse("password_sent")
ADDRESS = "anna.ek@region.example"
NEW = "sju svarta svanar"


@pytest.fixture
def anna(stockholm) -> User:
    user = UserFactory(
        username="anna", email=ADDRESS, first_name="Anna", role=Role.ANALYST, at=stockholm
    )
    user.set_password("en gammal mening")
    user.save()
    return user


def ask(client, address: str, **headers):
    return client.post(FORGOTTEN, {"email": address}, **headers)


def link() -> str:
    """The path in the last mail that has one."""
    paths = [re.search(r"https://krav\.example(/admin/losenord/\S+)", m.body) for m in mail.outbox]
    return next(path[1] for path in reversed(paths) if path)


def choose(client, password: str = NEW):
    """Go where the last mail leads and choose a password there."""
    form = client.get(link(), follow=True)
    assert form.context["validlink"]
    data = {"new_password1": password, "new_password2": password}
    return client.post(form.request["PATH_INFO"], data)


def test_whoever_forgot_a_password_chooses_another_by_mail(client, anna, at_once):
    assert ask(client, ADDRESS.upper())["Location"] == SENT
    (message,) = mail.outbox
    assert message.to == [ADDRESS]
    assert message.subject == "Kravkedjan: nytt lösenord"
    assert "Ditt användarnamn är anna." in message.body
    until = timezone.localtime(timezone.now() + timedelta(days=3))
    assert f"till och med {until:%Y-%m-%d}" in message.body
    assert choose(client)["Location"] == reverse("admin:login")
    assert "Lösenordet är sparat." in client.get(reverse("admin:login")).content.decode()
    anna.refresh_from_db()
    assert anna.check_password(NEW)


def test_a_link_works_once(client, anna, at_once):
    ask(client, ADDRESS)
    choose(client)
    again = client.get(link(), follow=True)
    assert "Länken fungerar inte längre." in again.content.decode()


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"email": "annan@region.example"}, {"last_login": timezone.now()}],
    ids=["left", "address", "log-in"],
)
def test_a_link_is_void_when_something_has_changed(client, anna, at_once, change):
    ask(client, ADDRESS)
    User.objects.filter(pk=anna.pk).update(**change)
    assert not client.get(link(), follow=True).context["validlink"]


def test_a_link_is_void_after_its_time(client, anna, at_once, settings):
    ask(client, ADDRESS)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert not client.get(link(), follow=True).context["validlink"]


def test_the_rules_are_told_and_kept(client, anna, at_once):
    ask(client, ADDRESS)
    form = client.get(link(), follow=True)
    assert "minst 12 tecken" in form.content.decode()
    assert choose(client, "anna").status_code == 200
    anna.refresh_from_db()
    assert anna.check_password("en gammal mening")


@pytest.mark.parametrize("address", [ADDRESS, "ingen@region.example", "utan@region.example"])
def test_the_answer_is_the_same_whoever_is_asked_for(client, anna, address):
    """Before anything is looked up: that happens after the answer."""
    UserFactory(username="utan-roll", email="utan@region.example")
    response = ask(client, address)
    assert (response.status_code, response["Location"]) == (302, SENT)


def test_only_whoever_may_log_in_gets_a_mail(client, anna, at_once):
    UserFactory(username="utan-roll", email="utan@region.example")
    for address in ("ingen@region.example", "utan@region.example"):
        ask(client, address)
    assert mail.outbox == []
    User.objects.filter(pk=anna.pk).update(is_active=False)
    ask(client, ADDRESS)
    assert mail.outbox == []


def test_nobody_asks_the_database_before_the_answer(client, anna, monkeypatch):
    calls = []
    monkeypatch.setattr(
        "actionplan.accounts.entering.passwords.do_afterwards", lambda *work: calls.append(work)
    )
    ask(client, ADDRESS)
    assert calls == [(password_links.send_to_address, ADDRESS)]


def test_a_link_leads_to_the_site_whatever_host_was_asked_for(client, anna, at_once):
    ask(client, ADDRESS, headers={"host": "localhost"})
    assert "https://krav.example/admin/losenord/valj/" in mail.outbox[0].body
    assert "localhost" not in mail.outbox[0].body


def test_a_person_gets_three_links_an_hour_at_most(client, anna, at_once):
    for _time in range(5):
        ask(client, ADDRESS)
    assert len(mail.outbox) == 3


def test_a_site_that_cannot_send_says_so(client, anna, at_once, settings):
    settings.SITE_ADDRESS = ""
    assert "kan inte skicka e-post" in client.get(FORGOTTEN).content.decode()
    assert ask(client, ADDRESS).status_code == 200
    assert mail.outbox == []


def test_a_mail_that_is_refused_costs_no_turn_and_stops_no_other(
    anna, superuser, stockholm, monkeypatch
):
    bo = UserFactory(username="bo", email="bo@region.example", role=Role.ANALYST, at=stockholm)
    send = EmailBackend.send_messages

    def refuse(backend, messages):
        if any(message.to == [ADDRESS] for message in messages):
            raise smtplib.SMTPRecipientsRefused({})
        return send(backend, messages)

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuse)
        for _time in range(4):
            assert send_links([anna], by=superuser).failed == [anna]
        assert send_links([anna, bo], by=superuser).sent == [bo]
    assert send_links([anna], by=superuser).sent == [anna]
    assert {event.kind for event in ChangeEvent.objects.about(anna)} == {"link_sent"}


def test_a_server_that_is_away_is_waited_for_once(anna, superuser):
    with mail_server_away():
        assert send_links([anna, superuser], by=superuser).failed == [anna]
    assert not ChangeEvent.objects.exists()


def test_what_waits_is_done_by_another_thread_and_a_fault_stops_nothing():
    done = Event()

    def fail() -> None:
        raise ValueError

    do_afterwards(fail)
    do_afterwards(done.set)
    assert done.wait(5)
