"""Moments some months away, as a calendar counts. Pure."""

import calendar
from datetime import datetime


def months_before(moment: datetime, months: int) -> datetime:
    """Return a moment so many months earlier, on the last day of a month that is too short."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
