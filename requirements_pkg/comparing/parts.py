"""The parts of a comparison, as its page and its summary show them. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from django.utils.translation import ngettext, pgettext

from actionplan.text import figure
from requirements_pkg.comparing.differences import DifferenceKind
from requirements_pkg.comparing.lines import ChangedField

WITHDRAWN: Final = "withdrawn"
RENUMBERED: Final = "renumbered"
# What a reader wants to know first.
ORDER: Final = (
    DifferenceKind.ADDED,
    WITHDRAWN,
    DifferenceKind.REMOVED,
    DifferenceKind.CHANGED,
    RENUMBERED,
    DifferenceKind.MOVED,
)


class ItemKey(NamedTuple):
    """What a difference is about, the same however often it is looked at.

    A requirement by its uid, all else by its numbers and codes: those of the new content, or of
    the old one where only that has it.
    """

    kind: str
    path: tuple[Any, ...] = ()
    is_removed: bool = False

    def __str__(self) -> str:
        """Write it as one word, for addresses and ticks."""
        parts = (*("gone",) * self.is_removed, self.kind, *self.path)
        return "/".join("_".join(str(part).split()) for part in parts)


NOTHING: Final = ItemKey("")


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One thing that is no longer what it was."""

    kinds: tuple[str, ...]
    title: str
    eyebrow: str = ""
    notes: tuple[str, ...] = ()
    lines: tuple[ChangedField, ...] = ()
    # Its whole text, where only one of the versions has it.
    body: str = ""
    # Of a requirement: what its history is asked for by.
    code: str = ""
    id: str = ""
    key: ItemKey = NOTHING

    @property
    def badges(self) -> list[tuple[str, str]]:
        """What became of it, in words."""
        words = kind_words()
        return [(kind, words[kind]) for kind in self.kinds]


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """Items under one heading."""

    title: str
    items: tuple[ComparedItem, ...]


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """Requirements, matrix, goals or head; empty where nothing was changed."""

    id: str
    title: str
    groups: tuple[ComparedGroup, ...]

    @property
    def items(self) -> Iterator[ComparedItem]:
        """All items in their order."""
        for group in self.groups:
            yield from group.items

    @property
    def counts(self) -> list[tuple[str, str]]:
        """How many became what, and where on the page the first of them stands."""
        numbers: Counter[str] = Counter()
        first: dict[str, str] = {}
        for item in self.items:
            # In an item without a title each line stands for itself.
            numbers.update(dict.fromkeys(item.kinds, 1 if item.title else len(item.lines)))
            for kind in item.kinds:
                first.setdefault(kind, item.id)
        return [(_sentence(kind, numbers[kind]), first[kind]) for kind in ORDER if kind in numbers]


def part(name: str, title: str, groups: Iterable[tuple[str, list[ComparedItem]]]) -> ComparedPart:
    """Make a part with addresses for its items; groups without items are left out."""
    number = 0
    made = []
    for heading, items in groups:
        addressed = []
        for item in items:
            number += 1
            addressed.append(replace(item, id=f"{name}-{number}"))
        if addressed:
            made.append(ComparedGroup(heading, tuple(addressed)))
    return ComparedPart(name, title, tuple(made))


def in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    """Sort what became of something, the weightiest first."""
    return tuple(sorted(kinds, key=ORDER.index))


def kind_words() -> dict[str, str]:
    """Return what the badge of each kind says."""
    return {
        DifferenceKind.ADDED: pgettext("what became of it", "New"),
        WITHDRAWN: pgettext("what became of it", "Withdrawn"),
        DifferenceKind.REMOVED: pgettext("what became of it", "Removed"),
        DifferenceKind.CHANGED: pgettext("what became of it", "Changed"),
        RENUMBERED: pgettext("what became of it", "Renumbered"),
        DifferenceKind.MOVED: pgettext("what became of it", "Moved"),
    }


def _sentence(kind: str, number: int) -> str:
    sentences = {
        DifferenceKind.ADDED: ngettext("%(number)s new", "%(number)s new", number),
        WITHDRAWN: ngettext("%(number)s withdrawn", "%(number)s withdrawn", number),
        DifferenceKind.REMOVED: ngettext("%(number)s removed", "%(number)s removed", number),
        DifferenceKind.CHANGED: ngettext("%(number)s changed", "%(number)s changed", number),
        RENUMBERED: ngettext("%(number)s renumbered", "%(number)s renumbered", number),
        DifferenceKind.MOVED: ngettext("%(number)s moved", "%(number)s moved", number),
    }
    sentence: str = sentences[kind]
    return sentence % {"number": figure(number)}
