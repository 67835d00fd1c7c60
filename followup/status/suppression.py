"""What may be counted in public without giving a supplier away. Pure.

A number is told where no contract stands behind it, or at least three. Nothing that is withheld
follows from the rest: of parts that make up a whole, either all are told or none is. How often
something was asked about is told where all parts are, but of what few contracts stand behind, and
of as much else as hides it. What was found is told by requirement beside areas only where no
difference between them rests on fewer. All depends on numbers of contracts alone, which are shown
nowhere, and never on what was found.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# So many contracts stand behind a count that is shown.
BOUND: Final = 3
# Of so many areas all differences are tried.
MOST_AREAS: Final = 8
# Which contracts stand behind something: a bit for each.
Contracts = int


@dataclass(frozen=True, slots=True)
class SuppressedCounts:
    """Whether the counts of a whole are told, and whether those of its parts are."""

    whole: bool
    parts: bool


def enough(*contracts: int) -> bool:
    """Tell whether counts that rest on so many contracts may be told."""
    return all(not count or count >= BOUND for count in contracts)


def disclosed(whole: Collection[int], parts: Iterable[Collection[int]]) -> SuppressedCounts:
    """Return what is told of a whole and of its parts.

    Args:
        whole: how many different contracts each of its counts rests on.
        parts: the same of each part; a contract may be in many.
    """
    is_enough = enough(*whole)
    return SuppressedCounts(is_enough, is_enough and all(enough(*part) for part in parts))


def may_tell_findings(areas: Sequence[Mapping[str, Contracts]]) -> bool:
    """Tell whether what was found is told by requirement where it is told of these areas.

    Of some areas those requirements can be taken away that no other area has. What is left is of
    the others, and has to rest on enough contracts, whichever areas they are.

    Args:
        areas: by requirement, the contracts of the area in which it was asked about or broken.
    """
    if any(map(_are_few, united(areas).values())):
        return False
    if not any(_are_few(contracts) for area in areas for contracts in area.values()):
        return True
    if len(areas) > MOST_AREAS:
        return False
    return not any(_are_few(_left(areas, mask)) for mask in range(1, 1 << len(areas)))


def withheld_questions(
    areas: Sequence[Mapping[str, Contracts]], also: Collection[str] = ()
) -> frozenset[str]:
    """Return the names whose counts of follow-ups are withheld where these areas' counts are told.

    Where few contracts stand behind a name, it follows from its area less all the others if each
    follow-up asks about one. So of each area that has such names enough contracts stand behind
    all that are withheld there together; where they do not, the next rarest is withheld as well.
    Names that no other area has can be taken from their own area, and those that only some areas
    have from these together: enough contracts stand behind what is left of them, too, and behind
    what such names are in the other areas.

    Args:
        areas: by name, the contracts of the area in which it was asked about.
        also: names that are withheld for another reason.
    """
    questions = _QuestionCounts(areas, also)
    is_settled = False
    # Withholding one more for some areas may leave few behind what is withheld in others.
    while not is_settled:
        is_settled = True
        for mask in questions.choices:
            while more := questions.one_more(mask):
                questions.withhold(more)
                is_settled = False
    return frozenset(questions.withheld)


def united(areas: Iterable[Mapping[str, Contracts]]) -> dict[str, Contracts]:
    """Return the contracts of each name, whatever its area."""
    together: dict[str, Contracts] = {}
    for area in areas:
        for name, contracts in area.items():
            together[name] = together.get(name, 0) | contracts
    return together


def _are_few(contracts: Contracts) -> bool:
    """Tell whether there are some, but not enough."""
    return 0 < contracts.bit_count() < BOUND


class _QuestionCounts:
    """What was asked about in which areas; some areas together are a bit for each.

    Names that the very same areas have are looked at together: a nation has hundreds of names, and
    all choices of its areas are tried.
    """

    def __init__(self, areas: Sequence[Mapping[str, Contracts]], also: Collection[str]) -> None:
        self.areas = areas
        self.all = (1 << len(areas)) - 1
        self.places: dict[str, int] = {}
        for at, area in enumerate(areas):
            for name in area:
                self.places[name] = self.places.get(name, 0) | 1 << at
        self.together = united(areas)
        self.withheld = {name for name, contracts in self.together.items() if _are_few(contracts)}
        self.withheld.update(name for name in also if name in self.together)
        self.choices: Sequence[int] = range(1, self.all + 1)
        if all(map(self._hides, range(len(areas)))):
            # As most often: only what is withheld may be of few.
            self.choices = [*(1 << at for at in range(len(areas))), self.all]
        elif len(areas) > MOST_AREAS:
            # Too many to be tried together: nothing that areas share is of few in one of them.
            self.choices = [1 << at for at in range(len(areas))]
            self.withheld.update(
                name
                for area in areas
                for name, contracts in area.items()
                if _are_few(contracts) and self.places[name].bit_count() > 1
            )
        # By area: the contracts behind what is withheld, and by the areas that have them too those
        # behind the names that are told.
        self._withheld_in: list[Contracts] = [0] * len(areas)
        self._public_in: list[dict[int, Contracts]] = [{} for _area in areas]
        self._names: dict[int, list[str]] = {}
        for name, places in self.places.items():
            self._names.setdefault(places, []).append(name)
        for places in self._names:
            self._gather(places)

    def withhold(self, name: str) -> None:
        """Withhold the counts of one more name."""
        self.withheld.add(name)
        self._gather(self.places[name])

    def _gather(self, places: int) -> None:
        """Unite the contracts of the names that just these areas have, area by area."""
        for at, area in enumerate(self.areas):
            if places >> at & 1:
                contracts = 0
                for name in self._names[places]:
                    if name in self.withheld:
                        self._withheld_in[at] |= area[name]
                    else:
                        contracts |= area[name]
                self._public_in[at][places] = contracts

    def _hides(self, at: int) -> bool:
        """Tell whether an area has, with each other area, something behind which enough stands."""
        with_others = 1 << at
        for name, contracts in self.areas[at].items():
            if contracts.bit_count() >= BOUND:
                with_others |= self.places[name]
                if with_others == self.all:
                    return True
        return with_others == self.all

    def one_more(self, mask: int) -> str:
        """Return the next name to withhold for some areas, "" if there is enough or no other."""
        others, places = self.all & ~mask, self.places
        withheld = self._withheld(mask)
        if mask.bit_count() == 1 and _are_few(withheld):
            return self._rarest(lambda name: places[name] & mask)
        shared = self._shared(mask, others)
        if shared.bit_count() >= BOUND:
            return ""
        if _are_few(shared | withheld):
            return self._rarest(lambda name: not places[name] & others)
        if any(places[name] & others for name in self.withheld):
            return ""
        # All that the others were asked about is told: less their counts it is that of these.
        return self._rarest(lambda name: places[name] & others) if _are_few(shared) else ""

    def _withheld(self, mask: int) -> Contracts:
        """Return the contracts behind what is withheld in some areas."""
        union = 0
        for at, contracts in enumerate(self._withheld_in):
            if mask >> at & 1:
                union |= contracts
        return union

    def _shared(self, mask: int, others: int) -> Contracts:
        """Return the contracts of some areas behind what others are told of too, or enough."""
        union = 0
        for at, contracts_by_places in enumerate(self._public_in):
            if mask >> at & 1:
                for places, contracts in contracts_by_places.items():
                    if places & others:
                        union |= contracts
                        if union.bit_count() >= BOUND:
                            return union
        return union

    def _rarest(self, wanted: Callable[[str], object]) -> str:
        """Return the rarest such name that is still told, "" if there is none."""
        names = (name for name in self.together if name not in self.withheld and wanted(name))
        return min(names, key=self._rarity, default="")

    def _rarity(self, name: str) -> tuple[int, str]:
        return self.together[name].bit_count(), name


def _left(areas: Sequence[Mapping[str, Contracts]], mask: int) -> Contracts:
    """Return the contracts behind what chosen areas have of requirements that others have too."""
    inside = [area for at, area in enumerate(areas) if mask >> at & 1]
    others = {name for at, area in enumerate(areas) if not mask >> at & 1 for name in area}
    left = 0
    for area in inside:
        left |= _behind(area, others)
    return left


def _behind(area: Mapping[str, Contracts], names: set[str]) -> Contracts:
    """Return the contracts behind some names of an area, or as many of them as are enough."""
    contracts = 0
    for name in names & area.keys():
        contracts |= area[name]
        if contracts.bit_count() >= BOUND:
            break
    return contracts
