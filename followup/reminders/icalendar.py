"""All-day events as iCalendar (RFC 5545). Pure: what is written is handed in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
MOST_OCTETS: Final = 75
# Said by every calendar: how often a reader should ask again.
REFRESH: Final = "PT6H"
DAY: Final = timedelta(days=1)
ESCAPED: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something that falls on a day; the same `uid` is the same event when it is read again."""

    uid: str
    day: date
    summary: str
    url: str


def calendar(events: Iterable[CalendarEvent], *, name: str, product: str, at: datetime) -> bytes:
    """Return a calendar with a name, as it was at a moment."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_escaped(product)}//{_escaped(name)}//SV",
        "CALSCALE:GREGORIAN",
        f"NAME:{_escaped(name)}",
        # What calendars read that are older than NAME (RFC 7986).
        f"X-WR-CALNAME:{_escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    for event in events:
        lines += _lines(event, at)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _lines(event: CalendarEvent, at: datetime) -> list[str]:
    """Write one event; it takes no time of the day, and is nobody else's to read."""
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(event.uid)}",
        f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_written(event.day)}",
        # The last day there is has no next; without an end an event is of one day.
        *([f"DTEND;VALUE=DATE:{_written(event.day + DAY)}"] if event.day < date.max else []),
        f"SUMMARY:{_escaped(event.summary)}",
        f"URL:{_printable(event.url)}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _written(day: date) -> str:
    """Return a day in eight digits, also in the first thousand years."""
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """Escape text, so that nothing is taken for a sign of the format."""
    lines = "\n".join(text.splitlines())
    return "".join(ESCAPED.get(char, char) for char in _printable(lines, keep="\n"))


def _printable(text: str, keep: str = "") -> str:
    """Return text without control characters, which no calendar reads."""
    return "".join(char for char in text if char in keep or (char >= " " and char != "\x7f"))


def _folded(line: str) -> Iterator[bytes]:
    """Yield a line in pieces of at most 75 octets, none of which ends inside a character."""
    piece = b""
    for char in line:
        octets = char.encode()
        if len(piece) + len(octets) > MOST_OCTETS:
            yield piece
            # What goes on begins with a space, which counts.
            piece = b" "
        piece += octets
    yield piece
