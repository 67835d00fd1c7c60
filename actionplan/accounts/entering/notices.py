"""Mails that tell a person what was changed of their log-in, so that a thief is noticed.

They go to the address that somebody has, and for some time to the one before it as well: who
takes a log-in over begins with its address.
"""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from actionplan.accounts.background import do_afterwards
from actionplan.accounts.password_links import new_mailer
from actionplan.models import ChangeKind, ChangeLog, User
from actionplan.models.change_log import RowChange

PASSWORD_CHANGED: Final = "account/email/password_changed"  # noqa: S105
FACTORS_REMOVED: Final = "factors_removed"
ADDRESS_CHANGED: Final = "address_changed"
NEW_BROWSER: Final = "new_browser"
# The rows are allauth's, of which the change log tells nothing itself.
RECORDED: Final = {
    "mfa/email/totp_activated": gettext_lazy("An app for codes was connected."),
    "mfa/email/totp_deactivated": gettext_lazy("The app for codes was removed."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made."),
    "socialaccount/email/account_connected": gettext_lazy(
        "The log-in of the region was connected."
    ),
}
# So long a former address is told, too.
FORMER: Final = timedelta(days=30)
# By the names under which allauth tells of them.
WHAT: Final = {
    "mfa/email/totp_activated": gettext_lazy("An app for codes was connected to your log-in."),
    "mfa/email/totp_deactivated": gettext_lazy("The app for codes was removed from your log-in."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added to your log-in."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed from your log-in."),
    "mfa/email/recovery_codes_generated": gettext_lazy("You got new recovery codes."),
    "socialaccount/email/account_connected": gettext_lazy(
        "The log-in of your region was connected to yours."
    ),
    PASSWORD_CHANGED: gettext_lazy("Your password was changed."),
    FACTORS_REMOVED: gettext_lazy(
        "An administrator removed the second step of your log-in, so that you can choose another."
    ),
    ADDRESS_CHANGED: gettext_lazy("The e-mail address of your log-in was changed."),
    NEW_BROWSER: gettext_lazy(
        "Somebody logged in as you in a browser where you have not been logged in for thirty days."
    ),
}


def record(kind: str, person: User) -> None:
    """Write in the change log what a person has changed of their own second step."""
    if kind in RECORDED:
        with override(settings.LANGUAGE_CODE):
            changes = [RowChange(person.pk, None, ChangeKind.CHANGED, {}, {})]
            ChangeLog.objects.write(User, changes, by=person, reason=str(RECORDED[kind]))


def send(kind: str, person: User) -> None:
    """Send the mails after the answer, which does not wait for them; without an address none."""
    if kind not in WHAT:
        return
    mails = [mail(kind, person, address) for address in addresses_of(person)]
    if mails:
        do_afterwards(_send, mails)


def addresses_of(person: User) -> list[str]:
    """Return the address of a person, and those that were theirs until lately."""
    changes = ChangeLog.objects.of(User).filter(key=person.pk, at__gte=timezone.now() - FORMER)
    former = (before.get("email") for before in changes.values_list("before", flat=True))
    return [*dict.fromkeys(filter(None, (person.email, *former)))]


def mail(kind: str, person: User, address: str) -> EmailMessage:
    """Write the mail, in Swedish."""
    with override(settings.LANGUAGE_CODE):
        context = {
            "what": WHAT[kind],
            "name": person.get_full_name(),
            "site_name": settings.SITE_NAME,
            "at": timezone.localtime(),
            "link": f"{settings.SITE_ADDRESS}{reverse('mfa_index')}"
            if settings.SITE_ADDRESS
            else "",
        }
        return EmailMessage(
            _subject(kind) % {"site": settings.SITE_NAME},
            render_to_string("actionplan/accounts/log_in_changed.txt", context),
            to=[address],
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": settings.LANGUAGE_CODE,
            },
        )


def _subject(kind: str) -> str:
    if kind == NEW_BROWSER:
        return _("%(site)s: you logged in in a new browser")
    return _("%(site)s: your log-in was changed")


def _send(mails: list[EmailMessage]) -> None:
    new_mailer().send_messages(mails)
