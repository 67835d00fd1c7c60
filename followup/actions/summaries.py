"""The verbs of what may leave the house: write a summary, review for secrecy, publish, withdraw.

Two people stand behind every word: who wrote it, and who has looked at exactly that. A published
summary is never edited; it is withdrawn, written anew and reviewed again.
"""

from functools import partial
from typing import Final, TypedDict, TypeVar, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database.broken_rules import all_or_nothing
from actionplan.database.optimistic import LateTransaction, optimistically
from actionplan.models import ChangeEvent, EventKind, User
from followup import permissions
from followup.actions.follow_ups import locked, locked_for, tell_public_pages
from followup.models import (
    FollowUp,
    FollowUpStatus,
    Lesson,
    SecrecyReview,
    Summary,
)
from followup.status import screening

# Publication waits until what deviates has a timed plan, or nothing does.
PUBLISHABLE: Final = (
    FollowUpStatus.APPROVED,
    FollowUpStatus.PLAN_APPROVED,
    FollowUpStatus.ACTING,
    FollowUpStatus.RE_AUDIT,
    FollowUpStatus.CLOSED,
)
Subject = TypeVar("Subject", Summary, Lesson)


class ReviewAnswers(TypedDict, total=False):
    """What a person says of a secrecy review."""

    ground: str
    other_ground: str
    conclusion: str
    may_name_supplier: bool


@all_or_nothing()
def write_summary(*, follow_up: FollowUp, text: str, supplier: str = "", by: User) -> Summary:
    """Write what the public may read of a follow-up, or write it anew.

    Other words than before have to be reviewed again; one that was withdrawn becomes a draft.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: there is no text, or the summary is published.
    """
    stored = locked_for(follow_up, by)
    rows = Summary.objects.select_for_update().filter(follow_up=stored)
    summary = rows.first() or Summary(follow_up=stored, written_by=by)
    if summary.is_public:
        raise ValidationError(_("The summary is published. Withdraw it before you change it."))
    before = summary.words
    summary.text, summary.supplier = text.strip(), supplier.strip()
    if summary.pk is not None and summary.words == before and not summary.is_withdrawn:
        return summary
    summary.review, summary.written_by = None, by
    summary.published_by = summary.published_at = None
    summary.withdrawn_by, summary.withdrawn_at, summary.withdrawn_reason = None, None, ""
    summary.full_clean()
    summary.signed_by(by).save()
    return summary


def review_secrecy(*, subject: Subject, by: User, **tried: Unpack[ReviewAnswers]) -> SecrecyReview:
    """Record that another person has looked at exactly these words, and why they can be read.

    Args:
        subject: a summary or a lesson, as it was when `by` read it.

    Raises:
        PermissionDenied: `by` does not see the follow-up, or wrote the words.
        ValidationError: the words are others now, there are none, they name who is not to be
            named, or the review lacks something.
    """

    lock = partial(_lock, subject)

    def work(late: LateTransaction) -> SecrecyReview:
        follow_up, stored = _as_stored(subject)
        if not permissions.may_second(by, follow_up, first=stored.written_by):
            raise PermissionDenied
        if stored.words != subject.words:
            raise ValidationError(_("The text has changed since you read it. Read it again."))
        if hinder := unreviewable(stored):
            raise ValidationError(hinder)
        review = SecrecyReview(
            follow_up=follow_up, text_sha256=stored.words, reviewed_by=by, **_stripped(tried)
        )
        review.full_clean()
        _refuse_names(follow_up, stored, may_name_supplier=review.may_name_supplier)
        _refuse_unnameable(stored, may_name_supplier=review.may_name_supplier)
        late.begin(lock)
        review.save()
        stored.review = review
        _keep(EventKind.REVIEWED, stored, by=by)
        return review

    subject.review = optimistically(work, first=lock)
    return subject.review


def publish_summary(*, summary: Summary, by: User) -> Summary:
    """Let a summary be in the next report, and so be read by everybody.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: it is not reviewed as it stands, names whom it must not, is published
            already, or the follow-up has not come so far.
    """

    lock = partial(_lock, summary)

    def work(late: LateTransaction) -> Summary:
        follow_up, stored = _as_stored(summary)
        if not permissions.may_write(by, follow_up):
            raise PermissionDenied
        if hinder := unpublishable(stored, follow_up):
            raise ValidationError(hinder)
        _refuse_names(follow_up, stored, may_name_supplier=stored.may_name_supplier)
        late.begin(lock)
        stored.published_by, stored.published_at = by, timezone.now()
        _keep(EventKind.PUBLISHED, stored, by=by)
        tell_public_pages(follow_up)
        return stored

    return optimistically(work, first=lock)


@all_or_nothing()
def withdraw_summary(*, summary: Summary, by: User, reason: str) -> Summary:
    """Keep a summary out of the reports from now on, and say why.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: no reason, or it is not published.
    """
    follow_up = locked_for(summary.follow_up, by)
    _lock(summary)
    _follow_up, stored = _as_stored(summary)
    if not stored.is_public:
        raise ValidationError(_("The summary is not published."))
    if not reason.strip():
        raise ValidationError({"reason": _("Write why the summary is withdrawn.")})
    stored.withdrawn_by, stored.withdrawn_at = by, timezone.now()
    stored.withdrawn_reason = reason.strip()
    _keep(EventKind.WITHDRAWN, stored, by=by)
    tell_public_pages(follow_up)
    return stored


def unreviewable(subject: Summary | Lesson) -> str:
    """Tell why the words cannot be reviewed now, in a sentence; "" if they can."""
    if isinstance(subject, Lesson):
        if not subject.public_text.strip():
            return _("The lesson has no public text yet. Write it first.")
        return ""
    if subject.is_withdrawn:
        return _("The summary is withdrawn. Rewrite it before it is reviewed.")
    if subject.is_public:
        return _("The summary is published. Withdraw it before it is reviewed again.")
    return ""


def unpublishable(summary: Summary, follow_up: FollowUp) -> str:
    """Tell why a summary cannot be published now, in a sentence; "" if it can."""
    if summary.is_withdrawn:
        return _("The summary is withdrawn. Rewrite it before it is published again.")
    if summary.is_public:
        return _("The summary is published already.")
    if not summary.is_reviewed:
        return _("Another person must first review exactly this text for secrecy.")
    if summary.supplier and not summary.may_name_supplier:
        return _(
            "According to the secrecy review the supplier may not be named. Remove the supplier."
        )
    if follow_up.status not in PUBLISHABLE or _lacks_plan(follow_up):
        return _(
            "A summary can be published when the follow-up is approved, or when the supplier "
            "has a corrective action plan with dates."
        )
    return ""


def _lacks_plan(follow_up: FollowUp) -> bool:
    """Tell whether something was found, perhaps after the approval, that is without a plan."""
    return follow_up.deviations.unplanned().exists()


def public_words(subject: Summary | Lesson) -> str:
    """Return the running text that a secrecy review is about."""
    return subject.public_text if isinstance(subject, Lesson) else subject.text


def _refuse_unnameable(subject: Summary | Lesson, *, may_name_supplier: bool) -> None:
    """Refuse a review that leaves a summary which cannot be published."""
    if isinstance(subject, Summary) and subject.supplier and not may_name_supplier:
        raise ValidationError(
            {
                "may_name_supplier": _(
                    "The summary gives the supplier. Mark that the supplier may be named, or have "
                    "the supplier removed from the summary."
                )
            }
        )


def _refuse_names(
    follow_up: FollowUp, subject: Summary | Lesson, *, may_name_supplier: bool
) -> None:
    """Refuse sub-suppliers' names, and the supplier's unless a review says otherwise."""
    text = public_words(subject)
    # Who is named as the supplier is public, too.
    texts = [text, subject.supplier] if isinstance(subject, Summary) else [text]
    if screening.names_sub_supplier(follow_up.sub_suppliers, *texts):
        raise ValidationError(
            _("The text names a sub-supplier, which must never be published. Remove the name.")
        )
    if not may_name_supplier and screening.names_supplier(follow_up.supplier_name, text):
        raise ValidationError(
            _(
                "The text names the supplier, which the secrecy review does not allow. Remove the "
                "name."
            )
        )


def _stripped(tried: ReviewAnswers) -> dict[str, object]:
    return {
        name: answer.strip() if isinstance(answer, str) else answer
        for name, answer in tried.items()
    }


def _as_stored(subject: Subject) -> tuple[FollowUp, Subject]:
    """Return the follow-up and the words in it as they are stored now, without a lock.

    They are searched for names, which takes a while where there are many: nobody waits yet.
    """
    follow_up = FollowUp.objects.with_names().get(pk=subject.follow_up_id)
    return follow_up, type(subject).objects.select_related("review").get(pk=subject.pk)


def _lock(subject: Summary | Lesson) -> None:
    """Keep others from writing them until the transaction ends."""
    locked(subject.follow_up)
    type(subject).objects.select_for_update().get(pk=subject.pk)


def _keep(kind: EventKind, subject: Summary | Lesson, *, by: User) -> None:
    """Store it and tell that it was done; the words, the ground and the reason stay inside."""
    subject.full_clean()
    subject.signed_by(by).save()
    detail = {"follow_up": subject.follow_up_id}
    ChangeEvent.objects.record(kind, subject, by=by, detail=detail)
