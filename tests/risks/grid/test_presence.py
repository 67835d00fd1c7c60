"""Who else has a cell open: remembered for a short time, and told to whoever writes."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from risks.admin.cells.presence import MOST, SECONDS, others_here, others_in_words
from tests.factories.people import UserFactory
from tests.risks.grid.test_cell_page import cell, plan

__all__ = ["cell", "plan"]


@pytest.fixture(autouse=True)
def nobody_is_there(db):
    cache.clear()


def test_each_of_two_is_told_of_the_other_and_of_nobody_in_another_cell(
    cell, coordinator, secretariat
):
    assert others_here(cell.pk, coordinator) == []
    assert others_here(cell.pk, secretariat) == [str(coordinator)]
    assert others_here(cell.pk, coordinator) == [str(secretariat)]
    assert others_here(cell.pk + 1, coordinator) == []


def test_a_page_that_says_nothing_more_is_closed(cell, coordinator, secretariat, monkeypatch):
    others_here(cell.pk, coordinator)
    later = timezone.now() + timedelta(seconds=SECONDS + 1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert others_here(cell.pk, secretariat) == []


def test_no_more_people_are_remembered_than_fit_a_line(cell):
    people = [UserFactory() for _number in range(MOST + 2)]
    assert len([others_here(cell.pk, person) for person in people][-1]) == MOST - 1


def test_the_sentence_names_all_of_them():
    assert others_in_words([]) == ""
    assert others_in_words(["Kim", "Alva"]) == "Kim, Alva har också rutan öppen."


@pytest.mark.parametrize(
    ("persona", "status"), [("coordinator", 200), ("analyst", 403), ("other_coordinator", 403)]
)
def test_only_whoever_may_write_says_so(cell, as_persona, persona, status):
    client, address = as_persona(persona), reverse("admin:risks_here", args=[cell.pk])
    assert client.post(address).status_code == status
    assert client.get(address).status_code == 405
