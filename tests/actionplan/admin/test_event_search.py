"""Events are looked for by who and by what, and there are half a million of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.models import ChangeEvent, EventKind
from tests.factories import PlanFactory, UserFactory

EVENTS = "/admin/actionplan/changeevent/"


@pytest.fixture
def found(as_persona, db):
    """A function that tells who did what, of what a search finds."""
    plan, client = PlanFactory(), as_persona("analyst")
    for name in ("anna.ek", "bo.ek"):
        by = UserFactory(username=name)
        ChangeEvent.objects.record(EventKind.PUBLISHED, plan, by=by, detail={})
        ChangeEvent.objects.record(EventKind.PERSON_ADDED, by, by=by, detail={})
    by.delete()

    def search(words: str) -> set[tuple[str, str]]:
        rows = client.get(EVENTS, {"q": words}).context_data["cl"].result_list
        return {(row.actor, row.target.rpartition(".")[2]) for row in rows}

    return search


@pytest.mark.parametrize(
    ("words", "those"),
    [
        ("ANNA", {("anna.ek", "ActionPlan"), ("anna.ek", "User")}),
        ("anna user", {("anna.ek", "User")}),
        # Somebody who is no longer here is found by the whole name.
        ("bo.ek actionplan.actionplan", {("bo.ek", "ActionPlan")}),
        ("zirkonium", set()),
    ],
)
def test_events_are_found_by_a_part_of_a_name_and_of_a_kind_of_row(found, words, those):
    assert found(words) == those


def test_no_text_is_looked_for_in_all_events(found):
    with CaptureQueriesContext(connection) as captured:
        found("anna")
    asked = [each["sql"] for each in captured if 'FROM "actionplan_changeevent"' in each["sql"]]
    assert asked
    assert [sql for sql in asked if "LIKE" in sql] == []
