"""Calendars as other programs read them: RFC 5545, read back by hand."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from followup.reminders.icalendar import CalendarEvent, calendar

AT = datetime(2026, 3, 16, 8, 30, tzinfo=timezone(timedelta(hours=1)))


def written(*summaries: str) -> bytes:
    events = [
        CalendarEvent(
            f"follow_up-{number}@krav.example", date(2026, 12, 31), summary, "https://k.example/1"
        )
        for number, summary in enumerate(summaries, start=1)
    ]
    return calendar(events, name="Uppföljning", product="Kravkedjan", at=AT)


def read(body: bytes) -> list[tuple[str, str]]:
    """The lines of a calendar, unfolded: name with parameters, and value without escapes."""
    lines = []
    for line in body.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        name, _colon, value = line.partition(":")
        text = value.replace("\\\\", "\0").replace("\\n", "\n").replace("\\,", ",")
        lines.append((name, text.replace("\\;", ";").replace("\0", "\\")))
    return lines


def test_an_event_is_written_with_all_that_a_calendar_needs():
    assert read(written("Uppföljning: servrar"))[8:-1] == [
        ("BEGIN", "VEVENT"),
        ("UID", "follow_up-1@krav.example"),
        ("DTSTAMP", "20260316T073000Z"),
        ("DTSTART;VALUE=DATE", "20261231"),
        ("DTEND;VALUE=DATE", "20270101"),
        ("SUMMARY", "Uppföljning: servrar"),
        ("URL", "https://k.example/1"),
        ("CLASS", "PRIVATE"),
        ("TRANSP", "TRANSPARENT"),
        ("END", "VEVENT"),
    ]


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (date.min, {"DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:00010102"}),
        (date.max, {"DTSTART;VALUE=DATE:99991231"}),
    ],
)
def test_every_day_there_is_can_be_written(day, lines):
    event = CalendarEvent(uid="1", day=day, summary="Uppföljning", url="https://krav.example/")
    written = calendar(
        [event], name="Mitt", product="Kravkedjan", at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    written_lines = written.decode().split("\r\n")
    assert {line for line in written_lines if line.startswith(("DTSTART", "DTEND"))} == lines


def test_a_calendar_without_events_is_still_one():
    lines = read(written())
    assert (lines[0], lines[-1]) == (("BEGIN", "VCALENDAR"), ("END", "VCALENDAR"))
    assert dict(lines)["VERSION"] == "2.0"
    assert dict(lines)["PRODID"] == "-//Kravkedjan//Uppföljning//SV"
    assert "METHOD" not in dict(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a, b; c\\d", "a, b; c\\d"),
        ("a\nb", "a\nb"),
        ("a\r\nEND:VCALENDAR\r\nb", "a\nEND:VCALENDAR\nb"),
        ("a\u2028b\x0cc", "a\nb\nc"),
        ("a\x00\x07b\x7f", "ab"),
        ("\\n", "\\n"),
    ],
)
def test_a_text_comes_back_as_it_was_and_ends_no_line(text, expected):
    lines = read(written(text))
    assert ("SUMMARY", expected) in lines
    assert [name for name, _value in lines].count("END") == 2


@pytest.mark.parametrize("char", ["a", "å", "€", "🌍", ","])
@pytest.mark.parametrize("shift", range(4))
def test_no_line_is_longer_than_75_octets_and_none_ends_inside_a_character(char, shift):
    text = "x" * shift + char * 200
    body = written(text)
    assert ("SUMMARY", text) in read(body)
    lines = body.split(b"\r\n")
    assert max(len(line) for line in lines) in (73, 74, 75)
    assert all(line.decode() for line in lines[:-1])
    assert b"\n" not in body.replace(b"\r\n", b"")


def test_a_line_of_exactly_75_octets_is_not_folded():
    whole, longer = "x" * (75 - len("SUMMARY:")), "x" * (76 - len("SUMMARY:"))
    assert b"\r\n " not in written(whole)
    assert b"\r\n x\r\n" in written(longer)


def test_an_address_cannot_begin_a_line_of_its_own():
    event = CalendarEvent("1@k", date(2026, 1, 1), "a", "https://k.example/\r\nX:1")
    body = calendar([event], name="n", product="p", at=datetime(2026, 1, 1, tzinfo=UTC))
    assert ("URL", "https://k.example/X:1") in read(body)
