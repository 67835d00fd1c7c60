"""One requirement over all versions of its package. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.utils.translation import pgettext

from requirements_pkg.cards.requirement_cards import citation
from requirements_pkg.comparing.differences import requirement_differences
from requirements_pkg.comparing.lines import ChangedField, ContentNames, requirement_lines
from requirements_pkg.document.schema import Requirement
from requirements_pkg.published.traces import VersionTurn

Version = TypeVar("Version")


class VersionEffect(StrEnum):
    """What a version did to a requirement."""

    INTRODUCED = "introduced"
    CARRIED = "carried"
    RETURNED = "returned"
    CHANGED = "changed"
    RENUMBERED = "renumbered"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RequirementInVersion:
    """A requirement as one version has it."""

    requirement: Requirement
    names: ContentNames

    @property
    def successor(self) -> str:
        """The code of what to use instead, if it is withdrawn."""
        withdrawal = self.requirement.withdrawn
        return self.names.codes.get(withdrawal.successor or "", "") if withdrawal else ""


@dataclass(frozen=True, slots=True)
class HistoryStep(Generic[Version]):
    """A version in which something became of the requirement."""

    turn: VersionEffect
    version: Version
    # As the version has it; where the version lacks it, as it last was.
    requirement: Requirement
    # The version before, where it had the requirement too, and what it said otherwise.
    before: Version | None = None
    code_before: str = ""
    lines: tuple[ChangedField, ...] = ()

    @property
    def citation(self) -> str:
        """How the requirement is cited as the version has it."""
        return citation(self.requirement)

    @property
    def word(self) -> str:
        """What a badge says."""
        return _turn_words()[self.turn]


def steps(
    cuts: Sequence[VersionTurn],
    seen: Mapping[int, RequirementInVersion],
    versions: Mapping[int, Version],
    *,
    first: VersionTurn,
    is_carried: bool = False,
) -> Iterator[HistoryStep[Version]]:
    """Yield what became of a requirement at each cut that a reader sees anything of.

    Args:
        cuts: some of them.
        seen: the requirement as versions have it, by their numbers.
        versions: the versions by their numbers.
        first: the oldest cut of all introduced it; later ones brought it back.
        is_carried: whether that took it over from the package of the period before.
    """
    for cut in cuts:
        now = seen[cut.newer.number] if cut.newer else None
        then = seen[cut.older.number] if cut.older else None
        if now and then and cut.older:
            change = _changes_between(then, now)
            if change is not None:
                turn, lines = change
                code, code_before = now.requirement.code, then.requirement.code
                before = versions[cut.older.number]
                yield HistoryStep(
                    turn,
                    versions[cut.number],
                    now.requirement,
                    before,
                    code_before if code_before != code else "",
                    lines,
                )
        elif now:
            introduced = VersionEffect.CARRIED if is_carried else VersionEffect.INTRODUCED
            turn = introduced if cut == first else VersionEffect.RETURNED
            yield HistoryStep(turn, versions[cut.number], now.requirement)
        elif then:
            yield HistoryStep(VersionEffect.REMOVED, versions[cut.number], then.requirement)


def _changes_between(
    then: RequirementInVersion, now: RequirementInVersion
) -> tuple[VersionEffect, tuple[ChangedField, ...]] | None:
    """Return what became of the requirement in the next version; None if no reader sees it."""
    old, new = then.requirement, now.requirement
    change = requirement_differences(old, new)
    lines = requirement_lines(change, (old, new), (then.names, now.names))
    if new.withdrawn and not old.withdrawn:
        return VersionEffect.WITHDRAWN, lines
    if lines:
        return VersionEffect.CHANGED, lines
    return (VersionEffect.RENUMBERED, lines) if old.code != new.code else None


def _turn_words() -> dict[VersionEffect, str]:
    return {
        VersionEffect.INTRODUCED: pgettext("what became of it", "Introduced"),
        VersionEffect.CARRIED: pgettext("what became of it", "From the period before"),
        VersionEffect.RETURNED: pgettext("what became of it", "Back again"),
        VersionEffect.CHANGED: pgettext("what became of it", "Changed"),
        VersionEffect.RENUMBERED: pgettext("what became of it", "Another code"),
        VersionEffect.WITHDRAWN: pgettext("what became of it", "Withdrawn"),
        VersionEffect.REMOVED: pgettext("what became of it", "Removed"),
    }
