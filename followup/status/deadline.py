"""The day by which a plan's own words say that something is to be reached. Pure.

"senast i december 2023" is the last day of that month; "före den 1 juli 2024" is the day before.
Only words that set a limit are read: a year alone ("under 2024 ska …") may be when one begins.
"""

import calendar
import re
from datetime import date, timedelta
from typing import Final

MONTHS: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
# "utgången av", "slutet av", "den", "i", "under": none of them moves the day.
FILLING: Final = r"(?:(?:vid\s+)?(?:utgången|slutet)\s+av|årsskiftet|den|i|under|år|månad)"
LIMIT: Final = re.compile(
    rf"""
    \b(?P<word>senast|före|innan|t\.?\s?o\.?\s?m\.?|till\s+och\s+med)\s+
    (?P<end>(?:{FILLING}\s+)*)
    (?:
        (?P<iso>(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d))
      | (?:(?P<day>\d{{1,2}})\s+)?(?:(?P<month>{"|".join(MONTHS)})\s+)?(?P<year>20\d\d)
    )\b
    """,
    re.I | re.X,
)
# "före utgången av 2024" includes the year's last day, "före 2024" none of it.
WHOLE: Final = re.compile(r"utgången|slutet", re.I)


def deadline_in(*texts: str) -> date | None:
    """Return the day that the first text with a limit names; None where none does.

    Args:
        texts: the nearest words first: an indicator's, then its sub-goal's.
    """
    for text in texts:
        days = [day for day in map(_day, LIMIT.finditer(text)) if day is not None]
        if days:
            # All of it is to be reached: the last of several limits counts.
            return max(days)
    return None


def _day(match: re.Match[str]) -> date | None:
    year = int(match["y"] or match["year"])
    month = int(match["m"]) if match["iso"] else _month(match["month"])
    day = match["d"] or match["day"]
    is_exclusive = match["word"].casefold() in ("före", "innan") and not WHOLE.search(match["end"])
    try:
        first = date(year, month or 1, int(day or 1))
    except ValueError:
        return None
    if is_exclusive:
        return first - timedelta(days=1)
    if day:
        # A day without its month is no day: "senast 3 2024".
        return first if month else None
    last_month = month or 12
    return date(year, last_month, calendar.monthrange(year, last_month)[1])


def _month(name: str | None) -> int:
    return MONTHS.index(name.casefold()) + 1 if name else 0
