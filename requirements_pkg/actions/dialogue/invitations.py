"""The verbs of invitations to a consultation: ask people by name, mail them, remind them.

A mail is claimed with a stored moment before it goes, so that nobody gets it twice, whichever runs
meet; one that cannot be handed over gives its claim back.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.accounts.password_links import new_mailer
from actionplan.database.broken_rules import all_or_nothing
from actionplan.extension_points import old_personal_data
from actionplan.models import User
from actionplan.text import one_line
from requirements_pkg.actions.dialogue.consultations import locked_row
from requirements_pkg.actions.dialogue.replies import token_of
from requirements_pkg.models import Consultation, ConsultationInvitee, ConsultationReply
from requirements_pkg.models.dialogue.months import months_before
from requirements_pkg.reviewing.consulted import masked_rows

# More are told of the address in other ways.
MOST: Final = 200
# So long before the last day those who have not answered are reminded.
BEFORE: Final = timedelta(days=5)
MAILED: Final = "mailed_at"
REMINDED: Final = "reminded_at"
logger = logging.getLogger(__name__)


@all_or_nothing()
def invite(*, consultation: Consultation, by: User, addresses: Iterable[str]) -> int:
    """Make room for a reply of each address, which the next run mails; returns how many are new.

    Raises:
        PermissionDenied: `by` does not answer for the package.
        ValidationError: it is not open, an address is none, or there are too many.
    """
    row = locked_row(consultation, by)
    if not row.is_open:
        raise ValidationError(_("The consultation is not open."))
    wanted = dict.fromkeys(address.strip().lower() for address in addresses if address.strip())
    for address in wanted:
        _refuse_no_address(address)
    known = set(row.invitees.values_list("email", flat=True))
    new = [address for address in wanted if address not in known]
    if len(known) + len(new) > MOST:
        words = {"most": str(MOST)}
        raise ValidationError(_("At most %(most)s can be invited by mail.") % words)
    for address in new:
        reply = ConsultationReply(consultation=row)
        reply.signed_by(by).save()
        invitee = ConsultationInvitee(consultation=row, email=address, reply=reply)
        invitee.signed_by(by).save()
    return len(new)


def send_invitations(*, dry_run: bool = False) -> tuple[int, int]:
    """Mail those who are invited, and remind those who have not answered; how many, and not.

    Not in a transaction of the caller's: a claim must be seen by another run before a mail goes.
    """
    today = timezone.localdate()
    rows = [(row, MAILED) for row in ConsultationInvitee.objects.to_mail(today)]
    near = ConsultationInvitee.objects.to_remind(today, today + BEFORE)
    rows += [(row, REMINDED) for row in near]
    if dry_run:
        return len(rows), 0
    masked_rows([row.consultation for row, _moment in rows])
    outcomes = [_is_sent(row, moment) for row, moment in rows]
    return outcomes.count(True), outcomes.count(False)


def _is_sent(row: ConsultationInvitee, moment: str) -> bool:
    """Tell whether a mail was handed over, by this run or by another that was quicker."""
    claimed = {moment: timezone.now()}
    still = ConsultationInvitee.objects.filter(pk=row.pk, **{f"{moment}__isnull": True})
    # What the program writes of its own mails is no change of anybody's.
    if not still.update(**claimed):
        return True
    try:
        new_mailer().send_messages([mail(row, is_reminder=moment == REMINDED)])
    except Exception:
        # Whatever it was, the others still get theirs, and the next run tries again.
        logger.exception("No invitation was sent to invitee %s.", row.pk)
        ConsultationInvitee.objects.filter(pk=row.pk).update(**{moment: None})
        return False
    return True


def mail(row: ConsultationInvitee, *, is_reminder: bool) -> EmailMessage:
    """Write the mail that asks for an answer, or reminds of it."""
    consultation = row.consultation
    path = reverse("reply", args=[token_of(row.reply)])
    with override(settings.LANGUAGE_CODE):
        words = {"site": settings.SITE_NAME, "package": consultation.title}
        subject = (
            _("%(site)s: the last day to answer is near: %(package)s")
            if is_reminder
            else _("%(site)s: what do you think of %(package)s?")
        )
        return EmailMessage(
            one_line(subject % words),
            render_to_string(
                "requirements_pkg/mail/consultation.txt",
                {
                    "consultation": consultation,
                    "is_reminder": is_reminder,
                    "link": f"{settings.SITE_ADDRESS}{path}",
                    "site_name": settings.SITE_NAME,
                },
            ),
            to=[row.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": settings.LANGUAGE_CODE,
            },
        )


@old_personal_data
@transaction.atomic
def forget_invitees(is_trial: bool) -> int:
    """Remove who was invited to what ended so long ago, and return how many."""
    before = timezone.localdate(months_before(timezone.now(), settings.SENDER_MONTHS))
    rows = ConsultationInvitee.objects.filter(consultation__closes_on__lt=before)
    number = rows.count()
    if not is_trial:
        rows.delete()
    return number


def _refuse_no_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        sentence = _("“%(address)s” is no email address. Write one on each line.")
        raise ValidationError(sentence % {"address": address}) from error
