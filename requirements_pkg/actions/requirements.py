"""The verbs of several requirements of a package: change what they share, order, look over."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import User
from requirements_pkg import permissions
from requirements_pkg.actions.links import set_product_areas
from requirements_pkg.actions.publishing import locked
from requirements_pkg.models import Requirement, RequirementLook, RequirementsPackage


@dataclass(frozen=True)
class SharedChange:
    """What several requirements are to have in common; None and "" leave it as it is."""

    level: str = ""
    # The key of the only product area they are for, 0 for all of them.
    area: int | None = None
    cpv: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is to be changed."""
        return not self.level and self.area is None and not self.cpv


@all_or_nothing()
def change_requirements(
    *, package: RequirementsPackage, keys: Collection[int], change: SharedChange, by: User
) -> int:
    """Give requirements of a package a level, a product area or another CPV code; all or none.

    Returns:
        how many there are.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: none is chosen, nothing is to be changed, or one cannot be as it would be.
    """
    package = _edited(package, by)
    rows = list(Requirement.objects.filter(package=package, pk__in=keys).in_reading_order())
    if not rows:
        raise ValidationError(_("Tick the requirements to change."))
    if change.is_empty:
        raise ValidationError(_("Choose a level, a product area or a CPV code."))
    for row in rows:
        row.level = change.level or row.level
        if change.cpv and change.cpv not in row.cpv_codes:
            row.cpv = " ".join([*row.cpv_codes, change.cpv])
        _refuse_faulty(row)
    bulk.change(Requirement, rows, ("level", "cpv"), by=by)
    if change.area is not None:
        for row in rows:
            areas = [change.area] if change.area else []
            set_product_areas(requirement=row, areas=areas, by=by)
    return len(rows)


def _refuse_faulty(row: Requirement) -> None:
    """Say of which requirement it is that it cannot be so.

    Raises:
        ValidationError: the level is not above that of what it replaces, or the code is none.
    """
    try:
        row.clean()
    except ValidationError as error:
        said = " ".join(error.messages)
        raise ValidationError(f"{row.code}: {said}") from error


@all_or_nothing()
def look_over(*, package: RequirementsPackage, keys: Collection[int], by: User) -> int:
    """Say that requirements of a package, and their sources, are looked over and still right.

    Returns:
        how many there are.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: none is chosen.
    """
    package = _edited(package, by)
    rows = list(Requirement.objects.filter(package=package, pk__in=keys).active())
    if not rows:
        raise ValidationError(_("Tick the requirements that you have looked over."))
    looks = [RequirementLook(requirement=row, by=by) for row in rows]
    bulk.make(RequirementLook, looks, by=by)
    return len(rows)


@all_or_nothing()
def move_requirement(*, package: RequirementsPackage, key: int, steps: int, by: User) -> None:
    """Move a requirement up (fewer than 0 steps) or down among those of its package.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: somebody else has removed it.
    """
    package = _edited(package, by)
    rows = list(Requirement.objects.filter(package=package).in_reading_order())
    at = next((at for at, row in enumerate(rows) if row.pk == key), None)
    if at is None:
        raise ValidationError(_("Somebody else has removed the requirement."))
    rows.insert(max(at + steps, 0), rows.pop(at))
    moved = []
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            moved.append(row)
    bulk.change(Requirement, moved, ("position",), by=by)


def _edited(package: RequirementsPackage, by: User) -> RequirementsPackage:
    stored = locked(package)
    if not permissions.may_edit(by, stored):
        raise PermissionDenied
    return stored
