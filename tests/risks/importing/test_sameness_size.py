"""Thousands of reworded items are compared in time that grows with them, not with their square."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.models import ProductArea, SubGoal
from risks.importing import sameness
from risks.importing.sameness import ComparableItem, pair
from tests.risks.importing.test_import_goals import goal, put, sub

NOUNS = [f"{a}{b}" for a in ("avtal", "krav", "risk", "svar", "plan") for b in range(400)]


def templated(size: int, word: str) -> list[ComparableItem]:
    """Items that say the same but for a number: as reports are filled in."""
    text = "Antal avtal med krav på uppföljning av leverantör nummer"
    return [ComparableItem(f"1.{at}", f"{text} {at} {word}") for at in range(size)]


def various(size: int, word: str) -> list[ComparableItem]:
    chance = random.Random(3)  # noqa: S311
    return [
        ComparableItem(f"1.{at}", " ".join([*chance.sample(NOUNS, 8), word])) for at in range(size)
    ]


@pytest.fixture
def compared(monkeypatch):
    """How many pairs of texts are looked at, by each call."""
    counts: list[int] = []
    candidates = sameness._candidates

    def counted(*args):
        items = candidates(*args)
        counts.append(len(items))
        return items

    monkeypatch.setattr(sameness, "_candidates", counted)
    return counts


def test_twice_as_many_that_are_alike_take_twice_as_long(compared):
    cost = []
    for size in (1000, 2000):
        compared.clear()
        pair(templated(size, "tidigare"), templated(size, "senare"))
        cost.append(sum(compared))
    assert 1000 <= cost[0] < 1000 * sameness.MOST_SHARING
    assert cost[1] <= 2.2 * cost[0]


def test_an_item_is_compared_with_few_of_thousands(compared):
    pair(various(2000, "tidigare"), various(2000, "senare"))
    assert len(compared) == 2000
    assert max(compared) < 9 * 2 * sameness.MOST_SHARING
    assert sum(compared) < 2000 * 100


def test_each_of_thousands_is_asked_about_under_its_number():
    pairs = pair(templated(2000, "tidigare"), templated(2000, "senare"))
    assert pairs.matches == [None] * 2000
    assert pairs.doubtful == [(at, at) for at in range(2000)]


def test_each_of_thousands_that_was_only_inflected_goes_on():
    before, after = templated(2000, "uppföljd"), templated(2000, "uppföljda")
    assert pair(before, after).matches == list(range(2000))


@pytest.mark.django_db
def test_questions_cost_the_same_queries_however_many(stockholm):
    def queries(size: int, first: str, then: str) -> int:
        def goals(word: str):
            subs = (sub(f"1.{at}", f"{word} {at}", f"Antal {at}") for at in range(1, size + 1))
            return goal(1, "Mål", *subs)

        put(goals(first))
        area = ProductArea.objects.first()
        for row in SubGoal.objects.all():
            row.product_areas.add(area)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            changes = put(goals(then), dry_run=True)
        assert len(changes.questions) == size
        return len(captured)

    few = queries(3, "Spårbarhet", "Revision")
    assert queries(40, "Utbildning", "Kartläggning") == few
