"""Suppliers are mailed their page once, and reminded once before the last day and once after."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from followup.actions.answering import mails
from followup.actions.answering.supplier_forms import forget_supplier_addresses, send_form
from followup.models import FollowUp, SupplierForm
from tests.followup.actions.answering.conftest import at, facts

ADDRESS = "kim@leverantor.example"


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_ADDRESS = "https://krav.example"


@pytest.fixture
def mailed(form, coordinator) -> SupplierForm:
    """A form whose supplier has an address."""
    return send_form(follow_up=form.follow_up, facts=facts(email=ADDRESS), by=coordinator)


def move(form: SupplierForm, days: int) -> None:
    day = timezone.localdate() + timedelta(days)
    SupplierForm.objects.filter(pk=form.pk).update(reply_by=day)


def test_a_supplier_gets_the_page_once(mailed):
    assert mails.mail_suppliers(dry_run=True) == (1, 0)
    assert mail.outbox == []
    assert mails.mail_suppliers() == (1, 0)
    assert mails.mail_suppliers() == (0, 0)
    (message,) = mail.outbox
    assert message.to == [ADDRESS]
    assert message.subject == "Region Stockholm: frågor om ert avtal"
    assert f"https://krav.example{at(mailed)}" in message.body
    assert "Svara för hela koncernen." in message.body
    assert "Kim Ek, 08-1" in message.body
    # A mail may be read on the way: it names neither contract nor supplier.
    assert mailed.follow_up.contract_reference not in message.body
    assert "Hemliga Hallar" not in message.body


def test_a_supplier_without_an_address_gets_no_mail(form):
    assert mails.mail_suppliers() == (0, 0)


@pytest.mark.parametrize(
    ("days", "subject"),
    [
        (6, None),
        (5, "sista svarsdagen närmar sig"),
        (5, "närmar sig"),
        (0, "närmar sig"),
        (-1, "försenade"),
    ],
)
def test_a_reminder_comes_once_near_the_last_day_and_once_after(mailed, days, subject):
    mails.mail_suppliers()
    mail.outbox.clear()
    move(mailed, days)
    assert mails.mail_suppliers() == (0 if subject is None else 1, 0)
    assert mails.mail_suppliers() == (0, 0)
    assert [subject in message.subject for message in mail.outbox] == [True] * bool(subject)


@pytest.mark.parametrize("change", [{"submitted_at": timezone.now()}, {}])
def test_nobody_who_has_answered_or_is_not_waited_for_is_reminded(mailed, change):
    mails.mail_suppliers()
    move(mailed, -1)
    if change:
        SupplierForm.objects.update(**change)
    else:
        FollowUp.objects.update(status="reviewed", done_on="2026-03-16")
    assert mails.mail_suppliers() == (0, 0)


def test_another_day_is_mailed_anew(mailed, coordinator):
    mails.mail_suppliers()
    later = timezone.localdate() + timedelta(40)
    send_form(
        follow_up=mailed.follow_up, facts=facts(email=ADDRESS, reply_by=later), by=coordinator
    )
    assert mails.mail_suppliers() == (1, 0)


def test_a_mail_that_cannot_be_sent_goes_the_next_time(mailed, monkeypatch, capsys):
    def broken():
        raise OSError("no server")

    with monkeypatch.context() as patched:
        patched.setattr(mails, "new_mailer", broken)
        with pytest.raises(CommandError, match=r"kunde inte skickas|could not be sent"):
            call_command("mail_suppliers")
    call_command("mail_suppliers")
    assert "1" in capsys.readouterr().out
    assert len(mail.outbox) == 1


def test_the_command_asks_where_links_lead(settings, mailed):
    settings.SITE_ADDRESS = ""
    with pytest.raises(CommandError, match="SITE_ADDRESS"):
        call_command("mail_suppliers")


def test_whom_forms_were_sent_to_is_forgotten_after_a_while(mailed):
    assert forget_supplier_addresses(is_trial=True) == 0
    SupplierForm.objects.update(sent_at=timezone.now() - timedelta(days=1000))
    assert forget_supplier_addresses(is_trial=True) == 1
    assert SupplierForm.objects.get().email == ADDRESS
    assert forget_supplier_addresses(is_trial=False) == 1
    assert SupplierForm.objects.get().email == ""
