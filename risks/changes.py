"""What an import changes: collected while it happens, shown before it is confirmed."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


KIND_NAMES = {
    ChangeKind.ADDED: _("added"),
    ChangeKind.CHANGED: _("changed"),
    ChangeKind.REMOVED: _("removed"),
}


@dataclass(frozen=True)
class Change:
    """One thing that is other than before: where, and from what to what."""

    kind: ChangeKind
    where: str
    before: str = ""
    after: str = ""

    @property
    def kind_name(self) -> str:
        """The kind in the user's language."""
        return str(KIND_NAMES[self.kind])


@dataclass
class Changes:
    """The changes of one import, in the order of the plan."""

    found: list[Change] = field(default_factory=list)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def note(self, where: str, before: object, after: object) -> bool:
        """Write down a difference, if there is one; returns whether there is."""
        if before == after:
            return False
        kind = ChangeKind.CHANGED
        if before in ("", None):
            kind = ChangeKind.ADDED
        elif after in ("", None):
            kind = ChangeKind.REMOVED
        self.found.append(Change(kind, str(where), str(before or ""), str(after or "")))
        return True

    def digest(self) -> str:
        """A checksum that two equal sets of changes share."""
        rows = [asdict(change) for change in self.found]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
