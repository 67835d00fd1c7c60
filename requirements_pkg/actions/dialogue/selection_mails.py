"""The verb that mails buyers what became of the requirements that they chose.

What has been told is noted before a mail is sent, so that nobody is told twice, whichever runs
meet; where it cannot be handed over, the next run tries again.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.accounts.password_links import new_mailer
from actionplan.text import one_line
from requirements_pkg.actions.dialogue.subscriptions import token_of
from requirements_pkg.models import Subscription

logger = logging.getLogger(__name__)


class SelectionChange(Protocol):
    """What a version means for what was chosen, or that it was withdrawn."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...


# What became of the selection of an address after a moment.
ChangesSince = Callable[[str, datetime], Sequence[SelectionChange]]


def tell_buyers(changes_since: ChangesSince, *, dry_run: bool = False) -> tuple[int, int]:
    """Mail each buyer what became of her selection since she was last told.

    Not in a transaction of the caller's: what is noted must be seen by another run before the
    mail goes.

    Returns:
        to how many a mail was handed over, or would be, and to how many it could not be.
    """
    sent = failed = 0
    for row in Subscription.objects.confirmed().of_selections():
        now = timezone.now()
        with override(settings.LANGUAGE_CODE):
            changes = changes_since(row.selection, row.news_until or now)
        if not changes:
            continue
        if dry_run:
            sent += 1
        elif _is_noted(row, row.news_until, now):
            if _is_sent(row, changes):
                sent += 1
            else:
                _is_noted(row, now, row.news_until)
                failed += 1
    return sent, failed


def _is_noted(row: Subscription, before: datetime | None, until: datetime | None) -> bool:
    """Note until when a reader is told; another run may have been quicker."""
    rows = Subscription.objects.filter(pk=row.pk, news_until=before)
    return rows.update(news_until=until) == 1


def _is_sent(row: Subscription, changes: Sequence[SelectionChange]) -> bool:
    """Tell whether the mail was handed over."""
    try:
        new_mailer().send_messages([mail(row, changes)])
    except Exception:
        # Whatever it was, the others still get theirs.
        logger.exception("No mail was sent to subscription %s.", row.pk)
        return False
    return True


def mail(row: Subscription, changes: Sequence[SelectionChange]) -> EmailMessage:
    """Write the mail that tells one buyer what became of her selection."""
    base = settings.SITE_ADDRESS
    out = f"{base}{reverse('unsubscribe', args=[token_of(row)])}"
    with override(settings.LANGUAGE_CODE):
        return EmailMessage(
            one_line(
                _("%(site)s: something has changed in your selection")
                % {"site": settings.SITE_NAME}
            ),
            render_to_string(
                "requirements_pkg/mail/selection.txt",
                {
                    "changes": changes,
                    "link": f"{base}{reverse('selection')}?{row.selection}",
                    "out": out,
                    "site_name": settings.SITE_NAME,
                },
            ),
            to=[row.email],
            headers={
                "List-Unsubscribe": f"<{out}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
                "Content-Language": settings.LANGUAGE_CODE,
            },
        )
