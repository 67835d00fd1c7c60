"""The requirements of a version by name, and how they stand to each other. Pure."""

from dataclasses import dataclass
from functools import cached_property

from requirements_pkg.document.schema import Document, Part, Requirement


class RequirementEntry(Part, frozen=True, array_like=True):
    """A requirement as the page of another one names it; a uid is "" where there is none."""

    uid: str
    code: str
    title: str
    is_active: bool
    is_withdrawn: bool
    replaces: str = ""
    successor: str = ""

    @classmethod
    def of(cls, requirement: Requirement) -> "RequirementEntry":
        """Return the entry of a requirement."""
        withdrawn = requirement.withdrawn
        return cls(
            *(requirement.uid, requirement.code, requirement.title),
            *(requirement.is_active, withdrawn is not None),
            replaces=requirement.replaces or "",
            successor=(withdrawn.successor or "") if withdrawn else "",
        )


@dataclass(frozen=True, slots=True)
class RequirementLinks:
    """What a requirement stands beside, and what it leads to."""

    before: RequirementEntry | None
    after: RequirementEntry | None
    replaces: RequirementEntry | None
    # What stands for it at a higher level.
    replaced_by: tuple[RequirementEntry, ...]
    # What to use instead of it, where it is withdrawn.
    successor: RequirementEntry | None


@dataclass(frozen=True)
class RequirementIndex:
    """All requirements of a version, the withdrawn too, in its order."""

    entries: tuple[RequirementEntry, ...]

    @classmethod
    def of(cls, document: Document) -> "RequirementIndex":
        """Return the index of a document."""
        return cls(entries_of(document))

    def uid(self, code: str) -> str:
        """Return the identity of the first requirement with a code, "" where there is none."""
        return next((entry.uid for entry in self.entries if entry.code == code), "")

    def links(self, uid: str) -> RequirementLinks:
        """Return how a requirement stands to others."""
        every, place = self.entries, self._places[uid]
        entry = every[place]
        return RequirementLinks(
            before=every[place - 1] if place else None,
            after=every[place + 1] if place + 1 < len(every) else None,
            replaces=self._by_uid.get(entry.replaces),
            replaced_by=tuple(self._replacing.get(entry.uid, ())),
            successor=self._successor(entry),
        )

    def _successor(self, entry: RequirementEntry) -> RequirementEntry | None:
        """Follow what is to be used instead, through any chain of withdrawn requirements."""
        seen: set[str] = set()
        at: RequirementEntry | None = entry
        while at is not None and at.is_withdrawn and at.uid not in seen:
            seen.add(at.uid)
            at = self._by_uid.get(at.successor)
        return None if at is None or at.is_withdrawn or at is entry else at

    @cached_property
    def _places(self) -> dict[str, int]:
        return {entry.uid: place for place, entry in enumerate(self.entries)}

    @cached_property
    def _by_uid(self) -> dict[str, RequirementEntry]:
        return {entry.uid: entry for entry in self.entries}

    @cached_property
    def _replacing(self) -> dict[str, list[RequirementEntry]]:
        replacing: dict[str, list[RequirementEntry]] = {}
        for entry in self.entries:
            if entry.replaces and entry.is_active:
                replacing.setdefault(entry.replaces, []).append(entry)
        return replacing


def entries_of(document: Document) -> tuple[RequirementEntry, ...]:
    """Return an entry for each requirement of a document, in its order."""
    return tuple(map(RequirementEntry.of, document.requirements))
