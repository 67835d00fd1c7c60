"""What is one person's own: whether they are reminded, and the address of their calendar."""

from secrets import token_urlsafe
from typing import Final

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from actionplan import permissions
from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.extension_points import access_narrowed
from actionplan.models import User
from followup.models import CalendarFeed, ReminderOptOut
from followup.models.personal import token_hash

SALT: Final = "followup.reminders"
# 256 bits: nobody guesses another person's calendar.
TOKEN_BYTES: Final = 32


def off_token(user: User) -> str:
    """Return what a mail carries to turn its reader's reminders off. It never grows old."""
    return Signer(salt=SALT).sign(str(user.pk))


def person_of(token: str) -> User | None:
    """Return whose reminders a token turns off; nobody if it is not one of ours."""
    try:
        pk = Signer(salt=SALT).unsign(token)
    except BadSignature:
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


@all_or_nothing()
def reminders_off(*, by: User) -> None:
    """Send this person no reminders."""
    _lock(by)
    if not ReminderOptOut.objects.filter(user=by).exists():
        ReminderOptOut(user=by).signed_by(by).save()


@all_or_nothing()
def reminders_on(*, by: User) -> None:
    """Send this person reminders again."""
    bulk.remove(ReminderOptOut, ReminderOptOut.objects.filter(user=by), by=by)


@all_or_nothing()
def make_calendar(*, by: User) -> str:
    """Give this person a new secret address, after which an older one is of no use.

    Raises:
        PermissionDenied: they have no role, and so nothing to do.
    """
    if not permissions.may_read(by):
        raise PermissionDenied
    _lock(by)
    token = token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed.objects.filter(user=by).first() or CalendarFeed(user=by)
    feed.token_sha256, feed.made_at = token_hash(token), timezone.now()
    feed.signed_by(by).save()
    return token


@all_or_nothing()
def revoke_calendar(*, by: User) -> None:
    """Let this person's address answer nobody any more."""
    end_calendar(by)


@access_narrowed
def end_calendar(person: User) -> None:
    """End the address of whoever has another password or fewer rights: others may know it."""
    # By whoever is logged in: the person, or who gives and takes rights.
    bulk.remove(CalendarFeed, CalendarFeed.objects.filter(user=person), by=None)


def _lock(person: User) -> None:
    """Let nobody else make the same row of a person meanwhile."""
    User.objects.select_for_update(of=("self",)).filter(pk=person.pk).first()
