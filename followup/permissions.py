"""Who may see and do what with follow-ups: everything in one is confidential.

Two regions have to do with a follow-up: the one that keeps the plan, and the one whose contract it
is. Coordinators of either write in it; reviewers of either read it and are the second person that
some steps need. Nobody else sees more of it than counts and what is published: not analysts, and
not other coordinators. As in `actionplan.permissions`, who sees and who writes stands as a
condition and as a question, and a test holds them equal.

A contract is of its owner's region and of those of its joint owners: they see it, the owner's
coordinators write it, and nobody else learns that there is one.

Readings of indicators are not confidential: who reads plans reads them.
"""

from django.db.models import F, Q

from actionplan import permissions
from actionplan.database.key_pages import AnyOf
from actionplan.django_edges import AnyRows
from actionplan.models import ActionPlan, Membership, Organisation, ProductArea, User
from actionplan.permissions import Person
from followup.models import (
    Contract,
    FollowUp,
    IndicatorReading,
    JointOwner,
    Masking,
    ReportRequest,
    SecondPersonRequest,
)
from requirements_pkg import permissions as package_permissions
from requirements_pkg.models import RequirementsPackage


def visible(user: Person, path: str = "") -> Q:
    """Return rows whose follow-up this person sees; `path` leads from the rows to it."""
    if permissions.is_everything(user):
        return Q()
    return _in(path, _seen_regions(user))


def writable(user: Person, path: str = "") -> Q:
    """Return rows whose follow-up this person writes in. It goes on after its plan is closed."""
    if permissions.is_everything(user):
        return Q()
    return _in(path, set(permissions.followed_up_regions(user)))


def _in(path: str, regions: set[int]) -> Q:
    """Return rows of follow-ups that one of these regions has to do with."""
    at, region_codes = f"{path}__" if path else "", sorted(regions)
    areas = ProductArea.objects.filter(plan__procurement_region__in=region_codes)
    organisations = Organisation.objects.filter(procurement_region__in=region_codes)
    # Both are few and looked up first: joined to each row of a nation they cost ten times as much.
    of_plan = AnyOf(F(f"{at}product_area"), areas.order_by().values("pk"))
    return Q(of_plan) | Q(AnyOf(F(f"{at}organisation"), organisations.order_by().values("pk")))


def may_see(user: Person, follow_up: FollowUp) -> bool:
    """Tell whether this person sees the follow-up, its supplier and all that was said."""
    reviewed = set(permissions.reviewed_regions(user))
    return may_write(user, follow_up) or bool(_regions(follow_up) & reviewed)


def may_see_any(user: Person) -> bool:
    """Tell whether there is a region whose follow-ups this person sees."""
    return permissions.may_follow_up_something(user) or bool(permissions.reviewed_regions(user))


def may_write(user: Person, follow_up: FollowUp) -> bool:
    """Tell whether this person writes in the follow-up."""
    return any(permissions.may_follow_up_in(user, region) for region in _regions(follow_up))


def visible_contracts(user: Person, path: str = "") -> Q:
    """Return rows whose contract this person sees; `path` leads from the rows to it."""
    if permissions.is_everything(user):
        return Q()
    return _contracts_of(path, _seen_regions(user))


def writable_contracts(user: Person, path: str = "") -> Q:
    """Return rows whose contract this person writes."""
    if permissions.is_everything(user):
        return Q()
    regions = sorted(permissions.followed_up_regions(user))
    at = f"{path}__" if path else ""
    return Q(AnyOf(F(f"{at}organisation"), _organisations(regions)))


def _contracts_of(path: str, regions: set[int]) -> Q:
    """Return rows of contracts in which these regions have a part."""
    at, own = f"{path}__" if path else "", _organisations(sorted(regions))
    joint = JointOwner.objects.filter(organisation__procurement_region__in=sorted(regions))
    of_owner = Q(AnyOf(F(f"{at}organisation"), own))
    return of_owner | Q(AnyOf(F(path or "pk"), joint.order_by().values("contract")))


def _organisations(regions: list[int]) -> AnyRows:
    rows = Organisation.objects.filter(procurement_region__in=regions)
    return rows.order_by().values("pk")


def _seen_regions(user: Person) -> set[int]:
    return {*permissions.followed_up_regions(user), *permissions.reviewed_regions(user)}


def may_see_contract(user: Person, contract: Contract) -> bool:
    """Tell whether this person sees a contract: of its owner's region, or of a joint owner's."""
    if permissions.is_everything(user):
        return True
    seen = _seen_regions(user)
    joint = (row.procurement_region_id for row in contract.joint_owners.all())
    return contract.organisation.procurement_region_id in seen or bool(seen.intersection(joint))


def may_write_contract(user: Person, contract: Contract) -> bool:
    """Tell whether this person writes a contract: coordinates in its owner's region."""
    return permissions.may_follow_up_in(user, contract.organisation.procurement_region_id)


def visible_suppliers(user: Person) -> Q:
    """Return the suppliers of contracts that this person sees."""
    if permissions.is_everything(user):
        return Q()
    contracts = Contract.objects.filter(visible_contracts(user))
    return Q(pk__in=contracts.order_by().values("supplier"))


def colleagues(user: Person) -> Q:
    """Return the people of the regions whose contracts this person sees."""
    members = Membership.objects.filter(
        organisation__procurement_region__in=sorted(_seen_regions(user))
    )
    return Q(pk__in=members.values("user"))


def may_second(user: Person, follow_up: FollowUp, *, first: User | None) -> bool:
    """Tell whether this person may be the second, after `first`: to close what is severe, or to
    review for secrecy."""
    return may_see(user, follow_up) and (first is None or user.pk != first.pk)


def decidable(user: User) -> Q:
    """Return the requests to a second person that this person decides on: never their own."""
    of_follow_up = Q(follow_up__isnull=False) & visible(user, "follow_up")
    of_period = Q(period__isnull=False) & permissions.approvable(user, "period__plan")
    return (of_follow_up | of_period) & ~Q(requested_by=user)


def may_decide(user: Person, request: SecondPersonRequest) -> bool:
    """Tell whether this person is the second of a request: of a period, a reviewer of the plan."""
    if request.period is not None:
        return permissions.may_approve(user, request.period.plan, by=request.requested_by)
    follow_up = request.follow_up
    return follow_up is not None and may_second(user, follow_up, first=request.requested_by)


def may_write_report(user: Person, package: RequirementsPackage) -> bool:
    """Tell whether this person writes the follow-up reports of a plan, closed or not."""
    return package.plan is not None and permissions.may_follow_up_in(
        user, package.plan.procurement_region_id
    )


def may_approve_report(user: Person, request: ReportRequest) -> bool:
    """Tell whether this person is the second of a report: a reviewer of the plan."""
    package = request.package
    return package_permissions.may_approve(user, package, by=request.requested_by)


def may_ask_masking(user: Person, package: RequirementsPackage) -> bool:
    """Tell whether this person asks that words are masked in what is published of a package."""
    return permissions.may_follow_up_in(user, package.region.pk)


def may_approve_masking(user: Person, masking: Masking) -> bool:
    """Tell whether this person is the second of a masking: a reviewer of the package."""
    return package_permissions.may_approve(user, masking.package, by=masking.requested_by)


def may_see_report(user: Person, request: ReportRequest | Masking) -> bool:
    """Tell whether this person sees a report before it is published, or what is masked in it.

    Those of the plan's region who write and approve its reports; others read it when it is public.
    """
    region = request.package.region.pk
    is_writer = may_ask_masking(user, request.package)
    return is_writer or region in permissions.reviewed_regions(user)


def may_report(user: Person, plan: ActionPlan, organisation: Organisation | None) -> bool:
    """Tell whether this person reports readings: the country's for own plans, the own regions'
    organisations for any plan."""
    if permissions.may_follow_up_in(user, plan.procurement_region_id):
        return True
    region = organisation.procurement_region_id if organisation is not None else None
    return region is not None and permissions.may_follow_up_in(user, region)


def may_approve_reading(user: Person, reading: IndicatorReading) -> bool:
    """Tell whether this person approves a reading: a reviewer of the plan, never its author."""
    return permissions.may_approve(user, reading.plan, by=reading.author)


def _regions(follow_up: FollowUp) -> set[int]:
    """Return the procurement regions that have to do with a follow-up."""
    plan = follow_up.product_area.plan
    return {plan.procurement_region_id, follow_up.organisation.procurement_region_id}
