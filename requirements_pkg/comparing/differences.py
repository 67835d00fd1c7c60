"""What became of one published document in another, exact enough to make one of the other. Pure.

`apply(differences(a, b), a) == b`. What is the same is left out, so that `differences(a, a)` is
false.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Final

import msgspec

from requirements_pkg.comparing import matching, words
from requirements_pkg.comparing.matching import Round, alike, same
from requirements_pkg.document.requirement_fields import TEXTS
from requirements_pkg.document.schema import Document, Part, Requirement


class DifferenceKind(StrEnum):
    """What became of a row. A row that is moved may be changed as well."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class EditedText:
    """A text that was edited, word by word."""

    pieces: words.Pieces


@dataclass(frozen=True, slots=True)
class ReplacedValue:
    """A value that stands in the place of another."""

    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Fields:
    """A record of which some fields are no longer the same."""

    changed: Mapping[str, "Change"] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.changed)


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row of a list: its places in the old list and the new, from 0."""

    old: int | None
    new: int | None
    # The whole row, where only one of the lists has it.
    value: Any = None
    moved: bool = False
    change: "Change | None" = None

    @property
    def kinds(self) -> tuple[DifferenceKind, ...]:
        """What became of it; nothing where it stands as it stood."""
        if self.old is None:
            return (DifferenceKind.ADDED,)
        if self.new is None:
            return (DifferenceKind.REMOVED,)
        became = (
            (DifferenceKind.MOVED, self.moved),
            (DifferenceKind.CHANGED, self.change is not None),
        )
        return tuple(kind for kind, so in became if so)


@dataclass(frozen=True, slots=True)
class ListDifference:
    """A list whose rows are no longer the same: the new ones in their order, then the removed."""

    rows: tuple[RowDifference, ...]


Change = EditedText | ReplacedValue | Fields | ListDifference


@dataclass(frozen=True, slots=True)
class ListRule:
    """A list: how its rows find each other, and what a row is."""

    rounds: tuple[Round, ...]
    row: "Shape"


class LeafKind(Enum):
    """What is compared word by word."""

    TEXT = "text"


# What a record is made of; what is not named here is compared as a whole.
Shape = Mapping[str, "Shape | ListRule | LeafKind"]
TEXT: Final = LeafKind.TEXT
WHOLE: Final[Shape] = {}
STATEMENT: Final[Shape] = {"text": TEXT}
CELL: Final[Shape] = {"statements": ListRule((same("text"), alike("text")), STATEMENT)}
AREA: Final[Shape] = {"name": TEXT, "cells": ListRule((same("stage", "dimension"),), CELL)}
# A goal that is given another number is the goal it was.
BY_TITLE: Final = (same("title"), alike("title"), same("number"))
INDICATOR: Final[Shape] = {"title": TEXT}
SUB_GOAL: Final[Shape] = {"title": TEXT, "indicators": ListRule(BY_TITLE, INDICATOR)}
GOAL: Final[Shape] = {"title": TEXT, "sub_goals": ListRule(BY_TITLE, SUB_GOAL)}
AREAS: Final = ListRule((same("name"), alike("name"), same("number")), AREA)
PLAN: Final[Shape] = {
    "introduction": TEXT,
    "product_areas": AREAS,
    "goals": ListRule(BY_TITLE, GOAL),
}
REQUIREMENT: Final[Shape] = dict.fromkeys(TEXTS, TEXT)
REQUIREMENTS: Final = ListRule((same("uid"), same("code"), alike("title", "text")), REQUIREMENT)
CONTENT: Final[Shape] = {
    "package": {"title": TEXT, "introduction": TEXT},
    "plan": PLAN,
    "stages": ListRule((same("code"),), WHOLE),
    "dimensions": ListRule((same("code"),), WHOLE),
    "modules": ListRule((same("slug"),), WHOLE),
    "requirements": REQUIREMENTS,
    "indicators": ListRule((same("id"),), WHOLE),
    "lessons": ListRule((same("id"),), WHOLE),
    "consultations": ListRule((same("number"),), WHOLE),
}


def differences(a: Document, b: Document) -> Fields:
    """Return what became of document `a` in document `b`; false where nothing did."""
    return _fields(CONTENT, a, b)


def requirement_differences(a: Requirement, b: Requirement) -> Fields:
    """Return what became of one requirement in another."""
    return _fields(REQUIREMENT, a, b)


def follow(old: Sequence[Requirement], new: Sequence[Requirement]) -> dict[int, int]:
    """Tell where requirements of an old document stand in a new one; who is missing is gone."""
    places = matching.matched(old, new, REQUIREMENTS.rounds)
    return {place: at for at, place in enumerate(places) if place is not None}


def apply(change: Change, value: Any) -> object:
    """Make the new of the old.

    Args:
        change: what `differences` found.
        value: the document it was found in.
    """
    if isinstance(change, EditedText):
        return words.joined(words.after(change.pieces))
    if isinstance(change, ReplacedValue):
        return change.new
    if isinstance(change, ListDifference):
        stay = (row for row in change.rows if row.new is not None)
        return tuple(_applied(row, value) for row in stay)
    made = {name: apply(inner, getattr(value, name)) for name, inner in change.changed.items()}
    return msgspec.structs.replace(value, **made)


def _applied(row: RowDifference, old: Sequence[object]) -> object:
    if row.old is None:
        return row.value
    return old[row.old] if row.change is None else apply(row.change, old[row.old])


def _fields(shape: Shape, a: Part, b: Part) -> Fields:
    changes = {}
    for name in a.__struct_fields__:
        old, new = getattr(a, name), getattr(b, name)
        if old != new:
            changes[name] = _change(shape.get(name), old, new)
    return Fields(changes)


def _change(shape: "Shape | ListRule | LeafKind | None", old: Any, new: Any) -> Change:
    if isinstance(shape, ListRule):
        return _rows(shape, old, new)
    if shape is TEXT:
        return EditedText(words.compared(old, new))
    # A shared module has no plan to look into.
    if isinstance(shape, Mapping) and isinstance(old, Part) and isinstance(new, Part):
        return _fields(shape, old, new)
    return ReplacedValue(old, new)


def _rows(listed: ListRule, old: Sequence[Part], new: Sequence[Part]) -> ListDifference:
    places = matching.matched(old, new, listed.rounds)
    in_motion = matching.moved(places)
    rows = []
    for at, (place, row) in enumerate(zip(places, new, strict=True)):
        if place is None:
            rows.append(RowDifference(None, at, row))
        else:
            change = None if old[place] == row else _fields(listed.row, old[place], row)
            rows.append(RowDifference(place, at, None, at in in_motion, change))
    removed = sorted(set(range(len(old))) - set(places))
    return ListDifference((*rows, *(RowDifference(place, None, old[place]) for place in removed)))
