"""The parts of a package's page: what each is called, and where it and all in it stands. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

# Cells stand in the page of their product area, goals on a page of their own.
CELL: Final = re.compile(r"o([1-9][0-9]{0,8})(?:-|$)")
GOAL: Final = re.compile(r"(?:del)?mal(?:-|$)")
COVERAGE: Final = ("risker", "tackning")


class PackagePart(StrEnum):
    """A part with an address of its own, named as its addresses are in `urls.py`."""

    OVERVIEW = "overview"
    REQUIREMENTS = "requirements"
    RISKS = "risks"
    AREA = "area"
    GOALS = "goals"
    VERSIONS = "versions"


@dataclass(frozen=True, slots=True)
class PackageTab:
    """A part as the row of tabs shows it."""

    part: PackagePart
    name: str
    href: str
    # Whether it is the page that is shown, or one of the part that this page belongs to.
    is_here: bool
    is_around: bool


def part_address(
    part: PackagePart, slug: str, number: int | None = None, area: int | None = None
) -> str:
    """Return where a part of a version stands; without a number, of the version in force."""
    if part == PackagePart.VERSIONS:
        return reverse("versions", args=[slug])
    whole = "package" if number is None else "version"
    name = whole if part == PackagePart.OVERVIEW else f"{whole}_{part}"
    return reverse(name, args=[given for given in (slug, number, area) if given is not None])


def place_of(
    anchor: str, slug: str, number: int | None = None, kept: Sequence[tuple[str, str]] = ()
) -> str:
    """Return the address of what an anchor names: of a cell, a goal, the introduction.

    Args:
        anchor: as the index of the search, or a risk that a requirement addresses, says it.
        slug: the package.
        number: of the version; without one it is the one in force.
        kept: what goes along in the address, as names and values.
    """
    query = f"?{urlencode(kept)}" if kept else ""
    fragment = f"#{anchor}" if anchor else ""
    if cell := CELL.match(anchor):
        address = part_address(PackagePart.AREA, slug, number, int(cell[1]))
    else:
        address = part_address(_part_with(anchor), slug, number)
    return f"{address}{query}{fragment}"


def _part_with(anchor: str) -> PackagePart:
    if GOAL.match(anchor):
        return PackagePart.GOALS
    return PackagePart.RISKS if anchor in COVERAGE else PackagePart.OVERVIEW


def tabs(
    here: PackagePart,
    slug: str,
    number: int | None = None,
    *,
    has_plan: bool,
    kept: Sequence[tuple[str, str]] = (),
) -> list[PackageTab]:
    """Return the row of tabs; a shared module has neither risks nor goals.

    Args:
        here: the part that is shown; the page of an area belongs to the risks.
        slug: the package.
        number: of the version; without one it is the one in force.
        has_plan: whether the package belongs to an action plan.
        kept: what goes along in each address, as names and values.
    """
    names = {
        PackagePart.OVERVIEW: pgettext("of a package", "Overview"),
        PackagePart.REQUIREMENTS: _("Requirements"),
        PackagePart.RISKS: _("Risks and coverage"),
        PackagePart.GOALS: _("Goals and follow-up"),
        PackagePart.VERSIONS: _("Versions"),
    }
    if not has_plan:
        del names[PackagePart.RISKS], names[PackagePart.GOALS]
    query = f"?{urlencode(kept)}" if kept else ""
    at = PackagePart.RISKS if here == PackagePart.AREA else here
    # The list of versions leads to the one in force, which may lack what was chosen in another.
    bare = PackagePart.VERSIONS if number else None
    return [
        PackageTab(
            part,
            name,
            f"{part_address(part, slug, number)}{'' if part == bare else query}",
            part == here,
            part == at,
        )
        for part, name in names.items()
    ]
