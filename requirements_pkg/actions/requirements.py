"""The verbs of requirements: copy one, change what several share, order, look over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import User
from requirements_pkg import permissions
from requirements_pkg.actions.links import (
    set_product_areas,
    set_proofs,
    set_services,
    set_treatments,
)
from requirements_pkg.actions.publishing import locked, package_of
from requirements_pkg.document.codes import next_code
from requirements_pkg.document.requirement_fields import STORED
from requirements_pkg.models import (
    Requirement,
    RequirementLook,
    RequirementSource,
    RequirementsPackage,
    RequirementState,
)


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
        sentences = " ".join(error.messages)
        raise ValidationError(f"{row.code}: {sentences}") from error


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


@dataclass(frozen=True)
class Neighbour:
    """The requirement that another one is to stand beside."""

    beside: int
    is_after: bool


@all_or_nothing()
def move_requirement(
    *, package: RequirementsPackage, key: int, place: Neighbour, by: User
) -> None:
    """Move a requirement to before or after another one of its package.

    Told by its neighbour, it comes to the same place whatever others have moved meanwhile.

    Raises:
        PermissionDenied: `by` does not edit the package.
        ValidationError: somebody else has removed one of them.
    """
    package = _edited(package, by)
    rows = {row.pk: row for row in Requirement.objects.filter(package=package).in_reading_order()}
    if not {key, place.beside} <= rows.keys():
        raise ValidationError(_("Somebody else has removed the requirement."))
    others = [pk for pk in rows if pk != key]
    if place.beside != key:
        others.insert(others.index(place.beside) + place.is_after, key)
        bulk.change(Requirement, _renumbered(rows, others), ("position",), by=by)


def _renumbered(rows: Mapping[int, Requirement], order: Sequence[int]) -> list[Requirement]:
    """Give rows their positions in an order, and return those that had another one."""
    moved = []
    for position, pk in enumerate(order, start=1):
        if rows[pk].position != position:
            rows[pk].position = position
            moved.append(rows[pk])
    return moved


@all_or_nothing()
def copy_requirement(
    *, requirement: Requirement, package: RequirementsPackage, by: User
) -> Requirement:
    """Write a requirement again as the last of a package, with where it came from.

    Words, points, CPV codes, sources and proofs come along. The links to a plan's areas, risks and
    sub-goals do so within the same package only: elsewhere they would point at another plan.

    Args:
        package: an unsaved one is made, as the first requirement of a plan makes it.

    Raises:
        PermissionDenied: `by` does not edit the package.
    """
    if package.pk is None and package.plan is not None:
        package = package_of(package.plan)
    package = _edited(package, by)
    siblings = Requirement.objects.filter(package=package)
    taken = list(siblings.values_list("code", "position"))
    words = {name: getattr(requirement, name) for name in (*STORED, "cpv")}
    new = Requirement(
        **words
        | {
            "package": package,
            "copied_from": requirement.uid,
            "code": next_code([code for code, _position in taken], package.title),
            "position": max((position for _code, position in taken), default=0) + 1,
            "state": RequirementState.ACTIVE,
        }
    )
    bulk.make(Requirement, [new], by=by)
    _copy_parts(requirement, new, by)
    return new


def _copy_parts(requirement: Requirement, new: Requirement, by: User) -> None:
    """Give a copy what hangs on a requirement, its links only within the same package."""
    sources = [
        RequirementSource(requirement=new, **source)
        for source in requirement.sources.values("title", "url", "dated", "position")
    ]
    bulk.make(RequirementSource, sources, by=by)
    proofs = requirement.proof_links.values_list("proof", flat=True)
    set_proofs(requirement=new, proofs=proofs, by=by)
    if new.package_id == requirement.package_id:
        areas = requirement.area_links.values_list("product_area", flat=True)
        set_product_areas(requirement=new, areas=areas, by=by)
        set_treatments(requirement=new, statements=requirement.statements.all(), by=by)
        set_services(requirement=new, sub_goals=requirement.sub_goals.all(), by=by)


def _edited(package: RequirementsPackage, by: User) -> RequirementsPackage:
    stored = locked(package)
    if not permissions.may_edit(by, stored):
        raise PermissionDenied
    return stored
