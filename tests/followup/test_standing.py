"""The few readings that a list reads give the very statuses that all readings give."""

from datetime import date

import pytest

from actionplan.models import Indicator, Organisation
from followup.progress import progress
from followup.standing import latest_readings, published_readings
from tests.factories.followup import ReadingFactory

DUE = date(2025, 12, 31)
SEQUENCES = {
    "in time": [("", "met", 2025)],
    "late": [("", "on_track", 2025), ("", "met", 2026), ("", "met", 2027)],
    "taken back and met again": [("", "met", 2025), ("", "not_met", 2026), ("", "met", 2027)],
    "one organisation late": [("skane", "met", 2025), ("uppsala", "met", 2026)],
    "all organisations in time": [("skane", "met", 2025), ("uppsala", "met", 2025)],
    "organisations that differ": [("skane", "met", 2025), ("uppsala", "on_track", 2026)],
    "the country before organisations": [("", "on_track", 2024), ("skane", "not_met", 2026)],
    "of a later day": [("", "met", 2025), ("", "not_met", 2029)],
}


@pytest.mark.parametrize("sequence", SEQUENCES.values(), ids=SEQUENCES)
def test_a_list_and_a_page_say_the_same(plan, coordinator, reviewer, sequence):
    indicator = Indicator.objects.get(number="1.1")
    for code, status, year in sequence:
        ReadingFactory(
            indicator=indicator,
            author=coordinator,
            approved=True,
            approved_by=reviewer,
            organisation=Organisation.objects.get(code=code) if code else None,
            status=status,
            as_of=date(year, 6, 30),
        )
    today = date(2028, 1, 1)
    few, every = latest_readings([indicator.pk], today), published_readings([indicator.pk])
    one = {"number": "1.1", "title": "Följt upp"}
    goals = [
        {
            "number": 1,
            "title": "Mål",
            "sub_goals": [{"number": "1.1", "title": "Delmål", "indicators": [one]}],
        }
    ]
    facts = [{"id": indicator.pk, "goal": 1, "sub_goal": "1.1", "due_on": DUE.isoformat()}]
    listed, shown = (progress(goals, facts, found, on=today) for found in (few, every))
    assert (listed.status, listed.as_of) == (shown.status, shown.as_of)
