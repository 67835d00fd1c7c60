"""Where requirements were changed, over all versions of a package, by their facts. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

# As the facts of a version tell of each requirement, by uid: place, code and mark.
Marks = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class RequirementPlace:
    """A requirement in a version: at which place of the content."""

    number: int
    place: int


@dataclass(slots=True)
class VersionRun:
    """Versions one after the other in which a requirement is the very same."""

    code: str
    newest: RequirementPlace
    oldest: RequirementPlace


@dataclass(frozen=True, slots=True)
class VersionTurn:
    """A version in which something became of a requirement."""

    number: int
    # As this version has it, and as the version before has it; None where that lacks it.
    newer: RequirementPlace | None
    older: RequirementPlace | None


@dataclass(frozen=True, slots=True)
class Traces:
    """All requirements that the versions of a package ever had."""

    # Of all versions, newest first.
    numbers: list[int] = field(default_factory=list)
    # By uid, newest first.
    runs: dict[str, list[VersionRun]] = field(default_factory=dict)
    # By code: the newest version that has it, and whose it is there.
    codes: dict[str, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, versions: Iterable[tuple[int, Marks]]) -> "Traces":
        """Follow the requirements through the versions; newest first, read once."""
        traces, newer = cls(), dict[str, Any]()
        for number, marks in versions:
            traces.numbers.append(number)
            here = {}
            for uid, (place, code, mark) in marks.items():
                sight, here[uid] = RequirementPlace(number, place), mark
                traces.codes.setdefault(code, (number, uid))
                if newer.get(uid) == mark:
                    traces.runs[uid][-1].oldest = sight
                else:
                    traces.runs.setdefault(uid, []).append(VersionRun(code, sight, sight))
            newer = here
        return traces

    def code(self, uid: str, number: int) -> str:
        """Return what a version calls a requirement; "" where it lacks it."""
        return next(
            (
                run.code
                for run in self.runs.get(uid, ())
                if run.oldest.number <= number <= run.newest.number
            ),
            "",
        )

    def cuts(self, uid: str) -> tuple[VersionTurn, ...]:
        """Return all versions in which something became of a requirement, newest first."""
        next_after = {older: newer for newer, older in pairwise(self.numbers)}
        turns = []
        for newer, older in pairwise([None, *self.runs[uid], None]):
            after = None if older is None else next_after.get(older.newest.number)
            if newer and older and newer.oldest.number == after:
                turns.append(VersionTurn(after, newer.oldest, older.newest))
                continue
            if newer:
                turns.append(VersionTurn(newer.oldest.number, newer.oldest, None))
            if older and after:
                turns.append(VersionTurn(after, None, older.newest))
        return tuple(turns)
