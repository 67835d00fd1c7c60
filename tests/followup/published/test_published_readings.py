"""The few readings that a list reads give the very statuses that all readings give."""

from datetime import date

import pytest

from actionplan.models import Indicator, Organisation
from followup.published.published_readings import latest_readings, published_readings
from followup.status.progress import progress
from requirements_pkg.document.schema import AimIndicator, Goal, SubGoal
from requirements_pkg.document.schema import Indicator as Facts
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


@pytest.fixture
def indicator(plan) -> Indicator:
    return Indicator.objects.get(number="1.1")


@pytest.fixture
def read(indicator, coordinator, reviewer):
    """A function that makes a reading for an organisation, or ("") for the whole country."""

    def make(code, status, year, **fields):
        return ReadingFactory(
            indicator=indicator,
            author=coordinator,
            organisation=Organisation.objects.get(code=code) if code else None,
            status=status,
            as_of=date(year, 6, 30),
            **{"approved": True, "approved_by": reviewer, **fields},
        )

    return make


def standings(indicator):
    """What a list says of an indicator, and what a page does: the status and its day."""
    today = date(2028, 1, 1)
    few, every = latest_readings([indicator.pk], today), published_readings([indicator.pk])
    aim = AimIndicator("1.1", "Följt upp")
    goals = [Goal(1, "Mål", (SubGoal("1.1", "Delmål", (aim,)),))]
    due_on = DUE.isoformat()
    facts = [Facts(indicator.pk, 1, "1.1", "1.1", "milestone", "", "", "", due_on)]
    plans = [progress(goals, facts, readings, on=today) for readings in (few, every)]
    return [(plan.status, plan.as_of) for plan in plans]


@pytest.mark.parametrize("sequence", SEQUENCES.values(), ids=SEQUENCES)
def test_a_list_and_a_page_say_the_same(indicator, read, sequence):
    for reading in sequence:
        read(*reading)
    listed, shown = standings(indicator)
    assert listed == shown


@pytest.mark.parametrize("whose", ["", "skane"])
def test_only_what_stands_decides(indicator, read, whose):
    first = read(whose, "not_met", 2024)
    read(whose, "met", 2025, corrects=first)
    read(whose, "delayed", 2026, approved=False)
    assert standings(indicator) == [("met", date(2025, 6, 30))] * 2


def test_organisations_count_where_the_country_says_nothing_until_a_later_day(indicator, read):
    read("skane", "on_track", 2025)
    read("", "met", 2029)
    assert standings(indicator) == [("delayed", date(2025, 6, 30))] * 2
    assert [*latest_readings([], date(2028, 1, 1))] == []
