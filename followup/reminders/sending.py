"""Reminders by mail: what is due, told to each person once at each step.

A step is claimed with a stored row before the mail is sent, and given back if sending failed. So
nothing is sent twice, whichever runs meet; if the machine stops in between, a mail is lost.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from actionplan.models import User
from actionplan.text import figure
from followup.actions.personal import off_token
from followup.models import SentReminder
from followup.reminders.due import DueItem, due

# Days after the due date at which somebody is told; 0 is told once in the days before.
STEPS: Final = (0, 1, 7, 30)
BEFORE: Final = timedelta(days=7)
LANGUAGE: Final = "sv"
# So many claims are written at once.
BATCH: Final = 200
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One item for one person, at the step it has reached."""

    item: DueItem
    step: int


@dataclass
class SendingOutcome:
    """What a run did, or would do."""

    sent: dict[User, int] = field(default_factory=dict)
    failed: list[User] = field(default_factory=list)

    @property
    def items(self) -> int:
        """How many things were told in all mails together."""
        return sum(self.sent.values())


def step_at(due_on: date, today: date) -> int | None:
    """Return the largest step that is reached on a day, None while it is too early for any."""
    # A far date is moved by nothing: years 1 and 9999 are dates too.
    if (due_on - today) > BEFORE:
        return None
    late = max((today - due_on).days, 0)
    return max(step for step in STEPS if step <= late)


def recipients() -> QuerySet[User]:
    """Return who is reminded: active people with an address who have not turned it off."""
    return User.objects.filter(is_active=True, reminder_opt_out__isnull=True).exclude(email="")


def remind(*, today: date, dry_run: bool = False) -> SendingOutcome:
    """Send each person one mail with what has reached a new step; a failure stops nobody else's.

    Not in a transaction of the caller's: a claim must be seen by another run before the mail goes.
    """
    outcome = SendingOutcome()
    with override(LANGUAGE):
        for user, reminders in _waiting(today):
            if dry_run:
                outcome.sent[user] = len(reminders)
                continue
            claimed = [pair for some in _batches(reminders) for pair in _claim(user, some)]
            if not claimed:
                # Another run was quicker.
                continue
            if _send(user, [reminder.item for reminder, _row in claimed], today):
                outcome.sent[user] = len(claimed)
            else:
                outcome.failed.append(user)
                _release(row for _reminder, row in claimed)
    return outcome


def _waiting(today: date) -> Iterator[tuple[User, list[Reminder]]]:
    """Yield who is to be told of what: the step it has reached, unless it or a later was told."""
    everything = due(recipients(), until=today + BEFORE)
    steps = _steps_sent(
        min((item.due_on for items in everything.values() for item in items), default=today)
    )
    for user, items in everything.items():
        reminders = []
        for item in items:
            step = step_at(item.due_on, today)
            if step is not None and step > steps[_key(user, item)]:
                reminders.append(Reminder(item, step))
        if reminders:
            yield user, reminders


Key = tuple[int, str, int, date]


def _key(user: User, item: DueItem) -> Key:
    """Return the key of what a person is told of; a new date is told anew."""
    return user.pk, item.kind.value, item.target_id, item.due_on


def _steps_sent(earliest: date) -> defaultdict[Key, int]:
    """Return the largest step told of each thing due on or after a day; -1 where none was."""
    steps: defaultdict[Key, int] = defaultdict(lambda: -1)
    rows = SentReminder.objects.filter(due_on__gte=earliest).order_by()
    sent = rows.values_list("user", "kind", "target_id", "due_on", "step")
    for user, kind, target_id, due_on, step in sent.iterator():
        key = user, kind, target_id, due_on
        steps[key] = max(step, steps[key])
    return steps


def _batches(reminders: Sequence[Reminder]) -> Iterator[Sequence[Reminder]]:
    """Yield as many at a time as others can wait for: the first run tells thousands of things."""
    for start in range(0, len(reminders), BATCH):
        yield reminders[start : start + BATCH]


@transaction.atomic
def _claim(user: User, reminders: Iterable[Reminder]) -> list[tuple[Reminder, SentReminder]]:
    """Return those that no other run has claimed, with the rows that now say so."""
    claimed = []
    for reminder in reminders:
        item = reminder.item
        row = SentReminder(
            user=user,
            kind=item.kind,
            target_id=item.target_id,
            due_on=item.due_on,
            step=reminder.step,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            # Somebody else's.
            continue
        claimed.append((reminder, row))
    return claimed


def _release(rows: Iterable[SentReminder]) -> None:
    """Let the next run try again."""
    SentReminder.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _send(user: User, items: Sequence[DueItem], today: date) -> bool:
    """Tell whether the mail was handed over."""
    try:
        mail(user, items, today).send()
    except Exception:
        # Whatever it was, the others still get theirs.
        logger.exception("No reminder was sent to %s.", user.get_username())
        return False
    return True


def mail(user: User, items: Sequence[DueItem], today: date) -> EmailMultiAlternatives:
    """Write one mail with everything that one person is told."""
    off = f"{settings.SITE_ADDRESS}{reverse('reminders_off', args=[off_token(user)])}"
    subject = ngettext(
        "%(site)s: %(number)s thing to do", "%(site)s: %(number)s things to do", len(items)
    ) % {"site": settings.SITE_NAME, "number": figure(len(items))}
    context: dict[str, object] = {
        "subject": subject,
        "overdue": [item for item in items if item.due_on < today],
        "coming": [item for item in items if item.due_on >= today],
        "site": settings.SITE_ADDRESS,
        "site_name": settings.SITE_NAME,
        "mine": f"{settings.SITE_ADDRESS}{reverse('admin:followup_mine')}",
        "off": off,
    }
    message = EmailMultiAlternatives(
        subject,
        render_to_string("followup/mail/reminder.txt", context),
        to=[user.email],
        headers={
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # No answer from whoever is on holiday.
            "Auto-Submitted": "auto-generated",
            "Content-Language": LANGUAGE,
        },
    )
    html = render_to_string("followup/mail/reminder.html", context)
    message.attach_alternative(html, "text/html")
    return message
