"""A second person answers what somebody asked for, and what was asked for happens."""

from collections.abc import Callable, Mapping
from typing import Final, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ActionPlan, User
from followup import permissions
from followup.actions import amendments, deviations, follow_ups, readings
from followup.actions.requests import decide, value_of
from followup.models import Deviation, FollowUp, ReportingPeriod, RequestKind, SecondPersonRequest
from requirements_pkg.models import Decision

ACTS: Final[Mapping[str, Callable[[SecondPersonRequest, User], object]]] = {
    RequestKind.CANCEL: follow_ups.cancel_on_request,
    RequestKind.WRITE_OFF: deviations.write_off_on_request,
    RequestKind.SEVERITY: amendments.amend_on_request,
    RequestKind.DUE_ON: amendments.amend_on_request,
    RequestKind.UNLOCK: readings.unlock_on_request,
}


@all_or_nothing()
def approve_request(*, request: SecondPersonRequest, by: User) -> SecondPersonRequest:
    """Approve what somebody else asked for, and do it.

    Raises:
        PermissionDenied: `by` asked for it, or is not the second person of it.
        ValidationError: somebody has decided already, what it is about was changed since, or it
            cannot be done any longer.
    """
    stored = _locked_request(request)
    if not permissions.may_decide(by, stored):
        raise PermissionDenied
    _refuse_decided(stored)
    if value_of(stored.subject, stored.kind) != stored.old:
        raise ValidationError(
            _("It was changed after the request was written. Return the request, and say why.")
        )
    # Nothing else is asked for of what is done now.
    decide(stored, Decision.APPROVED, by=by)
    ACTS[stored.kind](stored, by)
    return stored


@all_or_nothing()
def return_request(*, request: SecondPersonRequest, by: User, answer: str) -> SecondPersonRequest:
    """Hand a request back with a reason; whoever asked may also take it back.

    Raises:
        PermissionDenied: `by` neither asked nor is the second person.
        ValidationError: no reason, or somebody has decided already.
    """
    stored = _locked_request(request)
    if stored.requested_by_id != by.pk and not permissions.may_decide(by, stored):
        raise PermissionDenied
    _refuse_decided(stored)
    if not answer.strip():
        raise ValidationError(
            {"answer": _("Write why the request to a second person is returned.")}
        )
    return decide(stored, Decision.RETURNED, by=by, answer=answer)


def _refuse_decided(request: SecondPersonRequest) -> None:
    if request.decision != Decision.PENDING:
        raise ValidationError(_("Somebody has already decided on the request."))


def _locked_request(request: SecondPersonRequest) -> SecondPersonRequest:
    """Lock what a request is about, then the request, and return both as stored."""
    follow_up = deviation = period = None
    if request.follow_up is not None:
        follow_up = follow_ups.locked(request.follow_up)
    if request.deviation_id is not None:
        deviation = Deviation.objects.select_for_update().get(pk=request.deviation_id)
        deviation.follow_up = cast(FollowUp, follow_up)
    if request.period is not None:
        plan = ActionPlan.objects.select_for_update().get(pk=request.period.plan_id)
        period = ReportingPeriod.objects.select_for_update().get(pk=request.period.pk)
        period.plan = plan
    rows = SecondPersonRequest.objects.select_for_update(of=("self",))
    stored = rows.select_related("requested_by").get(pk=request.pk)
    stored.follow_up, stored.deviation, stored.period = follow_up, deviation, period
    return stored
