"""People are invited by mail to answer a consultation, and reminded before the last day."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ChangeLog
from requirements_pkg.actions.dialogue import invitations, replies
from requirements_pkg.actions.dialogue.consultations import close_consultation
from requirements_pkg.models import Consultation, ConsultationInvitee, ConsultationReply
from tests.factories import PackageFactory, RequirementFactory, consult

LINK = re.compile(r"https://krav\.example(/remiss/svar/\S+)")
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_ADDRESS = "https://krav.example"


@pytest.fixture
def opened(plan, coordinator, reviewer) -> Consultation:
    package = PackageFactory(plan=plan)
    RequirementFactory(package=package, code="SE-01", title="Spåra tenn")
    return consult(package, coordinator, reviewer, is_for_anybody=False, is_secret=True)


@pytest.fixture
def page(opened) -> str:
    return reverse("admin:requirements_pkg_invitees", args=[opened.pk])


def sending(**options: object) -> str:
    output = StringIO()
    call_command("send_invitations", stdout=output, **options)
    return output.getvalue()


def later(days: int) -> None:
    """Let the mails have gone, and the last day be, so many days from now."""
    ConsultationInvitee.objects.update(mailed_at=timezone.now() - timedelta(days=9))
    Consultation.objects.update(closes_on=TODAY() + timedelta(days=days))


def test_who_is_invited_answers_at_an_address_of_their_own(
    client, opened, page, coordinator, mailoutbox
):
    client.force_login(coordinator)
    addresses = "A@a.example\n\n b@b.example \na@a.example"
    listed = client.post(page, {"addresses": addresses}, follow=True)
    assert "2 adresser är inbjudna." in listed.content.decode()
    assert "2 mejl, 0 inte skickade" in sending(dry_run=True)
    assert mailoutbox == []
    assert "2 mejl, 0 inte skickade" in sending()
    assert sorted(mail.to[0] for mail in mailoutbox) == ["a@a.example", "b@b.example"]
    # Once.
    assert (sending(), len(mailoutbox)) == ("", 2)
    mail = mailoutbox[0]
    assert "Är kraven rimliga?" in mail.body
    own = LINK.search(mail.body)[1]
    client.logout()
    client.post(own, {"text": "Bra.", "_spara": "1"})
    client.post(f"{own}skicka/", {"name": ""})
    reply = ConsultationReply.objects.sent().get()
    assert reply.invitee.email == mail.to[0]
    client.force_login(coordinator)
    assert "svarade" in client.get(page).content.decode()


def test_nobody_else_answers_where_only_the_invited_do(client, opened):
    with pytest.raises(ValidationError, match="Bara de som är inbjudna"):
        replies.begin_reply(opened)
    text = client.get(f"/remiss/{opened.key}/").content.decode()
    assert "Bara de som är inbjudna svarar" in text
    assert "Börja svara" not in text


def test_who_has_not_answered_is_reminded_once_near_the_last_day(opened, coordinator, mailoutbox):
    invitations.invite(
        consultation=opened, by=coordinator, addresses=["a@a.example", "b@b.example"]
    )
    sending()
    mailoutbox.clear()
    later(6)
    assert sending() == ""
    later(5)
    ConsultationReply.objects.filter(invitee__email="a@a.example").update(sent_at=timezone.now())
    assert "1 mejl" in sending()
    (mail,) = mailoutbox
    assert mail.to == ["b@b.example"]
    assert "Sista dagen" in mail.body
    assert sending() == ""


def test_a_title_of_several_lines_ends_no_invitation(opened, coordinator, mailoutbox):
    Consultation.objects.update(title="Kött\nX-Kopia: ja")
    invitations.invite(consultation=opened, by=coordinator, addresses=["a@a.example"])
    assert "1 mejl, 0 inte skickade" in sending()
    assert "Kött X-Kopia: ja" in mailoutbox[0].subject
    assert mailoutbox[0].message()["X-Kopia"] is None


def test_whoever_is_invited_late_is_not_reminded_the_same_day(opened, coordinator, mailoutbox):
    Consultation.objects.update(closes_on=TODAY() + timedelta(days=2))
    invitations.invite(consultation=opened, by=coordinator, addresses=["a@a.example"])
    sending()
    assert (sending(), len(mailoutbox)) == ("", 1)


def test_nobody_is_mailed_of_what_is_over(opened, coordinator, mailoutbox):
    invitations.invite(consultation=opened, by=coordinator, addresses=["a@a.example"])
    close_consultation(consultation=opened, by=coordinator)
    assert (sending(), mailoutbox) == ("", [])
    with pytest.raises(ValidationError, match="inte öppen"):
        invitations.invite(consultation=opened, by=coordinator, addresses=["b@b.example"])


def test_a_mail_that_cannot_be_handed_over_is_tried_again(
    opened, coordinator, mailoutbox, monkeypatch
):
    invitations.invite(
        consultation=opened, by=coordinator, addresses=["a@a.example", "b@b.example"]
    )
    write = invitations.mail

    def broken(row, **how):
        if row.email == "a@a.example":
            raise OSError
        return write(row, **how)

    with monkeypatch.context() as away:
        away.setattr(invitations, "mail", broken)
        with pytest.raises(CommandError):
            sending()
    assert [mail.to for mail in mailoutbox] == [["b@b.example"]]
    assert "1 mejl, 0 inte skickade" in sending()
    assert len(mailoutbox) == 2


def test_another_run_was_quicker(opened, coordinator, mailoutbox, monkeypatch):
    invitations.invite(consultation=opened, by=coordinator, addresses=["a@a.example"])
    rows = list(ConsultationInvitee.objects.to_mail(TODAY()))
    sending()
    monkeypatch.setattr(type(ConsultationInvitee.objects.all()), "to_mail", lambda *given: rows)
    sending()
    assert len(mailoutbox) == 1


def test_a_site_without_an_address_sends_nothing(opened, settings):
    settings.SITE_ADDRESS = ""
    with pytest.raises(CommandError):
        sending()


def test_only_who_answers_for_the_package_invites(
    client, opened, page, other_coordinator, reviewer
):
    for person in (other_coordinator, reviewer):
        client.force_login(person)
        assert client.get(page).status_code == 403
        with pytest.raises(PermissionDenied):
            invitations.invite(consultation=opened, by=person, addresses=["a@a.example"])


@pytest.mark.parametrize(
    ("addresses", "sentence"), [("kim", "ingen e-postadress"), ("a@a.example\nb@b.example", "1")]
)
def test_what_is_no_address_and_what_is_too_much_is_refused(
    client, page, coordinator, monkeypatch, addresses, sentence
):
    monkeypatch.setattr(invitations, "MOST", 1)
    client.force_login(coordinator)
    answer = client.post(page, {"addresses": addresses})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not ConsultationInvitee.objects.exists()


def test_no_log_keeps_an_address_and_tidy_forgets_it(opened, coordinator, settings):
    invitations.invite(consultation=opened, by=coordinator, addresses=["kim@tenn.example"])
    assert "kim@tenn" not in str(list(ChangeLog.objects.values()))
    days = timedelta(days=31 * settings.SENDER_MONTHS)
    Consultation.objects.update(closes_on=TODAY() - days)
    call_command("tidy", "--dry-run", stdout=StringIO())
    assert ConsultationInvitee.objects.exists()
    call_command("tidy", stdout=StringIO())
    call_command("tidy", stdout=StringIO())
    assert not ConsultationInvitee.objects.exists()
    assert not ConsultationReply.objects.exists()
