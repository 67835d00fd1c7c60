"""What may be counted in public without giving a supplier away. Pure.

A number is told where no contract stands behind it, or at least three. Nothing that is withheld
follows from the rest: of parts that make up a whole, either all are told or none is. How often
something was asked about is told where all parts are, but of what few contracts stand behind, and
of as much else as hides it. What was found is told by requirement beside areas only where no
difference between them rests on fewer. All depends on numbers of contracts alone, which are shown
nowhere, and never on what was found.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# So many contracts stand behind a count that is shown.
BOUND: Final = 3
# Of so many areas all differences are tried.
MOST_AREAS: Final = 8
# Which contracts stand behind something: a bit for each.
Contracts = int


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Whether the counts of a whole are told, and whether those of its parts are."""

    whole: bool
    parts: bool


def enough(*contracts: int) -> bool:
    """Whether counts that rest on so many contracts may be told."""
    return all(not one or one >= BOUND for one in contracts)


def disclosed(whole: Collection[int], parts: Iterable[Collection[int]]) -> Disclosed:
    """What is told of a whole and of its parts.

    Args:
        whole: how many different contracts each of its counts rests on.
        parts: the same of each part; a contract may be in many.
    """
    is_told = enough(*whole)
    return Disclosed(is_told, is_told and all(enough(*one) for one in parts))


def may_tell_findings(areas: Sequence[Mapping[Hashable, Contracts]]) -> bool:
    """Whether what was found is told by requirement where it is told of these areas.

    Of some areas those requirements can be taken away that no other area has. What is left is of
    the others, and has to rest on enough contracts, whichever areas they are.

    Args:
        areas: by requirement, the contracts of the area in which it was asked about or broken.
    """
    together: dict[Hashable, Contracts] = {}
    for area in areas:
        for name, contracts in area.items():
            together[name] = together.get(name, 0) | contracts
    if not all(enough(one.bit_count()) for one in together.values()):
        return False
    if all(enough(one.bit_count()) for area in areas for one in area.values()):
        return True
    if len(areas) > MOST_AREAS:
        return False
    return all(enough(_left(areas, chosen).bit_count()) for chosen in range(1, 1 << len(areas)))


def withheld_asked(areas: Sequence[Mapping[str, Contracts]]) -> frozenset[str]:
    """What it is not told of how often it was asked about, where counts of these areas are told.

    Where few contracts stand behind a name, it follows from its area less all the others if each
    follow-up asks about one. So of each area that has such names enough contracts stand behind
    all that are withheld there together; where they do not, the next rarest is withheld as well.
    Names that no other area has can be taken from their own area: enough contracts stand behind
    what is left of it, too.

    Args:
        areas: by name, the contracts of the area in which it was asked about.
    """
    together: dict[str, Contracts] = {}
    for area in areas:
        for name, contracts in area.items():
            together[name] = together.get(name, 0) | contracts
    rarest_first = sorted(together, key=lambda name: (together[name].bit_count(), name))
    withheld = {name for name in together if not enough(together[name].bit_count())}
    # Withholding one more for an area may leave few behind what is withheld in another.
    shared = {name for name in together if sum(name in area for area in areas) > 1}
    while more := next(
        filter(None, (_one_more(one, withheld, shared, rarest_first) for one in areas)), ""
    ):
        withheld.add(more)
    return frozenset(withheld)


def _one_more(
    area: Mapping[str, Contracts], withheld: set[str], shared: set[str], order: Sequence[str]
) -> str:
    """The name to withhold besides in an area, "" where there is enough or nothing else."""
    told = [name for name in order if name in area and name not in withheld]
    if not enough(_behind(area, withheld).bit_count()):
        return next(iter(told), "")
    if not enough(_behind(area, withheld | shared).bit_count()):
        return next((name for name in told if name not in shared), "")
    return ""


def _behind(area: Mapping[str, Contracts], names: set[str]) -> Contracts:
    """The contracts behind some names of an area."""
    found = 0
    for name in names.intersection(area):
        found |= area[name]
    return found


def _left(areas: Sequence[Mapping[Hashable, Contracts]], chosen: int) -> Contracts:
    """The contracts behind what chosen areas have of requirements that others have too."""
    inside = [area for at, area in enumerate(areas) if chosen >> at & 1]
    others = {name for at, area in enumerate(areas) if not chosen >> at & 1 for name in area}
    left = 0
    for area in inside:
        for name in others.intersection(area):
            left |= area[name]
    return left
