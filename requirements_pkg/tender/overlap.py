"""Requirements that stand in a selection with what replaces them. Pure.

Only one of the two belongs in a tender: the other asks for less of the same, or no longer holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from requirements_pkg.document.schema import Requirement


@dataclass(frozen=True, slots=True)
class Overlap:
    """A chosen requirement, and a chosen one that it replaces."""

    new: Requirement
    old: Requirement


def overlaps(
    selected: Sequence[Requirement], everything: Sequence[Requirement]
) -> tuple[Overlap, ...]:
    """Return the chosen requirements of which one replaces the other, through any chain."""
    by_uid = {requirement.uid: requirement for requirement in everything}
    wanted = {requirement.uid for requirement in selected}
    led_on = {
        requirement.uid: requirement.withdrawn.successor
        for requirement in everything
        if requirement.withdrawn is not None
    }
    replaced = {requirement.uid: requirement.replaces for requirement in everything}
    pairs = dict[tuple[str, str], None]()
    for requirement in selected:
        uid = requirement.uid
        pairs |= {(uid, old): None for old in _along(uid, replaced) if old in wanted}
        pairs |= {(new, uid): None for new in _along(uid, led_on) if new in wanted}
    return tuple(Overlap(by_uid[new], by_uid[old]) for new, old in pairs)


def _along(uid: str, links: Mapping[str, str | None]) -> Iterator[str]:
    seen = {uid}
    at = links.get(uid)
    while at is not None and at not in seen:
        yield at
        seen.add(at)
        at = links.get(at)
