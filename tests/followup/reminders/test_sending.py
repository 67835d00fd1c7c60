"""Reminders: who gets which mail on which day, and that none is sent twice."""

from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client

from actionplan.models import Membership
from followup.models import FollowUp, ReminderOptOut, SentReminder
from followup.reminders import sending
from followup.reminders.sending import remind, step_at
from tests.factories import FollowUpFactory
from tests.followup.to_do import DUE, SECRET, add_all

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def addresses(settings, coordinator, reviewer):
    """The site's, and those of two people."""
    settings.SITE_ADDRESS = "https://krav.example"
    for user in (coordinator, reviewer):
        user.email = f"{user.username}@region.example"
        user.save()


@pytest.fixture
def planned(follow_up, coordinator) -> FollowUp:
    """A follow-up that the coordinator is to carry out on DUE."""
    follow_up.responsible, follow_up.planned_for = coordinator, DUE
    follow_up.save()
    return follow_up


@pytest.fixture
def everything(planned, requirements, coordinator) -> None:
    add_all(planned, requirements[0], coordinator)


def run(today: date = DUE, *arguments: str) -> str:
    out = StringIO()
    call_command("send_reminders", f"--today={today}", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("late", "step"),
    [(-8, None), (-7, 0), (0, 0), (1, 1), (6, 1), (7, 7), (29, 7), (30, 30), (365, 30)],
)
def test_a_step_is_reached_on_its_day(late, step):
    assert step_at(DUE, DUE + late * DAY) == step


@pytest.mark.parametrize(("due_on", "step"), [(date.min, 30), (date.max, None)])
def test_no_date_is_too_far_to_be_reminded_of(due_on, step):
    assert step_at(due_on, DUE) == step


def test_through_a_year_each_step_is_told_once_and_on_its_day(planned):
    days = {}
    for number in range(-30, 366):
        for _twice in range(2):
            before = len(mail.outbox)
            remind(today=DUE + number * DAY)
            if len(mail.outbox) > before:
                days[number] = mail.outbox[-1].to
    assert days == {day: ["coordinator@region.example"] for day in (-7, 1, 7, 30)}
    steps = SentReminder.objects.order_by("step").values_list("step", flat=True)
    assert list(steps) == [0, 1, 7, 30]


def test_after_a_pause_only_the_largest_step_is_told_and_the_smaller_never(planned):
    remind(today=DUE + 10 * DAY)
    assert [row.step for row in SentReminder.objects.all()] == [7]
    remind(today=DUE + 3 * DAY)
    remind(today=DUE + 11 * DAY)
    assert len(mail.outbox) == 1
    remind(today=DUE + 31 * DAY)
    assert len(mail.outbox) == 2


def test_a_new_date_is_told_anew(planned):
    remind(today=DUE + DAY)
    planned.planned_for = DUE + 60 * DAY
    planned.save()
    remind(today=DUE + 2 * DAY)
    assert len(mail.outbox) == 1
    remind(today=DUE + 61 * DAY)
    assert len(mail.outbox) == 2


def test_everything_of_one_person_is_in_one_mail(everything):
    # What waits to be decided on is due some time after today.
    assert run().splitlines() == ["Sent 2 mails with 5 items."]
    mails = {message.to[0]: message for message in mail.outbox}
    assert set(mails) == {"coordinator@region.example", "reviewer@region.example"}
    assert mails["coordinator@region.example"].subject == "Kravkedjan: 4 saker att göra"
    assert mails["reviewer@region.example"].subject == "Kravkedjan: 1 sak att göra"
    assert Counter(SentReminder.objects.values_list("user__username", flat=True)) == {
        "coordinator": 4,
        "reviewer": 1,
    }


def test_a_mail_is_swedish_in_text_and_in_html_with_whole_addresses(everything, planned):
    run(DUE + DAY)
    (message,) = [sent for sent in mail.outbox if sent.to == ["coordinator@region.example"]]
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    for body in (message.body, html):
        assert "Försenat:" in body
        assert "Avvikelse från SE-01 ska vara åtgärdad: servrar" in body
        assert "senast 2026-03-16" in body
        assert f"https://krav.example/admin/followup/followup/{planned.pk}/change/" in body
        assert "https://krav.example/admin/followup/mitt/" in body
        assert "https://krav.example/paminnelser/" in body
    assert '<html lang="sv">' in html
    assert "<img" not in html


def test_no_mail_holds_a_confidential_word(everything):
    for late in (0, 1, 7, 30):
        run(DUE + late * DAY)
    assert len(mail.outbox) > 5
    for message in mail.outbox:
        whole = f"{message.subject}{message.body}{message.alternatives[0][0]}"
        assert [word for word in SECRET if word in whole] == []


def test_what_a_text_holds_is_written_as_it_is_and_never_as_html(planned):
    planned.product_area.name = "<b>nät & servrar</b>"
    planned.product_area.save()
    run()
    (message,) = mail.outbox
    assert "<b>nät & servrar</b>" in message.body
    assert "&lt;b&gt;nät &amp; servrar&lt;/b&gt;" in message.alternatives[0][0]


def test_the_link_of_a_mail_turns_reminders_off_with_one_post(planned):
    run()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"]
    assert address.startswith("<https://krav.example/paminnelser/")
    client = Client(enforce_csrf_checks=True)
    path = address.strip("<>").removeprefix("https://krav.example")
    response = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    remind(today=DUE + 30 * DAY)
    assert len(mail.outbox) == 1


def test_a_dry_run_tells_and_neither_sends_nor_writes(everything):
    assert run(DUE, "--dry-run").splitlines() == [
        "coordinator: 4 items",
        "reviewer: 1 item",
        "Would send 2 mails with 5 items.",
    ]
    assert (mail.outbox, SentReminder.objects.count()) == ([], 0)
    run()
    assert len(mail.outbox) == 2


def test_a_failure_is_told_and_tried_again_and_the_others_get_theirs(everything, monkeypatch):
    working = EmailBackend.send_messages

    def failing(backend: EmailBackend, messages: list[EmailMessage]) -> int:
        """A server that takes no mail for the coordinator."""
        if any("coordinator" in message.to[0] for message in messages):
            raise OSError("No route to the server")
        return working(backend, messages)

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", failing)
        with pytest.raises(CommandError, match="1 mail could not be sent"):
            run()
    assert [message.to for message in mail.outbox] == [["reviewer@region.example"]]
    assert {row.user.username for row in SentReminder.objects.all()} == {"reviewer"}
    assert run() == "Sent 1 mail with 4 items.\n"
    assert mail.outbox[-1].to == ["coordinator@region.example"]


def test_a_claim_is_stored_before_the_mail_is_sent(planned, monkeypatch):
    stored = []
    monkeypatch.setattr(
        sending, "_send", lambda *_args: stored.append(SentReminder.objects.count()) or True
    )
    remind(today=DUE)
    assert stored == [1]


def test_two_runs_at_once_send_each_thing_once(planned, coordinator, monkeypatch):
    """The second has looked before the first has claimed, and so believes that nothing is told."""
    FollowUpFactory(version=planned.version, responsible=coordinator, planned_for=DUE + DAY)
    waiting = list(sending._waiting(DUE))
    (user, both) = waiting[0]
    # The first has come half of its way.
    assert len(sending._claim(user, both[:1])) == 1
    monkeypatch.setattr(sending, "_waiting", lambda _today: iter(waiting))
    assert remind(today=DUE).items == 1
    assert remind(today=DUE).items == 0
    assert len(mail.outbox) == 1
    assert SentReminder.objects.count() == 2


def no_address(user) -> None:
    user.email = ""
    user.save()


def inactive(user) -> None:
    user.is_active = False
    user.save()


def opted_out(user) -> None:
    ReminderOptOut.objects.create(user=user)


def without_role(user) -> None:
    Membership.objects.filter(user=user).delete()


@pytest.mark.parametrize("change", [no_address, inactive, opted_out, without_role])
def test_who_cannot_or_will_not_be_reminded_gets_no_mail(planned, coordinator, change):
    assert run(DUE, "--dry-run").endswith("Would send 1 mail with 1 item.\n")
    change(coordinator)
    assert run() == "Sent 0 mails with 0 items.\n"
    assert (mail.outbox, SentReminder.objects.count()) == ([], 0)


def test_without_an_address_of_the_site_nothing_is_sent(planned, settings):
    settings.SITE_ADDRESS = ""
    with pytest.raises(CommandError, match="SITE_ADDRESS is missing"):
        run()
    assert mail.outbox == []


def test_a_day_that_is_none_is_refused(db):
    with pytest.raises(CommandError, match="write 2026-03-16"):
        call_command("send_reminders", "--today=imorgon")
