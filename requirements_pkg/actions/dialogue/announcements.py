"""The verbs of announcements: tell subscribers of what was published, note another channel.

A version is claimed with a stored row before the mails are sent, so that nobody is told twice,
whichever runs meet; if the machine stops in between, the rest of the mails is lost.
"""

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.accounts.password_links import new_mailer
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import User
from actionplan.text import one_line
from requirements_pkg import permissions
from requirements_pkg.actions.dialogue.subscriptions import token_of
from requirements_pkg.models import (
    Announcement,
    AnnouncementChannel,
    PackageVersion,
    Subscription,
)
from requirements_pkg.published import catalogue

# What was published longer ago is no news.
NEWS: Final = timedelta(days=14)
logger = logging.getLogger(__name__)


def announce(*, dry_run: bool = False) -> dict[PackageVersion, tuple[int, int]]:
    """Mail subscribers of what was published lately; returns for each version how many were told.

    And to how many no mail could be handed over. Not in a transaction of the caller's: a claim
    must be seen by another run before the mails go.
    """
    outcome = {}
    for version in _news():
        readers = list(_readers(version))
        if not readers:
            continue
        if dry_run:
            outcome[version] = len(readers), 0
            continue
        claim = _claimed(version)
        if claim is None:
            # Another run was quicker.
            continue
        sent = sum(_is_sent(version, reader) for reader in readers)
        if sent:
            claim.recipients = sent
            claim.save()
        else:
            # The mail server is away: the next run tries again.
            claim.delete()
        outcome[version] = sent, len(readers) - sent
    return outcome


@all_or_nothing()
def note_announcement(*, version: PackageVersion, where: str, on: date, by: User) -> None:
    """Note that a version was announced in another way.

    Raises:
        PermissionDenied: `by` does not answer for the package.
        ValidationError: it is not said where.
    """
    if not permissions.may_answer(by, version.package):
        raise PermissionDenied
    row = Announcement(
        version=version,
        channel=AnnouncementChannel.OTHER,
        where=where.strip(),
        on=on,
        noted_by=by,
    )
    row.full_clean()
    row.signed_by(by).save()


def _news() -> list[PackageVersion]:
    """Return the versions in force that were published lately and that nobody was told of."""
    rows = PackageVersion.objects.in_force().defer("content")
    rows = rows.filter(published_at__gt=timezone.now() - NEWS)
    rows = rows.exclude(announcements__channel=AnnouncementChannel.MAIL)
    return list(rows.select_related("package__plan").order_by("published_at", "pk"))


def _readers(version: PackageVersion) -> Iterator[Subscription]:
    """Yield who is to hear of a version, each address once: its own package before everything."""
    rows = Subscription.objects.confirmed().of_package(version.package_id)
    known, own_first = set(), F("package").desc(nulls_last=True)
    for row in rows.filter(confirmed_at__lte=version.published_at).order_by(own_first, "pk"):
        if row.email not in known:
            known.add(row.email)
            yield row


def _claimed(version: PackageVersion) -> Announcement | None:
    row = Announcement(version=version, channel=AnnouncementChannel.MAIL, recipients=0)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row


def _is_sent(version: PackageVersion, reader: Subscription) -> bool:
    """Tell whether the mail was handed over."""
    try:
        new_mailer().send_messages([mail(version, reader)])
    except Exception:
        # Whatever it was, the others still get theirs.
        logger.exception("No announcement was sent to subscription %s.", reader.pk)
        return False
    return True


def mail(version: PackageVersion, reader: Subscription) -> EmailMessage:
    """Write the mail that tells one reader of a version."""
    base, slug = settings.SITE_ADDRESS, version.package.slug
    # As it may be read.
    info = catalogue.versions_of(slug).get(version.number)
    out = f"{base}{reverse('unsubscribe', args=[token_of(reader)])}"
    words = {"package": info.title, "number": version.number, "site": settings.SITE_NAME}
    with override(settings.LANGUAGE_CODE):
        return EmailMessage(
            one_line(_("%(site)s: %(package)s, version %(number)d") % words),
            render_to_string(
                "requirements_pkg/mail/announcement.txt",
                {
                    "package": info.title,
                    "version": info,
                    "link": f"{base}{reverse('version', args=[slug, version.number])}",
                    "out": out,
                    "site_name": settings.SITE_NAME,
                },
            ),
            to=[reader.email],
            headers={
                "List-Unsubscribe": f"<{out}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
                "Content-Language": settings.LANGUAGE_CODE,
            },
        )
