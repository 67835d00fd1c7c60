"""The verbs that decide on what came along from the period before: keep parts, or drop them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.database import bulk, row_locks
from actionplan.database.broken_rules import all_or_nothing
from actionplan.django_edges import AnyRows
from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    EventKind,
    Goal,
    Indicator,
    ProductArea,
    SubGoal,
    SubGoalArea,
    User,
)
from actionplan.text import joined
from requirements_pkg.actions.removal import remove_requirements
from requirements_pkg.actions.withdrawal import withdraw_requirement
from requirements_pkg.carrying.parts import PartState, state_of
from requirements_pkg.models import (
    CarriedDecision,
    CarriedKind,
    CarriedPart,
    GoalService,
    Requirement,
    RequirementArea,
    RiskTreatment,
)
from risks.actions.delete_protection import holders
from risks.actions.removal import remove_areas
from risks.models import RiskCell, RiskStatement

# Of what builds on a part.
MOST_NAMED: Final = 5
DECIDED: Final = ("decision", "reason", "decided_by", "decided_at")
Removal = Callable[[Collection[int], User, str], None]


@all_or_nothing()
def keep_parts(*, plan: ActionPlan, kind: CarriedKind, parts: Collection[int], by: User) -> int:
    """Say of parts that they go on as they are; returns of how many nobody had said it.

    Args:
        parts: the keys of the rows that say what was carried over.

    Raises:
        PermissionDenied: `by` does not edit the plan.
    """
    rows = _open(plan, kind, parts, {PartState.UNDECIDED}, by=by)
    _decide(rows, CarriedDecision.KEPT, "", by=by)
    if rows:
        _record(plan, kind, {"kept": len(rows)}, by=by)
    return len(rows)


@all_or_nothing()
def drop_parts(
    *, plan: ActionPlan, kind: CarriedKind, parts: Collection[int], reason: str, by: User
) -> int:
    """Take parts out of the plan, with what stands below them; returns how many.

    A requirement that was published is withdrawn with the reason, so that its history ends with
    it; one that nobody outside has read goes. Links to what goes, go too.

    Raises:
        PermissionDenied: `by` does not edit the plan.
        ValidationError: no reason, or something else builds on a part.
    """
    if not reason.strip():
        raise ValidationError(_("Write why this does not go along."))
    rows = _open(plan, kind, parts, set(PartState) - {PartState.DROPPED}, by=by)
    REMOVALS[kind]([row.key for row in rows], by, reason.strip())
    _decide(rows, CarriedDecision.DROPPED, reason.strip(), by=by)
    if rows:
        detail = {"dropped": [row.words for row in rows], "reason": reason.strip()}
        _record(plan, kind, detail, by=by)
    return len(rows)


def _open(
    plan: ActionPlan,
    kind: CarriedKind,
    parts: Collection[int],
    states: Collection[PartState],
    *,
    by: User,
) -> list[CarriedPart]:
    """Return those of the parts on which something can still be decided; the plan is held."""
    row_locks.hold(ActionPlan, plan.pk)
    stored = ActionPlan.objects.with_head().get(pk=plan.pk)
    if not permissions.may_edit(by, stored):
        raise PermissionDenied
    of_kind = state_of(stored).parts.get(kind, {})
    rows = CarriedPart.objects.filter(plan=stored, kind=kind, pk__in=parts)
    return [row for row in rows if of_kind[row.key] in states]


def _decide(
    rows: Iterable[CarriedPart], decision: CarriedDecision, reason: str, *, by: User
) -> None:
    decided = list(rows)
    for row in decided:
        row.decision, row.reason = decision, reason
        row.decided_by, row.decided_at = by, timezone.now()
    bulk.change(CarriedPart, decided, DECIDED, by=by, reason=reason)


def _record(
    plan: ActionPlan, kind: CarriedKind, detail: Mapping[str, object], *, by: User
) -> None:
    detail = {"part": kind, **detail}
    ChangeEvent.objects.record(EventKind.CARRIED_DECIDED, plan, by=by, detail=detail)


def _remove_areas(keys: Collection[int], by: User, _reason: str) -> None:
    pointing = RiskCell.objects.filter(same_as_cell__product_area__in=keys)
    if pointing.exclude(product_area__in=keys).exists():
        raise ValidationError(
            _(
                "Cells of other product areas are the same as cells of this one. Change what they "
                "say first, and drop the area then."
            )
        )
    _unlink_statements(RiskStatement.objects.filter(cell__product_area__in=keys), by)
    bulk.remove(RequirementArea, RequirementArea.objects.filter(product_area__in=keys), by=by)
    areas = ProductArea.objects.filter(pk__in=keys)
    _refuse_protected(areas)
    remove_areas(areas, by=by)


def _remove_statements(keys: Collection[int], by: User, _reason: str) -> None:
    rows = RiskStatement.objects.filter(pk__in=keys)
    _unlink_statements(rows, by)
    _remove(rows, by)


def _unlink_statements(rows: QuerySet[RiskStatement], by: User) -> None:
    bulk.remove(RiskTreatment, RiskTreatment.objects.filter(statement__in=rows), by=by)


def _remove_goals(keys: Collection[int], by: User, reason: str) -> None:
    below = SubGoal.objects.filter(goal__in=keys).values_list("pk", flat=True)
    _remove_sub_goals(list(below), by, reason)
    _remove(Goal.objects.filter(pk__in=keys), by)


def _remove_sub_goals(keys: Collection[int], by: User, reason: str) -> None:
    bulk.remove(GoalService, GoalService.objects.filter(sub_goal__in=keys), by=by)
    below = Indicator.objects.filter(sub_goal__in=keys).values_list("pk", flat=True)
    _remove_indicators(list(below), by, reason)
    bulk.remove(SubGoalArea, SubGoalArea.objects.filter(subgoal__in=keys), by=by)
    _remove(SubGoal.objects.filter(pk__in=keys), by)


def _remove_indicators(keys: Collection[int], by: User, _reason: str) -> None:
    _remove(Indicator.objects.filter(pk__in=keys), by)


def _remove_requirements(keys: Collection[int], by: User, reason: str) -> None:
    rows = Requirement.objects.filter(pk__in=keys).select_related("package__plan")
    published = set(rows.filter(revisions__isnull=False).values_list("pk", flat=True))
    today = timezone.localdate()
    for row in rows:
        if row.pk in published:
            withdraw_requirement(requirement=row, by=by, on=today, reason=reason, successor=None)
    removable = rows.exclude(pk__in=published)
    for model in (RiskTreatment, GoalService):
        bulk.remove(model, model.objects.filter(requirement__in=removable), by=by)
    _refuse_protected(removable)
    remove_requirements(removable, by=by)


def _remove(rows: AnyRows, by: User) -> None:
    _refuse_protected(rows)
    bulk.remove(rows.model, rows, by=by)


def _refuse_protected(rows: AnyRows) -> None:
    """Refuse to take away what something else builds on.

    Raises:
        ValidationError: something does; says what.
    """
    builds = holders(list(rows))
    if builds:
        sentence = _("This builds on it, and has to be changed first: %(names)s.")
        raise ValidationError(sentence % {"names": joined(builds[:MOST_NAMED])})


REMOVALS: Final[Mapping[CarriedKind, Removal]] = {
    CarriedKind.AREA: _remove_areas,
    CarriedKind.STATEMENT: _remove_statements,
    CarriedKind.GOAL: _remove_goals,
    CarriedKind.SUB_GOAL: _remove_sub_goals,
    CarriedKind.INDICATOR: _remove_indicators,
    CarriedKind.REQUIREMENT: _remove_requirements,
}
