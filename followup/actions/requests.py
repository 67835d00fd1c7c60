"""The verbs of what takes two people: one asks, and another approves or returns it.

What is to happen then stands with the noun that it happens to: `approvals` leads there.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import ChangeEvent, EventKind, User
from followup.models import Deviation, FollowUp, ReportingPeriod, RequestKind, SecondPersonRequest
from followup.models.requests import WORDS
from requirements_pkg.models import Decision

Subject = FollowUp | Deviation | ReportingPeriod


def ask_second(
    subject: Subject, kind: RequestKind, *, to: str, reason: str, by: User
) -> SecondPersonRequest:
    """Ask a second person to approve a change of what the caller has locked.

    Raises:
        ValidationError: no reason, or the same is asked for already.
    """
    about: dict[str, Subject] = {}
    match subject:
        case Deviation():
            about = {"deviation": subject, "follow_up": subject.follow_up}
        case ReportingPeriod():
            about = {"period": subject}
        case FollowUp():
            about = {"follow_up": subject}
    if not reason.strip():
        raise ValidationError({"reason": _("Write why it is asked for.")})
    request = SecondPersonRequest(
        kind=kind,
        old=value_of(subject, kind),
        new=to,
        reason=reason.strip(),
        requested_by=by,
        **about,
    )
    request.full_clean()
    request.signed_by(by).save()
    tell(request, EventKind.REQUESTED, by=by)
    return request


def value_of(subject: Subject, kind: str) -> str:
    """Return what a request would change of a row, as it is now."""
    match subject:
        case FollowUp():
            return subject.status
        case ReportingPeriod():
            return subject.locked_at.isoformat() if subject.locked_at else ""
    match kind:
        case RequestKind.SEVERITY:
            return subject.severity
        case RequestKind.DUE_ON:
            return subject.due_on.isoformat()
    return subject.state


def decide(
    request: SecondPersonRequest, decision: Decision, *, by: User, answer: str = ""
) -> SecondPersonRequest:
    """Store what somebody answered to a request that the caller has locked."""
    request.decision, request.answer = decision, answer.strip()
    request.decided_by, request.decided_at = by, timezone.now()
    request.full_clean()
    request.signed_by(by).save()
    kinds = {Decision.APPROVED: EventKind.APPROVED, Decision.RETURNED: EventKind.RETURNED}
    tell(request, kinds[decision], by=by)
    return request


def tell(request: SecondPersonRequest, kind: EventKind, *, by: User) -> None:
    """Record an event of what a request is about, with states and severities only.

    Everybody with a role reads events.
    """
    detail = {"from": request.old, "to": request.new} if request.kind in WORDS else {}
    ChangeEvent.objects.record(kind, request.subject, by=by, detail=detail)
