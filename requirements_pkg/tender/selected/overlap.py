"""What in a selection does not go together, or is lacking. Pure.

Of a requirement and what replaces it only one belongs in a tender: the other asks for less of the
same, or no longer holds. One that two packages share need not stand there twice.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from requirements_pkg.document.schema import Document, Module, Requirement

CONTRACT: Final = "contract"


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


@dataclass(frozen=True, slots=True)
class Twin:
    """A requirement that was chosen in two packages, or in two versions of one."""

    # Of each place where it was chosen again: the number of the group, and its code there.
    places: tuple[tuple[int, str], ...]
    requirement: Requirement


def twins(groups: Sequence[Sequence[Requirement]]) -> tuple[Twin, ...]:
    """Return the requirements that stand in more than one group: those of a shared module."""
    places: dict[str, list[tuple[int, str]]] = {}
    first: dict[str, Requirement] = {}
    for number, requirements in enumerate(groups):
        for requirement in requirements:
            first.setdefault(requirement.uid, requirement)
            places.setdefault(requirement.uid, []).append((number, requirement.code))
    return tuple(Twin(tuple(at), first[uid]) for uid, at in places.items() if len(at) > 1)


def missing_terms(
    selected_uids: Container[str], content: Document
) -> tuple[tuple[Module, tuple[Requirement, ...]], ...]:
    """Return the shared modules of a content of whose contract terms some were not chosen.

    A sharper term that may take the place of another is not missed, nor is one whose place a
    chosen one has taken.
    """
    active = {requirement.uid for requirement in content.active}
    replaced = {r.replaces for r in content.active if r.uid in selected_uids}
    modules = []
    for module in content.modules:
        terms = tuple(
            requirement
            for requirement in content.active
            if requirement.kind == CONTRACT
            and requirement.module is not None
            and requirement.module.slug == module.slug
            and requirement.replaces not in active
            and requirement.uid not in replaced
            and requirement.uid not in selected_uids
        )
        if terms:
            modules.append((module, terms))
    return tuple(modules)
