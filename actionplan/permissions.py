"""Who may do what with a plan. The one place that knows the rules.

Every rule stands here twice, side by side: as a condition on a queryset (`readable`, `editable`,
`approvable`, `manageable`) and as a question about one row (`may_edit`, `may_approve`,
`may_manage`), and a test holds them equal for every persona. `path` leads from the rows asked
about to their plan: "" for plans, "cell__product_area__plan" for statements.

    coordinator    reads everything; edits the open plans of her own procurement region, closes
                   them and opens closed ones again
    reviewer       reads everything; approves in his own procurement region, never his own
    analyst        reads and exports everything
    administrator  reads everything; adds people in her own procurement region and gives them roles
                   there, changes who they are while they have no role elsewhere
    superuser      all of it, and still never approves their own
"""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from actionplan.models import ActionPlan, Membership, PlanStatus, Role, User

Person = User | AnonymousUser
NOTHING = Q(pk__in=[])


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
    return is_everything(user) or bool(_regions(user, Role.COORDINATOR))


def may_edit_in(user: Person, procurement_region_id: int | None) -> bool:
    """Tell whether this person makes and edits plans of a procurement region."""
    return is_everything(user) or procurement_region_id in _regions(user, Role.COORDINATOR)


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
    return _regions(user, Role.COORDINATOR)


def reviewed_regions(user: Person) -> list[int]:
    """Return the procurement regions in which someone approves; a superuser needs none."""
    return _regions(user, Role.REVIEWER)


def may_manage_people(user: Person) -> bool:
    """Tell whether there are people whom this person adds and changes."""
    return is_everything(user) or bool(_regions(user, Role.ADMINISTRATOR))


def needs_two_factors(user: Person) -> bool:
    """Tell whether this person publishes, approves, sees what is confidential or gives rights.

    An analyst does none of it.
    """
    if is_everything(user):
        return True
    return isinstance(user, User) and any(role != Role.ANALYST for role, _at in user.roles)


def may_edit_synonyms(user: Person) -> bool:
    """Tell whether this person keeps the list of words that a search takes for one."""
    return may_edit_something(user) or may_manage_people(user)


def manageable(user: Person) -> Q:
    """Find the people this person sees and gives roles: of her own regions, never superusers."""
    if is_everything(user):
        return Q()
    members = Membership.objects.filter(manageable_at(user, "organisation"))
    return Q(is_superuser=False, pk__in=members.values("user"))


def may_manage(user: Person, person: User) -> bool:
    """Tell whether this person sees another and gives them roles."""
    if is_everything(user):
        return True
    regions = set(_regions(user, Role.ADMINISTRATOR))
    return bool(regions) and not person.is_superuser and bool(regions & _belongs_to(person))


def may_manage_wholly(user: Person, person: User) -> bool:
    """Tell whether this person changes who another is: name, address, and whether active.

    Not of somebody with a role in a foreign region, to which the address would give the way in.
    """
    if is_everything(user):
        return True
    regions = set(_regions(user, Role.ADMINISTRATOR))
    return may_manage(user, person) and _belongs_to(person) <= regions


def manageable_at(user: Person, path: str = "") -> Q:
    """Find the rows of organisations in which this person gives and takes roles."""
    if is_everything(user):
        return Q()
    at = f"{path}__" if path else ""
    return Q(**{f"{at}procurement_region__in": _regions(user, Role.ADMINISTRATOR)})


def _belongs_to(person: User) -> set[int]:
    """Return the procurement regions in which somebody has a role, also while inactive."""
    return set(person.memberships.values_list("organisation__procurement_region", flat=True))
