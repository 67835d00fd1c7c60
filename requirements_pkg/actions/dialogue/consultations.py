"""The verbs of consultations: ask for one, answer that, extend, close, withdraw.

What goes out is frozen when it is asked for, and it takes two people, as publishing does.
"""

import secrets
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ChangeEvent, EventKind, PlanStatus, User
from requirements_pkg import permissions
from requirements_pkg.actions import screening
from requirements_pkg.actions.publishing import locked, subject_of
from requirements_pkg.actions.reviewing import notices
from requirements_pkg.document.facts import Listing
from requirements_pkg.document.reading import digest, read, written
from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.extension_points import PublicTexts
from requirements_pkg.models import Consultation, ConsultedDraft, Decision, RequirementsPackage

LONGEST: Final = timedelta(days=366)
SECRET_BYTES: Final = 24


def request_consultation(
    *, package: RequirementsPackage, by: User, row: Consultation, names_stand: str = ""
) -> Consultation:
    """Freeze the draft, ask another person to let it out, and tell them by mail.

    See `freeze_draft`.
    """
    made = freeze_draft(package=package, by=by, row=row, names_stand=names_stand)
    notices.tell_of_consultation_request(made)
    return made


def freeze_draft(
    *, package: RequirementsPackage, by: User, row: Consultation, names_stand: str = ""
) -> Consultation:
    """Freeze the draft as it stands now, for another person to let it out.

    Args:
        package: whose draft.
        by: who asks.
        row: what was asked about, until when, and at which kind of address; not stored yet.
        names_stand: why words may stand that may name somebody.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: the plan is closed, the last day is past or far away, words may name
        somebody, or another consultation waits or is open.
    """
    # Worked out while nobody waits.
    stored = RequirementsPackage.objects.with_owner().get(pk=package.pk)
    content = draft_content(stored)
    names = screening.names_in(stored, _texts(content, row.introduction))
    with all_or_nothing():
        package = locked(package)
        if not permissions.may_edit(by, package):
            raise PermissionDenied
        _refuse_closed(package)
        _refuse_day(row.closes_on)
        _refuse_another(package)
        screening.refuse_names(package, names, reason=names_stand, by=by)
        row.requested_by = by
        _store(row, package, content)
        _record(EventKind.REQUESTED, row, by=by, reason=_("for consultation"))
    return row


def _store(row: Consultation, package: RequirementsPackage, content: Document) -> None:
    """Give a consultation its number and its address, and store it with the words."""
    latest = package.consultations.aggregate(number=Max("number"))["number"] or 0
    row.package, row.number = package, latest + 1
    row.base = package.versions.in_force().defer("content").first()
    row.title = f"{content.package.title} {Listing.of(content).period}".strip()
    row.introduction = row.introduction.strip()
    row.key = (
        secrets.token_urlsafe(SECRET_BYTES) if row.is_secret else f"{package.slug}-{row.number}"
    )
    row.full_clean()
    row.signed_by(row.requested_by).save()
    text = written(content)
    ConsultedDraft(consultation=row, content=text.decode(), sha256=digest(text)).save()


def approve_consultation(*, consultation: Consultation, by: User) -> None:
    """Let the draft out, and tell whoever asked by mail: see `let_out`."""
    let_out(consultation=consultation, by=by)
    notices.tell_of_consultation(consultation)


def let_out(*, consultation: Consultation, by: User) -> None:
    """Let the draft out, just as it was frozen.

    Raises:
        PermissionDenied: `by` may not approve it, or asked for it; or whoever asked no longer
        edits the package.
        ValidationError: somebody has decided already, the last day is past, or it names somebody
        who became known only then.
    """
    stored = RequirementsPackage.objects.with_owner().get(pk=consultation.package_id)
    content = read(consultation.draft.content)
    names = screening.names_in(stored, _texts(content, consultation.introduction))
    with all_or_nothing():
        package, requester = locked(consultation.package), consultation.requested_by
        if not permissions.may_approve(by, package, by=requester):
            raise PermissionDenied
        if not permissions.may_edit(requester, package):
            raise PermissionDenied
        _refuse_day(consultation.closes_on)
        screening.refuse_new_names(names)
        _decide(consultation, Decision.APPROVED, by=by)
        _record(EventKind.APPROVED, consultation, by=by, reason=_("for consultation"))


@all_or_nothing()
def return_consultation(*, consultation: Consultation, by: User, answer: str) -> None:
    """Hand it back with a reason; whoever asked may also take it back.

    Raises:
        PermissionDenied: `by` neither approves this package nor asked.
        ValidationError: no reason, or somebody has decided already.
    """
    package, requester = locked(consultation.package), consultation.requested_by
    if by.pk != requester.pk and not permissions.may_approve(by, package, by=requester):
        raise PermissionDenied
    _decide(consultation, Decision.RETURNED, by=by, answer=answer)
    _record(EventKind.RETURNED, consultation, by=by, reason=consultation.answer)
    notices.tell_of_consultation(consultation)


@all_or_nothing()
def extend_consultation(*, consultation: Consultation, by: User, closes_on: date) -> None:
    """Give those who answer more time; also where the last day has just passed.

    Raises:
        PermissionDenied: `by` does not answer for the package.
        ValidationError: it is not out, or the day is no later one.
    """
    row = locked_row(consultation, by)
    if row.closed_at is not None or row.summed_up_at is not None:
        raise ValidationError(_("The consultation is closed. Open a new one."))
    if closes_on <= row.closes_on:
        raise ValidationError(_("Choose a later day than the present last day."))
    _refuse_day(closes_on)
    row.closes_on = closes_on
    row.signed_by(by).save()


@all_or_nothing()
def close_consultation(*, consultation: Consultation, by: User) -> None:
    """Take in no more answers.

    Raises:
        PermissionDenied: `by` does not answer for the package.
        ValidationError: it is not open.
    """
    row = locked_row(consultation, by)
    if not row.is_open:
        raise ValidationError(_("The consultation is not open."))
    row.closed_at = timezone.now()
    row.signed_by(by).save()


@all_or_nothing()
def withdraw_consultation(*, consultation: Consultation, by: User) -> None:
    """Take the draft back: its address says nothing of it any more.

    Raises:
        PermissionDenied: `by` does not answer for the package.
        ValidationError: it is not out.
    """
    row = locked_row(consultation, by)
    row.withdrawn_at = timezone.now()
    row.signed_by(by).save()
    _record(EventKind.WITHDRAWN, row, by=by, reason=_("the consultation"))


def locked_row(consultation: Consultation, by: User) -> Consultation:
    """Return a consultation that is out, as it is stored, with its package locked.

    Raises:
        PermissionDenied: `by` does not answer for the package.
        ValidationError: it is not out.
    """
    package = locked(consultation.package)
    if not permissions.may_answer(by, package):
        raise PermissionDenied
    row: Consultation = Consultation.objects.with_names().get(pk=consultation.pk)
    if row.decision != Decision.APPROVED or row.withdrawn_at is not None:
        raise ValidationError(_("The consultation is not open."))
    return row


def _texts(content: Document, introduction: str) -> PublicTexts:
    places = {introduction: _("What you ask about"), **screening.texts_of(content, "")}
    return screening.to_look_in(places)


def _refuse_closed(package: RequirementsPackage) -> None:
    if package.plan is not None and package.plan.status == PlanStatus.CLOSED:
        raise ValidationError(_("The plan is closed. Reopen it before you ask others about it."))


def _refuse_another(package: RequirementsPackage) -> None:
    if package.consultations.open_on(timezone.localdate()).exists():
        raise ValidationError(
            _("A consultation on the package is open. Close it before you open the next one.")
        )


def _refuse_day(closes_on: date) -> None:
    today = timezone.localdate()
    if not today < closes_on <= today + LONGEST:
        raise ValidationError(_("Choose a last day after today, within a year."))


def _decide(consultation: Consultation, decision: Decision, *, by: User, answer: str = "") -> None:
    stored = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if stored.decision != Decision.PENDING:
        raise ValidationError(_("Somebody has already decided on this request."))
    consultation.decision, consultation.answer = decision, answer.strip()
    consultation.decided_by, consultation.decided_at = by, timezone.now()
    consultation.full_clean()
    consultation.signed_by(by).save()


def _record(kind: EventKind, consultation: Consultation, *, by: User, reason: str) -> None:
    detail = {"consultation": consultation.number, "reason": reason}
    ChangeEvent.objects.record(kind, subject_of(consultation.package), by=by, detail=detail)
