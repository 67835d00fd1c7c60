"""What the page of a plan says of goals that are late, half reported or without a day."""

from datetime import date

import pytest

from actionplan.models import Indicator
from followup.models import ReadingStatus
from requirements_pkg.actions.publishing import package_of, publish
from tests.factories.followup import ReadingFactory
from tests.factories.reports import newly_reported

DUE, IN_TIME, LATE = date(2025, 12, 31), date(2025, 12, 1), date(2026, 6, 30)


@pytest.fixture
def indicator(plan, coordinator, reviewer) -> Indicator:
    """One of two published indicators, with a day it is to be met by; the other has none."""
    Indicator.objects.filter(number="1.1").update(due_on=DUE)
    publish(package=package_of(plan), by=coordinator, approved_by=reviewer, note="Med datum.")
    return Indicator.objects.get(number="1.1")


@pytest.fixture
def page_after(client, plan, indicator, coordinator, reviewer):
    """A function that reports the indicator as met on a day, and gives the page's words."""

    def words(met_on: date | None) -> str:
        if met_on is not None:
            ReadingFactory(
                indicator=indicator,
                author=coordinator,
                approved=True,
                approved_by=reviewer,
                status=ReadingStatus.MET,
                as_of=met_on,
            )
        newly_reported(package_of(plan))
        html = client.get(f"/uppfoljning/{package_of(plan).slug}/").content.decode()
        return " ".join(html.split())

    return words


def test_what_was_met_after_its_day_says_so(page_after):
    assert "uppnått efter utsatt tid" in page_after(LATE)


def test_what_was_met_in_time_is_met(page_after):
    words = page_after(IN_TIME)
    assert "uppnått" in words
    assert "efter utsatt tid" not in words


def test_a_goal_says_how_many_of_its_indicators_are_reported(page_after):
    assert "0 av 2 målindikatorer rapporterade" in page_after(None)
    assert "1 av 2 målindikatorer rapporterade" in page_after(IN_TIME)


def test_an_indicator_without_a_day_says_that_it_is_missing(page_after):
    assert page_after(None).count("måldatum saknas") == 1


def test_the_rules_are_told_on_a_page_that_the_plans_lead_to(client, page_after):
    address = "/uppfoljning/sa-raknas-laget/"
    assert f'href="{address}"' in page_after(None)
    words = " ".join(client.get(address).content.decode().split())
    for status in ("uppnått efter utsatt tid", "enligt plan", "försenat", "ingen lägesrapport"):
        assert status in words
