"""Moments as the clock here showed them: the logs keep them as JSON does, in another time zone."""

import re
from datetime import datetime
from typing import Final

from django.utils import timezone

MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)")


def local_moment(text: str) -> str:
    """Return a moment in local time; any other text as it is, days included."""
    if not MOMENT.fullmatch(text):
        return text
    return timezone.localtime(datetime.fromisoformat(text)).strftime("%Y-%m-%d %H:%M")
