"""The verbs of closing a plan, and of opening one again that was closed by mistake."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ActionPlan, ChangeEvent, EventKind, PlanStatus, User
from requirements_pkg.actions.publishing import hand_back, status_when_open
from requirements_pkg.models import PublishRequest, RequirementsPackage
from requirements_pkg.published import page_cache


@all_or_nothing()
def close_plan(*, plan: ActionPlan, by: User) -> ActionPlan:
    """Let nobody change a plan any longer, and hand back the request that waits.

    What is published stays in force, and what is followed up goes on.

    Raises:
        PermissionDenied: `by` does not close plans of this procurement region.
        ValidationError: the plan is closed already.
    """
    stored = _locked_plan(plan, by)
    if stored.status == PlanStatus.CLOSED:
        raise ValidationError(_("The plan is already closed."))
    for waiting in PublishRequest.objects.filter(package__plan=stored).pending():
        hand_back(waiting, by=by, reason=_("The plan was closed."))
    return _set(stored, PlanStatus.CLOSED, EventKind.CLOSED, by=by)


@all_or_nothing()
def reopen_plan(*, plan: ActionPlan, by: User) -> ActionPlan:
    """Let a closed plan be changed again: adopted where something is published, else a draft.

    Raises:
        PermissionDenied: `by` does not open plans of this procurement region.
        ValidationError: the plan is open.
    """
    stored = _locked_plan(plan, by)
    if stored.status != PlanStatus.CLOSED:
        raise ValidationError(_("The plan is already open."))
    return _set(stored, status_when_open(stored), EventKind.REOPENED, by=by)


def _locked_plan(plan: ActionPlan, by: User) -> ActionPlan:
    """Return the plan as stored, locked until the transaction ends."""
    stored = ActionPlan.objects.select_for_update().get(pk=plan.pk)
    if not (permissions.may_close(by, stored) or permissions.may_reopen(by, stored)):
        raise PermissionDenied
    return stored


def _set(plan: ActionPlan, status: PlanStatus, kind: EventKind, *, by: User) -> ActionPlan:
    plan.status = status
    plan.signed_by(by).save()
    ChangeEvent.objects.record(kind, plan, by=by, detail={})
    package = RequirementsPackage.objects.filter(plan=plan).first()
    if package is not None:
        # Its public pages say whether it is closed.
        page_cache.forget_on_commit(package.slug)
    return plan
