"""A mail for whoever wants it when a version is published, and what was announced to how many."""

import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ActionPlan, PurchasingCategory
from followup.published.comment_suggestions import sentences
from requirements_pkg.actions.dialogue import announcements, subscriptions
from requirements_pkg.actions.publishing import publish
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.models import Announcement, PackageVersion, Subscription
from tests.factories import PackageFactory, RequirementFactory, SubscriptionFactory
from tests.requirements_pkg.dialogue.test_feedback import stamp

ADDRESS = "kim@upphandling.example"
LINK = re.compile(r"https://krav\.example(\S+)")


@pytest.fixture
def version(plan, coordinator, reviewer) -> PackageVersion:
    package = PackageFactory(plan=plan)
    RequirementFactory(package=package, code="SE-01")
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Ny mätmetod.")


@pytest.fixture(autouse=True)
def site(settings, monkeypatch):
    """A site that has an address, and sends at once."""
    settings.SITE_ADDRESS = "https://krav.example"
    monkeypatch.setattr(subscriptions, "do_afterwards", lambda work, *given: work(*given))


@pytest.fixture
def ask(client, version, django_capture_on_commit_callbacks):
    def sent(**fields: object):
        given = {"email": ADDRESS, "package": version.package.slug, "page": stamp(60), **fields}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("subscribe"), given)

    return sent


def link_of(mail) -> str:
    return LINK.search(mail.body)[1]


def sending(**options: object) -> str:
    output = StringIO()
    call_command("send_announcements", stdout=output, **options)
    return output.getvalue()


def subscribed(**fields: object) -> Subscription:
    """Somebody who said yes before anything was published."""
    return SubscriptionFactory(confirmed_at=timezone.now() - timedelta(days=1), **fields)


def test_an_address_gets_mails_only_once_its_reader_has_said_yes(ask, client, mailoutbox):
    answer = ask()
    assert answer.headers["Location"] == "/prenumerera/?tack=1"
    assert not answer.cookies
    assert [mail.to for mail in mailoutbox] == [[ADDRESS]]
    assert not Subscription.objects.confirmed().exists()
    page = client.get(link_of(mailoutbox[0]))
    assert "Ja, skicka mejl till mig" in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    # Mail programs fetch links by themselves.
    assert not Subscription.objects.confirmed().exists()
    client.post(link_of(mailoutbox[0]))
    assert Subscription.objects.confirmed().get().email == ADDRESS


def test_nobody_is_flooded_by_others_and_no_answer_tells_who_subscribes(ask, mailoutbox):
    answers = [
        ask(email=address).headers["Location"] for address in (ADDRESS, "KIM@upphandling.example")
    ]
    assert set(answers) == {"/prenumerera/?tack=1"}
    assert len(mailoutbox) == 1
    Subscription.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    ask()
    assert len(mailoutbox) == 2
    Subscription.objects.update(
        confirmed_at=timezone.now(), asked_at=timezone.now() - timedelta(hours=2)
    )
    assert ask().headers["Location"] == "/prenumerera/?tack=1"
    assert len(mailoutbox) == 2


@pytest.mark.parametrize(
    "fields", [{"email": "kim"}, {"email": ""}, {"package": "finns-inte"}, {"page": ""}]
)
def test_what_is_no_subscription_is_refused(ask, fields, mailoutbox):
    assert ask(**fields).status_code == 400
    assert (Subscription.objects.count(), len(mailoutbox)) == (0, 0)


def test_a_site_without_mails_says_so(ask, settings):
    settings.SITE_ADDRESS = ""
    assert "Följ flödet i stället." in ask().content.decode()
    with pytest.raises(CommandError):
        sending()


def test_a_program_is_thanked_and_forgotten(ask, mailoutbox):
    assert ask(website="x").headers["Location"] == "/prenumerera/?tack=1"
    assert (Subscription.objects.count(), len(mailoutbox)) == (0, 0)


def test_subscribers_are_told_once_and_it_is_kept_to_how_many(version, mailoutbox):
    own = subscribed(package=version.package, email="b@b.example")
    subscribed(email="a@a.example")
    # Of both, which is one mail; of another package; not confirmed; confirmed afterwards.
    subscribed(email="b@b.example")
    subscribed(package=PackageFactory(), email="c@c.example")
    SubscriptionFactory(email="d@d.example")
    SubscriptionFactory(email="e@e.example", confirmed_at=timezone.now())
    assert "2 mejl, 0 inte skickade" in sending(dry_run=True)
    assert (len(mailoutbox), Announcement.objects.count()) == (0, 0)
    assert "2 mejl, 0 inte skickade" in sending()
    assert sorted(mail.to[0] for mail in mailoutbox) == ["a@a.example", "b@b.example"]
    row = Announcement.objects.get()
    assert (row.version, row.recipients, row.on) == (version, 2, timezone.localdate())
    assert (sending(), len(mailoutbox)) == ("", 2)
    to_own = next(mail for mail in mailoutbox if mail.to == [own.email])
    assert "Ny mätmetod." in to_own.body
    assert subscriptions.token_of(own) in to_own.body


def test_one_post_of_a_mail_program_ends_it(version, client, mailoutbox):
    subscribed(package=version.package)
    sending()
    (mail,) = mailoutbox
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = LINK.search(mail.extra_headers["List-Unsubscribe"])[1].rstrip(">")
    assert "Avsluta prenumerationen" in client.get(path).content.decode()
    assert Subscription.objects.count() == 1
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, Subscription.objects.count()) == (200, 0)
    assert "borttagen" in client.get(path).content.decode()
    assert client.get(link_of(mail).replace("avsluta/", "")).status_code in (200, 404)


def test_a_mail_that_cannot_be_handed_over_stops_nobody_elses(version, mailoutbox, monkeypatch):
    subscribed(email="a@a.example")
    subscribed(email="b@b.example")
    write = announcements.mail

    def broken(version, reader):
        if reader.email == "a@a.example":
            raise OSError
        return write(version, reader)

    monkeypatch.setattr(announcements, "mail", broken)
    with pytest.raises(CommandError):
        sending()
    assert [mail.to for mail in mailoutbox] == [["b@b.example"]]
    assert Announcement.objects.get().recipients == 1


def test_a_server_that_is_away_is_tried_again(version, mailoutbox, monkeypatch):
    subscribed()
    with monkeypatch.context() as broken:
        broken.setattr(announcements, "mail", lambda version, reader: 1 / 0)
        with pytest.raises(CommandError):
            sending()
    assert not Announcement.objects.exists()
    assert "1 mejl, 0 inte skickade" in sending()
    assert (len(mailoutbox), Announcement.objects.get().recipients) == (1, 1)


def test_what_is_old_or_withdrawn_is_no_news(
    version, mailoutbox, monkeypatch, coordinator, reviewer
):
    subscribed()
    monkeypatch.setattr(announcements, "NEWS", timedelta(0))
    assert sending() == ""
    monkeypatch.undo()
    withdraw_version(version=version, by=coordinator, approved_by=reviewer, reason="Fel.")
    assert (announcements.announce(), mailoutbox) == ({}, [])


def test_other_channels_are_noted_by_hand_by_who_answers_for_the_package(
    version, as_persona, other_coordinator, coordinator
):
    page = f"/admin/kommunicerat/{version.pk}/"
    given = {"where": "Nyhetsbrevet i maj", "on": "2026-05-04"}
    assert as_persona("analyst").get(page).status_code == 200
    assert as_persona("analyst").post(page, given).status_code == 403
    with pytest.raises(PermissionDenied):
        announcements.note_announcement(
            version=version, where="X", on=date(2026, 5, 4), by=other_coordinator
        )
    client = as_persona("coordinator")
    assert client.post(page, {**given, "where": " "}).status_code == 400
    client.post(page, given)
    assert "Nyhetsbrevet i maj" in client.get(page).content.decode()
    row = Announcement.objects.get()
    assert (row.on, row.noted_by, row.channel) == (date(2026, 5, 4), coordinator, "other")


def test_it_is_offered_as_a_ground_for_readings(version, coordinator):
    subscribed()
    sending()
    announcements.note_announcement(
        version=version, where="Nyhetsbrevet", on=timezone.localdate(), by=coordinator
    )
    suggestions = sentences(version.package.plan)
    day = timezone.localdate().isoformat()
    assert f"Version 1 meddelades per mejl till 1 prenumerant den {day}." in suggestions
    assert "Version 1 meddelades i 1 annan kanal." in suggestions
    # A comment becomes public: what somebody wrote of a channel stays inside.
    assert "Nyhetsbrevet" not in " ".join(suggestions)


def test_what_nobody_confirms_is_forgotten(version):
    SubscriptionFactory(asked_at=timezone.now() - timedelta(days=8))
    kept = SubscriptionFactory(email="b@b.example")
    confirmed = subscribed(email="c@c.example", asked_at=timezone.now() - timedelta(days=80))
    call_command("tidy", "--dry-run")
    assert Subscription.objects.count() == 3
    call_command("tidy")
    assert set(Subscription.objects.all()) == {kept, confirmed}


def test_a_channel_without_a_name_is_refused(version, coordinator):
    with pytest.raises(ValidationError):
        announcements.note_announcement(
            version=version, where="", on=timezone.localdate(), by=coordinator
        )


def test_a_name_of_several_lines_ends_no_announcement(plan, coordinator, reviewer):
    PurchasingCategory.objects.filter(pk=plan.category_id).update(name="Kött\nX-Kopia: ja")
    package = PackageFactory(plan=ActionPlan.objects.get(pk=plan.pk))
    RequirementFactory(package=package, code="SE-01")
    version = publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")
    letter = announcements.mail(version, SubscriptionFactory(package=package))
    assert "Kött X-Kopia: ja" in letter.subject
    assert letter.message()["X-Kopia"] is None
