"""Mails to suppliers: the address of their page, a reminder before the last day, and one after.

A mail is claimed with a stored moment before it goes, so that nobody gets it twice, whichever runs
meet; one that cannot be handed over gives its claim back.
"""

import logging
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.accounts.password_links import new_mailer
from actionplan.text import one_line
from followup.actions.answering.supplier_forms import token_of
from followup.models import SupplierForm

# So long before the last day those who have not answered are reminded.
BEFORE: Final = timedelta(days=5)
MAILED: Final = "mailed_at"
REMINDED: Final = "reminded_at"
REMINDED_LATE: Final = "late_reminded_at"
logger = logging.getLogger(__name__)


def mail_suppliers(*, dry_run: bool = False) -> tuple[int, int]:
    """Mail suppliers that are asked, and remind those who have not answered; how many, and not.

    Not in a transaction of the caller's: a claim must be seen by another run before a mail goes.
    """
    today, forms = timezone.localdate(), SupplierForm.objects.with_names()
    rows = [(form, MAILED) for form in forms.to_mail()]
    rows += [(form, REMINDED_LATE) for form in forms.to_remind_late(today)]
    # Whoever is late is not reminded of the day that has passed, too.
    near = forms.to_remind(today + BEFORE).filter(reply_by__gte=today)
    rows += [(form, REMINDED) for form in near]
    if dry_run:
        return len(rows), 0
    outcomes = [_is_sent(form, moment) for form, moment in rows]
    return outcomes.count(True), outcomes.count(False)


def _is_sent(form: SupplierForm, moment: str) -> bool:
    """Tell whether a mail was handed over, by this run or by another that was quicker."""
    still = SupplierForm.objects.filter(pk=form.pk, **{f"{moment}__isnull": True})
    # What the program writes of its own mails is no change of anybody's.
    if not still.update(**{moment: timezone.now()}):
        return True
    try:
        new_mailer().send_messages([mail(form, moment)])
    except Exception:
        # Whatever it was, the others still get theirs, and the next run tries again.
        logger.exception("No mail was sent to the supplier of form %s.", form.pk)
        SupplierForm.objects.filter(pk=form.pk).update(**{moment: None})
        return False
    return True


def mail(form: SupplierForm, moment: str) -> EmailMessage:
    """Write the mail that asks for answers, or reminds of them. It names no contract."""
    path = reverse("supplier_form", args=[token_of(form)])
    with override(settings.LANGUAGE_CODE):
        subjects = {
            MAILED: _("%(sender)s: questions about your contract"),
            REMINDED: _("%(sender)s: the last day to answer is near"),
            REMINDED_LATE: _("%(sender)s: your answers are late"),
        }
        context = {
            "form": form,
            "is_first": moment == MAILED,
            "is_late": moment == REMINDED_LATE,
            "link": f"{settings.SITE_ADDRESS}{path}",
            "site_name": settings.SITE_NAME,
        }
        return EmailMessage(
            one_line(subjects[moment] % {"sender": form.sender}),
            render_to_string("followup/mail/supplier.txt", context),
            to=[form.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": settings.LANGUAGE_CODE,
            },
        )
