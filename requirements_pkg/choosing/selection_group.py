"""What a buyer chose in one version of one package: a group of her selection. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from requirements_pkg.choosing import own_words
from requirements_pkg.choosing.buyer_name import named
from requirements_pkg.choosing.own_words import OwnWords
from requirements_pkg.document import fill_in
from requirements_pkg.document.schema import Document, Requirement

PACKAGE: Final = "paket"
VERSION: Final = "version"
CODE: Final = "krav"
FILLED: Final = "f"

# The code of a requirement, and `FillIn.key`.
Place = tuple[str, str]
# A package by its slug, and the number of its version; None is the one in force.
GroupKey = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class SelectedRequirements:
    """What the codes of a selection lead to in its version."""

    requirements: tuple[Requirement, ...]
    # Codes that the version does not have; they are told, never dropped in silence.
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SelectionGroup:
    """The requirements chosen in one version of one package, and what was filled in."""

    slug: str = ""
    number: int | None = None
    codes: tuple[str, ...] = ()
    # By code and `FillIn.key`.
    values: Mapping[Place, str] = field(default_factory=dict)
    # By code and what is decided of it, as `own_words` names it.
    own: Mapping[Place, str] = field(default_factory=dict)

    @property
    def key(self) -> GroupKey:
        """Which version of which package it is of."""
        return self.slug, self.number

    def pairs(self) -> list[tuple[str, str]]:
        """Return the group as names and values of an address."""
        pairs = [(PACKAGE, self.slug)] if self.slug else []
        if self.number is not None:
            pairs.append((VERSION, str(self.number)))
        return [*pairs, *self.choices()]

    def choices(self) -> list[tuple[str, str]]:
        """Return the codes and what was filled in, without where they are from."""
        filled = [(field_name(*place), value) for place, value in self.values.items()]
        own = [(own_words.field_name(*place), value) for place, value in self.own.items()]
        return [*((CODE, code) for code in self.codes), *filled, *own]

    def requirements_in(self, content: Document) -> SelectedRequirements:
        """Return the chosen requirements of a content in its order, and the codes it lacks."""
        wanted = set(self.codes)
        requirements = tuple(
            requirement for requirement in content.requirements if requirement.code in wanted
        )
        known = {requirement.code for requirement in requirements}
        return SelectedRequirements(
            requirements, tuple(code for code in self.codes if code not in known)
        )

    def settled(self, content: Document, buyer: str = "") -> "SelectionGroup":
        """Return the same group in its one spelling.

        Codes stand in the content's order, unknown ones last. What was filled in stands in the
        order of the texts; what says no more than the text itself is left out.

        Args:
            content: of the version that the group is of.
            buyer: what the buyer's organisation is called.
        """
        picked = self.requirements_in(content)
        codes = [requirement.code for requirement in picked.requirements]
        values = {
            (requirement.code, place.key): value
            for requirement in picked.requirements
            for place in fill_in.places_of(requirement)
            if (value := self.values.get((requirement.code, place.key), ""))
            not in ("", place.default, named(place.default, buyer))
        }
        own = (
            OwnWords.of(requirement, self.own).pairs(requirement.code)
            for requirement in picked.requirements
        )
        return replace(
            self,
            codes=(*codes, *picked.unknown),
            values=values,
            own=dict(pair for pairs in own for pair in pairs),
        )

    def without(self, codes: Iterable[str]) -> "SelectionGroup":
        """Return the group without some of its codes."""
        dropped = set(codes)
        return replace(self, codes=tuple(code for code in self.codes if code not in dropped))

    def with_codes(self, requirements: Iterable[Requirement]) -> "SelectionGroup":
        """Return the group with further requirements."""
        codes = (*self.codes, *(requirement.code for requirement in requirements))
        return replace(self, codes=tuple(dict.fromkeys(codes)))

    def moved(self, number: int, codes: Mapping[str, str]) -> "SelectionGroup":
        """Return the group in another version.

        Args:
            number: of that version.
            codes: what each requirement is called there; one that is not among them is left
                behind with its values, since its code may be another requirement's there.
        """
        now = tuple(codes[code] for code in self.codes if code in codes)
        values, own = (
            {(codes[of], key): value for (of, key), value in given.items() if of in codes}
            for given in (self.values, self.own)
        )
        return replace(self, number=number, codes=now, values=values, own=own)

    def joined(self, other: "SelectionGroup") -> "SelectionGroup":
        """Return both as one; of a place that both filled in, what the other one says."""
        codes = dict.fromkeys((*self.codes, *other.codes))
        return replace(
            self,
            codes=tuple(codes),
            values={**self.values, **other.values},
            own={**self.own, **other.own},
        )


def merged(groups: Iterable[SelectionGroup]) -> tuple[SelectionGroup, ...]:
    """Return the groups with each version once, in the order in which they first stand."""
    by_key: dict[GroupKey, SelectionGroup] = {}
    for group in groups:
        known = by_key.get(group.key)
        by_key[group.key] = group if known is None else known.joined(group)
    return tuple(by_key.values())


def field_name(code: str, key: str) -> str:
    """Return the name under which a fill-in place stands in the address."""
    return f"{FILLED}.{code}.{key}"
