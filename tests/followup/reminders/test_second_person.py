"""What waits for a second person: on the first page, in mail and in the calendar, the same."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from actionplan.models import User
from followup.models import Lesson, ReminderKind, Summary
from followup.reminders.due import TO_APPROVE, DueItem, due
from followup.reminders.sending import remind
from requirements_pkg.actions.publishing import request_publication, return_request
from requirements_pkg.models import PublishRequest
from tests.factories import LessonFactory
from tests.factories.followup import SummaryFactory, reviewed

REVIEWS = {ReminderKind.SUMMARY_REVIEW, ReminderKind.LESSON_REVIEW}


def items_of(user: User) -> dict[ReminderKind, DueItem]:
    return {item.kind: item for item in due(User.objects.all())[user]}


@pytest.fixture
def texts(follow_up, coordinator) -> tuple[Lesson, Summary]:
    """A lesson and a summary that nobody has reviewed for secrecy."""
    written = {"follow_up": follow_up, "written_by": coordinator}
    return LessonFactory(**written), SummaryFactory(**written)


@pytest.fixture
def decision_request(version, plan, coordinator) -> PublishRequest:
    plan.introduction = "Nytt."
    plan.save()
    return request_publication(package=version.package, by=coordinator, note="Nytt.")


def test_texts_to_review_for_secrecy_wait_for_whoever_did_not_write_them(
    texts, coordinator, reviewer, other_coordinator, superuser
):
    lesson, summary = texts
    items = items_of(reviewer)
    assert items.keys() >= REVIEWS
    at = reverse("admin:followup_summary_review", args=[summary.pk])
    assert items[ReminderKind.SUMMARY_REVIEW].address == at
    assert "Hemliga" not in "".join(item.title for item in items.values())
    for person in (coordinator, other_coordinator, superuser):
        assert not REVIEWS & items_of(person).keys(), person
    reviewed(lesson, reviewer)
    reviewed(summary, reviewer)
    assert not REVIEWS & items_of(reviewer).keys()
    # Other words than those that were looked at.
    Summary.objects.filter(pk=summary.pk).update(text="Två datahallar har följts upp.")
    assert REVIEWS & items_of(reviewer).keys() == {ReminderKind.SUMMARY_REVIEW}


def test_a_request_to_publish_is_due_when_it_has_waited_for_a_week(
    decision_request, coordinator, reviewer
):
    item = items_of(reviewer)[ReminderKind.PUBLISHING]
    assert item.due_on == timezone.localdate() + TO_APPROVE
    assert item.address == reverse("admin:requirements_pkg_decide", args=[decision_request.pk])
    assert ReminderKind.PUBLISHING not in items_of(coordinator)
    return_request(request=decision_request, by=reviewer, reason="Fel mått.")
    assert ReminderKind.PUBLISHING not in items_of(reviewer)
    assert "lämnades tillbaka" in items_of(coordinator)[ReminderKind.PUBLISHING].title


def test_the_first_page_has_what_the_mail_has(
    decision_request, texts, reviewer, as_persona, settings
):
    settings.SITE_ADDRESS = "https://krav.example"
    reviewer.email = "granskare@region.example"
    reviewer.save()
    remind(today=timezone.localdate())
    (sent,) = [message for message in mail.outbox if message.to == [reviewer.email]]
    page = as_persona("reviewer").get("/admin/").content.decode()
    waiting = items_of(reviewer).values()
    assert len(waiting) == 3
    for item in waiting:
        assert f'href="{item.address}"' in page
        assert f"https://krav.example{item.address}" in sent.body
    assert "Andra väntar på dig (3)" in page
