"""The rights of what belongs to a package, plugged into the admin.

A package belongs to a plan, whose region decides, or it is shared and its steward's region does.
See `actionplan.backoffice.scoping`.
"""

from typing import Any, ClassVar

from django.http import HttpRequest

from actionplan import permissions as plan_permissions
from actionplan.backoffice.scoping import PlanScopedMixin, ScopedAdmin, ScopedInline
from requirements_pkg import permissions
from requirements_pkg.actions.publishing import hold
from requirements_pkg.models import RequirementsPackage


class PackageScopedMixin(PlanScopedMixin):
    """Rights by the package that an object belongs to. `package_path` leads there."""

    package_path: ClassVar[str] = ""

    def package_of(self, obj: Any) -> RequirementsPackage:
        """Return the package whose region decides who may change the object."""
        for step in filter(None, self.package_path.split("__")):
            obj = getattr(obj, step)
        package: RequirementsPackage = obj
        return package

    def may_change(self, request: HttpRequest, obj: object) -> bool:
        """Tell whether the person edits this object, or anything at all where none is given."""
        if obj is None:
            return plan_permissions.may_edit_something(request.user)
        return permissions.may_edit(request.user, self.package_of(obj))

    def hold(self, obj: object) -> None:
        """Keep other writers of the same package waiting until the transaction ends."""
        hold(self.package_of(obj))


class PackageScopedAdmin(PackageScopedMixin, ScopedAdmin):
    """A model admin whose objects belong to a package."""


class PackageScopedInline(PackageScopedMixin, ScopedInline):
    """An inline whose parent belongs to a package, or is one."""
