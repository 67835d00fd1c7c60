"""How often requirements were followed up and used, as far as the public may know. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """How often a requirement was asked about, and what was found, as far as it may be told."""

    done: int = 0
    open: int = 0
    closed: int = 0
    # How often it was asked about is not told.
    withheld: bool = False
    # What was found is not told.
    findings_withheld: bool = False
    # Nothing is published of the plan's follow-ups yet.
    is_unreported: bool = False
    # How many authorities have used it; None where no report tells of use.
    used: int | None = None
    use_withheld: bool = False


NEVER: Final = FollowUpCounts()
# Where it is said what holds of requirements that are not named.
OTHERS: Final = ""
# By the uid of the requirement.
Counts = Mapping[str, FollowUpCounts]


@dataclass(frozen=True, slots=True)
class PackageUse:
    """Numbers of authorities; None for one that is withheld."""

    counted_on: date
    authorities: int | None
    regions: int | None = None
    # Each year that there is use of.
    years: tuple[tuple[int, int | None], ...] = ()
    # The codes of levels, the lowest first.
    levels: tuple[tuple[str, int | None], ...] = ()
