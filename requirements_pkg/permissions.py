"""Who may do what with a package: as with its plan; a shared module is its steward region's.

The roles themselves stand in `actionplan.permissions`; here they only find their package.
"""

from django.db.models import Q

from actionplan import permissions
from actionplan.models import User
from actionplan.permissions import Person
from requirements_pkg.models import RequirementsPackage


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
