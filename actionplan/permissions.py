"""Who may do what with a plan. The one place that knows the rules.

Every rule stands here twice, side by side: as a condition on a queryset (`readable`, `editable`,
`approvable`, `manageable`) and as a question about one row (`may_edit`, `may_approve`,
`may_manage`), and a test holds them equal for every persona. `path` leads from the rows asked
about to their plan: "" for plans, "cell__product_area__plan" for statements.

    coordinator    reads everything; edits the open plans of her own procurement region, closes
                   them and opens closed ones again
    reviewer       reads everything; approves in his own procurement region, never his own
    analyst        reads and exports everything
    secretariat    reads everything; edits, closes and opens the plans and shared modules of every
                   region; follow-up, which is confidential, stays the regions' own
    region administrator
                   reads everything; adds people in her own procurement region and gives them roles
                   there, changes who they are while they have no role elsewhere, and none that
                   reaches everywhere
    administrator  reads everything; the same in every region, with every role, but for superusers;
                   reference data; nothing of a plan
    superuser      all of it, and still never approves their own
"""

from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from actionplan.models import (
    ActionPlan,
    Invitation,
    InvitedRole,
    Membership,
    PlanStatus,
    Role,
    User,
)

Person = User | AnonymousUser
NOTHING = Q(pk__in=[])
# Roles that reach further than the region where they are given.
EVERYWHERE: Final = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})


def signed_in(user: Person) -> User:
    """Return who is logged in, to sign what is done.

    Raises:
        PermissionDenied: nobody is.
    """
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def _regions(user: Person, role: Role) -> list[int]:
    """Return the procurement regions in which someone has a role; there are eight at most."""
    if not isinstance(user, User):
        return []
    return sorted(region for has, region in user.roles if has == role)


def _has(user: Person, role: Role) -> bool:
    return bool(_regions(user, role))


def is_everything(user: Person) -> bool:
    """Tell whether nothing but approving one's own is refused."""
    return user.is_active and user.is_superuser


def may_read(user: Person) -> bool:
    """Let whoever has any role read every plan, drafts included."""
    return is_everything(user) or (isinstance(user, User) and bool(user.roles))


def may_export(user: Person) -> bool:
    """Let whoever may read take it out to Word and Excel."""
    return may_read(user)


def may_edit_something(user: Person) -> bool:
    """Tell whether there is a procurement region in which this person edits plans."""
    return _edits_everywhere(user) or _has(user, Role.COORDINATOR)


def _edits_everywhere(user: Person) -> bool:
    return is_everything(user) or _has(user, Role.SECRETARIAT)


def may_edit_in(user: Person, procurement_region_id: int | None) -> bool:
    """Tell whether this person makes and edits plans of a procurement region."""
    return _edits_everywhere(user) or procurement_region_id in _regions(user, Role.COORDINATOR)


def may_follow_up_in(user: Person, procurement_region_id: int | None) -> bool:
    """Tell whether this person follows up what concerns a procurement region."""
    return is_everything(user) or procurement_region_id in _regions(user, Role.COORDINATOR)


def may_follow_up_something(user: Person) -> bool:
    """Tell whether there is a procurement region in which this person follows up."""
    return is_everything(user) or _has(user, Role.COORDINATOR)


def may_edit(user: Person, plan: ActionPlan) -> bool:
    """Tell whether this person edits this plan; a closed one only a superuser, until opened."""
    if is_everything(user):
        return True
    return plan.status != PlanStatus.CLOSED and may_edit_in(user, plan.procurement_region_id)


def may_close(user: Person, plan: ActionPlan) -> bool:
    """Tell whether this person closes this plan: whoever edits it, until it is closed."""
    return plan.status != PlanStatus.CLOSED and may_edit(user, plan)


def may_reopen(user: Person, plan: ActionPlan) -> bool:
    """Tell whether this person opens a closed plan again: whoever would edit it if open."""
    return plan.status == PlanStatus.CLOSED and may_edit_in(user, plan.procurement_region_id)


def may_approve(user: Person, plan: ActionPlan, *, by: User) -> bool:
    """Tell whether this person approves what `by` wants to publish of this plan."""
    return may_approve_in(user, plan.procurement_region_id, by=by)


def may_approve_in(user: Person, procurement_region_id: int, *, by: User) -> bool:
    """Tell whether this person approves what `by` wants to publish in a procurement region."""
    if user.pk == by.pk:
        return False
    return is_everything(user) or procurement_region_id in _regions(user, Role.REVIEWER)


def readable(user: Person) -> Q:
    """Return the rows that this person reads."""
    return Q() if may_read(user) else NOTHING


def editable(user: Person, path: str = "") -> Q:
    """Return the rows of plans that this person edits."""
    if is_everything(user):
        return Q()
    at = f"{path}__" if path else ""
    is_open = ~Q(**{f"{at}status": PlanStatus.CLOSED})
    if _edits_everywhere(user):
        return is_open
    regions = _regions(user, Role.COORDINATOR)
    return is_open & Q(**{f"{at}procurement_region__in": regions})


def approvable(user: Person, path: str = "") -> Q:
    """Return the rows of plans in whose region this person approves what others ask for."""
    if is_everything(user):
        return Q()
    at = f"{path}__" if path else ""
    return Q(**{f"{at}procurement_region__in": _regions(user, Role.REVIEWER)})


def edited_regions(user: Person) -> list[int]:
    """Return the procurement regions in which someone makes plans; a superuser needs none."""
    if isinstance(user, User) and _has(user, Role.SECRETARIAT):
        return user.every_region
    return _regions(user, Role.COORDINATOR)


def followed_up_regions(user: Person) -> list[int]:
    """Return the procurement regions in which someone follows up; a superuser needs none."""
    return _regions(user, Role.COORDINATOR)


def reviewed_regions(user: Person) -> list[int]:
    """Return the procurement regions in which someone approves; a superuser needs none."""
    return _regions(user, Role.REVIEWER)


def may_manage_people(user: Person) -> bool:
    """Tell whether there are people whom this person adds and changes."""
    return _manages_everywhere(user) or _has(user, Role.REGION_ADMINISTRATOR)


def _manages_everywhere(user: Person) -> bool:
    return is_everything(user) or _has(user, Role.ADMINISTRATOR)


def may_edit_reference_data(user: Person) -> bool:
    """Tell whether this person keeps what everybody's plans lean on: organisations, headings."""
    return _manages_everywhere(user)


def given_roles(user: Person) -> list[Role]:
    """Return the roles that this person gives and takes: none that reaches further than theirs."""
    if _manages_everywhere(user):
        return list(Role)
    may = may_manage_people(user)
    return [role for role in Role if may and role not in EVERYWHERE]


def needs_two_factors(user: Person) -> bool:
    """Tell whether this person publishes, approves, sees what is confidential or gives rights.

    An analyst does none of it.
    """
    if is_everything(user):
        return True
    return isinstance(user, User) and any(role != Role.ANALYST for role, _at in user.roles)


def finds_without_role(user: Person) -> bool:
    """Tell whether this person finds people who have no role left."""
    return _manages_everywhere(user)


def may_edit_synonyms(user: Person) -> bool:
    """Tell whether this person keeps the list of words that a search takes for one."""
    return may_edit_something(user) or may_manage_people(user)


def manageable(user: Person) -> Q:
    """Find the people this person sees and gives roles: of her own regions, never superusers."""
    if is_everything(user):
        return Q()
    if _manages_everywhere(user):
        return Q(is_superuser=False)
    members = Membership.objects.filter(manageable_at(user, "organisation"))
    return Q(is_superuser=False, pk__in=members.values("user"))


def may_manage(user: Person, person: User) -> bool:
    """Tell whether this person sees another and gives them roles."""
    if is_everything(user):
        return True
    if _manages_everywhere(user):
        return not person.is_superuser
    regions = set(_regions(user, Role.REGION_ADMINISTRATOR))
    return bool(regions) and not person.is_superuser and bool(regions & _belongs_to(person))


def may_manage_wholly(user: Person, person: User) -> bool:
    """Tell whether this person changes who another is: name, address, and whether active.

    Not of somebody with a role in a foreign region, or in all of them, to which the address would
    give the way in.
    """
    if _manages_everywhere(user):
        return may_manage(user, person)
    regions = set(_regions(user, Role.REGION_ADMINISTRATOR))
    is_of_one_region = may_manage(user, person) and _belongs_to(person) <= regions
    has_wide_role = person.memberships.filter(role__in=EVERYWHERE).exists()
    return is_of_one_region and not has_wide_role


def manageable_at(user: Person, path: str = "") -> Q:
    """Find the rows of organisations in which this person gives and takes roles."""
    if _manages_everywhere(user):
        return Q()
    at = f"{path}__" if path else ""
    return Q(**{f"{at}procurement_region__in": _regions(user, Role.REGION_ADMINISTRATOR)})


def given_memberships(user: Person) -> Q:
    """Find the memberships, and roles of invitations, that this person gives and takes."""
    return manageable_at(user, "organisation") & Q(role__in=given_roles(user))


def manageable_invitations(user: Person) -> Q:
    """Find the invitations that this person sees, sends again and cancels: of roles they give."""
    if not may_manage_people(user):
        return NOTHING
    if _manages_everywhere(user):
        return Q()
    others = InvitedRole.objects.exclude(given_memberships(user))
    return ~Q(pk__in=others.values("invitation"))


def may_manage_invitation(user: Person, invitation: Invitation) -> bool:
    """Tell whether this person sees, sends again and cancels an invitation."""
    if not may_manage_people(user):
        return False
    given = invitation.roles.filter(given_memberships(user)).count()
    return _manages_everywhere(user) or given == invitation.roles.count()


def _belongs_to(person: User) -> set[int]:
    """Return the procurement regions in which somebody has a role, also while inactive."""
    return set(person.memberships.values_list("organisation__procurement_region", flat=True))
