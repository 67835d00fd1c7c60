"""The verbs of the chain: link a requirement to what it is there for, and look at it again."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import permissions as plan_permissions
from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ActionPlan, ChangeEvent, EventKind, SubGoal, User
from requirements_pkg import permissions
from requirements_pkg.actions.publishing import subject_of
from requirements_pkg.models import (
    ChainLink,
    GoalService,
    Requirement,
    RequirementArea,
    RequirementProof,
    RiskTreatment,
)
from requirements_pkg.models.chain import current_hashes
from risks.models import RiskStatement

Link = RiskTreatment | GoalService


def may_link(user: User, link: ChainLink) -> bool:
    """Tell whether this person makes, confirms or removes a link: whoever owns one of its ends."""
    return permissions.may_edit(user, link.requirement.package) or plan_permissions.may_edit(
        user, link.plan
    )


@all_or_nothing()
def set_product_areas(*, requirement: Requirement, areas: Iterable[int], by: User) -> None:
    """Make these the product areas a requirement is for, by their keys; none means all.

    The caller has asked whether `by` edits the requirement's package and locked its plan.
    """
    wanted = set(areas)
    there = {link.product_area_id: link for link in requirement.area_links.all()}
    removed = [link for pk, link in there.items() if pk not in wanted]
    bulk.remove(RequirementArea, removed, by=by)
    made = [
        RequirementArea(requirement=requirement, product_area_id=pk)
        for pk in sorted(wanted - there.keys())
    ]
    bulk.make(RequirementArea, made, by=by)


@all_or_nothing()
def set_proofs(*, requirement: Requirement, proofs: Iterable[int], by: User) -> None:
    """Make these the proofs that a requirement accepts, by their keys.

    The caller has asked whether `by` edits the requirement's package and locked its plan.
    """
    wanted = set(proofs)
    there = {link.proof_id: link for link in requirement.proof_links.all()}
    removed = [link for pk, link in there.items() if pk not in wanted]
    bulk.remove(RequirementProof, removed, by=by)
    made = [
        RequirementProof(requirement=requirement, proof_id=pk)
        for pk in sorted(wanted - there.keys())
    ]
    bulk.make(RequirementProof, made, by=by)


def set_treatments(
    *,
    requirement: Requirement,
    statements: Iterable[RiskStatement],
    by: User,
    plan: ActionPlan | None = None,
) -> None:
    """Make these the statements a requirement treats; links that stay are not touched.

    The caller has asked whether `by` edits one end of the links, and locked the plan.

    Args:
        plan: of a shared module's requirement only the links to this plan are set.
    """
    _set_links(RiskTreatment(requirement=requirement, confirmed_by=by), statements, plan)


def set_services(
    *,
    requirement: Requirement,
    sub_goals: Iterable[SubGoal],
    by: User,
    plan: ActionPlan | None = None,
) -> None:
    """Make these the sub-goals a requirement serves; links that stay are not touched.

    The caller has asked whether `by` edits one end of the links, and locked the plan.

    Args:
        plan: of a shared module's requirement only the links to this plan are set.
    """
    _set_links(GoalService(requirement=requirement, confirmed_by=by), sub_goals, plan)


@all_or_nothing()
def _set_links(
    like: Link, targets: Iterable[RiskStatement | SubGoal], plan: ActionPlan | None
) -> None:
    """Make the links that are like one, each to its target, all there are (of a plan)."""
    model, requirement = type(like), like.requirement
    wanted = {target.pk: target for target in targets}
    links = model.objects.filter(requirement=requirement)
    if plan is not None:
        links = links.filter(**{model.plan_path: plan})
    there = {getattr(link, f"{model.target}_id"): link for link in links}
    removed = [link for pk, link in there.items() if pk not in wanted]
    bulk.remove(model, removed, by=like.confirmed_by)
    made = [
        model(requirement=requirement, confirmed_by=like.confirmed_by, **{model.target: target})
        for pk, target in wanted.items()
        if pk not in there
    ]
    for link, digest in zip(made, current_hashes(made), strict=True):
        link.hash_at_link = digest
    bulk.make(model, made, by=like.confirmed_by)


@all_or_nothing()
def move_treatments(*, statements: Mapping[int, int], by: User) -> int:
    """Let requirements treat the statements that others were joined with; none treats one twice.

    The caller has asked whether `by` edits the plan, and locked it. What was confirmed of the old
    words is not of the new ones: the links are to be looked at again.

    Args:
        statements: by the keys of those that go, the keys of those that stay.

    Returns:
        how many requirements come along.
    """
    going = RiskTreatment.objects.filter(statement__in=statements).order_by("statement", "pk")
    staying = RiskTreatment.objects.filter(statement__in=statements.values())
    there = set(staying.values_list("requirement", "statement"))
    moved: list[RiskTreatment] = []
    twice: list[RiskTreatment] = []
    for link in going:
        pair = link.requirement_id, statements[link.statement_id]
        (twice if pair in there else moved).append(link)
        there.add(pair)
    bulk.remove(RiskTreatment, twice, by=by)
    for link in moved:
        link.statement_id = statements[link.statement_id]
    bulk.change(RiskTreatment, moved, ["statement"], by=by)
    return len({link.requirement_id for link in (*moved, *twice)})


@all_or_nothing()
def confirm(*, link: Link, by: User, read: str) -> None:
    """Say that both texts have been read and the link still holds.

    Args:
        read: the hash of the two texts that were shown.

    Raises:
        PermissionDenied: `by` owns neither end of the link.
        ValidationError: a text has changed since it was shown, or the link is gone.
    """
    model = type(link)
    rows = model.objects.select_for_update(of=("self",)).select_related(
        "requirement__package__plan__category", "requirement__package__steward", model.plan_path
    )
    stored = rows.filter(pk=link.pk).first()
    if stored is None:
        raise ValidationError(_("Somebody else has removed the link."))
    if not may_link(by, stored):
        raise PermissionDenied
    if stored.current_hash != read:
        raise ValidationError(
            _("One of the texts has changed since you read it. Read both again and then confirm.")
        )
    stored.hash_at_link = read
    stored.confirmed_by, stored.confirmed_at = by, timezone.now()
    stored.signed_by(by).save(update_fields=["hash_at_link", "confirmed_by", "confirmed_at"])
    detail = {"requirement": stored.requirement.code, "target": stored.target_text}
    ChangeEvent.objects.record(
        EventKind.CONFIRMED, subject_of(stored.requirement.package), by=by, detail=detail
    )
