"""What waits for somebody is the same on the first page, in the mail and in the calendar."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from actionplan.models import User
from followup.actions.personal import make_calendar
from followup.models import FollowUp, ReminderKind
from followup.reminders.due import LOOKS, TO_APPROVE, TO_DECIDE, DueItem, due
from followup.reminders.sending import remind
from requirements_pkg.actions.reviewing.comments import start_thread
from requirements_pkg.actions.withdrawal import request_withdrawal
from requirements_pkg.backoffice.to_do import WAITING
from requirements_pkg.models import CommentThread
from tests.factories import treat
from tests.followup.to_do import add_all

PEOPLE = ["coordinator", "reviewer", "analyst", "other_coordinator"]


def items_of(user: User) -> list[DueItem]:
    return due(User.objects.filter(pk=user.pk))[user]


@pytest.fixture
def thread(requirements, reviewer, coordinator) -> CommentThread:
    return start_thread(
        about=requirements[0], by=reviewer, text="Vilken källa?", mentions=[coordinator]
    ).thread


@pytest.fixture
def world(thread, follow_up, requirements, version, plan, coordinator) -> FollowUp:
    """Something of each kind that waits for an answer, and of what is only counted."""
    add_all(follow_up, requirements[0], coordinator)
    request_withdrawal(version=version, by=coordinator, reason="Fel gränsvärde.")
    statement = plan.product_areas.first().cells.filter(statements__isnull=False).first()
    treat(requirements[0], statement.statements.first())
    changed = statement.statements.first()
    changed.text = "Andra ord om samma risk."
    changed.signed_by(coordinator).save()
    return follow_up


def test_every_kind_of_work_has_its_look():
    assert LOOKS.keys() == set(ReminderKind)
    assert {ReminderKind(name) for name in WAITING} <= LOOKS.keys()


@pytest.mark.parametrize("persona", PEOPLE)
def test_the_own_page_the_mail_and_the_calendar_tell_the_same(
    world, as_persona, request, settings, client, persona
):
    settings.SITE_ADDRESS = "https://krav.example"
    user = request.getfixturevalue(persona)
    user.email = f"{persona}@region.example"
    user.save()
    waiting = {item.address for item in items_of(user)}
    context = as_persona(persona).get(reverse("admin:followup_mine")).context
    page = {entry.address for entry in (*context["tasks"], *context["page"])}
    assert page == waiting
    # A mail tells of it in the week before it is due.
    remind(today=timezone.localdate() + TO_DECIDE)
    mails = [message.body for message in mail.outbox if message.to == [user.email]]
    for address in waiting:
        assert f"https://krav.example{address}" in "".join(mails)
    feed = (
        client.get(f"/kalender/{make_calendar(by=user)}.ics").content.decode().replace("\r\n ", "")
    )
    assert all(f"https://krav.example{address}" in feed for address in waiting)


def test_comments_withdrawals_and_links_are_among_them(world, coordinator, reviewer, analyst):
    new = {ReminderKind(n) for n in ("withdrawal", "mention", "comments", "links")}
    kinds: Callable[[User], set] = lambda user: new & {i.kind for i in items_of(user)}  # noqa: E731
    assert kinds(coordinator) == new - {ReminderKind.WITHDRAWAL}
    assert kinds(reviewer) == {ReminderKind.WITHDRAWAL}
    assert kinds(analyst) == set()


def test_a_mention_is_due_in_a_week_until_it_is_answered_or_settled(thread, coordinator, reviewer):
    (item,) = (item for item in items_of(coordinator) if item.kind is ReminderKind.MENTION)
    assert item.due_on == timezone.localdate() + TO_APPROVE
    assert "Vilken källa" not in item.title
    CommentThread.objects.filter(pk=thread.pk).update(
        resolved_by=reviewer, resolved_at=timezone.now()
    )
    assert items_of(coordinator) == []


def test_who_has_lost_every_role_is_told_nothing(world, coordinator):
    coordinator.memberships.all().delete()
    assert items_of(coordinator) == []
