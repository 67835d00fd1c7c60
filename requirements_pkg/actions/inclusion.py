"""The verbs of including shared modules: at a version, at a newer one, no longer."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ChangeEvent, EventKind, User
from requirements_pkg import permissions
from requirements_pkg.actions.publishing import locked, subject_of
from requirements_pkg.models import (
    GoalService,
    PackageInclusion,
    PackageVersion,
    RequirementsPackage,
    RiskTreatment,
    VersionWithdrawal,
)


@all_or_nothing()
def include_module(
    *, package: RequirementsPackage, version: PackageVersion, by: User
) -> PackageInclusion:
    """Include a shared module at one of its versions, after those that are there.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: it is included already, is no module, or the version is withdrawn.
    """
    package = locked(package)
    _refuse(package, version, by=by)
    last = package.inclusions.aggregate(last=Max("position"))["last"]
    inclusion = PackageInclusion(
        package=package,
        module=version.package,
        version=version,
        position=0 if last is None else last + 1,
    )
    inclusion.full_clean()
    inclusion.signed_by(by).save()
    _record(EventKind.INCLUDED, package, version, by=by)
    return inclusion


@all_or_nothing()
def update_inclusion(*, inclusion: PackageInclusion, version: PackageVersion, by: User) -> None:
    """Go over to another version of a module that is included.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: the version is another module's, or withdrawn; or the module is no longer
        included.
    """
    package = locked(inclusion.package)
    _refuse(package, version, by=by)
    stored = _stored(inclusion)
    stored.version = version
    stored.full_clean()
    stored.signed_by(by).save(update_fields=["version"])
    _record(EventKind.INCLUDED, package, version, by=by)


@all_or_nothing()
def remove_inclusion(*, inclusion: PackageInclusion, by: User) -> None:
    """Take a module out of a package, and with it what its requirements treat in that plan.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: somebody else has taken it out.
    """
    package = locked(inclusion.package)
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    stored = _stored(inclusion)
    for model in (RiskTreatment, GoalService):
        links = {"requirement__package": stored.module_id, model.plan_path: package.plan_id}
        bulk.remove(model, model.objects.filter(**links), by=by)
    version = stored.version
    stored.signed_by(by).delete()
    _record(EventKind.EXCLUDED, package, version, by=by)


def _stored(inclusion: PackageInclusion) -> PackageInclusion:
    """Return the inclusion as it is stored now, locked: a page may have shown an older one."""
    stored = PackageInclusion.objects.select_for_update().filter(pk=inclusion.pk).first()
    if stored is None:
        raise ValidationError(_("Somebody else has removed the module from the package."))
    return stored


def _refuse(package: RequirementsPackage, version: PackageVersion, *, by: User) -> None:
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    if VersionWithdrawal.objects.filter(version=version).exists():
        raise ValidationError(_("The version is withdrawn. Choose another one."))


def _record(
    kind: EventKind, package: RequirementsPackage, version: PackageVersion, *, by: User
) -> None:
    detail = {"module": version.package.slug, "version": version.number}
    ChangeEvent.objects.record(kind, subject_of(package), by=by, detail=detail)
