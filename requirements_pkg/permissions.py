"""Who may do what with a package: as with its plan; a shared module is its steward region's.

The roles themselves stand in `actionplan.permissions`; here they only find their package.
"""

from django.db.models import Q, QuerySet

from actionplan import permissions
from actionplan.models import Role, User
from actionplan.permissions import Person
from requirements_pkg.models import CommentThread, RequirementsPackage


def may_edit(user: Person, package: RequirementsPackage) -> bool:
    """Tell whether this person writes requirements of the package and asks for its publication."""
    if package.plan is not None:
        return permissions.may_edit(user, package.plan)
    return permissions.may_edit_in(user, package.steward_id)


def may_approve(user: Person, package: RequirementsPackage, *, by: User) -> bool:
    """Tell whether this person approves what `by` wants to publish of the package."""
    return permissions.may_approve_in(user, package.region.pk, by=by)


def editable(user: Person, path: str = "") -> Q:
    """Return rows of packages this person edits; `path` leads from the rows to their package."""
    at = f"{path}__" if path else ""
    shared = Q(**{f"{at}plan__isnull": True})
    if not permissions.is_everything(user):
        shared &= Q(**{f"{at}steward__in": permissions.edited_regions(user)})
    return permissions.editable(user, f"{at}plan") & Q(**{f"{at}plan__isnull": False}) | shared


def may_answer(user: Person, package: RequirementsPackage) -> bool:
    """Tell whether this person answers what people say of a package, its plan closed or not."""
    return permissions.may_edit_in(user, package.region.pk)


def answerable(user: Person, path: str = "package") -> Q:
    """Return the rows about packages of which this person answers what people say."""
    if permissions.is_everything(user):
        return Q()
    regions = permissions.edited_regions(user)
    of_plans = Q(**{f"{path}__plan__procurement_region__in": regions})
    return of_plans | Q(**{f"{path}__steward__in": regions})


def may_resolve(user: Person, thread: CommentThread) -> bool:
    """Tell whether this person settles a thread: who opened it, or edits or approves the draft."""
    if permissions.is_everything(user):
        return True
    first = min(thread.comments.all(), key=lambda comment: comment.pk, default=None)
    is_own = first is not None and first.author_id == user.pk
    regions = {*permissions.edited_regions(user), *permissions.reviewed_regions(user)}
    return is_own or thread.region_id in regions


def involved(region_id: int | None) -> QuerySet[User]:
    """Return who edits and who approves the drafts of a procurement region, by name."""
    return _with_roles(region_id, Role.COORDINATOR, Role.REVIEWER)


def approvers(package: RequirementsPackage) -> QuerySet[User]:
    """Return who approves drafts in the procurement region of a package."""
    return _with_roles(package.region.pk, Role.REVIEWER)


def _with_roles(region_id: int | None, *roles: Role) -> QuerySet[User]:
    members = Q(
        memberships__role__in=roles, memberships__organisation__procurement_region=region_id
    )
    return User.objects.filter(members, is_active=True).order_by("username").distinct()
