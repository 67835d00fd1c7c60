"""The verbs of subscriptions: ask for one, confirm it from the address, leave."""

from datetime import timedelta
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.accounts.background import do_afterwards
from actionplan.accounts.password_links import new_mailer
from actionplan.database.broken_rules import all_or_nothing
from actionplan.extension_points import old_personal_data
from requirements_pkg.models import RequirementsPackage, Subscription
from requirements_pkg.published import catalogue

SIGNER: Final = Signer(salt="subscription")
# Nobody is sent more mails by others than one in so long.
BETWEEN_MAILS: Final = timedelta(hours=1)
# What nobody has confirmed is forgotten after so long.
TO_CONFIRM: Final = timedelta(days=7)


def token_of(subscription: Subscription) -> str:
    """Return what a mail carries to confirm a subscription and to leave it."""
    return SIGNER.sign(str(subscription.pk))


def subscription_of(token: str) -> Subscription | None:
    """Return the subscription of a token; None if it is not ours, or has been left."""
    try:
        key = SIGNER.unsign(token)
    except BadSignature:
        return None
    return Subscription.objects.select_related("package__plan").filter(pk=key).first()


@all_or_nothing()
def ask_to_subscribe(
    *, email: str, package: RequirementsPackage | None = None, selection: str = ""
) -> None:
    """Mail an address how to confirm; whoever confirmed already, or was just asked, gets nothing.

    Args:
        email: the address.
        package: what it is to hear of; without one, of everything.
        selection: or of this, as an address has it.

    Raises:
        ValidationError: it is no address, or this site sends no mails.
    """
    if not settings.SITE_ADDRESS:
        raise ValidationError(_("The site cannot send mails yet. Follow the feed instead."))
    address, now = email.strip().lower(), timezone.now()
    digest = sha256(selection.encode()).hexdigest() if selection else ""
    row = Subscription.objects.filter(email=address, package=package, digest=digest).first()
    if row is None:
        row = Subscription(email=address, package=package, digest=digest, selection=selection)
        row.news_until = now if selection else None
    elif row.confirmed_at is not None or now - row.asked_at < BETWEEN_MAILS:
        return
    row.asked_at = now
    row.full_clean()
    row.save()
    message = _asking_mail(row)
    transaction.on_commit(lambda: do_afterwards(new_mailer().send_messages, [message]))


@all_or_nothing()
def confirm(subscription: Subscription) -> None:
    """Say that the reader of the address wants the mails."""
    if subscription.confirmed_at is None:
        subscription.confirmed_at = timezone.now()
        subscription.save(update_fields=["confirmed_at"])


@all_or_nothing()
def leave(subscription: Subscription) -> None:
    """Forget the address."""
    subscription.delete()


@old_personal_data
def forget_unconfirmed(is_trial: bool) -> int:
    """Remove the addresses that nobody confirmed in time, and return of how many."""
    before = timezone.now() - TO_CONFIRM
    rows = Subscription.objects.filter(confirmed_at__isnull=True, asked_at__lt=before)
    return rows.count() if is_trial else rows.delete()[0]


def _name(package: RequirementsPackage | None) -> str:
    """Return what a package is called in public."""
    return "" if package is None else catalogue.versions_of(package.slug).newest.title


def _asking_mail(subscription: Subscription) -> EmailMessage:
    path = reverse("subscription", args=[token_of(subscription)])
    with override(settings.LANGUAGE_CODE):
        return EmailMessage(
            _("%(site)s: confirm that you want mails") % {"site": settings.SITE_NAME},
            render_to_string(
                "requirements_pkg/mail/confirm.txt",
                {
                    "package": _name(subscription.package),
                    "selection": subscription.selection,
                    "address": f"{settings.SITE_ADDRESS}{reverse('selection')}",
                    "link": f"{settings.SITE_ADDRESS}{path}",
                    "days": TO_CONFIRM.days,
                    "site_name": settings.SITE_NAME,
                },
            ),
            to=[subscription.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": settings.LANGUAGE_CODE,
            },
        )
