"""What was found is judged anew: a severity is changed, or a due date moved.

Lowering a severity, and moving the due date of a severe deviation, needs a reason. Once the
supplier's action plan is approved it takes a second person, and so does always what would let a
severe deviation be closed by one person.
"""

from datetime import date
from enum import IntEnum
from typing import Final, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import User
from actionplan.models.columns import stored_field
from followup import permissions
from followup.actions.deviations import KEPT, locked_deviation
from followup.actions.follow_ups import tell_public_pages
from followup.actions.requests import ask_second
from followup.models import Deviation, RequestKind, SecondPersonRequest, Severity
from followup.models.deviations import SEVERE

# From the gravest to the least.
RANKS: Final = {severity: rank for rank, severity in enumerate(Severity.values)}


class AmendmentNeed(IntEnum):
    """What a change asks for, from nothing to a second person."""

    NOTHING = 0
    REASON = 1
    SECOND = 2


def severity_need(deviation: Deviation, severity: str) -> AmendmentNeed:
    """Tell what it takes to give a deviation, as it is stored, another severity."""
    if RANKS[severity] <= RANKS[deviation.severity]:
        return AmendmentNeed.NOTHING
    # Else whoever lowered it could close it alone.
    is_released = deviation.is_severe and severity not in SEVERE
    return AmendmentNeed.SECOND if is_released else _once_agreed(deviation)


def due_need(deviation: Deviation, due_on: date) -> AmendmentNeed:
    """Tell what it takes to move the due date of a deviation as it is stored."""
    if due_on == deviation.due_on or not deviation.is_severe:
        return AmendmentNeed.NOTHING
    return _once_agreed(deviation)


def _once_agreed(deviation: Deviation) -> AmendmentNeed:
    """Tell what is asked for of a plan that was agreed to, and of one that was not."""
    is_agreed = deviation.was_plan_approved
    return AmendmentNeed.SECOND if is_agreed else AmendmentNeed.REASON


@all_or_nothing()
def amend(*, deviation: Deviation, by: User, reason: str) -> list[SecondPersonRequest]:
    """Store a deviation with what was changed of its facts.

    Returns:
        The requests for what takes a second person, which is not changed yet.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: a reason is missing, or it is remedied or closed, or the follow-up
            has ended.
    """
    stored = locked_deviation(deviation)
    if not permissions.may_write(by, stored.follow_up):
        raise PermissionDenied
    _refuse_kept(stored)
    wanted = {
        RequestKind.SEVERITY: (severity_need(stored, deviation.severity), deviation.severity),
        RequestKind.DUE_ON: (due_need(stored, deviation.due_on), deviation.due_on.isoformat()),
    }
    if not reason.strip() and any(need for need, _value in wanted.values()):
        raise ValidationError({"change_reason": no_reason()})
    requests = []
    for kind, (need, value) in wanted.items():
        if need == AmendmentNeed.SECOND:
            setattr(deviation, kind.value, getattr(stored, kind.value))
            requests.append(ask_second(stored, kind, to=value, reason=reason, by=by))
    deviation.full_clean()
    deviation.signed_by(by, reason.strip()).save()
    tell_public_pages(stored.follow_up)
    return requests


def amend_on_request(request: SecondPersonRequest, by: User) -> Deviation:
    """Change the deviation that a request is about, and that is locked."""
    deviation = cast(Deviation, request.deviation)
    _refuse_kept(deviation)
    # The fields are called as what is asked for.
    field = stored_field(Deviation, request.kind)
    setattr(deviation, request.kind, field.to_python(request.new))
    deviation.full_clean()
    deviation.signed_by(by, request.reason).save()
    tell_public_pages(deviation.follow_up)
    return deviation


def no_reason() -> str:
    """Return the sentence for a change that needs a reason and has none."""
    return _("Write why the severity is lowered or the due date moved.")


def _refuse_kept(deviation: Deviation) -> None:
    if deviation.follow_up.has_ended:
        raise ValidationError(_("The follow-up has ended, so it cannot be changed."))
    if deviation.state in KEPT:
        raise ValidationError(
            _("The deviation is remedied or closed, so it cannot be changed. Reopen it first.")
        )
