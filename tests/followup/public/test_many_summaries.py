"""A plan's page where more is summarised, and reported by more, than anybody reads at once."""

from datetime import date, timedelta

import pytest

from actionplan.models import Indicator, Organisation
from followup.published.status_page import LATEST_SUMMARIES
from tests.factories.followup import ReadingFactory, SummaryFactory, reviewed

MORE = LATEST_SUMMARIES + 1
LINK = f'<a href="?sammanfattningar=alla#sammanfattningar">Alla {MORE} sammanfattningar</a>'


@pytest.fixture
def summaries(follow_up, coordinator, reviewer):
    """Published summaries, the oldest first."""
    published = []
    for number in range(MORE):
        summary = SummaryFactory(
            follow_up=follow_up(f"A{number}"), written_by=coordinator, text=f"Sak nummer {number}."
        )
        reviewed(summary, reviewer)
        summary.published_by = coordinator
        summary.published_at = summary.review.reviewed_at + timedelta(minutes=number)
        summary.save()
        published.append(summary)
    return published


def test_the_latest_summaries_stand_on_the_page_and_all_behind_a_link(look, summaries):
    page = look()
    assert [f"Sak nummer {number}." in page for number in (0, 1, MORE - 1)] == [False, True, True]
    assert LINK in page
    whole = look("/uppfoljning/{slug}/?sammanfattningar=alla")
    assert "Sak nummer 0." in whole
    assert LINK not in whole
    report = look("/uppfoljning/{slug}/r1/")
    assert "Sak nummer 0." not in report
    assert LINK in report


def test_what_happened_leads_to_each_summary(look, summaries):
    page = look()
    assert f'href="#sammanfattning-{summaries[-1].pk}"' in page
    assert f'href="?sammanfattningar=alla#sammanfattning-{summaries[0].pk}"' in page


def test_of_many_readings_the_picture_says_where_each_is_now(look, coordinator, reviewer):
    indicator = Indicator.objects.get(number="1.1")
    for number, organisation in enumerate(Organisation.objects.filter(kind="region")[:7]):
        for year, status in ((2025, "delayed"), (2026, "met" if number else "on_track")):
            ReadingFactory(
                indicator=indicator,
                organisation=organisation,
                author=coordinator,
                approved=True,
                approved_by=reviewer,
                as_of=date(year, 3, 1),
                status=status,
            )
    page = look()
    says = (
        "Från 2025-03-01 till 2026-03-01. Senaste läget hos var och en: uppnått 6, enligt plan 1."
    )
    assert f"14 lägesrapporter. {says}" in page
    assert "<circle" not in page
