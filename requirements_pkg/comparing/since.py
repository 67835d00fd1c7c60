"""What became of chosen requirements since they were chosen: for a buyer's old selection. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from requirements_pkg.comparing.differences import follow, requirement_differences
from requirements_pkg.comparing.lines import TIES, ChangedField, ContentNames, requirement_lines
from requirements_pkg.document.schema import Document, Requirement


class RequirementFate(StrEnum):
    """What a buyer must know of a requirement first."""

    UNCHANGED = "unchanged"
    # The same words under another code.
    RENUMBERED = "renumbered"
    # Other words, maybe under another code too.
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RequirementThenAndNow:
    """A chosen requirement then and now."""

    fate: RequirementFate
    old: Requirement
    # As it reads now; nothing where it is removed.
    new: Requirement | None = None
    # What reads otherwise, field by field; `before`, `after` and `both` of a line are HTML.
    lines: tuple[ChangedField, ...] = ()
    # What the new content says to use instead of a withdrawn one.
    successor: Requirement | None = None

    @property
    def code(self) -> str:
        """The code under which it was chosen."""
        return self.old.code

    @property
    def renumbered(self) -> bool:
        """Whether it has another code now."""
        return self.new is not None and self.new.code != self.code

    @property
    def continues(self) -> bool:
        """Whether it is the same requirement still, and not one of its code or likeness."""
        return self.new is not None and self.new.uid == self.old.uid

    @property
    def reason(self) -> str:
        """Why it was withdrawn."""
        withdrawal = self.new and self.new.withdrawn
        return withdrawal.reason if withdrawal else ""


def changed_since(
    old_content: Document, new_content: Document, codes: Iterable[str]
) -> list[RequirementThenAndNow]:
    """Return what became of each chosen requirement, in the order they were chosen.

    A requirement is followed by its uid, then its code, then its likeness. It is changed when
    its own words are, as its number after the colon counts.

    Args:
        old_content: the published content that the choice was made in.
        new_content: the one in force.
        codes: the codes that were chosen; one that the old content lacks is left out.
    """
    old, new = old_content.requirements, new_content.requirements
    followed = follow(old, new)
    by_uid = {requirement.uid: requirement for requirement in new}
    places = {requirement.code: at for at, requirement in enumerate(old)}
    names = ContentNames.of(old_content), ContentNames.of(new_content)
    requirements = []
    for code in codes:
        if (at := places.get(code)) is None:
            continue
        there = followed.get(at)
        now = None if there is None else new[there]
        requirements.append(_since(old[at], now, names, by_uid))
    return requirements


def _since(
    old: Requirement,
    new: Requirement | None,
    names: tuple[ContentNames, ContentNames],
    by_uid: Mapping[str, Requirement],
) -> RequirementThenAndNow:
    if new is None:
        return RequirementThenAndNow(RequirementFate.REMOVED, old)
    lines = requirement_lines(requirement_differences(old, new), (old, new), names, without=TIES)
    if new.withdrawn and not old.withdrawn:
        successor = by_uid.get(new.withdrawn.successor or "")
        return RequirementThenAndNow(RequirementFate.WITHDRAWN, old, new, lines, successor)
    if lines:
        return RequirementThenAndNow(RequirementFate.CHANGED, old, new, lines)
    fate = RequirementFate.UNCHANGED if old.code == new.code else RequirementFate.RENUMBERED
    return RequirementThenAndNow(fate, old, new)
