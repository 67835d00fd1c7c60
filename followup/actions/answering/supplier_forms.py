"""The verbs of whoever asks: send a supplier the questions of a follow-up, and ask again."""

from datetime import date, timedelta
from typing import Final, TypedDict

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.extension_points import old_personal_data
from actionplan.models import ChangeEvent, EventKind, User
from followup.actions.follow_ups import advance, locked_for
from followup.models import FollowUp, FollowUpStatus, SupplierForm
from followup.models.answering import ANSWERABLE, new_key
from requirements_pkg.models.dialogue.months import months_before

SIGNER: Final = Signer(salt="answers of a supplier")
# What a supplier is given by default.
WEEKS: Final = timedelta(weeks=4)
FACTS: Final = ("reply_by", "sender", "contact", "email", "message")


class FormFacts(TypedDict):
    """What is said to the supplier beside the questions."""

    reply_by: date
    sender: str
    contact: str
    email: str
    message: str


def token_of(form: SupplierForm) -> str:
    """Return the secret part of the address: the database alone does not tell it."""
    return SIGNER.sign(f"{form.pk}.{form.key}")


def form_of(token: str) -> SupplierForm | None:
    """Return the form of a token; None if it is not ours, or of an address that was changed."""
    try:
        pk, key = SIGNER.unsign(token).split(".")
    except (BadSignature, ValueError):
        return None
    form: SupplierForm | None = SupplierForm.objects.with_names().filter(pk=pk).first()
    return form if form is not None and constant_time_compare(form.key, key) else None


@all_or_nothing()
def send_form(
    *, follow_up: FollowUp, facts: FormFacts, by: User, is_new_address: bool = False
) -> SupplierForm:
    """Give the supplier a page for the questions; ask again, where there is one already.

    What was answered before stands in it to go on from.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: nothing is asked, it is too late for questions, or a fact is missing.
    """
    stored = locked_for(follow_up, by)
    _refuse_unaskable(stored)
    form = SupplierForm.objects.filter(follow_up=stored).first()
    form = form or SupplierForm(follow_up=stored, sent_by=by, key=new_key())
    before = form.reply_by, form.email, form.submitted_at
    for name, value in facts.items():
        setattr(form, name, value)
    if form.reply_by is not None and form.reply_by < timezone.localdate():
        raise ValidationError({"reply_by": _("The last day to reply has passed.")})
    form.sent_by, form.sent_at, form.submitted_at = by, timezone.now(), None
    if is_new_address:
        form.key = new_key()
    if is_new_address or before != (form.reply_by, form.email, form.submitted_at):
        # What has changed is mailed.
        form.mailed_at = form.reminded_at = form.late_reminded_at = None
    form.full_clean()
    form.signed_by(by).save()
    if stored.status == FollowUpStatus.PLANNED:
        advance(follow_up=follow_up, to=FollowUpStatus.SENT, by=by)
    ChangeEvent.objects.record(
        EventKind.SUBMITTED, stored, by=by, detail={"questions": stored.questions.count()}
    )
    return form


def _refuse_unaskable(follow_up: FollowUp) -> None:
    if not follow_up.questions.exists():
        raise ValidationError(_("No question is chosen. Choose the questions first."))
    if follow_up.status not in (FollowUpStatus.PLANNED, *ANSWERABLE):
        text = _("The follow-up is now “%(now)s”: it is too late to ask the supplier.")
        raise ValidationError(text % {"now": follow_up.get_status_display()})


@old_personal_data
@transaction.atomic
def forget_supplier_addresses(is_trial: bool) -> int:
    """Remove whom forms were sent to so long ago, and return of how many; a trial only counts."""
    before = months_before(timezone.now(), settings.SENDER_MONTHS)
    rows = list(SupplierForm.objects.with_personal_data(before))
    if not is_trial:
        for row in rows:
            row.email = ""
        bulk.change(SupplierForm, rows, ("email",), by=None)
    return len(rows)
