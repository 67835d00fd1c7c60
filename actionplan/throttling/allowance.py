"""So many at once, and as many a minute: counted in memory, so that a page asks no database.

What is counted stands in memory that forked processes share: the workers of one gunicorn, which
loads this before it makes them (`deploy/gunicorn.conf.py`), count together.
"""

import mmap
import os
import threading
import time
from enum import StrEnum
from hashlib import blake2b
from struct import Struct
from typing import Final

MINUTE: Final = 60.0
# Whoever has no slot of their own takes that of another: a flood of addresses takes no memory.
SLOTS: Final = 65_536
# Who it is, and when all that they have had is paid off at the even pace.
SLOT: Final = Struct("=Qd")


class AllowanceKind(StrEnum):
    """What is counted apart; `MOST_A_MINUTE` in the settings says how much of it."""

    SEARCHES = "searches"
    FILES = "files"
    FORMS = "forms"
    VOICES = "voices"
    PASSWORDS = "passwords"


class Allowance:
    """What each who asks may have."""

    def __init__(self, slots: int = SLOTS) -> None:
        self._slots = slots
        self._shared = mmap.mmap(-1, slots * SLOT.size)
        # Nobody can work out whose slot is theirs.
        self._key = os.urandom(16)
        self._lock = threading.Lock()

    def seconds_until(self, asker: str, *, most: int, now: float | None = None) -> float:
        """Take one of those that may be had; returns 0, or seconds until there is one again.

        Two processes that count in the same moment may count one too few, which does no harm.

        Args:
            most: how many a minute, and how many at once; 0 is without a bound.
        """
        if not most:
            return 0.0
        now = time.monotonic() if now is None else now
        pace = MINUTE / most
        mark = int.from_bytes(blake2b(asker.encode(), digest_size=8, key=self._key).digest())
        place = mark % self._slots * SLOT.size
        with self._lock:
            owner, moment = SLOT.unpack_from(self._shared, place)
            paid_off = max(moment, now) if owner == mark else now
            too_soon = paid_off + pace - MINUTE - now
            # A hair of a second is what adding sixtieths loses.
            if too_soon > 1e-6:
                return float(too_soon)
            SLOT.pack_into(self._shared, place, mark, paid_off + pace)
        return 0.0


ALLOWANCES: Final = {kind: Allowance() for kind in AllowanceKind}
