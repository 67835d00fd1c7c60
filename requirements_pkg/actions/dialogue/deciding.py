"""The verbs of whoever works through the answers: decide on each remark, sum all of them up."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import User
from requirements_pkg import permissions
from requirements_pkg.actions import screening
from requirements_pkg.actions.publishing import locked
from requirements_pkg.document.reading import written
from requirements_pkg.document.schema import AnsweredRemark, ConsultationSummary
from requirements_pkg.models import (
    Consultation,
    ConsultationRemark,
    ConsultationReply,
    ConsultationState,
    RemarkDecision,
)


@all_or_nothing()
def decide_remark(*, remark: ConsultationRemark, by: User) -> None:
    """Store what comes of a remark, as it says; a decision can be made again.

    What was summed up is to be summed up again then.

    Args:
        remark: with its decision, what it says in short, and why.
        by: who decides.

    Raises:
        PermissionDenied: `by` does not answer for the package.
        ValidationError: no decision, no words, or the consultation is withdrawn.
    """
    consultation = _locked_row(remark.reply.consultation, by)
    if remark.decision == RemarkDecision.PENDING:
        raise ValidationError({"decision": _("Choose what comes of the remark.")})
    remark.summary, remark.reason = remark.summary.strip(), remark.reason.strip()
    remark.decided_by, remark.decided_at = by, timezone.now()
    remark.full_clean()
    remark.signed_by(by).save()
    if consultation.summed_up_at is not None:
        consultation.summary, consultation.summed_up_at = "", None
        consultation.signed_by(by).save()


@all_or_nothing()
def sum_up(*, consultation: Consultation, by: User, names_stand: str = "") -> None:
    """Make the summary that the next version publishes; it names whom the senders let it name.

    Args:
        consultation: which one; it is over.
        by: who sums it up.
        names_stand: why words may stand that may name somebody.

    Raises:
        PermissionDenied: `by` does not answer for the package.
        ValidationError: it is open, a remark is not decided, or words may name somebody.
    """
    row = _locked_row(consultation, by)
    if row.state() is ConsultationState.OPEN:
        raise ValidationError(_("The consultation is still open. Close it first."))
    remarks = list(ConsultationRemark.objects.of(row))
    if any(remark.decision == RemarkDecision.PENDING for remark in remarks):
        raise ValidationError(_("Decide on all remarks first."))
    summary = summary_of(row, remarks)
    texts = screening.to_look_in(screening.texts_of_summary(summary))
    names = screening.names_in(row.package, texts)
    screening.refuse_names(row.package, names, reason=names_stand, by=by)
    row.summary, row.summed_up_at = written(summary).decode(), timezone.now()
    row.full_clean()
    row.signed_by(by).save()


def summary_of(row: Consultation, remarks: list[ConsultationRemark]) -> ConsultationSummary:
    """Return what the next version says of a consultation, whose remarks these are."""
    replies = list(row.replies.sent())
    named = {named_sender(reply) for reply in replies} - {""}
    opened = row.decided_at or row.requested_at
    closed = timezone.localdate(row.closed_at) if row.closed_at else row.closes_on
    return ConsultationSummary(
        number=row.number,
        introduction=row.introduction,
        opened_on=timezone.localdate(opened).isoformat(),
        closed_on=closed.isoformat(),
        replies=len(replies),
        organisations=len({reply.organisation for reply in replies} - {""}),
        named=tuple(sorted(named)),
        remarks=tuple(map(_answered, remarks)),
    )


def _answered(remark: ConsultationRemark) -> AnsweredRemark:
    code, _colon, revision = remark.cite.partition(":")
    return AnsweredRemark(
        uid=str(remark.uid) if remark.uid else "",
        code=code,
        revision=int(revision or 0),
        title=remark.title,
        text=remark.summary,
        decision=remark.decision,
        reason=remark.reason,
        sender=named_sender(remark.reply),
    )


def named_sender(reply: ConsultationReply) -> str:
    """Return whom the summary may name as a sender: an organisation rather than a person."""
    return (reply.organisation or reply.name) if reply.may_be_named else ""


def _locked_row(consultation: Consultation, by: User) -> Consultation:
    """Return a consultation as it is stored, with its package locked.

    Raises:
        PermissionDenied: `by` does not answer for the package.
        ValidationError: it is not out, or was taken back.
    """
    package = locked(consultation.package)
    if not permissions.may_answer(by, package):
        raise PermissionDenied
    row: Consultation = Consultation.objects.with_names().get(pk=consultation.pk)
    if row.state() not in (
        ConsultationState.OPEN,
        ConsultationState.CLOSED,
        ConsultationState.SUMMED_UP,
    ):
        raise ValidationError(_("The consultation is withdrawn, so nothing comes of it."))
    return row
