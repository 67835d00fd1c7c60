"""The verbs of whoever is consulted: begin a reply, write, send; and forget who sent it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.extension_points import old_personal_data
from requirements_pkg.cards.requirement_cards import citation
from requirements_pkg.document.schema import Document
from requirements_pkg.models import Consultation, ConsultationRemark, ConsultationReply
from requirements_pkg.models.dialogue.feedback import PERSONAL
from requirements_pkg.models.dialogue.months import months_before

SIGNER: Final = Signer(salt="reply to a consultation")
# Under this, and not under the uid of a requirement, stands what is said of the whole.
WHOLE: Final = ""
DAY: Final = timedelta(days=1)
# A consultation has no use for more in a day: it is a flood.
MOST_A_DAY: Final = 200
# Of one reply, in characters: a book of a hundred pages.
MOST_TEXT: Final = 200_000
# What was begun and never sent is forgotten so long after the last day.
UNSENT: Final = timedelta(days=30)


def token_of(reply: ConsultationReply) -> str:
    """Return the secret part of the address at which a reply is written and read."""
    return SIGNER.sign(str(reply.pk))


def reply_of(token: str) -> ConsultationReply | None:
    """Return the reply of a token; None if it is not ours, or has been forgotten."""
    try:
        key = SIGNER.unsign(token)
    except BadSignature:
        return None
    rows = ConsultationReply.objects.select_related("consultation__package")
    return rows.filter(pk=key).first()


@all_or_nothing()
def begin_reply(consultation: Consultation) -> ConsultationReply:
    """Make room for a reply that somebody without a log-in wants to write.

    Raises:
        ValidationError: it is not open, or has got enough for a day.
    """
    _refuse_closed(consultation)
    if not consultation.is_for_anybody:
        raise ValidationError(_("Only those who were invited answer this consultation."))
    since = timezone.now() - DAY
    own = consultation.replies.filter(invitee__isnull=True)
    if own.filter(begun_at__gt=since).count() >= MOST_A_DAY:
        raise ValidationError(_("We have got as much as we can take in today. Try tomorrow."))
    reply = ConsultationReply(consultation=consultation)
    reply.save()
    return reply


@all_or_nothing()
def write(*, reply: ConsultationReply, about: str, text: str) -> None:
    """Keep what is said of a requirement, or of the whole; an empty text takes it away.

    Raises:
        ValidationError: the consultation is not open, the reply is sent, or it is too long.
    """
    stored = _locked_row(reply)
    texts = {**stored.texts, about: text.strip()}
    texts = {key: value for key, value in texts.items() if value}
    if sum(map(len, texts.values())) > MOST_TEXT:
        raise ValidationError(_("The reply is too long. Shorten it, or send parts by mail."))
    stored.texts = reply.texts = texts
    stored.save(update_fields=["texts"])


@all_or_nothing()
def send_reply(
    *, reply: ConsultationReply, content: Document, sender: Mapping[str, str | bool]
) -> None:
    """Take in what was written: a remark for each thing, in the order of the draft.

    Args:
        reply: what was written.
        content: the draft that it is about.
        sender: who sends it, and what they consent to, by the names of the fields.

    Raises:
        ValidationError: the consultation is not open, the reply is sent already or says nothing,
        or personal data come without consent.
    """
    stored = _locked_row(reply)
    remarks = remarks_of(stored, content)
    if not remarks:
        raise ValidationError(_("Write something before you send the reply."))
    for name, value in sender.items():
        setattr(stored, name, value)
    stored.texts, stored.sent_at = {}, timezone.now()
    stored.full_clean()
    stored.save()
    for remark in remarks:
        remark.clean_fields(exclude=["reply"])
    bulk.make(ConsultationRemark, remarks, by=None)


def remarks_of(reply: ConsultationReply, content: Document) -> list[ConsultationRemark]:
    """Return what a reply says, of the whole first."""
    texts = reply.texts
    whole = [ConsultationRemark(reply=reply, text=texts[WHOLE])] if WHOLE in texts else []
    return whole + [
        ConsultationRemark(
            reply=reply,
            uid=UUID(requirement.uid),
            cite=citation(requirement),
            title=requirement.title,
            text=texts[requirement.uid],
        )
        for requirement in content.requirements
        if requirement.uid in texts
    ]


def _locked_row(reply: ConsultationReply) -> ConsultationReply:
    """Return a reply as it is stored, held against others, and its consultation against closing:
    what is summed up is all that was taken in.

    Raises:
        ValidationError: it is sent, or its consultation is not open.
    """
    rows = ConsultationReply.objects.select_for_update(of=("self", "consultation"), no_key=True)
    stored = rows.select_related("consultation__package").get(pk=reply.pk)
    if stored.sent_at is not None:
        raise ValidationError(_("The reply is sent already."))
    _refuse_closed(stored.consultation)
    return stored


def _refuse_closed(consultation: Consultation) -> None:
    if not consultation.is_open:
        raise ValidationError(_("The consultation no longer takes in answers."))


@old_personal_data
@transaction.atomic
def forget_repliers(is_trial: bool) -> int:
    """Remove who sent replies so long ago, and return of how many; a trial only counts."""
    before = months_before(timezone.now(), settings.SENDER_MONTHS)
    rows = list(ConsultationReply.objects.with_personal_data(before))
    if not is_trial:
        for row in rows:
            row.name = row.organisation = row.email = ""
        bulk.change(ConsultationReply, rows, PERSONAL, by=None)
    return len(rows)


@old_personal_data
@transaction.atomic
def forget_unsent(is_trial: bool) -> int:
    """Remove what was begun and never sent, a while after the last day, and return how many."""
    before = timezone.localdate() - UNSENT
    rows = ConsultationReply.objects.filter(
        sent_at__isnull=True, consultation__closes_on__lt=before, invitee__isnull=True
    )
    number = rows.count()
    if not is_trial:
        rows.delete()
    return number
