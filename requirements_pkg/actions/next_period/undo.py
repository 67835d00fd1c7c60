"""The verb that takes back a next period on which nobody has built yet."""

from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.database import bulk, row_locks
from actionplan.database.broken_rules import all_or_nothing
from actionplan.django_edges import AnyRows
from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    ChangeLog,
    Contact,
    EventKind,
    Goal,
    Indicator,
    ProductArea,
    SubGoal,
    User,
)
from actionplan.models.change_log import CHANGES
from requirements_pkg.models import (
    CarriedPart,
    GoalService,
    PackageInclusion,
    PackageVersion,
    Requirement,
    RequirementArea,
    RequirementProof,
    RequirementRevision,
    RequirementSource,
    RequirementsPackage,
    RiskTreatment,
)
from risks.actions.removal import remove_areas

# Saying that something is kept changes nothing of the plan.
HARMLESS: Final = (CarriedPart._meta.label,)


@all_or_nothing()
def undo_next_period(*, plan: ActionPlan, by: User) -> None:
    """Take away a plan that was started from the one before, with all that came along.

    Raises:
        PermissionDenied: `by` does not edit the plan.
        ValidationError: it was not started like that, or somebody has written on top.
    """
    row_locks.hold(ActionPlan, plan.pk)
    stored = ActionPlan.objects.with_head().select_related("predecessor").get(pk=plan.pk)
    if not permissions.may_edit(by, stored):
        raise PermissionDenied
    if sentence := why_not(stored):
        raise ValidationError(sentence)
    before, period = stored.predecessor, stored.period
    _remove_package(stored.pk, by=by)
    _remove_plan(stored, by=by)
    if before is not None:
        detail = {"period": period}
        ChangeEvent.objects.record(EventKind.PERIOD_UNDONE, before, by=by, detail=detail)


def why_not(plan: ActionPlan) -> str:
    """Tell why a plan cannot be taken back as the start of a period; "" where it can."""
    events = ChangeEvent.objects.about(plan).filter(kind=EventKind.PERIOD_STARTED)
    started = events.order_by("-pk").first()
    if started is None:
        return _("The plan was not started from the period before, so that cannot be undone.")
    written = ChangeLog.objects.filter(
        plan=plan.pk, pk__gt=started.detail["log"], kind__in=CHANGES
    ).exclude(model__in=HARMLESS)
    versions = PackageVersion.objects.filter(package__plan=plan.pk)
    if written.exists() or versions.exists():
        return _(
            "Somebody has worked on the plan since it was started, so that cannot be undone. "
            "Close the plan if it is not to be used."
        )
    return ""


def _remove_package(plan: int, *, by: User) -> None:
    RequirementRevision.objects.filter(requirement__package__plan=plan).delete()
    own = "requirement__package__plan"
    parts: list[AnyRows] = [
        RiskTreatment.objects.filter(statement__cell__product_area__plan=plan),
        GoalService.objects.filter(sub_goal__goal__plan=plan),
        RequirementArea.objects.filter(**{own: plan}),
        RequirementSource.objects.filter(**{own: plan}),
        RequirementProof.objects.filter(**{own: plan}),
        Requirement.objects.filter(package__plan=plan),
        PackageInclusion.objects.filter(package__plan=plan),
        RequirementsPackage.objects.filter(plan=plan),
    ]
    for rows in parts:
        bulk.remove(rows.model, rows, by=by)


def _remove_plan(plan: ActionPlan, *, by: User) -> None:
    remove_areas(ProductArea.objects.filter(plan=plan), by=by)
    parts: list[AnyRows] = [
        Indicator.objects.filter(sub_goal__goal__plan=plan),
        SubGoal.objects.filter(goal__plan=plan),
        Goal.objects.filter(plan=plan),
        Contact.objects.filter(plan=plan),
        CarriedPart.objects.filter(plan=plan),
    ]
    for rows in parts:
        bulk.remove(rows.model, rows, by=by)
    plan.signed_by(by).delete()
