"""How often requirements were followed up, for their pages; the app that knows it tells it.

Follow-ups belong to an app that this one must not import. It registers a teller, as in `learned`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from requirements_pkg.published import page_cache


@dataclass(frozen=True, slots=True)
class Followed:
    """How often a requirement was asked about, and what was found, as far as it may be told."""

    done: int = 0
    open: int = 0
    closed: int = 0
    # How often it was asked about is not told.
    withheld: bool = False
    # What was found is not told.
    findings_withheld: bool = False


# What the counts of all packages are about: a follow-up of one plan asks about modules too.
FOLLOW_UPS: Final = "follow-ups"
NEVER: Final = Followed()
# Where a teller says what holds of requirements that it does not name.
OTHERS: Final = ""
Counts = Mapping[str, Followed]
Tell = Callable[[str, bool], Counts]
_tellers: list[Tell] = []


def teller(tell: Tell) -> Tell:
    """Add what tells of the requirements of a package, by their uids.

    It is given its slug, and whether it is a shared module: of plans and modules others are asked.
    """
    _tellers.append(tell)
    return tell


def followed(slug: str, uid: str, *, is_module: bool) -> Followed:
    """What the public may know of a requirement; a package or module costs one query."""
    known = _known(slug, is_module)
    return known.get(uid, known.get(OTHERS, NEVER))


def _known(slug: str, is_module: bool) -> Counts:
    def ask() -> Counts:
        told = (tell(slug, is_module) for tell in _tellers)
        return {uid: counts for known in told for uid, counts in known.items()}

    return page_cache.remembered(("followed", slug, is_module), ask, about=FOLLOW_UPS)
