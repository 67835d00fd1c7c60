"""What may be counted in public without giving a supplier away. Pure.

A number is told where no contract stands behind it, or at least three. Nothing that is withheld
follows from the rest: of parts that make up a whole, either all are told or none is. How often
something was asked about is told where all parts are, but of what few contracts stand behind, and
of as much else as hides it. What was found is told by requirement beside areas only where no
difference between them rests on fewer. All depends on numbers of contracts alone, which are shown
nowhere, and never on what was found.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
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
    Names that no other area has can be taken from their own area, and those that only some areas
    have from these together: enough contracts stand behind what is left of them, too, and behind
    what such names are in the other areas.

    Args:
        areas: by name, the contracts of the area in which it was asked about.
    """
    asked = _Asked(areas)
    is_settled = False
    # Withholding one more for some areas may leave few behind what is withheld in others.
    while not is_settled:
        is_settled = True
        for chosen in asked.choices:
            while more := asked.one_more(chosen):
                asked.withheld.add(more)
                is_settled = False
    return frozenset(asked.withheld)


class _Asked:
    """What was asked about in which areas; some areas together are a bit for each."""

    def __init__(self, areas: Sequence[Mapping[str, Contracts]]) -> None:
        self.areas = areas
        self.all = (1 << len(areas)) - 1
        self.places: dict[str, int] = {}
        together: dict[str, Contracts] = {}
        for at, area in enumerate(areas):
            for name, contracts in area.items():
                self.places[name] = self.places.get(name, 0) | 1 << at
                together[name] = together.get(name, 0) | contracts
        self.rarest_first = sorted(together, key=lambda name: (together[name].bit_count(), name))
        self.withheld = {name for name in together if not enough(together[name].bit_count())}
        self.choices: Sequence[int] = range(1, self.all + 1)
        if len(areas) > MOST_AREAS:
            # Too many to be tried together: nothing that areas share is of few in one of them.
            self.choices = [1 << at for at in range(len(areas))]
            self.withheld.update(
                name
                for area in areas
                for name, contracts in area.items()
                if not enough(contracts.bit_count()) and self.places[name].bit_count() > 1
            )

    def one_more(self, chosen: int) -> str:
        """The name to withhold besides for some areas, "" where there is enough or no other."""
        others, places, withheld = self.all & ~chosen, self.places, self.withheld
        if chosen.bit_count() == 1 and self._is_few(chosen, withheld.__contains__):
            return self._rarest(lambda name: places[name] & chosen)
        if self._is_few(chosen, lambda name: name in withheld or places[name] & others):
            return self._rarest(lambda name: not places[name] & others)
        if any(places[name] & others for name in withheld):
            return ""
        # All that the others were asked about is told: less their counts it is that of these.
        if self._is_few(chosen, lambda name: places[name] & others):
            return self._rarest(lambda name: places[name] & others)
        return ""

    def _is_few(self, chosen: int, wanted: Callable[[str], object]) -> bool:
        """Whether contracts stand behind such names of some areas, but too few."""
        found = 0
        for at, area in enumerate(self.areas):
            for name, contracts in area.items() if chosen >> at & 1 else ():
                if wanted(name):
                    found |= contracts
                    if enough(found.bit_count()):
                        return False
        return bool(found)

    def _rarest(self, wanted: Callable[[str], object]) -> str:
        """The rarest such name that is still told, "" if there is none."""
        told = (name for name in self.rarest_first if name not in self.withheld)
        return next(filter(wanted, told), "")


def _left(areas: Sequence[Mapping[Hashable, Contracts]], chosen: int) -> Contracts:
    """The contracts behind what chosen areas have of requirements that others have too."""
    inside = [area for at, area in enumerate(areas) if chosen >> at & 1]
    others = {name for at, area in enumerate(areas) if not chosen >> at & 1 for name in area}
    left = 0
    for area in inside:
        for name in others.intersection(area):
            left |= area[name]
    return left
