"""Sessions that are renewed by use, and end all the same some hours after the log-in."""

import time
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

# Of its age, what may pass before a session is written anew: not every request is a write.
SHARE_BEFORE_RENEWAL = 0.1
# In a session: when its person logged in.
BEGAN: Final = "began"


class SessionStore(DatabaseStore):
    """Django's own store, which knows until when the stored session holds."""

    stored_until: datetime | None = None

    def load(self) -> dict[str, object]:
        """Return what is stored, unless the log-in is too long ago."""
        stored: dict[str, Any] = super().load()
        if time.time() - stored.get(BEGAN, time.time()) <= settings.SESSION_LONGEST_AGE:
            return stored
        self._session_key = None
        return {}

    def cycle_key(self) -> None:
        """Begin anew when somebody logs in, or proves by the old password that it is them."""
        self.pop(BEGAN, None)
        super().cycle_key()

    def save(self, must_create: bool = False) -> None:
        """Store it, and since when somebody is logged in."""
        if SESSION_KEY in self and BEGAN not in self:
            self[BEGAN] = int(time.time())
        super().save(must_create)

    def _get_session_from_db(self) -> object:
        # Django's own, which the stubs leave out.
        row = super()._get_session_from_db()  # type: ignore[misc]
        self.stored_until = row.expire_date if row else None
        return row

    def is_due_for_renewal(self) -> bool:
        """Tell whether a tenth of its age has passed since it was last written."""
        if self.stored_until is None or self.is_empty():
            return False
        age = timedelta(seconds=self.get_session_cookie_age())
        return self.stored_until - timezone.now() < age * (1 - SHARE_BEFORE_RENEWAL)
