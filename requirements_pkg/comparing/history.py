"""One requirement over all versions of its package. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any, Generic, TypeVar

from django.utils.translation import pgettext

from requirements_pkg.comparing.lines import Line, Names, Plain, requirement_lines
from requirements_pkg.demands import citation
from requirements_pkg.differences import requirement_differences
from requirements_pkg.snapshot import requirements_of

Edition = TypeVar("Edition")


class Turn(StrEnum):
    """What a version did to a requirement."""

    INTRODUCED = "introduced"
    RETURNED = "returned"
    CHANGED = "changed"
    RENUMBERED = "renumbered"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Seen(Generic[Edition]):
    """A requirement as one version has it, or that the version lacks it."""

    edition: Edition
    requirement: Plain | None
    names: Names


@dataclass(frozen=True, slots=True)
class Step(Generic[Edition]):
    """A version in which something became of the requirement."""

    turn: Turn
    edition: Edition
    # As the version has it; where the version lacks it, as it last was.
    requirement: Plain
    # The version before, where it had the requirement too, and what it said otherwise.
    before: Edition | None = None
    code_before: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def citation(self) -> str:
        """How the requirement is cited as the version has it."""
        return citation(self.requirement)

    @property
    def word(self) -> str:
        """What a badge says."""
        return _turn_words()[self.turn]


@dataclass(frozen=True, slots=True)
class History(Generic[Edition]):
    """All that became of a requirement, newest first."""

    # As the newest version that has it has it.
    requirement: Plain
    steps: tuple[Step[Edition], ...]
    # The versions that have it.
    editions: tuple[Edition, ...]
    # The code of what to use instead of a withdrawn one.
    successor: str = ""


def history(
    code: str, versions: Iterable[tuple[Edition, Mapping[str, Any]]]
) -> History[Edition] | None:
    """Follow a requirement by its uid through all versions; None where none of them has the code.

    Args:
        code: as in the newest version that has a requirement of this code.
        versions: each with its content, newest first; read once, one at a time.
    """
    seen = list(_seen(code, versions))
    last = next((one for one in seen if one.requirement), None)
    if last is None or last.requirement is None:
        return None
    steps = [step for newer, older in pairwise([*seen, None]) if (step := _step(newer, older))]
    told = last.requirement["withdrawn"]
    successor = last.names.codes.get(told["successor"], "") if told else ""
    editions = tuple(one.edition for one in seen if one.requirement)
    return History(last.requirement, tuple(_with_returns(steps)), editions, successor)


def _seen(
    code: str, versions: Iterable[tuple[Edition, Mapping[str, Any]]]
) -> Iterator[Seen[Edition]]:
    uid = ""
    # A requirement that the newest versions do not call so may live on there under another code.
    waiting = []
    for edition, content in versions:
        by_uid = {one["uid"]: one for one in requirements_of(content)}
        names = Names.of(content)
        if uid:
            yield Seen(edition, by_uid.get(uid), names)
            continue
        waiting.append((edition, by_uid, names))
        uid = next((one for one, known in by_uid.items() if known["code"] == code), "")
        if uid:
            yield from (Seen(one, known.get(uid), called) for one, known, called in waiting)
            waiting.clear()


def _step(newer: Seen[Edition] | None, older: Seen[Edition] | None) -> Step[Edition] | None:
    """What became of the requirement from one version to the next; None where nothing did."""
    if newer is None:
        return None
    now = newer.requirement
    then = None if older is None else older.requirement
    if now is None:
        return Step(Turn.REMOVED, newer.edition, then) if then else None
    if older is None or then is None:
        return Step(Turn.INTRODUCED, newer.edition, now)
    change = requirement_differences(then, now)
    lines = requirement_lines(change, (then, now), (older.names, newer.names))
    code_before = then["code"] if then["code"] != now["code"] else ""
    if now["withdrawn"] and not then["withdrawn"]:
        turn = Turn.WITHDRAWN
    elif lines:
        turn = Turn.CHANGED
    elif code_before:
        turn = Turn.RENUMBERED
    else:
        return None
    return Step(turn, newer.edition, now, older.edition, code_before, lines)


def _with_returns(steps: Sequence[Step[Edition]]) -> Iterator[Step[Edition]]:
    """Only the oldest step introduced the requirement; later ones brought it back."""
    for step in steps[:-1]:
        back = step.turn == Turn.INTRODUCED
        yield replace(step, turn=Turn.RETURNED) if back else step
    yield from steps[-1:]


def _turn_words() -> dict[Turn, str]:
    return {
        Turn.INTRODUCED: pgettext("what became of it", "Introduced"),
        Turn.RETURNED: pgettext("what became of it", "Back again"),
        Turn.CHANGED: pgettext("what became of it", "Changed"),
        Turn.RENUMBERED: pgettext("what became of it", "Another code"),
        Turn.WITHDRAWN: pgettext("what became of it", "Withdrawn"),
        Turn.REMOVED: pgettext("what became of it", "Removed"),
    }
