"""The verbs of the chain: link a requirement to what it is there for, and look at it again."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionplan import permissions as plan_permissions
from actionplan.models import ActionPlan, ChangeEvent, EventKind, SubGoal, User
from requirements_pkg import permissions
from requirements_pkg.models import ChainLink, GoalService, Requirement, RiskTreatment
from requirements_pkg.models.chain import fingerprint
from requirements_pkg.publishing import subject_of
from risks.models import RiskStatement


def plan_of(link: ChainLink) -> ActionPlan:
    """The plan whose risk or sub-goal a link points at."""
    if isinstance(link, RiskTreatment):
        return link.statement.cell.product_area.plan
    return link.sub_goal.goal.plan


def may_link(user: User, link: ChainLink) -> bool:
    """Whether this person makes, confirms or removes a link: whoever owns one of its ends."""
    return permissions.may_edit(user, link.requirement.package) or plan_permissions.may_edit(
        user, plan_of(link)
    )


@transaction.atomic
def set_treatments(
    *, requirement: Requirement, statements: Iterable[RiskStatement], by: User
) -> None:
    """Make these the statements a requirement treats; links that stay are not touched.

    The caller has asked whether `by` edits the requirement's package and held its plan.
    """
    wanted = {statement.pk: statement for statement in statements}
    there = set(requirement.treatments.values_list("statement_id", flat=True))
    requirement.treatments.exclude(statement__in=wanted).delete()
    RiskTreatment.objects.bulk_create(
        RiskTreatment(
            requirement=requirement,
            statement=statement,
            hash_at_link=fingerprint(requirement.title, requirement.text, statement.text),
            confirmed_by=by,
        )
        for pk, statement in wanted.items()
        if pk not in there
    )


@transaction.atomic
def set_services(*, requirement: Requirement, sub_goals: Iterable[SubGoal], by: User) -> None:
    """Make these the sub-goals a requirement serves; links that stay are not touched.

    The caller has asked whether `by` edits the requirement's package and held its plan.
    """
    wanted = {sub_goal.pk: sub_goal for sub_goal in sub_goals}
    there = set(requirement.services.values_list("sub_goal_id", flat=True))
    requirement.services.exclude(sub_goal__in=wanted).delete()
    GoalService.objects.bulk_create(
        GoalService(
            requirement=requirement,
            sub_goal=sub_goal,
            hash_at_link=fingerprint(requirement.title, requirement.text, sub_goal.text),
            confirmed_by=by,
        )
        for pk, sub_goal in wanted.items()
        if pk not in there
    )


@transaction.atomic
def confirm(*, link: ChainLink, by: User) -> None:
    """Say that both texts have been read and the link still holds.

    Raises:
        PermissionDenied: `by` owns neither end of the link.
    """
    if not may_link(by, link):
        raise PermissionDenied
    link.hash_at_link = link.current_hash
    link.confirmed_by, link.confirmed_at = by, timezone.now()
    link.save()
    detail = {"requirement": link.requirement.code, "target": link.target_text}
    ChangeEvent.objects.record(
        EventKind.CONFIRMED, subject_of(link.requirement.package), by=by, detail=detail
    )
