"""Whether somebody reads the mail of their address, asked before their first second step.

A stolen password alone would otherwise choose the step that is to keep its thief out. Who got
their password by a mailed link in this browser has shown it already, and so has who comes from the
region's own log-in. Where no mail reaches somebody, an administrator's act stands for it for some
days.
"""

import logging
import time
from datetime import timedelta
from hashlib import sha256
from typing import Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan import permissions
from actionplan.accounts.background import do_afterwards
from actionplan.accounts.password_links import AN_HOUR, can_send, new_mailer
from actionplan.models import ChangeEvent, EventKind, User
from actionplan.models.events import COMMAND_LINE

# In a session: who has shown it, and when.
PROVED: Final = "address_proved"
SALT: Final = "address-proof"
# A log-in lasts no longer.
LASTS: Final = settings.SESSION_LONGEST_AGE
MOST_AN_HOUR: Final = 5
# So long an administrator's act stands for the mail.
ACT: Final = timedelta(days=3)
ACTS: Final = (EventKind.FACTORS_REMOVED, EventKind.PASSWORD_SET, EventKind.PERSON_ADDED)
logger = logging.getLogger(__name__)


def is_needed(request: HttpRequest) -> bool:
    """Tell whether somebody has to show it before they choose a second step."""
    user = request.user
    if not settings.MFA_REQUIRED or not permissions.needs_two_factors(user):
        return False
    if is_mfa_enabled(user) or _is_kept(request):
        return False
    records = get_authentication_records(request, user)
    if any(record["method"] == "socialaccount" for record in records):
        return False
    return not _is_vouched_for(permissions.signed_in(user))


def can_reach(person: User) -> bool:
    """Tell whether a mail could show it."""
    return can_send() and bool(person.email)


def keep(request: HttpRequest, person: User) -> None:
    """Note that this browser has opened a mail of somebody's."""
    request.session[PROVED] = [person.pk, int(time.time())]


def open_link(request: HttpRequest, token: str) -> bool:
    """Take the link of a mail, if it is of who is logged in, of their address, and not old."""
    person = permissions.signed_in(request.user)
    try:
        signed = signing.loads(token, salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature:
        return False
    if signed != [person.pk, _mark(person.email)]:
        return False
    keep(request, person)
    return True


def send_link(person: User) -> bool:
    """Mail somebody a link, after the answer; False where they had enough of them."""
    turns = (f"address-proof-{person.pk}-{number}" for number in range(MOST_AN_HOUR))
    if not any(cache.add(turn, True, AN_HOUR) for turn in turns):
        return False
    do_afterwards(_send, mail(person))
    return True


def mail(person: User) -> EmailMessage:
    """Write the mail, in Swedish."""
    token = signing.dumps([person.pk, _mark(person.email)], salt=SALT)
    with override(settings.LANGUAGE_CODE):
        context = {
            "name": person.get_full_name(),
            "site_name": settings.SITE_NAME,
            "link": f"{settings.SITE_ADDRESS}{reverse('address_proved', args=[token])}",
        }
        return EmailMessage(
            _("%(site)s: confirm that it is you") % {"site": settings.SITE_NAME},
            render_to_string("actionplan/accounts/address_proof.txt", context),
            to=[person.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": settings.LANGUAGE_CODE,
            },
        )


def _is_kept(request: HttpRequest) -> bool:
    pk, at = request.session.get(PROVED, (None, 0))
    return pk == request.user.pk and bool(time.time() - at < LASTS)


def _is_vouched_for(person: User) -> bool:
    """Tell whether somebody who looks after people has done something for this person lately."""
    since = timezone.now() - ACT
    events = ChangeEvent.objects.about(person).filter(at__gte=since)
    by_machine = events.filter(kind=EventKind.FACTORS_REMOVED, actor=COMMAND_LINE)
    if can_reach(person):
        return by_machine.exists()
    return person.date_joined >= since or events.filter(kind__in=ACTS).exists()


def _mark(address: str) -> str:
    return sha256(address.lower().encode()).hexdigest()[:16]


def _send(message: EmailMessage) -> None:
    new_mailer().send_messages([message])
