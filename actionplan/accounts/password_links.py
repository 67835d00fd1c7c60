"""A link by mail with which a person chooses a password, so that nobody else ever types it.

The link is Django's own: signed, good once and for `PASSWORD_RESET_TIMEOUT`, and void as soon as
the password or the address is another. It begins with `SITE_ADDRESS`, never with what a request
says of its host.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import mail as django_mail
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.models import ChangeEvent, EventKind, User

MOST_AN_HOUR: Final = 3
AN_HOUR: Final = 60 * 60
logger = logging.getLogger(__name__)


@dataclass
class PasswordLinksOutcome:
    """What became of the links that were asked for."""

    sent: list[User] = field(default_factory=list)
    # The mail was not handed over; asking again may help.
    failed: list[User] = field(default_factory=list)
    # Inactive, or without an address.
    unreachable: list[User] = field(default_factory=list)
    # Has had as many as an hour allows.
    too_many: list[User] = field(default_factory=list)


def can_send() -> bool:
    """Tell whether a link could lead anywhere."""
    return bool(settings.SITE_ADDRESS)


def send_to_address(address: str) -> None:
    """Send a link to whom an address belongs, if that person may log in."""
    send_links([user for user in User.objects.at_address(address) if user.is_staff], by=None)


def send_links(people: Iterable[User], *, by: User | None) -> PasswordLinksOutcome:
    """Send each person a link, and log who had it sent; no `by` is the person themself.

    Never inside a transaction: a mail server may keep one waiting.
    """
    outcome = PasswordLinksOutcome()
    reachable: list[User] = []
    for user in people:
        is_reachable = can_send() and user.is_active and user.email
        (reachable if is_reachable else outcome.unreachable).append(user)
    if not reachable:
        return outcome
    mailer = _open_mailer()
    if mailer is None:
        outcome.failed = reachable
        return outcome
    for user in reachable:
        _send(user, mailer, outcome)
    mailer.close()
    for user in outcome.sent if by else ():
        ChangeEvent.objects.record(EventKind.LINK_SENT, user, by=by, detail={})
    return outcome


def new_mailer() -> BaseEmailBackend:
    """Return what sends mails, not open yet; `env.Mail` knows which Django has mailers."""
    if hasattr(settings, "MAILERS"):
        return django_mail.mailers.default
    return django_mail.get_connection()


def _open_mailer() -> BaseEmailBackend | None:
    """Open one connection for all mails: a server that is away is waited for once."""
    mailer = new_mailer()
    try:
        mailer.open()
    except Exception:
        logger.exception("The mail server does not answer.")
        return None
    return mailer


def _send(user: User, mailer: BaseEmailBackend, outcome: PasswordLinksOutcome) -> None:
    turn = _take_turn(user)
    if turn is None:
        outcome.too_many.append(user)
        return
    try:
        mailer.send_messages([mail(user)])
    except Exception:
        # Whatever it was, the others still get theirs.
        logger.exception("No password link was sent to person %s.", user.pk)
        cache.delete(turn)
        outcome.failed.append(user)
    else:
        outcome.sent.append(user)


def _take_turn(user: User) -> str | None:
    """Take one of an hour's turns; each is a key of its own, which only one process can add."""
    turns = (f"password-link-{user.pk}-{number}" for number in range(MOST_AN_HOUR))
    return next((turn for turn in turns if cache.add(turn, True, AN_HOUR)), None)


def mail(user: User) -> django_mail.EmailMessage:
    """Write the mail, in Swedish: a welcome to whoever has no password yet."""
    with override(settings.LANGUAGE_CODE):
        is_new = not user.has_usable_password()
        subject = _("%(site)s: choose your password") if is_new else _("%(site)s: new password")
        uid = urlsafe_base64_encode(force_bytes(user.pk))
        address = reverse("password_choose", args=[uid, default_token_generator.make_token(user)])
        valid = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        context = {
            "is_new": is_new,
            "name": user.get_full_name(),
            "username": user.get_username(),
            "site_name": settings.SITE_NAME,
            "site": settings.SITE_ADDRESS,
            "link": f"{settings.SITE_ADDRESS}{address}",
            "until": timezone.localtime(timezone.now() + valid),
        }
        return django_mail.EmailMessage(
            subject % {"site": settings.SITE_NAME},
            render_to_string("actionplan/accounts/password_link.txt", context),
            to=[user.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": settings.LANGUAGE_CODE,
            },
        )
