"""What may be counted in public without giving a supplier away. Pure.

Counts of a product area are withheld where few contracts stand behind them. What is withheld must
not follow from the rest: either the total is withheld too, or the areas without counts are at
least two and rest together on as many contracts as an area that is shown. Which areas these are
depends on numbers of contracts alone, which are shown nowhere, and never on what was found.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

# So many contracts stand behind a count that is shown.
BOUND: Final = 3
Part = TypeVar("Part", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Withheld(Generic[Part]):
    """The parts without counts, and whether the total is without them too."""

    parts: frozenset[Part] = frozenset()
    total: bool = False


def shown(count: int, contracts: int) -> int | None:
    """A count, or None where too few contracts stand behind it; without any nobody is told of."""
    return None if 0 < contracts < BOUND else count


def withheld(contracts: Mapping[Part, int], together: int) -> Withheld[Part]:
    """What is withheld of a whole.

    Args:
        contracts: how many different contracts each part rests on.
        together: how many different contracts the whole rests on; a contract may be in many parts.
    """
    counted = sorted((number, part) for part, number in _ordered(contracts) if number)
    few = [pair for pair in counted if pair[0] < BOUND]
    rest = counted[len(few) :]
    if not few:
        return Withheld()
    while not _is_safe(few, rest, together):
        if not rest:
            return Withheld(_parts(contracts, few), total=True)
        few, rest = [*few, rest[0]], rest[1:]
    return Withheld(_parts(contracts, few))


def either(one: Withheld[Part], other: Withheld[Part]) -> Withheld[Part]:
    """What is withheld by either of two: more parts together rest on no fewer contracts."""
    return Withheld(one.parts | other.parts, one.total or other.total)


def _ordered(contracts: Mapping[Part, int]) -> list[tuple[int, int]]:
    """Each part's place and number: whatever a part is, places can be sorted."""
    return list(enumerate(contracts.values()))


def _parts(contracts: Mapping[Part, int], few: Sequence[tuple[int, int]]) -> frozenset[Part]:
    parts = list(contracts)
    return frozenset(parts[place] for _number, place in few)


def _is_safe(
    few: Sequence[tuple[int, int]], rest: Sequence[tuple[int, int]], together: int
) -> bool:
    """Whether the total less what is shown says nothing of a single part or of few contracts."""
    # One contract may stand behind several parts: so many there are at least behind these.
    largest = max(number for number, _place in few)
    others = together - sum(number for number, _place in rest)
    return len(few) > 1 and max(largest, others) >= BOUND
