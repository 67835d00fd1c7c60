"""Sessions that are renewed by use: nobody is logged out in the middle of work."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

# Of its age, what may pass before a session is written anew: not every request is a write.
SHARE_BEFORE_RENEWAL = 0.1


class SessionStore(DatabaseStore):
    """Django's own store, which knows until when the stored session holds."""

    stored_until: datetime | None = None

    def _get_session_from_db(self) -> Any:
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
