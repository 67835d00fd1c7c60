"""A field that two people changed: what each wrote, who the other one is, and what shall hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from actionplan.models import ChangeLog

CHOICE: Final = "choice"
BEFORE: Final = "before"
# So far back is looked for the change that made a value what it is.
MOST_ROWS: Final = 50


class ConflictChoice(StrEnum):
    """What shall hold, as its form sends it."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class Authorship:
    """Who wrote what is stored, and when; nobody's name where no person did."""

    who: str
    at: datetime


@dataclass(frozen=True)
class Conflict:
    """What is stored in a field, and what stood there before both changed it."""

    stored: str
    before: str
    written: Authorship | None
    is_joinable: bool

    def rendered(self, name: str) -> SafeString:
        """Show the conflict as a part of its form, with the choice; it needs no script.

        Args:
            name: of the field, as it is sent.
        """
        context = {
            "conflict": self,
            "choice": f"{name}-{CHOICE}",
            "before": f"{name}-{BEFORE}",
        }
        # Where it stands, line ends may be shown.
        return SafeString(render_to_string("actionplan/admin/_conflict.html", context).strip())


def last_written(changes: QuerySet[ChangeLog], column: str = "") -> Authorship | None:
    """Find who made a value what it is, from the log of its row, or of what it is made of.

    Args:
        column: whose value it is; without it any change counts.
    """
    for change in changes.select_related("by").order_by("-id")[:MOST_ROWS]:
        if not column or column in change.after:
            return Authorship(change.who, change.at)
    return None


def joined(
    before: Sequence[object], theirs: Sequence[object], mine: Sequence[object]
) -> list[Any]:
    """Join what both wrote: theirs without what mine takes away, then what is new in mine."""
    taken = set(before) - set(mine)
    new = [part for part in mine if part not in before and part not in theirs]
    return [*(part for part in theirs if part not in taken), *new]
