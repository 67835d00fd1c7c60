"""A mail for a buyer when something becomes of what she chose: asked for, confirmed, told once."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from requirements_pkg.actions.dialogue import selection_mails, subscriptions
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.models import Announcement, Subscription
from requirements_pkg.published import page_cache
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.dialogue.test_feedback import stamp
from tests.requirements_pkg.stored import store

LINK = re.compile(r"https://krav\.example(\S+)")
SLUG = a_content()["package"]["slug"]
SELECTION = f"paket={SLUG}&version=1&krav=SE-01&krav=SE-02"
WATCH = f"{reverse('watch_selection')}?{SELECTION}"
NEW_TEXT = "Leverantören ska redovisa varje kvartal."


@pytest.fixture(autouse=True)
def site(settings, monkeypatch):
    """A site that has an address, and sends at once."""
    settings.SITE_ADDRESS = "https://krav.example"
    monkeypatch.setattr(subscriptions, "do_afterwards", lambda work, *given: work(*given))


@pytest.fixture
def version(coordinator, reviewer):
    first, other = a_requirement("SE-01"), a_requirement("SE-02")
    return store(a_content(first, other), coordinator, reviewer)


@pytest.fixture
def ask(client, version, django_capture_on_commit_callbacks):
    def sent(**fields: object):
        given = {"email": "kim@upphandling.example", "page": stamp(60), **fields}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(WATCH, given)

    return sent


@pytest.fixture
def buyer(ask, client, mailoutbox) -> Subscription:
    """Somebody who asked and said yes."""
    ask()
    client.post(LINK.search(mailoutbox[0].body.split("bekräfta:")[1])[1])
    mailoutbox.clear()
    return Subscription.objects.confirmed().get()


def changed(coordinator, reviewer):
    """A newer version, in which one of the chosen requirements reads otherwise."""
    return store(
        a_content(a_requirement("SE-01", text=NEW_TEXT), a_requirement("SE-02")),
        coordinator,
        reviewer,
    )


def sending(**options: object) -> str:
    output = StringIO()
    call_command("send_announcements", stdout=output, **options)
    return output.getvalue()


def test_nothing_that_was_typed_is_kept_and_the_reader_says_yes_first(
    client, version, mailoutbox, django_capture_on_commit_callbacks
):
    typed = f"{WATCH}&f.SE-01.antal-veckor=6&e.SE-01.anteckning=Hemlig&namn=Region+X"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(typed, {"email": "kim@upphandling.example", "page": stamp(60)})
    assert answer.status_code == 302
    assert not answer.cookies
    row = Subscription.objects.get()
    assert row.selection == SELECTION
    assert not Subscription.objects.confirmed().exists()
    assert f"https://krav.example/urval/?{SELECTION}" in mailoutbox[0].body
    link = LINK.search(mailoutbox[0].body.split("bekräfta:")[1])[1]
    page = client.get(link).content.decode()
    assert "Ditt urval av krav" in page
    client.post(link)
    assert Subscription.objects.confirmed().get() == row


def test_what_changed_is_told_once_word_for_word(buyer, coordinator, reviewer, mailoutbox):
    assert sending() == ""
    changed(coordinator, reviewer)
    assert "1 mejl" in sending()
    (mail,) = mailoutbox
    assert "SE-01 Krav SE-01: ändrad" in mail.body
    assert "varje kvartal" in mail.body
    assert "[borttaget:" in mail.body
    assert "SE-02" not in mail.body.split("https://")[0]
    assert f"https://krav.example/urval/?{SELECTION}" in mail.body
    assert sending() == ""
    assert len(mailoutbox) == 1


def test_one_click_ends_it(buyer, client, coordinator, reviewer, mailoutbox):
    changed(coordinator, reviewer)
    sending()
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    out = LINK.search(headers["List-Unsubscribe"].strip("<>"))[1]
    client.post(out, {"List-Unsubscribe": "One-Click"})
    assert not Subscription.objects.exists()


def test_a_version_that_changes_nothing_chosen_is_no_news(
    buyer, coordinator, reviewer, mailoutbox
):
    rows = a_requirement("SE-01"), a_requirement("SE-02"), a_requirement("SE-03", text=NEW_TEXT)
    store(a_content(*rows), coordinator, reviewer)
    assert sending() == ""
    assert not mailoutbox


def test_a_withdrawn_version_is_told_with_its_reason(
    buyer, version, coordinator, reviewer, mailoutbox
):
    withdraw_version(version=version, by=coordinator, approved_by=reviewer, reason="Fel mått.")
    page_cache.forget()
    sending()
    assert "Fel mått." in mailoutbox[0].body


def test_what_cannot_be_handed_over_is_tried_again(
    buyer, coordinator, reviewer, mailoutbox, monkeypatch
):
    changed(coordinator, reviewer)
    with monkeypatch.context() as patch:
        patch.setattr(selection_mails, "new_mailer", lambda: None)
        with pytest.raises(CommandError):
            sending()
    assert not mailoutbox
    assert "1 mejl" in sending()
    assert len(mailoutbox) == 1


def test_a_trial_sends_nothing(buyer, coordinator, reviewer, mailoutbox):
    changed(coordinator, reviewer)
    assert "1 mejl" in sending(dry_run=True)
    assert not mailoutbox
    sending()
    assert len(mailoutbox) == 1


def test_a_buyer_is_not_told_of_packages_as_wholes(buyer, coordinator, reviewer, mailoutbox):
    Subscription.objects.update(confirmed_at=timezone.now() - timedelta(days=1))
    rows = a_requirement("SE-01"), a_requirement("SE-02"), a_requirement("SE-03")
    store(a_content(*rows), coordinator, reviewer)
    sending()
    assert not mailoutbox
    assert not Announcement.objects.exists()


def test_asking_twice_is_one_subscription_and_two_selections_are_two(ask, client, mailoutbox):
    ask()
    ask()
    assert Subscription.objects.count() == 1
    client.post(
        f"{reverse('watch_selection')}?paket={SLUG}&version=1&krav=SE-01",
        {"email": "kim@upphandling.example", "page": stamp(60)},
    )
    assert Subscription.objects.count() == 2


@pytest.mark.parametrize("query", ["", f"paket={SLUG}", "paket=finns-inte&krav=SE-01"])
def test_an_address_that_chooses_nothing_is_no_page(client, version, query):
    assert client.get(f"{reverse('watch_selection')}?{query}").status_code == 404


@pytest.mark.parametrize("fields", [{"email": "kim"}, {"page": ""}])
def test_what_is_no_address_is_refused(ask, fields):
    assert ask(**fields).status_code == 400
    assert not Subscription.objects.exists()


def test_a_program_is_thanked_and_forgotten(ask):
    assert "tack=1" in ask(website="x").headers["Location"]
    assert not Subscription.objects.exists()


def test_the_selection_leads_to_it(client, version):
    page = client.get(f"/urval/?{SELECTION}").content.decode()
    assert "/urval/bevaka/?" in page
